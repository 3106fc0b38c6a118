import { TimeSlice } from '@casebook/ledger';
import { TooMuchAtOnce } from './paging.js';

/**
 * A pure computation that pauses at each `yield`, which reports the work since the previous one: items compared or
 * added to the answer.
 */
export type Steps<T> = Generator<number, T, void>;

/** Maximum items that one computation may compare or return. A normal incident takes some thousands. */
export const MOST_STEPS = 5_000_000;

/** @throws TooMuchAtOnce */
export async function inSlices<T>(steps: Steps<T>, most = MOST_STEPS): Promise<T> {
  const slice = new TimeSlice();
  let done = 0;
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    done += next.value;
    if (done > most) throw new TooMuchAtOnce();
    if (slice.isOver) await slice.giveWay();
  }
}

/** @throws TooMuchAtOnce */
export function atOnce<T>(steps: Steps<T>, most = MOST_STEPS): T {
  for (let done = 0; ;) {
    const next = steps.next();
    if (next.done) return next.value;
    done += next.value;
    if (done > most) throw new TooMuchAtOnce();
  }
}

/** The items mapped in slices. */
export async function mapInSlices<T, U>(items: readonly T[], map: (item: T) => U): Promise<U[]> {
  const slice = new TimeSlice();
  const mapped: U[] = [];
  for (const item of items) {
    mapped.push(map(item));
    if (slice.isOver) await slice.giveWay();
  }
  return mapped;
}
