import {
  boundTime,
  type DateBounds,
  edtfBounds,
  type GraphView,
  type IncidentView,
  type TimelineView,
} from '@casebook/contracts';
import { type Attack, stands, type Warning } from './standing.js';
import type { Steps } from '../time-slice.js';

type Entry = TimelineView['entries'][number];

/** Active warnings and attacks by date, each with the range that its date allows. */
export function* timeline(incident: IncidentView): Steps<TimelineView> {
  const entries: Entry[] = [];
  for (const warning of incident.warnings.filter(stands)) {
    yield 1;
    const { window } = warning;
    const windowBounds = window?.edtf === undefined ? null : edtfBounds(window.edtf);
    entries.push({
      ...drawn(warning),
      ...(window !== undefined && { window }),
      ...(windowBounds !== null && { windowBounds }),
    });
  }
  for (const attack of incident.attacks.filter(stands)) {
    yield 1;
    entries.push({ ...drawn(attack), ...(attack.place !== undefined && { place: attack.place }) });
  }
  return { incidentId: incident.id, position: incident.position, entries: entries.sort(byBounds) };
}

/** The fields of a warning or an attack that timeline and graph share. */
export function drawn(
  shown: Warning | Attack,
): Pick<GraphView['nodes'][number], 'id' | 'kind' | 'summary' | 'date' | 'bounds'> {
  const date = 'issuedAt' in shown ? shown.issuedAt : 'occurredAt' in shown ? shown.occurredAt : undefined;
  return {
    id: shown.id,
    kind: shown.kind === 'warning' ? 'warning' : 'attack',
    summary: shown.summary ?? '',
    ...(date !== undefined && { date }),
    bounds: date?.edtf === undefined ? null : edtfBounds(date.edtf),
  };
}

/** Dates open towards the past come first, those open towards the future last, and missing dates after everything. */
const byBounds = ({ bounds: a }: Entry, { bounds: b }: Entry): number =>
  a === null || b === null
    ? Number(a === null) - Number(b === null)
    : compare(start(a), start(b)) || compare(end(a), end(b));
const start = ({ earliest }: DateBounds): number => boundTime(earliest, -Infinity);
const end = ({ latest }: DateBounds): number => boundTime(latest, Infinity);
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
