import { type RefObject, useLayoutEffect } from 'react';
import type { DocumentText } from './document-text.js';
import { nodeOf, offsetAt, rangesOf } from './ranges.js';
import { markCaret } from './text-view.js';

/*
 * Caret mode: selecting read-only text with the keyboard. The browser moves its own selection (Selection.modify), so
 * words, lines and writing directions follow the browser; browsers draw a caret only in editable text, so ours is a
 * mark on the next character.
 */

const MOVES: Readonly<Record<string, readonly [direction: string, granularity: string]>> = {
  ArrowLeft: ['left', 'character'],
  ArrowRight: ['right', 'character'],
  ArrowUp: ['backward', 'line'],
  ArrowDown: ['forward', 'line'],
  Home: ['backward', 'lineboundary'],
  End: ['forward', 'lineboundary'],
  PageUp: ['backward', 'paragraph'],
  PageDown: ['forward', 'paragraph'],
};

/** Moves the caret, or the selection's end with Shift; by word with Ctrl. False for any other key. */
function move({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  const found = MOVES[key];
  const selection = document.getSelection();
  if (found === undefined || altKey || metaKey || selection === null) return false;
  const [direction, granularity] = found;
  selection.modify(
    shiftKey ? 'extend' : 'move',
    direction,
    ctrlKey && granularity === 'character' ? 'word' : granularity,
  );
  return true;
}

/** Puts the caret before the first visible line. */
function begin(container: HTMLElement, { lines }: DocumentText): void {
  const selection = document.getSelection();
  if (selection === null || (selection.rangeCount > 0 && container.contains(selection.focusNode))) return;
  const line = lines.findIndex((_, index) => {
    const box = nodeOf(container, index)?.parentElement?.getBoundingClientRect();
    return box !== undefined && box.bottom > 60;
  });
  const node = nodeOf(container, Math.max(0, line));
  if (node !== null) selection.collapse(node, 0);
}

/** Shows where the caret is, and keeps it in view. */
function show(container: HTMLElement, text: DocumentText): void {
  const selection = document.getSelection();
  const { focusNode, focusOffset = 0 } = selection ?? {};
  const at = focusNode == null ? undefined : offsetAt(container, text, focusNode, focusOffset);
  const ranges = at === undefined ? [] : rangesOf(container, text, { start: at, end: at + 1 });
  markCaret(ranges);
  const [range] = ranges;
  const box = range?.getBoundingClientRect();
  if (box !== undefined && (box.top < 80 || box.bottom > window.innerHeight - 120))
    range?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
}

/** Runs caret mode while `active`. */
export function useCaret(
  container: RefObject<HTMLElement | null>,
  text: DocumentText,
  active: boolean,
): void {
  // Before the browser paints, so that the keys work as soon as the mode is visible.
  useLayoutEffect(() => {
    const element = container.current;
    if (element === null || !active) return;
    begin(element, text);
    element.focus({ preventScroll: true });
    show(element, text);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.target instanceof Node) || !(event.target === element || event.target === document.body))
        return;
      if (!move(event)) return;
      event.preventDefault();
      event.stopPropagation();
      show(element, text);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      markCaret([]);
    };
  }, [container, text, active]);
}
