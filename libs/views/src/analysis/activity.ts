import {
  type ActivityKind,
  type ActivityView,
  type AnnotationKind,
  type EventKind,
  eventKindOf,
} from '@casebook/contracts';
import { groupedBy } from './standing.js';

/**
 * The number of events of one type that one member recorded in one incident (`null`: outside any) on one day.
 */
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

/** The kind of thing that an event changes; `other` for a type that this version does not know. */
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

/** Day, member, incident (none first) and kind, which together identify a line. */
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
