import {
  ANNOTATION_EVENTS,
  type AnnotationEventType,
  type AnnotationKind,
  type ChangeView,
  type FieldsOf,
  type IncidentEventType,
  isAnnotationEvent,
  KINDS,
  type PayloadOf,
  type RecordedEvent,
  type RevisedPayload,
  type SettleDispute,
  valuesAt,
} from '@casebook/contracts';
import { type Annotation, annotationIn, evolve, type IncidentState } from './incident/index.js';

/**
 * What an event changed, as data and as one English sentence. A function of the event and the state before it, so
 * history, audit, differences and conflicts agree.
 */
export function describeChange(event: RecordedEvent<IncidentEventType>, before: IncidentState): ChangeView {
  const incidentId = before.status === 'unopened' ? event.subject : before.id;
  const annotation = annotationIn(before, event.subject);
  const isAnnotation = isAnnotationEvent(event);
  const reason = event.data !== null && 'reason' in event.data ? event.data.reason : undefined;
  return {
    position: event.position,
    at: event.at,
    actor: event.actor,
    type: event.type,
    incidentId,
    annotationId: isAnnotation ? event.subject : null,
    sentence: `${event.actor} ${predicate(event, before, annotation)}${event.data === null ? ' (what was said was erased)' : ''}${reason === undefined ? '.' : `, because: ${ended(reason)}`}`,
    ...(reason !== undefined && { reason }),
    changes: changesOf(event, before, annotation),
  };
}

const shortened = (text: string, most = 80): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  // The common case: there are at most as many characters as UTF-16 units.
  if (line.length <= most) return line;
  const characters = Array.from(line);
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};
/** Quotation marks inside become inner ones. */
const quoted = (text: string): string => `“${shortened(text).replaceAll('“', '‘').replaceAll('”', '’')}”`;
const ended = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);

/** An annotation in a sentence: its kind and first words. */
function named(annotation: Annotation | undefined, kind: AnnotationKind): string {
  const words = annotation === undefined || annotation.fields === null ? undefined : wordsOf(annotation);
  return words === undefined ? kind : `${kind} ${quoted(words)}`;
}

const wordsOf = ({ kind, fields }: Annotation): string | undefined =>
  KINDS[kind].calledBy.flatMap((at) => valuesAt(fields, at).map(({ value }) => value as string))[0];

/** The target of a reference in a sentence: the incident itself, or an annotation. */
const called = (state: IncidentState, id: string | undefined): string => {
  const annotation = id === undefined ? undefined : annotationIn(state, id);
  if (annotation !== undefined) return `the ${named(annotation, annotation.kind)}`;
  return state.status !== 'unopened' && id === state.id ? 'the incident' : 'something unknown';
};

function predicate(
  event: RecordedEvent<IncidentEventType>,
  before: IncidentState,
  annotation: Annotation | undefined,
): string {
  if (isAnnotationEvent(event)) return annotationPredicate(event, before, annotation);
  switch (event.type) {
    case 'IncidentOpened':
      return event.data ? `opened the incident ${quoted(event.data.title)}` : 'opened the incident';
    case 'IncidentRevised':
      return `revised the incident${fieldList(event.data?.changes)}`;
    case 'IncidentClosed':
      return 'closed the incident';
    case 'IncidentReopened':
      return 'reopened the incident';
    case 'IncidentRestricted':
      return event.data
        ? `restricted the incident to ${event.data.members.join(', ')}`
        : 'restricted the incident';
    case 'IncidentUnrestricted':
      return 'opened the incident to every member';
    case 'DocumentAttached':
      return `attached the document ${event.subject.slice(0, 19)}…`;
    case 'DocumentDetached':
      return `detached the document ${event.subject.slice(0, 19)}…`;
    case 'SuggestionAccepted':
      return `accepted ${suggestionIn(event, before)}`;
    case 'SuggestionDismissed':
      return `dismissed ${suggestionIn(event, before)}`;
  }
}

/** The predicate for recording each kind; `null` fields are erased. */
const RECORDED: {
  readonly [K in AnnotationKind]: (fields: FieldsOf[K] | null, before: IncidentState) => string;
} = {
  claim: (fields) =>
    fields ? `tagged the claim ${quoted(fields.anchor.exact)}${saidBy(fields.asserters)}` : 'tagged a claim',
  warning: (fields) => (fields ? `recorded the warning ${quoted(fields.summary)}` : 'recorded a warning'),
  attack: (fields) => (fields ? `recorded the attack ${quoted(fields.summary)}` : 'recorded an attack'),
  link: (fields, before) => {
    if (fields === null) return 'made a link';
    const { warningId, earlierAttackId, attackId, relation, assessment } = fields;
    return `linked ${called(before, warningId ?? earlierAttackId)} to ${called(before, attackId)}${relation ? ` as ${relation}` : ''}${assessment ? `, judged ${assessment.replaceAll('-', ' ')}` : ''}`;
  },
  dispute: (fields, before) => {
    if (fields === null) return 'raised a dispute';
    const targets = fields.targets.slice(0, 3).map((id) => called(before, id));
    return `disputed ${targets.join(', ')}${fields.targets.length > 3 ? ' and others' : ''}: ${quoted(fields.question)}`;
  },
  comment: (fields, before) =>
    fields ? `commented on ${called(before, fields.targetId)}: ${quoted(fields.body)}` : 'commented',
  item: (fields) =>
    fields ? `kept the item ${quoted(fields.title ?? fields.type ?? fields.format)}` : 'kept an item',
};

function annotationPredicate(
  event: RecordedEvent<AnnotationEventType>,
  before: IncidentState,
  annotation: Annotation | undefined,
): string {
  const { kind, change } = ANNOTATION_EVENTS[event.type];
  const name = named(annotation, kind);
  switch (change) {
    case 'recorded':
      return (RECORDED[kind] as (fields: object | null, before: IncidentState) => string)(event.data, before);
    case 'revised':
      return `revised the ${name}${fieldList((event.data as RevisedPayload<object> | null)?.changes)}`;
    case 'retracted':
      return `retracted the ${name}`;
    case 'reinstated':
      return `reinstated the ${name}`;
    case 'restored': {
      const restored = event.data as PayloadOf<'DisputeRestored'> | null;
      return `put the ${name} back${restored ? ` to ${restored.standing}` : ''}`;
    }
    case 'settled': {
      const resolution = event.data as SettleDispute | null;
      return `settled the ${name}${resolution ? `: ${settled(resolution, annotation as Annotation<'dispute'> | undefined)}` : ''}`;
    }
    case 'withdrawn':
      return `withdrew the ${name}`;
    case 'reopened':
      return `reopened the ${name}`;
  }
}

/** The suggestion of an erased decision may still be known from an earlier decision. */
function suggestionIn(
  { data, subject }: RecordedEvent<'SuggestionAccepted' | 'SuggestionDismissed'>,
  before: IncidentState,
): string {
  const known = data?.suggestion ?? suggestionBefore(before, subject)?.suggestion;
  return known ? `the suggestion ${quoted(known.sentence)}` : 'a suggestion';
}

const suggestionBefore = (state: IncidentState, id: string) =>
  state.status === 'unopened' ? undefined : state.suggestions.get(id);

const saidBy = (asserters: { name: string }[] | undefined): string =>
  asserters?.length ? `, said by ${asserters.map(({ name }) => name).join(' through ')}` : '';

const fieldList = (changes: object | undefined): string =>
  changes ? ` (${Object.keys(changes).join(', ')})` : '';

function settled({ outcome, prevailing }: SettleDispute, dispute: Annotation<'dispute'> | undefined): string {
  const position = prevailing === undefined ? undefined : dispute?.fields?.positions?.[prevailing]?.statement;
  switch (outcome) {
    case 'prevails':
      return position === undefined ? 'one position prevails' : `${quoted(position)} prevails`;
    case 'compatible':
      return 'the positions are compatible';
    case 'all-kept':
      return 'all positions are kept';
    case 'unresolvable':
      return 'it cannot be resolved';
  }
}

type FieldChange = ChangeView['changes'][number];

/** Each field before and after; `null` for an absent field. Erased events have no fields. */
function changesOf(
  event: RecordedEvent<IncidentEventType>,
  before: IncidentState,
  annotation: Annotation | undefined,
): FieldChange[] {
  if (isAnnotationEvent(event)) return annotationChanges(event, before, annotation);
  switch (event.type) {
    case 'IncidentOpened':
      return changedFields(null, event.data ?? {});
    case 'IncidentRevised':
      return changedFields(before.status === 'unopened' ? null : before.details, event.data?.changes ?? {});
    case 'DocumentAttached':
      return [{ field: 'documents', before: null, after: event.subject }];
    case 'DocumentDetached':
      return [{ field: 'documents', before: event.subject, after: null }];
    case 'IncidentRestricted':
    case 'IncidentUnrestricted':
      return [
        {
          field: 'restrictedTo',
          before: restrictionOf(before),
          after: restrictionOf(evolve(before, event)),
        },
      ];
    case 'IncidentClosed':
    case 'IncidentReopened':
      return before.status === 'unopened'
        ? []
        : [{ field: 'status', before: before.status, after: evolve(before, event).status }];
    case 'SuggestionAccepted':
    case 'SuggestionDismissed':
      return [
        {
          field: 'suggestion',
          before: suggestionBefore(before, event.subject)?.outcome ?? null,
          after: event.type === 'SuggestionAccepted' ? 'accepted' : 'dismissed',
        },
      ];
  }
}

function annotationChanges(
  event: RecordedEvent<AnnotationEventType>,
  before: IncidentState,
  annotation: Annotation | undefined,
): FieldChange[] {
  switch (ANNOTATION_EVENTS[event.type].change) {
    case 'recorded':
      return changedFields(null, event.data ?? {});
    case 'revised':
      return changedFields(
        annotation?.fields ?? null,
        (event.data as RevisedPayload<object> | null)?.changes ?? {},
      );
    case 'retracted':
    case 'reinstated':
    case 'settled':
    case 'withdrawn':
    case 'reopened':
    case 'restored':
      return standingChanges(annotation, annotationIn(evolve(before, event), event.subject));
  }
}

const restrictionOf = (state: IncidentState): readonly string[] | null =>
  (state.status === 'unopened' ? undefined : state.restrictedTo) ?? null;

const changedFields = (before: object | null, changes: object): FieldChange[] =>
  Object.entries(changes).map(([field, after]) => ({
    field,
    before: (before as Record<string, unknown> | null)?.[field] ?? null,
    after: after as unknown,
  }));

/** Uses the fold itself, so the history and the views show the same status. */
function standingChanges(before: Annotation | undefined, after: Annotation | undefined): FieldChange[] {
  if (before === undefined || after === undefined) return [];
  return (['status', 'resolution'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
