/*
 * Grapheme clusters (UAX #29): what a reader sees as one character, such as an e with its accent, or a family emoji. A quote that
 * ends inside a cluster would be a different word.
 */

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** UTF-16 units examined around a place; a longer cluster is not recognised as one. */
const WINDOW = 64;
/** Marks and joiners, which belong to the preceding character. */
const EXTENDS = /^[\p{M}\u200d]/u;

/** Below this, no character extends another. */
const FIRST_MARK = 0x300;

/** Whether `at` (in UTF-16 units) certainly lies inside a cluster. Fast, but detects only clusters with marks. */
export function isBeforeMark(text: string, at: number): boolean {
  return (
    at > 0 && at < text.length && text.charCodeAt(at) >= FIRST_MARK && EXTENDS.test(text.slice(at, at + 2))
  );
}

/** Whether `at` (in UTF-16 units) lies inside a grapheme cluster. */
export function cutsGrapheme(text: string, at: number): boolean {
  return clusterAround(text, at) !== null;
}

/** The last cluster boundary at or before `at`. */
export const graphemeStart = (text: string, at: number): number => clusterAround(text, at)?.start ?? at;

/** The first cluster boundary at or after `at`. */
export const graphemeEnd = (text: string, at: number): number => clusterAround(text, at)?.end ?? at;

/** The cluster around `at`; `null` at a boundary. */
function clusterAround(text: string, at: number): { readonly start: number; readonly end: number } | null {
  if (at <= 0 || at >= text.length) return null;
  const [before, next] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  // Splitting CR LF cuts nothing visible.
  if (before < FIRST_MARK && next < FIRST_MARK) return null;
  const low = Math.max(0, at - WINDOW);
  const cluster = SEGMENTER.segment(text.slice(low, at + WINDOW)).containing(at - low);
  if (cluster === undefined || cluster.index === at - low) return null;
  return { start: low + cluster.index, end: low + cluster.index + cluster.segment.length };
}
