import {
  type ActivityKind,
  type ActivityView,
  type AnnotationKind,
  type EventKind,
  eventKindOf,
} from '@casebook/contracts';
import { groupedBy } from './standing.js';

/** How many events of one type one member recorded in one incident (`null`: in none) on one day. */
export interface CountedEvents {
  readonly actor: string;
  readonly incidentId: string | null;
  readonly type: string;
  readonly changes: number;
}

const COUNTED_AS: Readonly<Record<Exclude<EventKind, AnnotationKind>, ActivityKind>> = {
  incident: 'incident',
  attachment: 'incident',
  suggestion: 'suggestion',
  document: 'document',
  workspace: 'member',
  member: 'member',
  token: 'token',
  erasure: 'other',
};

/** What an event is a change of. A type that this version does not know is `other`. */
export function activityKindOf(type: string): ActivityKind {
  const kind = eventKindOf(type);
  if (kind === undefined) return 'other';
  return kind in COUNTED_AS ? COUNTED_AS[kind as keyof typeof COUNTED_AS] : (kind as AnnotationKind);
}

/** The lines of one day, in the order of {@link activityKey}. */
export const activityOf = (day: string, counted: readonly CountedEvents[]): ActivityView[] =>
  [
    ...groupedBy(counted, ({ actor, incidentId, type }) =>
      JSON.stringify([actor, incidentId, activityKindOf(type)]),
    ).values(),
  ]
    .map((same) => {
      const { actor, incidentId, type } = same[0] as CountedEvents;
      return {
        day,
        member: actor,
        incidentId,
        kind: activityKindOf(type),
        changes: same.reduce((sum, { changes }) => sum + changes, 0),
      };
    })
    .sort((a, b) => compareKeys(activityKey(a), activityKey(b)));

/** Day, member, incident (that of none first) and kind: no two lines have the same. */
export const activityKey = ({ day, member, incidentId, kind }: ActivityView): string[] => [
  day,
  member,
  incidentId ?? '',
  kind,
];

/** Part by part, each in the order of UTF-16 units. */
export function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
