import { cutsGrapheme, isBeforeMark } from './graphemes.js';

/** How many places an ambiguous quote's refusal lists. */
const LISTED = 20;

/** Units of a text times units of a quote for which `indexOf` is asked: some milliseconds of a hostile pair. */
const SEARCHED_PLAINLY = 1 << 24;

export interface Places {
  readonly count: number;
  /** The first of them, `LISTED` at most, in UTF-16 units. */
  readonly first: readonly number[];
}

/**
 * Where `quote` stands in `text`, as whole characters: a place that begins or ends inside of a grapheme cluster is none. Overlapping
 * places count each. `ends`: between which of its units the quote proper lies, where context is searched with it.
 *
 * Knuth, Morris and Pratt: linear in the text whatever the quote, where `indexOf` needs text times quote for a hostile pair (12 s for
 * 20,000 units in 4 MiB). Where that product is small, `indexOf` is asked first: for an honest quote it is many times faster.
 */
export function placesOf(
  text: string,
  quote: string,
  ends: { readonly from: number; readonly to: number } = { from: 0, to: quote.length },
): Places {
  const isWhole = (at: number): boolean =>
    !cutsGrapheme(text, at + ends.from) && !cutsGrapheme(text, at + ends.to);
  const few = text.length * quote.length <= SEARCHED_PLAINLY ? fewPlacesOf(text, quote, isWhole) : null;
  if (few !== null) return few;
  const first: number[] = [];
  let count = 0;
  const borders = bordersOf(quote);
  for (let at = 0, matched = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && quote.charCodeAt(matched) !== unit) matched = borders[matched - 1] ?? 0;
    if (quote.charCodeAt(matched) === unit) matched += 1;
    if (matched === quote.length) {
      const start = at - quote.length + 1;
      matched = borders[matched - 1] ?? 0;
      if (isBeforeMark(text, start + ends.from) || isBeforeMark(text, start + ends.to)) continue;
      // To segment takes microseconds: places that are only counted are not looked at more closely.
      if (first.length === LISTED) count += 1;
      else if (isWhole(start)) count = first.push(start);
    }
  }
  return { count, first };
}

/** By `indexOf`; `null` where it finds more places than a refusal lists. */
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
