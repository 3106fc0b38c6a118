import { cutsGrapheme, isBeforeMark } from './graphemes.js';
import { STEP_UNITS, type Steps } from './steps.js';

/** How many places an ambiguous quote's refusal lists. */
const LISTED = 20;

/** Text length times quote length up to which `indexOf` is used: some milliseconds for a hostile pair. */
const SEARCHED_PLAINLY = 1 << 24;

export interface Places {
  readonly count: number;
  /** The first `LISTED` of them, in UTF-16 units. */
  readonly first: readonly number[];
}

/**
 * The occurrences of `quote` in `text`, overlapping ones included, without those that start or end inside a grapheme
 * cluster. `ends`: the range of the quote proper, if it is searched together with its context.
 *
 * Knuth, Morris and Pratt: linear in the text for any quote. `indexOf` takes text times quote for a hostile pair (12 s for
 * 20,000 units in 4 MiB), but is many times faster for an honest one, so it is used while that product is small.
 * Works in steps, see steps.ts.
 */
export function* placesOf(
  text: string,
  quote: string,
  ends: { readonly from: number; readonly to: number } = { from: 0, to: quote.length },
): Steps<Places> {
  const isWhole = (at: number): boolean =>
    !cutsGrapheme(text, at + ends.from) && !cutsGrapheme(text, at + ends.to);
  const few = text.length * quote.length <= SEARCHED_PLAINLY ? fewPlacesOf(text, quote, isWhole) : null;
  if (few !== null) return few;
  const first: number[] = [];
  let count = 0;
  const borders = bordersOf(quote);
  for (let at = 0, matched = 0; at < text.length; at += 1) {
    if (at % STEP_UNITS === STEP_UNITS - 1) yield 1;
    const unit = text.charCodeAt(at);
    while (matched > 0 && quote.charCodeAt(matched) !== unit) matched = borders[matched - 1] ?? 0;
    if (quote.charCodeAt(matched) === unit) matched += 1;
    if (matched === quote.length) {
      const start = at - quote.length + 1;
      matched = borders[matched - 1] ?? 0;
      if (isBeforeMark(text, start + ends.from) || isBeforeMark(text, start + ends.to)) continue;
      // Segmenting takes microseconds, so places that are only counted skip it.
      if (first.length === LISTED) count += 1;
      else if (isWhole(start)) count = first.push(start);
    }
  }
  return { count, first };
}

/** Uses `indexOf`; `null` if it finds more places than a refusal lists. */
function fewPlacesOf(text: string, quote: string, isWhole: (at: number) => boolean): Places | null {
  const first: number[] = [];
  if (quote === '') return { count: 0, first };
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (first.length === LISTED) return null;
    first.push(at);
  }
  const whole = first.filter(isWhole);
  return { count: whole.length, first: whole };
}

/** The failure function of Knuth, Morris and Pratt: for each prefix of `quote`, the length of its longest border. */
function bordersOf(quote: string): Int32Array {
  const borders = new Int32Array(quote.length);
  for (let at = 1, length = 0; at < quote.length; at += 1) {
    while (length > 0 && quote.charCodeAt(length) !== quote.charCodeAt(at)) length = borders[length - 1] ?? 0;
    if (quote.charCodeAt(length) === quote.charCodeAt(at)) length += 1;
    borders[at] = length;
  }
  return borders;
}
