import { z } from 'zod';
import { requiredOf } from '../revision.js';
import { attack } from './attack.js';
import { claim } from './claim.js';
import { comment } from './comment.js';
import { dispute } from './dispute.js';
import type { KindDefinition } from './kind.js';
import { item } from './item.js';
import { link } from './link.js';
import { warning } from './warning.js';

export * from './parts.js';
export * from './claim.js';
export * from './warning.js';
export * from './attack.js';
export * from './link.js';
export * from './dispute.js';
export * from './comment.js';
export * from './item.js';
export { mapValuesAt, type ValueAt, valuesAt } from './values-at.js';
export type { KindDefinition, ReferenceField, SearchedText, Weight } from './kind.js';

/**
 * The kinds of annotation, one file each. Payloads, revisions, batch commands, routes, tags of the API's description, merging, search and
 * activity follow from this table. docs/decisions/a-new-kind-of-annotation.md lists what else a new kind touches.
 */
export const KINDS = { claim, warning, attack, link, dispute, comment, item } as const satisfies Record<
  string,
  KindDefinition
>;

export type AnnotationKind = keyof typeof KINDS;
export const ANNOTATION_KINDS = Object.keys(KINDS) as [AnnotationKind, ...AnnotationKind[]];
/** The kinds of annotation, as the paths and the views name them. */
export const annotationKind = z.enum(ANNOTATION_KINDS).meta({ id: 'AnnotationKind' });

/** A kind with its article, for sentences. */
export const aKind = (kind: AnnotationKind): string => KINDS[kind].withArticle;

/** Builds a record with one entry per kind. */
export const eachKind = <T>(
  of: (kind: AnnotationKind, definition: KindDefinition) => T,
): Record<AnnotationKind, T> =>
  Object.fromEntries(ANNOTATION_KINDS.map((kind) => [kind, of(kind, KINDS[kind])])) as Record<
    AnnotationKind,
    T
  >;

type Kinds = typeof KINDS;
/** The plural of a kind: its lists, its routes and its column of counts. */
export type PathOf<K extends AnnotationKind = AnnotationKind> = Kinds[K]['path'];
export const PATHS = eachKind((_, { path }) => path) as { [K in AnnotationKind]: PathOf<K> };

/** The stored fields of each kind. */
export type FieldsOf = { [K in AnnotationKind]: z.infer<Kinds[K]['fields']> };
/** What a revision changes: a value sets the field, `null` clears it. */
export type ChangesOf<K extends AnnotationKind> = {
  [F in Exclude<keyof FieldsOf[K], Kinds[K]['fixed'][number]>]?: FieldsOf[K][F] | null;
};

type PartedField = { [K in AnnotationKind]: keyof Kinds[K]['parted'] }[AnnotationKind];
/**
 * The fields that are revised part by part, with their parts: a part that a revision leaves out stays, `null` clears it. The parts of
 * other objects belong together (a quote and its place, a date and its wording, a place and its coordinates), so a revision
 * gives those whole.
 */
export const PARTED_FIELDS = Object.assign(
  {},
  ...ANNOTATION_KINDS.map((kind) => KINDS[kind].parted),
) as Record<PartedField, readonly string[]>;
/** A revision as requested: of a field with parts, only those that change. It is recorded with the whole field. */
export type RequestedChangesOf<K extends AnnotationKind> = {
  [F in keyof ChangesOf<K>]: F extends PartedField
    ? { [P in keyof NonNullable<ChangesOf<K>[F]>]: NonNullable<ChangesOf<K>[F]>[P] | null } | null
    : ChangesOf<K>[F];
};

/** The required fields of each kind: a revision may set but not clear them. */
export const REQUIRED_FIELDS = eachKind((_, { fields }) => requiredOf(fields.shape));
