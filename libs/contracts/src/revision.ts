import { z } from 'zod';
import { ofBoundedSize, prose, TOO_LARGE } from './primitives.js';

/**
 * A revision states only what changes: a field that is left out stays, `null` clears it (RFC 7396, but one level deep, and two in fields with
 * parts; everything else is given whole). Required fields cannot be cleared. `reason` goes to the history.
 */
export const revisionOf = <S extends Record<string, z.ZodType>>(shape: S, id: string, example: object) => {
  const fields: Record<string, z.ZodType> = {};
  for (const [name, schema] of Object.entries(shape)) {
    fields[name] = schema instanceof z.ZodOptional ? schema.nullish() : schema.optional();
  }
  const shapeOfRevision = { ...(fields as RevisionShape<S>), reason: prose().optional() };
  return z.strictObject(shapeOfRevision).refine(ofBoundedSize, TOO_LARGE).meta({
    id,
    description:
      'only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history',
    example,
  });
};
type RevisionShape<S extends Record<string, z.ZodType>> = {
  [K in keyof S]: S[K] extends z.ZodOptional<infer Inner>
    ? z.ZodOptional<z.ZodNullable<Inner>>
    : z.ZodOptional<S[K]>;
};

/** A field whose revision states only the parts that change; `null` clears one. */
export const partsOf = <S extends Record<string, z.ZodOptional>>(shape: S, id: string) =>
  z
    .strictObject(
      Object.fromEntries(Object.entries(shape).map(([part, schema]) => [part, schema.nullish()])) as {
        [P in keyof S]: z.ZodOptional<z.ZodNullable<S[P]>>;
      },
    )
    .optional()
    .meta({ id, description: 'only the parts that change; null clears one' });

/** The names of the fields that are not optional. */
export const requiredOf = (shape: Record<string, z.ZodType>): ReadonlySet<string> =>
  new Set(Object.keys(shape).filter((name) => !(shape[name] instanceof z.ZodOptional)));
