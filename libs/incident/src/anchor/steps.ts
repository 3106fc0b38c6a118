/**
 * Work on a whole text, which may have millions of units: it pauses at each `yield`, and says how many steps it
 * has done since the one before.
 */
export type Steps<T> = Generator<number, T, void>;

/** UTF-16 units that one step looks at: less than a millisecond. */
export const STEP_UNITS = 1 << 16;

/** All of the steps at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}
