import { type RefObject, useRef } from 'react';
import { useKey } from '../keys/keyboard.js';

/**
 * `j` and `k` move the focus through the rows of a list (the elements that match `selector`, in order), so that a
 * screen reader announces each.
 *
 * @returns the list's ref, and the row that has or contains the focus
 */
export function useRows<T extends HTMLElement>(
  selector: string,
): { readonly list: RefObject<T | null>; readonly current: () => HTMLElement | undefined } {
  const list = useRef<T>(null);
  const rows = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const current = (): HTMLElement | undefined =>
    rows().find((row) => row === document.activeElement || row.contains(document.activeElement));
  const step = (by: 1 | -1): false | void => {
    const all = rows();
    const here = current();
    const next = all[here === undefined ? 0 : all.indexOf(here) + by];
    if (next === undefined) return false;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
    return undefined;
  };
  useKey('next', () => step(1));
  useKey('previous', () => step(-1));
  return { list, current };
}
