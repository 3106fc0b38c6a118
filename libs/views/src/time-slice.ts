import { TooMuchAtOnce } from './paging.js';

/** How long one piece of work may hold the event loop at a time. */
const SLICE_MS = 10;

/** Work that waits for its next slice, the longest waiting first. */
const waiting: (() => void)[] = [];

/** One slice for each turn of the event loop: ten heavy requests at once must not hold it ten times as long. */
function nextSlice(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(nextSlice);
}

/** Divides long work that waits for nothing: between two slices the event loop serves everybody else. */
export class TimeSlice {
  private since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.since >= SLICE_MS;
  }

  async giveWay(): Promise<void> {
    if (!this.isOver) return;
    await new Promise<void>((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(nextSlice);
    });
    this.since = performance.now();
  }
}

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
