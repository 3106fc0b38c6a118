import type { AnnotationView, ChangeView } from '@casebook/contracts';
import { isDeepStrictEqual } from 'node:util';

/** An event about an incident or its documents: what it is about, what it did, and the annotation afterwards, if it is about one. */
export interface Revised {
  readonly subject: string;
  readonly change: ChangeView;
  readonly annotation: AnnotationView | null;
}

export interface RevisedAnnotation extends Revised {
  readonly annotation: AnnotationView;
}

/** What every event about an annotation moves: who, when, and how often. All else is what the annotation says and how it stands. */
const BOOKKEEPING = new Set([
  'id',
  'kind',
  'revision',
  'recordedBy',
  'recordedAt',
  'revisedBy',
  'revisedAt',
  'position',
]);

/** What an annotation says and how it stands, by field; nothing where there is no annotation. */
export const fieldsOf = (annotation: AnnotationView | null): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(annotation ?? {}).filter(([field]) => !BOOKKEEPING.has(field)));

/** The fields that two sets of them do not agree on, in the order of their names. */
export function changedFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}
