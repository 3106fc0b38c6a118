import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

const loads = new Set<() => Promise<unknown>>();

/** A component whose script is loaded when it is first shown, or earlier by `loadTheRest`. */
export function later<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  loads.add(load);
  return lazy(async () => ({ default: await load() }));
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve());
    else setTimeout(resolve, 200);
  });

/**
 * Loads the scripts deferred by `later`, one at a time while the page is idle. After that each page opens at once,
 * even offline.
 */
export async function loadTheRest(): Promise<void> {
  // A script may add further ones to the set during the iteration.
  for (const load of loads) {
    await idle();
    await load().catch(() => undefined);
  }
}
