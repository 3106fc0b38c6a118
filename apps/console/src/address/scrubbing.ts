import { useSyncExternalStore } from 'react';

/*
 * While the time bar is dragged, the page follows a moment that is not in the address yet: browsers throttle how often an address may
 * change. Once the bar is released, the address has it.
 */

/** A moment in the form of the address: a position, or undefined for now. */
export type Moment = string | undefined;

let scrubbed: { readonly moment: Moment } | null = null;
const listeners = new Set<() => void>();

export function scrubTo(moment: Moment): void {
  scrubbed = { moment };
  for (const listener of listeners) listener();
}

export function endScrubbing(): void {
  scrubbed = null;
  for (const listener of listeners) listener();
}

/** The moment being dragged to; null without a drag. */
export const useScrubbed = (): { readonly moment: Moment } | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => scrubbed,
  );
