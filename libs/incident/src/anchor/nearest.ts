import approximateMatches from 'approx-string-match';
import { graphemeEnd, graphemeStart } from './graphemes.js';
import { type Passage, passage } from './passage.js';
import { STEP_UNITS, type Steps } from './steps.js';

/** The part of a quote that the search for the nearest text uses, in UTF-16 units. Bounds the work on a hostile quote. */
const SEARCHED = 128;
/** The longest text scanned for each stretch of a quote, in UTF-16 units; takes some milliseconds. */
export const SCANNED = 1 << 18;
/** Number of neighbourhoods that a quote is fitted to. */
const FITTED = 2;
/** The length in UTF-16 units of a place that collects votes, as a power of two. */
const VOTED_BITS = 6;
/** Looked up once, as it is called for every unit of a text. */
const { imul } = Math;
const HASH_BITS = 16;
const HASH_FACTOR = 0x01000193;

/** Units in a machine word of JavaScript's bit operators. */
const WORD = 32;

/**
 * A passage close to `exact` by edit distance, or `null` if none is similar. Locates stretches of the quote in the text, then fits
 * the quote to the neighbourhood of each match. Scans a text of up to `SCANNED` units for every
 * stretch; reads a longer one once, for passages that share a few consecutive units with the quote.
 * Works in steps, see steps.ts.
 */
export function* nearest(text: string, exact: string): Steps<Passage | null> {
  const pattern = exact.slice(0, SEARCHED);
  const reach = Math.ceil(pattern.length / 2);
  const likely = yield* text.length <= SCANNED ? likelyStarts(text, pattern) : startsByVotes(text, pattern);
  let best: Match | undefined;
  for (const at of likely) {
    const low = Math.max(0, at - WORD - reach);
    const near = text.slice(low, Math.max(0, at + pattern.length + WORD + reach));
    for (const { start, end, errors } of approximateMatches(near, pattern, reach)) {
      const found = { start: low + start, end: low + end, errors };
      if (best === undefined || fitsBetter(found, best, pattern.length)) best = found;
    }
  }
  if (best === undefined) return null;
  const from = graphemeStart(text, best.start);
  const to = graphemeEnd(text, Math.min(text.length, best.end + Math.max(0, exact.length - SEARCHED)));
  return yield* passage(text, from, to - from);
}

/** Candidate starts of the pattern, from the best fit of each of its stretches. */
function* likelyStarts(text: string, pattern: string): Steps<number[]> {
  const starts: number[] = [];
  for (let offset = 0; offset < pattern.length; offset += WORD) {
    const from = Math.max(0, Math.min(offset, pattern.length - WORD));
    const stretch = pattern.slice(from, from + WORD);
    starts.push(likeliestEnd(text, stretch) - stretch.length - from);
    yield 1;
  }
  return starts;
}

/**
 * Candidate starts of the pattern, from the grams (3 to 8 consecutive units) shared by text and pattern: each votes for the 64 units in
 * which the pattern would start. One pass by a rolling hash, so the work is linear in the text whatever the pattern; a collision is a
 * stray vote. At most `FITTED` places, the most voted first.
 */
function* startsByVotes(text: string, pattern: string): Steps<number[]> {
  const gram = Math.max(3, Math.min(8, Math.floor(pattern.length / 3)));
  const offsets = new Int16Array(1 << HASH_BITS);
  let leading = 1;
  for (let i = 0; i < gram; i += 1) leading = imul(leading, HASH_FACTOR);
  const slot = (hash: number): number => imul(hash, 0x9e3779b1) >>> (32 - HASH_BITS);
  const eachGram = function* (from: string, visit: (slot: number, start: number) => void): Steps<void> {
    let hash = 0;
    for (let at = 0; at < from.length; at += 1) {
      if (at % STEP_UNITS === STEP_UNITS - 1) yield 1;
      hash = (imul(hash, HASH_FACTOR) + from.charCodeAt(at)) | 0;
      if (at >= gram) hash = (hash - imul(leading, from.charCodeAt(at - gram))) | 0;
      if (at >= gram - 1) visit(slot(hash), at - gram + 1);
    }
  };
  yield* eachGram(pattern, (at, start) => (offsets[at] ||= start + 1));
  const votes = new Uint32Array((text.length >> VOTED_BITS) + 2);
  yield* eachGram(text, (at, start) => {
    const offset = offsets[at]!;
    if (offset > 0) {
      const place = (start - offset + 1 + SEARCHED) >> VOTED_BITS;
      votes[place] = votes[place]! + 1;
    }
  });
  const most: number[] = [];
  for (let bucket = 0; bucket < votes.length; bucket += 1) {
    const count = votes[bucket] ?? 0;
    if (count === 0 || (most.length === FITTED && count <= votes[most.at(-1)!]!)) continue;
    const rank = most.findIndex((other) => count > (votes[other] ?? 0));
    if (rank >= 0 || most.length < FITTED) most.splice(rank < 0 ? most.length : rank, 0, bucket);
    if (most.length > FITTED) most.pop();
  }
  // The middle of the range; the neighbourhood extends a word beyond either side.
  return most.map((bucket) => (bucket << VOTED_BITS) - SEARCHED + (1 << (VOTED_BITS - 1)));
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly errors: number;
}

/** Among equal distances, prefers the passage as long as the quote: a wrong quotation mark is replaced, not dropped. */
const fitsBetter = (a: Match, b: Match, length: number): boolean =>
  a.errors < b.errors ||
  (a.errors === b.errors && Math.abs(a.end - a.start - length) < Math.abs(b.end - b.start - length));

/**
 * The end in `text` of the passage closest to `stretch`, which has 1 to 32 units; the first of equals.
 * Myers 1999, "A fast bit-vector algorithm for approximate string matching": one step a unit of the text.
 */
function likeliestEnd(text: string, stretch: string): number {
  const masks = new Map<number, number>();
  for (let i = 0; i < stretch.length; i += 1) {
    const unit = stretch.charCodeAt(i);
    masks.set(unit, (masks.get(unit) ?? 0) | (1 << i));
  }
  const top = 1 << (stretch.length - 1);
  let up = -1;
  let down = 0;
  let errors = stretch.length;
  let least = { end: 0, errors };
  for (let at = 0; at < text.length; at += 1) {
    const equal = masks.get(text.charCodeAt(at)) ?? 0;
    const vertical = equal | down;
    const diagonal = (((equal & up) + up) ^ up) | equal;
    let rise = down | ~(diagonal | up);
    let fall = up & diagonal;
    if ((rise & top) !== 0) errors += 1;
    else if ((fall & top) !== 0) errors -= 1;
    rise <<= 1;
    fall <<= 1;
    up = fall | ~(vertical | rise);
    down = rise & vertical;
    if (errors < least.errors) least = { end: at + 1, errors };
  }
  return least.end;
}
