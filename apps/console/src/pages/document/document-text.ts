/*
 * A document's text as the page shows it. Anchors count code points (W3C Web Annotation §4.2.5), JavaScript counts UTF-16 units, the page
 * has a node for each line. Everything in here is in UTF-16 units unless its name says code points.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Line extends Span {
  readonly text: string;
}

export interface DocumentText {
  readonly text: string;
  /** The lines that have text, without their line ends. */
  readonly lines: readonly Line[];
  /** The offsets of characters beyond the basic plane, which take two units and are one code point. */
  readonly astral: readonly number[];
}

export function readText(text: string): DocumentText {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    if (match[0].trim() === '') continue;
    lines.push({ start: match.index, end: match.index + match[0].length, text: match[0] });
  }
  const astral = [...text.matchAll(/[\u{10000}-\u{10ffff}]/gu)].map(({ index }) => index);
  return { text, lines, astral };
}

/** How many of the sorted `offsets` lie below `limit`. */
function countBelow(offsets: readonly number[], limit: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const toCodePoints = ({ astral }: DocumentText, units: number): number =>
  units - countBelow(astral, units);

/** The n-th astral character lies at `astral[n]` units and at `astral[n] - n` code points. */
export function toUnits({ astral }: DocumentText, codePoints: number): number {
  let low = 0;
  let high = astral.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((astral[middle] ?? 0) - middle < codePoints) low = middle + 1;
    else high = middle;
  }
  return codePoints + low;
}

/** The index of the line that holds `offset`, or of the next one behind it; -1 behind the last. */
export function lineAt({ lines }: DocumentText, offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low < lines.length ? low : -1;
}

/** `span` without the white space at its ends; null where nothing else is in it. */
export function trimmed({ text }: DocumentText, { start, end }: Span): Span | null {
  const quote = text.slice(start, end);
  const front = quote.length - quote.trimStart().length;
  const back = quote.length - quote.trimEnd().length;
  return front + back >= quote.length ? null : { start: start + front, end: end - back };
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
/** How far around an edge words are looked for. */
const REACH = 200;

/** The edges of words near `offset`, in order: where a span may begin (`start`) or end. */
function edgesAround({ text }: DocumentText, offset: number, edge: 'start' | 'end'): number[] {
  const from = Math.max(0, offset - REACH);
  const piece = text.slice(from, offset + REACH);
  return [...words.segment(piece)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => from + index + (edge === 'end' ? segment.length : 0));
}

/** An edge of a span that is moved by a word. */
export interface EdgeMove {
  readonly edge: 'start' | 'end';
  readonly step: -1 | 1;
}

/** `span` with one edge moved by a word; unchanged where it would be empty or leave the text. */
export function moveEdge(document: DocumentText, span: Span, edge: 'start' | 'end', step: -1 | 1): Span {
  const edges = edgesAround(document, span[edge], edge);
  const next =
    step > 0 ? edges.find((each) => each > span[edge]) : edges.findLast((each) => each < span[edge]);
  if (next === undefined) return span;
  const moved = { ...span, [edge]: next };
  return moved.start < moved.end ? moved : span;
}

/** What stands before and after a span, so that a quote which occurs twice is told apart. */
const CONTEXT = 32;

/** The anchor of a span, as the API takes it. */
export function anchorOf(document: DocumentText, documentId: string, { start, end }: Span) {
  const { text } = document;
  return {
    documentId,
    exact: text.slice(start, end),
    prefix: wellFormed(text.slice(Math.max(0, start - CONTEXT), start)),
    suffix: wellFormed(text.slice(end, end + CONTEXT)),
    start: toCodePoints(document, start),
    end: toCodePoints(document, end),
  };
}

/** Without half a character at its ends, where a surrogate pair was cut. */
const wellFormed = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
