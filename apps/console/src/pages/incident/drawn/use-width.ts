import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width of a drawing, which is redrawn when its page changes width. */
export function useWidth<T extends HTMLElement>(): {
  readonly ref: RefObject<T | null>;
  readonly width: number;
} {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

/** A text cut to fit this many pixels, at the font size of the drawings. */
export const cut = (text: string, pixels: number): string => {
  const most = Math.max(3, Math.floor(pixels / 7));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};
