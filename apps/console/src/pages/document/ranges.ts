import type { DocumentText, Span } from './document-text.js';

/** Converts between offsets of the document's text and the page's text nodes: the n-th child element with `data-line` shows the n-th line. */

export const nodeOf = (container: Element, line: number): Text | null => {
  const node = container.querySelector(`[data-line="${line}"]`)?.firstChild;
  return node instanceof Text ? node : null;
};

/** The ranges of a span, one per line. */
export function rangesOf(container: Element, { lines }: DocumentText, { start, end }: Span): Range[] {
  const ranges: Range[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.end <= start) continue;
    if (line.start >= end) break;
    const node = nodeOf(container, index);
    if (node === null) continue;
    const range = document.createRange();
    range.setStart(node, Math.max(0, start - line.start));
    range.setEnd(node, Math.min(node.length, end - line.start));
    ranges.push(range);
  }
  return ranges;
}

/** The offset in the document's text of a place in the page; undefined outside the text. */
export function offsetAt(
  container: Element,
  { lines }: DocumentText,
  node: Node,
  within: number,
): number | undefined {
  if (!container.contains(node)) return undefined;
  const element = node instanceof Element ? node : node.parentElement;
  const shown = element?.closest('[data-line]');
  if (shown instanceof HTMLElement) {
    const line = lines[Number(shown.dataset['line'])];
    if (line === undefined) return undefined;
    if (node instanceof Text) return line.start + within;
    return within === 0 ? line.start : line.end;
  }
  // Between two lines: the first line that is not before the place.
  const next = [...container.children]
    .slice(node === container ? within : 0)
    .find((each) => each.matches('[data-line]'));
  if (next instanceof HTMLElement) return lines[Number(next.dataset['line'])]?.start;
  return lines.at(-1)?.end;
}

/** The selection as a span of the text; null if nothing is selected, or the selection is elsewhere. */
export function selectedSpan(container: Element, text: DocumentText): Span | null {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = offsetAt(container, text, range.startContainer, range.startOffset);
  const end = offsetAt(container, text, range.endContainer, range.endOffset);
  return start === undefined || end === undefined || start >= end ? null : { start, end };
}

interface WebKitDocument {
  caretRangeFromPoint(x: number, y: number): Range | null;
}

/** The offset under a point of the viewport. */
export function offsetUnder(
  container: Element,
  text: DocumentText,
  x: number,
  y: number,
): number | undefined {
  if ('caretPositionFromPoint' in document) {
    const place = document.caretPositionFromPoint(x, y);
    return place === null ? undefined : offsetAt(container, text, place.offsetNode, place.offset);
  }
  // WebKit's own function, before it had the standard one.
  const range = (document as unknown as WebKitDocument).caretRangeFromPoint(x, y);
  return range === null ? undefined : offsetAt(container, text, range.startContainer, range.startOffset);
}
