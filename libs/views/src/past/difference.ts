import {
  type AnnotationDifference,
  type AnnotationView,
  type AttachmentDifference,
  type ChangeInBetween,
  type ChangeView,
  eventKindOf,
  type FieldDifference,
  type IncidentDifference,
  type IncidentView,
} from '@casebook/contracts';
import { changedFields, fieldsOf } from './revised.js';
import type { Revised, RevisedAnnotation } from './revised.js';
import { annotationsIn } from '../rendering.js';
import type { Steps } from '../time-slice.js';

/**
 * The net difference between two views of one incident: every field, with the events that changed it.
 * `between` holds all events about the incident after the first view and up to the second, in order;
 * `described` those about its documents.
 */
export function* differenceOf(
  before: IncidentView | null,
  after: IncidentView,
  between: readonly Revised[],
  described: readonly Revised[],
): Steps<Pick<IncidentDifference, 'opened' | 'fields' | 'documents' | 'annotations' | 'changes'>> {
  return {
    opened: before === null,
    fields: incidentFields(before, after, between),
    documents: attachmentDifferences(before, after, between, described),
    annotations: yield* annotationDifferences(before, between),
    changes: [...between, ...described]
      .map(({ change }) => change)
      .sort((a, b) => a.position - b.position)
      .map(changeInBetween),
  };
}

/** An event within a difference, without its own changes, which the net difference contains. */
export const changeInBetween = ({ changes: _, incidentId: __, ...change }: ChangeView): ChangeInBetween =>
  change;

const ofIncident = (incident: IncidentView | null): Readonly<Record<string, unknown>> => {
  if (incident === null) return {};
  const { title, summary, status, restrictedTo } = incident;
  return given({ title, summary, status, restrictedTo });
};

const given = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The differing fields, each with the events that `touches` says changed it. */
export const fieldDifferences = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  touches: ReadonlyMap<string, readonly number[]>,
): FieldDifference[] =>
  changedFields(before, after).map((field) => ({
    field,
    before: before[field] ?? null,
    after: after[field] ?? null,
    by: [...(touches.get(field) ?? [])],
  }));

function incidentFields(
  before: IncidentView | null,
  after: IncidentView,
  between: readonly Revised[],
): FieldDifference[] {
  const touches = new Map<string, number[]>();
  for (const { change } of between) {
    if (eventKindOf(change.type) !== 'incident') continue;
    for (const { field } of change.changes) add(touches, field, change.position);
    // The event that opens an incident has no status field: it implies the status open.
    if (change.type === 'IncidentOpened') add(touches, 'status', change.position);
  }
  return fieldDifferences(ofIncident(before), ofIncident(after), touches);
}

function* annotationDifferences(
  before: IncidentView | null,
  between: readonly Revised[],
): Steps<AnnotationDifference[]> {
  const known = new Map(
    (before === null ? [] : annotationsIn(before)).map((annotation) => [annotation.id, annotation]),
  );
  const revisions = new Map<string, RevisedAnnotation[]>();
  for (const { change, annotation } of between) {
    if (annotation !== null) add(revisions, annotation.id, { subject: annotation.id, change, annotation });
  }
  const differences: AnnotationDifference[] = [];
  for (const [id, revised] of revisions) {
    const was = known.get(id) ?? null;
    const is = revised.at(-1)!.annotation;
    const touches = new Map<string, number[]>();
    let fields = fieldsOf(was);
    for (const { change, annotation } of revised) {
      const next = fieldsOf(annotation);
      for (const field of changedFields(fields, next)) add(touches, field, change.position);
      fields = next;
      yield 1;
    }
    differences.push({
      id,
      kind: is.kind,
      change: changeOf(was, is),
      revision: { before: was?.revision ?? null, after: is.revision },
      fields: fieldDifferences(fieldsOf(was), fields, touches),
      by: revised.map(({ change }) => change.position),
    });
  }
  return differences;
}

function changeOf(was: AnnotationView | null, is: AnnotationView): AnnotationDifference['change'] {
  if (was === null) return 'added';
  if (was.status !== 'retracted' && is.status === 'retracted') return 'retracted';
  return was.status === 'retracted' && is.status !== 'retracted' ? 'reinstated' : 'changed';
}

/** In the library or in the incident. */
const isAboutDocument = (type: string): boolean => {
  const kind = eventKindOf(type);
  return kind === 'document' || kind === 'attachment';
};

function attachmentDifferences(
  before: IncidentView | null,
  after: IncidentView,
  between: readonly Revised[],
  described: readonly Revised[],
): AttachmentDifference[] {
  const touches = new Map<string, number[]>();
  for (const { subject, change } of [...between, ...described]) {
    if (isAboutDocument(change.type)) add(touches, subject, change.position);
  }
  const were = new Map((before?.documents ?? []).map((each) => [each.id, each]));
  const are = new Map(after.documents.map((each) => [each.id, each]));
  return [...new Set([...were.keys(), ...are.keys()])].flatMap((id) => {
    const [was, is] = [were.get(id), are.get(id)];
    const [showed, shows] = [
      { ...was, id },
      { ...is, id },
    ];
    const fields = changedFields(showed, shows);
    if (fields.length === 0) return [];
    const by = (touches.get(id) ?? []).sort((a, b) => a - b);
    return {
      id,
      change: was === undefined ? 'attached' : is === undefined ? 'detached' : 'described',
      fields: fieldDifferences(showed, shows, new Map(fields.map((field) => [field, by]))),
      by,
    };
  });
}

/** Documents attached in both views whose title or publisher the incident shows differently. */
export function describedAnew(before: IncidentView | null, after: IncidentView): string[] {
  const were = new Map((before?.documents ?? []).map((each) => [each.id, each]));
  return after.documents
    .filter(({ id, title, publisher }) => {
      const was = were.get(id);
      return was !== undefined && (was.title !== title || was.publisher !== publisher);
    })
    .map(({ id }) => id);
}

/** Appends a value to the list of its key. */
export function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
