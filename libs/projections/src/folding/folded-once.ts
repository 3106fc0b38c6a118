import type { FoldableEvent, StreamFold } from '@casebook/ledger';

/** The minimum number of steps remembered; more than the events of a page. */
const REMEMBERED = 2048;

/**
 * A fold that remembers the result of each recent step: a view folds a page, then folds it again to describe
 * each event's change, and two views may share one fold. The cache is bound to the events and does not grow
 * with the stream.
 */
export function foldedOnce<S>(evolve: StreamFold<S>['evolve']): StreamFold<S>['evolve'] {
  type Steps = WeakMap<FoldableEvent, { readonly before: S; readonly after: S }>;
  let latest: Steps = new WeakMap();
  let former: Steps = latest;
  let steps = 0;
  return (before, event) => {
    const known = latest.get(event) ?? former.get(event);
    if (known?.before === before) return known.after;
    const after = evolve(before, event);
    if (steps === REMEMBERED) {
      former = latest;
      latest = new WeakMap();
      steps = 0;
    }
    latest.set(event, { before, after });
    steps += 1;
    return after;
  };
}
