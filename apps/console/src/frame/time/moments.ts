import type { Change } from '../../data/types.js';

/** A moment in the form of the address: a position or a time, or undefined for now. */
type Moment = string | undefined;

/** The number of changes up to a moment. */
export function indexOf(history: readonly Change[], moment: Moment): number {
  if (moment === undefined) return history.length;
  const isBefore = /^\d+$/.test(moment)
    ? ({ position }: Change) => position <= Number(moment)
    : ({ at }: Change) => Date.parse(at) <= Date.parse(moment);
  const found = history.findIndex((change) => !isBefore(change));
  return found < 0 ? history.length : found;
}

/** The moment after this many changes; after all of them it is now. */
export const momentAt = (history: readonly Change[], index: number): Moment =>
  index >= history.length ? undefined : String(history[index - 1]?.position ?? 0);
