import { TimeSlice } from '@casebook/ledger';
import { TooMuchAtOnce } from './paging.js';

/**
 * A pure computation that pauses at each `yield`, which says how much it has done since the one before: items
 * compared or put into the answer.
 */
export type Steps<T> = Generator<number, T, void>;

/** Most items that one computation may compare or answer with. An honest incident takes some thousands. */
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
