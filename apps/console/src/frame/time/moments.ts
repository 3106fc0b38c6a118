import type { Change } from '../../data/types.js';

/** A moment as the address has it: a position or a time, or undefined for now. */
type Moment = string | undefined;

/** How many changes had been made at a moment; a time counts those up to it. */
export function indexOf(history: readonly Change[], moment: Moment): number {
  if (moment === undefined) return history.length;
  const isBefore = /^\d+$/.test(moment)
    ? ({ position }: Change) => position <= Number(moment)
    : ({ at }: Change) => Date.parse(at) <= Date.parse(moment);
  const found = history.findIndex((change) => !isBefore(change));
  return found < 0 ? history.length : found;
}

/** The moment after so many changes; after all of them it is now. */
export const momentAt = (history: readonly Change[], index: number): Moment =>
  index >= history.length ? undefined : String(history[index - 1]?.position ?? 0);
