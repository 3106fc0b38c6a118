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
/** How many places an ambiguous quote's refusal lists. */
const LISTED = 20;

const HIGH_SURROGATE = /[\ud800-\udbff]$/;

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
    if (from > 0 && HIGH_SURROGATE.test(text.charAt(from - 1)) && /[\udc00-\udfff]/.test(text.charAt(from)))
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

/** Where `exact` stands in `text`, in UTF-16 units; overlapping places count each. */
function placesOf(text: string, exact: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) places.push(at);
  return places;
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

/** The passage that differs least from `exact` (edit distance), or `null` where nothing is half alike. */
function nearest(text: string, exact: string): Passage | null {
  const pattern = exact.slice(0, SEARCHED);
  for (const share of [8, 4, 2]) {
    const allowed = Math.ceil(pattern.length / share);
    const found = approximateMatches(text, pattern, allowed).sort((a, b) => a.errors - b.errors)[0];
    if (found === undefined) continue;
    const whole = exact.length > SEARCHED ? exact.length - SEARCHED : 0;
    let from = found.start;
    let to = Math.min(text.length, found.end + whole);
    if (/[\udc00-\udfff]/.test(text.charAt(from))) from -= 1;
    if (/[\udc00-\udfff]/.test(text.charAt(to))) to += 1;
    return passage(text, from, to - from);
  }
  return null;
}

const refused = (code: Refusal['code'], detail: string, facts: Refusal['facts']): { refusal: Refusal } => ({
  refusal: { code, detail, facts },
});

function notFound(text: string, exact: string): { refusal: Refusal } {
  const near = nearest(text, exact);
  return refused(
    'quote-not-found',
    near === null
      ? 'The document does not contain this quote, nor anything like it. Copy the passage from the text of the document, character for character.'
      : `The document does not contain this quote. The nearest text stands at code point ${near.start}: ${JSON.stringify(near.exact)}. Copy it character for character: curly quotes, no-break spaces and line ends count.`,
    { nearest: near },
  );
}

const listOf = (text: string, places: readonly number[], length: number) => ({
  count: places.length,
  occurrences: places.slice(0, LISTED).map((at) => passage(text, at, length)),
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
      if (places.length === 0) return notFound(text, exact);
      const listed = listOf(text, places, exact.length);
      const first = listed.occurrences[0];
      return refused(
        'quote-mismatch',
        `At ${start} to ${end} the document reads ${JSON.stringify(passage(text, from, Math.min(found.length, 200)).exact)}, not the quote, which stands at ${first?.start} to ${first?.end}. Offsets count Unicode code points from 0 (not bytes, not UTF-16 units), end is exclusive.`,
        { found: found.slice(0, 1000), ...listed },
      );
    }
    if (!contextFits(text, request, from, found.length))
      return contextMismatch(text, request, [from], found.length);
    return { anchor: anchorAt(text, request, found, from) };
  }

  const quote = exact ?? '';
  const places = placesOf(text, quote);
  if (places.length === 0) return notFound(text, quote);
  const fitting = places.filter((at) => contextFits(text, request, at, quote.length));
  const only = fitting[0];
  if (only === undefined) return contextMismatch(text, request, places, quote.length);
  if (fitting.length > 1) {
    return refused(
      'quote-ambiguous',
      `The quote occurs ${fitting.length} times. Say which one is meant with start and end, or with a prefix or suffix that only one of them has.`,
      listOf(text, fitting, quote.length),
    );
  }
  return { anchor: anchorAt(text, request, quote, only) };
}

function contextMismatch(
  text: string,
  request: AnchorRequest,
  places: readonly number[],
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
