import { type RefObject, useEffect, useState } from 'react';
import { type DocumentText, type Span, trimmed } from './document-text.js';
import { selectedSpan } from './ranges.js';

export interface Selected {
  readonly span: Span;
  /** Where its end is, relative to the text's box. */
  readonly x: number;
  readonly y: number;
}

/** The span that is selected in the text now, without white space at its ends. */
export function selectedNow(element: HTMLElement | null, text: DocumentText): Span | null {
  const raw = element === null ? null : selectedSpan(element, text);
  return raw === null ? null : trimmed(text, raw);
}

/** The same as of the latest rendering, and where it is. */
export function useSelection(container: RefObject<HTMLElement | null>, text: DocumentText): Selected | null {
  const [selected, setSelected] = useState<Selected | null>(null);
  useEffect(() => {
    const read = (): void => {
      const element = container.current;
      const span = selectedNow(element, text);
      if (element === null || span === null) return setSelected(null);
      const box = document.getSelection()?.getRangeAt(0).getBoundingClientRect();
      const frame = element.getBoundingClientRect();
      setSelected({
        span,
        x: Math.max(0, (box?.left ?? 0) - frame.left),
        y: (box?.bottom ?? 0) - frame.top,
      });
    };
    document.addEventListener('selectionchange', read);
    return () => document.removeEventListener('selectionchange', read);
  }, [container, text]);
  return selected;
}
