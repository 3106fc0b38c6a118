import type { AnnotationKind } from '@casebook/contracts';
import { merge } from '../merge.js';
import { realChanges, whole } from '../revision.js';
import type { Refused } from './decision.js';

/**
 * The part of a revision that changes the present fields; `null` if none does. Refuses if the client has seen another revision and
 * requests no merge, or if its changes conflict with later ones.
 */
export function revisionToRecord<C extends object>(
  what: AnnotationKind | 'incident',
  fields: object | null,
  { changes, base }: { readonly changes: C; readonly base?: object },
  stale: Refused | null,
): { readonly changes: C } | Refused | null {
  const present = fields ?? {};
  if (stale === null || base === undefined) {
    const real = realChanges(present, whole(present, changes));
    return real === null ? null : (stale ?? { changes: real });
  }
  const merged = merge(what, base, present, changes);
  if (merged.conflicts.length > 0) return stale;
  const real = realChanges(present, merged.changes as C);
  return real && { changes: real };
}
