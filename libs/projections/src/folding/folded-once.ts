import type { FoldableEvent, StreamFold } from '@casebook/ledger';

/** Steps of a fold that are remembered at the least: more than a page of events has. */
const REMEMBERED = 2048;

/**
 * A fold that remembers what each of the last events made of the state that it met: a view folds a page, and folds it again when it tells what each
 * event changed, and two views may be made from one fold. What it remembers goes with the events, and does not grow with the stream.
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
