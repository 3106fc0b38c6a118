import { PARTED_FIELDS, type Refusal } from '@casebook/contracts';
import { isDeepStrictEqual } from 'node:util';

const PARTS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(PARTED_FIELDS));

/** The requested changes with whole fields: parts that are not named keep the value in `fields`. */
export function whole<C extends object>(fields: object, requested: C): C {
  const current = fields as Record<string, object | undefined>;
  return Object.fromEntries(
    Object.entries(requested).map(([field, value]: [string, unknown]) => [
      field,
      isParted(field, value) ? applied(current[field] ?? {}, value) : value,
    ]),
  ) as C;
}

/** The revision that produces these fields: absent parts are cleared. */
export const asRequested = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      isParted(field, value)
        ? { ...Object.fromEntries((PARTS.get(field) ?? []).map((part) => [part, null])), ...value }
        : value,
    ]),
  );

/** The field with the parts that either side changed; `undefined` if both changed a part differently, or it has no parts. */
export function partsOfBoth(
  field: string,
  base: unknown,
  theirs: unknown,
  yours: unknown,
): object | undefined {
  if (!isParted(field, theirs) || !isParted(field, yours)) return undefined;
  const was = (base ?? {}) as Parts;
  const both: Parts = {};
  for (const part of PARTS.get(field) ?? []) {
    const [before, now, wanted] = [was[part], theirs[part], yours[part]];
    const mine = !isDeepStrictEqual(before, wanted);
    if (mine && !isDeepStrictEqual(before, now) && !isDeepStrictEqual(now, wanted)) return undefined;
    const value = mine ? wanted : now;
    if (value !== undefined) both[part] = value;
  }
  return both;
}

type Parts = Record<string, unknown>;
/** Whether this is a field with parts and the value has some. */
export const isParted = (field: string, value: unknown): value is Parts =>
  PARTS.has(field) && typeof value === 'object' && value !== null;

/** The effective changes; `null` if there are none. `null` clears a field; `undefined` is ignored. */
export function realChanges<C extends object>(fields: object, changes: C): C | null {
  const current = fields as Record<string, unknown>;
  const real = Object.entries(changes).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(current[field] ?? null, value),
  );
  return real.length === 0 ? null : (Object.fromEntries(real) as C);
}

/** `fields` with `changes` applied: a value sets, `null` clears. Does not mutate `fields`. */
export function applied<F extends object>(fields: F, changes: object = {}): F {
  const result = { ...fields } as Record<string, unknown>;
  for (const [field, value] of Object.entries(changes)) {
    if (value === null) delete result[field];
    else result[field] = value;
  }
  return result as F;
}

/** The first of `required` that the changes clear. */
export const clearedOf = (changes: object, required: ReadonlySet<string>): string | undefined =>
  Object.entries(changes).find(([field, value]) => value === null && required.has(field))?.[0];

/** Refuses if the client has seen another revision than the present one. */
export function staleness(
  what: string,
  expected: number | undefined,
  current: number,
): { readonly accepted: false; readonly refusal: Refusal } | null {
  if (expected === undefined || expected === current) return null;
  const detail =
    expected >= 1 && expected < current
      ? `${what} is at revision ${current}, not ${expected}: it changed since you read it. Read it again and compare both versions.`
      : `${what} is at revision ${current}, and never had a revision ${expected}. Read it and send its ETag.`;
  return { accepted: false, refusal: { code: 'revision-mismatch', detail, facts: { expected, current } } };
}
