import { boundTime, type DateBounds, type LeadTimeView } from '@casebook/contracts';

const DAY = 86_400_000;

/** The calendar day (UTC) of an instant, counted from the epoch; infinite where open. */
const dayOf = (instant: string | null, open: number): number => Math.floor(boundTime(instant, open) / DAY);

/**
 * The minimum and maximum number of calendar days between a warning and an attack, over everything the two dates can
 * mean. Calendar days, because that is what sources state: a warning on Thursday of an attack on Friday came one day
 * before, whatever the hours.
 */
export function leadTime(warning: DateBounds, attack: DateBounds): LeadTimeView {
  const min = dayOf(attack.earliest, -Infinity) - dayOf(warning.latest, Infinity);
  const max = dayOf(attack.latest, Infinity) - dayOf(warning.earliest, -Infinity);
  const clear = [warning, attack].every(({ approximate, uncertain }) => !approximate && !uncertain);
  return {
    minDays: Number.isFinite(min) ? min : null,
    maxDays: Number.isFinite(max) ? max : null,
    order: min > 0 ? 'before' : max < 0 ? 'after' : min === 0 && max === 0 ? 'same-day' : 'undetermined',
    certain: clear && min === max,
  };
}
