import {
  ANNOTATION_EVENTS,
  type AnnotationKind,
  type ChangeView,
  type IncidentEventType,
  type RecordedEvent,
  type SettleDispute,
} from '@casebook/contracts';
import { type Annotation, annotationIn, evolve, type IncidentState } from './incident.js';

/**
 * What an event changed, as data and as one plain English sentence. A function of the event and of the state that it met, so
 * that history, audit, differences and conflict answers tell the same story.
 */
export function describeChange(event: RecordedEvent<IncidentEventType>, before: IncidentState): ChangeView {
  const incidentId = before.status === 'unopened' ? event.subject : before.id;
  const annotation = annotationIn(before, event.subject);
  const isAnnotation = ANNOTATION_EVENTS.has(event.type);
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
  // Mostly it is: characters are no more than UTF-16 units.
  if (line.length <= most) return line;
  const characters = Array.from(line);
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};
/** Quotation marks within are printed as inner ones. */
const quoted = (text: string): string => `“${shortened(text).replaceAll('“', '‘').replaceAll('”', '’')}”`;
const ended = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);

/** What an annotation is called in a sentence: its kind and its first words. */
function named(annotation: Annotation | undefined, kind: AnnotationKind): string {
  const words = annotation === undefined || annotation.fields === null ? undefined : wordsOf(annotation);
  return words === undefined ? kind : `${kind} ${quoted(words)}`;
}

function wordsOf({ kind, fields }: Pick<Annotation, 'kind' | 'fields'>): string | undefined {
  const all = fields as Partial<
    Record<'statement' | 'summary' | 'question' | 'body' | 'relation', string>
  > & {
    anchor?: { exact: string };
  };
  switch (kind) {
    case 'claim':
      return all.statement ?? all.anchor?.exact;
    case 'warning':
    case 'attack':
      return all.summary;
    case 'dispute':
      return all.question;
    case 'comment':
      return all.body;
    case 'link':
      return all.relation;
  }
}

/** What an id is called that an event refers to: the incident itself, or an annotation. */
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
    case 'ClaimTagged':
      return event.data
        ? `tagged the claim ${quoted(event.data.anchor.exact)}${saidBy(event.data.asserters)}`
        : 'tagged a claim';
    case 'WarningRecorded':
      return event.data ? `recorded the warning ${quoted(event.data.summary)}` : 'recorded a warning';
    case 'AttackRecorded':
      return event.data ? `recorded the attack ${quoted(event.data.summary)}` : 'recorded an attack';
    case 'WarningLinked': {
      if (event.data === null) return 'made a link';
      const { warningId, earlierAttackId, attackId, relation, assessment } = event.data;
      return `linked ${called(before, warningId ?? earlierAttackId)} to ${called(before, attackId)}${relation ? ` as ${relation}` : ''}${assessment ? `, judged ${assessment.replaceAll('-', ' ')}` : ''}`;
    }
    case 'DisputeRaised':
      return event.data
        ? `disputed ${event.data.targets
            .map((id) => called(before, id))
            .slice(0, 3)
            .join(', ')}${event.data.targets.length > 3 ? ' and others' : ''}: ${quoted(event.data.question)}`
        : 'raised a dispute';
    case 'CommentMade':
      return event.data
        ? `commented on ${called(before, event.data.targetId)}: ${quoted(event.data.body)}`
        : 'commented';
    case 'ClaimRevised':
    case 'WarningRevised':
    case 'AttackRevised':
    case 'LinkRevised':
    case 'DisputeRevised':
    case 'CommentRevised':
      return `revised the ${named(annotation, kindOf(event.type))}${fieldList(event.data?.changes)}`;
    case 'ClaimRetracted':
    case 'WarningRetracted':
    case 'AttackRetracted':
    case 'LinkRetracted':
    case 'DisputeRetracted':
    case 'CommentRetracted':
      return `retracted the ${named(annotation, kindOf(event.type))}`;
    case 'ClaimReinstated':
    case 'WarningReinstated':
    case 'AttackReinstated':
    case 'LinkReinstated':
    case 'DisputeReinstated':
    case 'CommentReinstated':
      return `reinstated the ${named(annotation, kindOf(event.type))}`;
    case 'DisputeRestored':
      return `put the ${named(annotation, 'dispute')} back${event.data ? ` to ${event.data.standing}` : ''}`;
    case 'DisputeSettled':
      return `settled the ${named(annotation, 'dispute')}${event.data ? `: ${settled(event.data, annotation as Annotation<'dispute'> | undefined)}` : ''}`;
    case 'DisputeWithdrawn':
      return `withdrew the ${named(annotation, 'dispute')}`;
    case 'DisputeReopened':
      return `reopened the ${named(annotation, 'dispute')}`;
    case 'SuggestionAccepted':
      return `accepted ${suggestionIn(event, before)}`;
    case 'SuggestionDismissed':
      return `dismissed ${suggestionIn(event, before)}`;
  }
}

/** An erased decision speaks of a suggestion that an earlier one may still have the words of. */
function suggestionIn(
  { data, subject }: RecordedEvent<'SuggestionAccepted' | 'SuggestionDismissed'>,
  before: IncidentState,
): string {
  const known = data?.suggestion ?? suggestionBefore(before, subject)?.suggestion;
  return known ? `the suggestion ${quoted(known.sentence)}` : 'a suggestion';
}

const suggestionBefore = (state: IncidentState, id: string) =>
  state.status === 'unopened' ? undefined : state.suggestions.get(id);

const kindOf = (type: string): AnnotationKind => ANNOTATION_EVENTS.get(type)?.kind ?? 'claim';

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

/** Field by field, what was and what is; `null` for what is not there. What was erased shows no fields. */
function changesOf(
  event: RecordedEvent<IncidentEventType>,
  before: IncidentState,
  annotation: Annotation | undefined,
): FieldChange[] {
  switch (event.type) {
    case 'IncidentOpened':
    case 'ClaimTagged':
    case 'WarningRecorded':
    case 'AttackRecorded':
    case 'WarningLinked':
    case 'DisputeRaised':
    case 'CommentMade':
      return changedFields(null, event.data ?? {});
    case 'IncidentRevised':
      return changedFields(before.status === 'unopened' ? null : before.details, event.data?.changes ?? {});
    case 'ClaimRevised':
    case 'WarningRevised':
    case 'AttackRevised':
    case 'LinkRevised':
    case 'DisputeRevised':
    case 'CommentRevised':
      return changedFields(annotation?.fields ?? null, event.data?.changes ?? {});
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
    case 'ClaimRetracted':
    case 'WarningRetracted':
    case 'AttackRetracted':
    case 'LinkRetracted':
    case 'DisputeRetracted':
    case 'CommentRetracted':
    case 'ClaimReinstated':
    case 'WarningReinstated':
    case 'AttackReinstated':
    case 'LinkReinstated':
    case 'DisputeReinstated':
    case 'CommentReinstated':
    case 'DisputeRestored':
    case 'DisputeSettled':
    case 'DisputeWithdrawn':
    case 'DisputeReopened':
      return standingChanges(annotation, annotationIn(evolve(before, event), event.subject));
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

const restrictionOf = (state: IncidentState): readonly string[] | null =>
  (state.status === 'unopened' ? undefined : state.restrictedTo) ?? null;

const changedFields = (before: object | null, changes: object): FieldChange[] =>
  Object.entries(changes).map(([field, after]) => ({
    field,
    before: (before as Record<string, unknown> | null)?.[field] ?? null,
    after: after as unknown,
  }));

/** Taken from the fold itself, so that the history cannot tell of another status than the views show. */
function standingChanges(before: Annotation | undefined, after: Annotation | undefined): FieldChange[] {
  if (before === undefined || after === undefined) return [];
  return (['status', 'resolution'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
