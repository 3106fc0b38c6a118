import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

const loads = new Set<() => Promise<unknown>>();

/** A component whose script is loaded when it is first shown, or by `loadTheRest` before that. */
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
 * Loads what `later` has put off, one script whenever the page has nothing else to do. From then on each page opens at once, without the
 * network too.
 */
export async function loadTheRest(): Promise<void> {
  // A script that brings further ones adds them to the set while it is gone through.
  for (const load of loads) {
    await idle();
    await load().catch(() => undefined);
  }
}
