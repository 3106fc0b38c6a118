import type { Refusal } from '@casebook/contracts';
import { isDeepStrictEqual } from 'node:util';

/** The changes that change something; `null` if none does. A change to `null` clears a field; one to `undefined` says nothing. */
export function realChanges<C extends object>(fields: object, changes: C): C | null {
  const current = fields as Record<string, unknown>;
  const real = Object.entries(changes).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(current[field] ?? null, value),
  );
  return real.length === 0 ? null : (Object.fromEntries(real) as C);
}

/** `fields` with `changes` applied: a value sets, `null` clears. `fields` itself is not changed. */
export function applied<F extends object>(fields: F, changes: object = {}): F {
  const result = { ...fields } as Record<string, unknown>;
  for (const [field, value] of Object.entries(changes)) {
    if (value === null) delete result[field];
    else result[field] = value;
  }
  return result as F;
}

/** The first of `required` that the changes would clear. */
export const clearedOf = (changes: object, required: ReadonlySet<string>): string | undefined =>
  Object.entries(changes).find(([field, value]) => value === null && required.has(field))?.[0];

/** Why a change is refused whose author names another revision than the present one. `what` with its verb: "The claim is". */
export const revisionMismatch = (what: string, expected: number, current: number): Refusal => ({
  code: 'revision-mismatch',
  detail:
    expected >= 1 && expected < current
      ? `${what} at revision ${current}, not ${expected}: somebody changed it since you read it. Read it again, and decide with both versions before you.`
      : `${what} at revision ${current}, and there has been no revision ${expected} of it. Read it, and send the ETag that it gives.`,
  facts: { expected, current },
});
