import {
  type ActivityKind,
  type ActivityView,
  ANNOTATION_EVENTS,
  isAnnotationEventType,
} from '@casebook/contracts';
import { groupedBy } from './standing.js';

/** How many events of one type one member recorded in one incident (`null`: in none) on one day. */
export interface CountedEvents {
  readonly actor: string;
  readonly incidentId: string | null;
  readonly type: string;
  readonly changes: number;
}

/** What an event is a change of. Total: types that this version does not know are told by their first word, or are `other`. */
export function activityKindOf(type: string): ActivityKind {
  if (isAnnotationEventType(type)) return ANNOTATION_EVENTS[type].kind;
  if (type.startsWith('Incident')) return 'incident';
  if (type === 'DocumentAttached' || type === 'DocumentDetached') return 'incident';
  if (type.startsWith('Suggestion')) return 'suggestion';
  if (type.startsWith('Document')) return 'document';
  if (type.startsWith('Token')) return 'token';
  return type.startsWith('Member') || type.startsWith('Workspace') ? 'member' : 'other';
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
