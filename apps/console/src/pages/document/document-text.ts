/*
 * A document's text on the page. Anchors count code points (W3C Web Annotation §4.2.5), JavaScript counts UTF-16 units, the page
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
  /** The offsets of characters beyond the basic plane, which are two units but one code point. */
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

/** The number of sorted `offsets` below `limit`. */
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

/** The n-th astral character is at `astral[n]` units and `astral[n] - n` code points. */
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

/** The index of the line containing `offset`, or of the next line; -1 after the last. */
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

/** `span` without surrounding white space; null if nothing is left. */
export function trimmed({ text }: DocumentText, { start, end }: Span): Span | null {
  const quote = text.slice(start, end);
  const front = quote.length - quote.trimStart().length;
  const back = quote.length - quote.trimEnd().length;
  return front + back >= quote.length ? null : { start: start + front, end: end - back };
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
/** How far around an edge words are searched. */
const REACH = 200;

/** Word boundaries near `offset`, in order: possible starts (`start`) or ends of a span. */
function edgesAround({ text }: DocumentText, offset: number, edge: 'start' | 'end'): number[] {
  const from = Math.max(0, offset - REACH);
  const piece = text.slice(from, offset + REACH);
  return [...words.segment(piece)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => from + index + (edge === 'end' ? segment.length : 0));
}

/** The edge of a span to move by a word. */
export interface EdgeMove {
  readonly edge: 'start' | 'end';
  readonly step: -1 | 1;
}

/** `span` with one edge moved by a word; unchanged if it would become empty or leave the text. */
export function moveEdge(document: DocumentText, span: Span, edge: 'start' | 'end', step: -1 | 1): Span {
  const edges = edgesAround(document, span[edge], edge);
  const next =
    step > 0 ? edges.find((each) => each > span[edge]) : edges.findLast((each) => each < span[edge]);
  if (next === undefined) return span;
  const moved = { ...span, [edge]: next };
  return moved.start < moved.end ? moved : span;
}

/** The text before and after a span, which distinguishes repeated quotes. */
const CONTEXT = 32;

/** The anchor of a span, for the API. */
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

/** The text without halves of surrogate pairs at its ends. */
const wellFormed = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
