import type { Anchor, AnchorRequest, Refusal } from '@casebook/contracts';
import approximateMatches from 'approx-string-match';

/**
 * Ties a quote to its document, or says why it cannot be tied.
 *
 * Offsets count Unicode code points from 0 and `end` is exclusive (W3C Web Annotation Data Model §4.2.5). JavaScript strings
 * count UTF-16 units, so every offset that crosses this file's edge is converted; inside, `at` is always in UTF-16 units.
 * The document is taken as it is: nothing is normalised, so a no-break space, a curly quote or a CR LF in the document must
 * be in the quote too. That is what makes a quote provable by anybody who holds the text.
 */

/** How much context is stored on either side, in code points: what tells two equal passages apart for a reader. */
const CONTEXT = 32;
/** How much of a quote the search for the nearest text looks at, in UTF-16 units: bounds the work on a hostile quote. */
const SEARCHED = 128;
/** The longest text that is scanned for each stretch of a quote, in UTF-16 units: some milliseconds. */
const SCANNED = 1 << 18;
/** How many neighbourhoods a quote is fitted to. */
const FITTED = 2;
/** A place that is voted for is so many units long, as a power of two. */
const VOTED_BITS = 6;
/** Looked up once: it is called for every unit of a text. */
const { imul } = Math;
const HASH_BITS = 16;
const HASH_FACTOR = 0x01000193;
/** How many places an ambiguous quote's refusal lists. */
const LISTED = 20;

/** Units of a text times units of a quote for which `indexOf` is asked: some milliseconds of a hostile pair. */
const SEARCHED_PLAINLY = 1 << 24;

/** Units in a machine word of JavaScript's bit operators. */
const WORD = 32;

const HIGH_SURROGATE = /[\ud800-\udbff]$/;
const LOW_SURROGATE = /[\udc00-\udfff]/;

/** The number of code points in `text`. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      count -= 1;
      i += 1;
    }
  }
  return count;
}

/** The UTF-16 index of code point `offset`, or `undefined` behind the end. */
function unitsAt(text: string, offset: number): number | undefined {
  let at = 0;
  for (let seen = 0; seen < offset; seen += 1) {
    if (at >= text.length) return undefined;
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/** The last `count` code points of `text` before `at`. */
function before(text: string, at: number, count = CONTEXT): string {
  let from = at;
  for (let taken = 0; taken < count && from > 0; taken += 1) {
    from -= 1;
    if (from > 0 && HIGH_SURROGATE.test(text.charAt(from - 1)) && LOW_SURROGATE.test(text.charAt(from)))
      from -= 1;
  }
  return text.slice(from, at);
}

function after(text: string, at: number, count = CONTEXT): string {
  return Array.from(text.slice(at, at + 2 * count))
    .slice(0, count)
    .join('')
    .replace(HIGH_SURROGATE, '');
}

const anchorAt = (text: string, request: AnchorRequest, exact: string, at: number): Anchor => {
  const start = codePoints(text.slice(0, at));
  return {
    documentId: request.documentId,
    exact,
    prefix: request.prefix ?? before(text, at),
    suffix: request.suffix ?? after(text, at + exact.length),
    start,
    end: start + codePoints(exact),
  };
};

const contextFits = (text: string, { prefix, suffix }: AnchorRequest, at: number, length: number): boolean =>
  (prefix === undefined || (at >= prefix.length && text.startsWith(prefix, at - prefix.length))) &&
  (suffix === undefined || text.startsWith(suffix, at + length));

interface Places {
  readonly count: number;
  /** The first of them, `LISTED` at most, in UTF-16 units. */
  readonly first: readonly number[];
}

/**
 * Where `quote` stands in `text`; overlapping places count each, and nothing stands nowhere. Knuth, Morris and Pratt: linear in
 * the text whatever the quote, where `indexOf` needs text times quote for a hostile pair (12 s for 20,000 units in 4 MiB). Where that
 * product is small, `indexOf` is asked first: for an honest quote it is many times faster.
 */
function placesOf(text: string, quote: string): Places {
  const few = text.length * quote.length <= SEARCHED_PLAINLY ? fewPlacesOf(text, quote) : null;
  if (few !== null) return few;
  const first: number[] = [];
  let count = 0;
  const borders = bordersOf(quote);
  for (let at = 0, matched = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && quote.charCodeAt(matched) !== unit) matched = borders[matched - 1] ?? 0;
    if (quote.charCodeAt(matched) === unit) matched += 1;
    if (matched === quote.length) {
      count += 1;
      if (first.length < LISTED) first.push(at - quote.length + 1);
      matched = borders[matched - 1] ?? 0;
    }
  }
  return { count, first };
}

/** By `indexOf`; `null` where there are more places than a refusal lists. */
function fewPlacesOf(text: string, quote: string): Places | null {
  const first: number[] = [];
  if (quote === '') return { count: 0, first };
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (first.length === LISTED) return null;
    first.push(at);
  }
  return { count: first.length, first };
}

/** For each beginning of `quote`, how long the longest shorter beginning is that it also ends with. */
function bordersOf(quote: string): Int32Array {
  const borders = new Int32Array(quote.length);
  for (let at = 1, length = 0; at < quote.length; at += 1) {
    while (length > 0 && quote.charCodeAt(length) !== quote.charCodeAt(at)) length = borders[length - 1] ?? 0;
    if (quote.charCodeAt(length) === quote.charCodeAt(at)) length += 1;
    borders[at] = length;
  }
  return borders;
}

interface Passage {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  readonly end: number;
}

const passage = (text: string, at: number, length: number): Passage => {
  const exact = text.slice(at, at + length);
  const start = codePoints(text.slice(0, at));
  return {
    exact,
    prefix: before(text, at),
    suffix: after(text, at + length),
    start,
    end: start + codePoints(exact),
  };
};

/**
 * A passage that differs little from `exact` (edit distance), or `null` where nothing is half alike. Stretches of the quote are
 * located in the text, then the quote is fitted to the neighbourhood of each find. A text of up to `SCANNED` units is scanned for every
 * stretch; a longer one is read once, for passages that share a few units in a row with the quote.
 */
function nearest(text: string, exact: string): Passage | null {
  const pattern = exact.slice(0, SEARCHED);
  const reach = Math.ceil(pattern.length / 2);
  const likely = text.length <= SCANNED ? likelyStarts(text, pattern) : startsByVotes(text, pattern);
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
  let from = best.start;
  let to = Math.min(text.length, best.end + Math.max(0, exact.length - SEARCHED));
  if (LOW_SURROGATE.test(text.charAt(from))) from -= 1;
  if (LOW_SURROGATE.test(text.charAt(to))) to += 1;
  return passage(text, from, to - from);
}

/** Where the pattern would begin, going by where each of its stretches fits best. */
function likelyStarts(text: string, pattern: string): number[] {
  const starts: number[] = [];
  for (let offset = 0; offset < pattern.length; offset += WORD) {
    const from = Math.max(0, Math.min(offset, pattern.length - WORD));
    const stretch = pattern.slice(from, from + WORD);
    starts.push(likeliestEnd(text, stretch) - stretch.length - from);
  }
  return starts;
}

/**
 * Where the pattern would begin, going by the grams (3 to 8 units in a row) that text and pattern share: each votes for the 64 units that
 * the pattern would begin in. One pass by a rolling hash, so the work is linear in the text whatever the pattern; a collision is a
 * stray vote. At most `FITTED` places, the most voted first.
 */
function startsByVotes(text: string, pattern: string): number[] {
  const gram = Math.max(3, Math.min(8, Math.floor(pattern.length / 3)));
  const offsets = new Int16Array(1 << HASH_BITS);
  let leading = 1;
  for (let i = 0; i < gram; i += 1) leading = imul(leading, HASH_FACTOR);
  const slot = (hash: number): number => imul(hash, 0x9e3779b1) >>> (32 - HASH_BITS);
  const eachGram = (from: string, visit: (slot: number, start: number) => void): void => {
    let hash = 0;
    for (let at = 0; at < from.length; at += 1) {
      hash = (imul(hash, HASH_FACTOR) + from.charCodeAt(at)) | 0;
      if (at >= gram) hash = (hash - imul(leading, from.charCodeAt(at - gram))) | 0;
      if (at >= gram - 1) visit(slot(hash), at - gram + 1);
    }
  };
  eachGram(pattern, (at, start) => (offsets[at] ||= start + 1));
  const votes = new Uint32Array((text.length >> VOTED_BITS) + 2);
  eachGram(text, (at, start) => {
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
  // The middle of a place; the neighbourhood that is looked at reaches a word beyond either side.
  return most.map((bucket) => (bucket << VOTED_BITS) - SEARCHED + (1 << (VOTED_BITS - 1)));
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly errors: number;
}

/** Of equal distance, the passage as long as the quote is what was meant: a wrong quotation mark is replaced, not left out. */
const fitsBetter = (a: Match, b: Match, length: number): boolean =>
  a.errors < b.errors ||
  (a.errors === b.errors && Math.abs(a.end - a.start - length) < Math.abs(b.end - b.start - length));

/**
 * Behind which unit of `text` the passage ends that differs least from `stretch`, of 1 to 32 units; the first of equals.
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

const refused = (code: Refusal['code'], detail: string, facts: Refusal['facts']): { refusal: Refusal } => ({
  refusal: { code, detail, facts },
});

function notFound(text: string, exact: string): { refusal: Refusal } {
  const near = nearest(text, exact);
  return refused(
    'quote-not-found',
    near === null
      ? `The document does not contain this quote, ${text.length <= SCANNED ? 'nor anything like it' : 'and no near passage was found within the budget of the search'}. Copy the passage from the text of the document, character for character.`
      : `The document does not contain this quote. The nearest text stands at code point ${near.start}: ${JSON.stringify(near.exact)}. Copy it character for character: curly quotes, no-break spaces and line ends count.`,
    { nearest: near },
  );
}

const listOf = (text: string, { count, first }: Places, length: number) => ({
  count,
  occurrences: first.map((at) => passage(text, at, length)),
});

/**
 * The anchor of a claim, proved against the document's text: `text` from `start` to `end` is `exact`, between `prefix` and
 * `suffix`. Refused: `quote-not-found` with the nearest text, `quote-ambiguous` with its places, `quote-mismatch` where
 * position, context and quote contradict each other.
 */
export function resolveAnchor(
  text: string,
  request: AnchorRequest,
): { anchor: Anchor } | { refusal: Refusal } {
  const { exact, start, end } = request;

  if (start !== undefined && end !== undefined) {
    const from = unitsAt(text, start);
    const to = unitsAt(text, end);
    if (from === undefined || to === undefined) {
      return refused(
        'quote-mismatch',
        `The position ${start} to ${end} lies behind the end of the document, which has ${codePoints(text)} code points. Offsets count code points from 0, end is exclusive.`,
        { codePoints: codePoints(text) },
      );
    }
    const found = text.slice(from, to);
    if (exact !== undefined && found !== exact) {
      const places = placesOf(text, exact);
      if (places.count === 0) return notFound(text, exact);
      const listed = listOf(text, places, exact.length);
      const first = listed.occurrences[0];
      return refused(
        'quote-mismatch',
        `At ${start} to ${end} the document reads ${JSON.stringify(passage(text, from, Math.min(found.length, 200)).exact)}, not the quote, which stands at ${first?.start} to ${first?.end}. Offsets count Unicode code points from 0 (not bytes, not UTF-16 units), end is exclusive.`,
        { found: found.slice(0, 1000), ...listed },
      );
    }
    if (!contextFits(text, request, from, found.length))
      return contextMismatch(text, request, { count: 1, first: [from] }, found.length);
    return { anchor: anchorAt(text, request, found, from) };
  }

  const quote = exact ?? '';
  const { prefix = '', suffix = '' } = request;
  const fitting = placesOf(text, prefix + quote + suffix);
  const first = fitting.first.map((at) => at + prefix.length);
  const only = first[0];
  if (only === undefined) {
    const places = prefix + suffix === '' ? fitting : placesOf(text, quote);
    return places.count === 0 ? notFound(text, quote) : contextMismatch(text, request, places, quote.length);
  }
  if (fitting.count > 1) {
    return refused(
      'quote-ambiguous',
      `The quote occurs ${fitting.count} times${prefix + suffix === '' ? '' : ' with this context'}. Say which one is meant with start and end, or with a prefix or suffix that only one of them has.`,
      listOf(text, { count: fitting.count, first }, quote.length),
    );
  }
  return { anchor: anchorAt(text, request, quote, only) };
}

function contextMismatch(
  text: string,
  request: AnchorRequest,
  places: Places,
  length: number,
): { refusal: Refusal } {
  const given = [
    request.prefix === undefined ? [] : ['prefix'],
    request.suffix === undefined ? [] : ['suffix'],
  ]
    .flat()
    .join(' and ');
  return refused(
    'quote-mismatch',
    `The quote is in the document, but not with the given ${given}. Copy what stands directly before and behind it, or leave them out.`,
    listOf(text, places, length),
  );
}
