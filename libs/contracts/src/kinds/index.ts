import { z } from 'zod';
import { requiredOf } from '../revision.js';
import { attack } from './attack.js';
import { claim } from './claim.js';
import { comment } from './comment.js';
import { dispute } from './dispute.js';
import type { KindDefinition } from './kind.js';
import { link } from './link.js';
import { warning } from './warning.js';

export * from './parts.js';
export * from './claim.js';
export * from './warning.js';
export * from './attack.js';
export * from './link.js';
export * from './dispute.js';
export * from './comment.js';
export { mapValuesAt, type ValueAt, valuesAt } from './values-at.js';
export type { KindDefinition, ReferenceField, SearchedText, Weight } from './kind.js';

/**
 * The kinds of annotation, one file each. Payloads, revisions, batch commands, routes, tags of the API's description, merging, search and
 * activity follow from this table; what the compiler asks for besides is a sentence for the history and generators for the tests.
 */
export const KINDS = { claim, warning, attack, link, dispute, comment } as const satisfies Record<
  string,
  KindDefinition
>;

export type AnnotationKind = keyof typeof KINDS;
export const ANNOTATION_KINDS = Object.keys(KINDS) as [AnnotationKind, ...AnnotationKind[]];
/** The kinds of annotation, as the paths and the views name them. */
export const annotationKind = z.enum(ANNOTATION_KINDS).meta({ id: 'AnnotationKind' });

/** A kind with its article, for sentences. */
export const aKind = (kind: AnnotationKind): string => KINDS[kind].withArticle;

/** Calls `of` for each kind: a record that has every kind, and the type of each. */
export const eachKind = <T>(
  of: (kind: AnnotationKind, definition: KindDefinition) => T,
): Record<AnnotationKind, T> =>
  Object.fromEntries(ANNOTATION_KINDS.map((kind) => [kind, of(kind, KINDS[kind])])) as Record<
    AnnotationKind,
    T
  >;

type Kinds = typeof KINDS;
/** The stored fields of each kind. */
export type FieldsOf = { [K in AnnotationKind]: z.infer<Kinds[K]['fields']> };
/** What a revision changes: a value sets the field, `null` clears it. */
export type ChangesOf<K extends AnnotationKind> = {
  [F in Exclude<keyof FieldsOf[K], Kinds[K]['fixed'][number]>]?: FieldsOf[K][F] | null;
};

type PartedField = { [K in AnnotationKind]: keyof Kinds[K]['parted'] }[AnnotationKind];
/**
 * The fields that are changed part by part, each with its parts: what a revision does not say of one stays, `null` clears it. The parts of
 * every other object say one thing together (a quote and where it stands, a date and its words, a place and its coordinates), so a revision
 * gives those whole.
 */
export const PARTED_FIELDS = Object.assign(
  {},
  ...ANNOTATION_KINDS.map((kind) => KINDS[kind].parted),
) as Record<PartedField, readonly string[]>;
/** A revision as it is asked for: of a field with parts, those that change. Recorded, it says the field whole. */
export type RequestedChangesOf<K extends AnnotationKind> = {
  [F in keyof ChangesOf<K>]: F extends PartedField
    ? { [P in keyof NonNullable<ChangesOf<K>[F]>]: NonNullable<ChangesOf<K>[F]>[P] | null } | null
    : ChangesOf<K>[F];
};

/** The fields that each kind is meaningless without: set by a revision, never cleared. */
export const REQUIRED_FIELDS = eachKind((_, { fields }) => requiredOf(fields.shape));
