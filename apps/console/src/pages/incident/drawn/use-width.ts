import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width that a drawing has: it is drawn again where its page becomes wider or narrower. */
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

/** A text cut to what fits into so many pixels, at the size of the drawings. */
export const cut = (text: string, pixels: number): string => {
  const most = Math.max(3, Math.floor(pixels / 7));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};
