import { z } from 'zod';
import { ofBoundedSize, prose, TOO_LARGE } from './primitives.js';

/**
 * A revision states only what changes (as RFC 7396, but one level deep, and two in fields with parts: anything else is given whole): a field that
 * is left out stays, `null` clears it.
 * A field that the kind cannot be without cannot be cleared. `reason` goes to the history.
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
      'only what changes, each field whole unless it has parts: of a list or an object, what it does not say is gone; null clears a field; reason goes to the history',
    example,
  });
};
type RevisionShape<S extends Record<string, z.ZodType>> = {
  [K in keyof S]: S[K] extends z.ZodOptional<infer Inner>
    ? z.ZodOptional<z.ZodNullable<Inner>>
    : z.ZodOptional<S[K]>;
};

/** A field of which a revision states only the parts that change; `null` clears one. */
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
