import type { AnnotationView, ChangeView } from '@casebook/contracts';
import { isDeepStrictEqual } from 'node:util';

/**
 * An event about an incident or its documents: its subject, its change, and the annotation afterwards, if it
 * is about one.
 */
export interface Revised {
  readonly subject: string;
  readonly change: ChangeView;
  readonly annotation: AnnotationView | null;
}

export interface RevisedAnnotation extends Revised {
  readonly annotation: AnnotationView;
}

/**
 * Fields that every event about an annotation changes: who, when, and how often. All others are its content
 * and status.
 */
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

/** An annotation's content and status by field; empty if there is no annotation. */
export const fieldsOf = (annotation: AnnotationView | null): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(annotation ?? {}).filter(([field]) => !BOOKKEEPING.has(field)));

/** The names of the fields that differ, sorted. */
export function changedFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}
