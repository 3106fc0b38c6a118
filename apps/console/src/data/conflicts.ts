import { factOf } from './problems.js';
import type { Change } from './types.js';

/** A field that two members changed to different values. */
export interface FieldConflict {
  readonly field: string;
  readonly base: unknown;
  readonly theirs: unknown;
  readonly yours: unknown;
}

/** A revision conflicts with another member's: the fields changed by both, and the changes since the revision that the member saw. */
export interface Conflict {
  readonly current: number;
  readonly fields: readonly FieldConflict[];
  readonly changes: readonly Pick<Change, 'actor' | 'at' | 'sentence'>[];
}

/** The facts of a 412; undefined for any other failure. */
export function conflictOf(error: unknown): Conflict | undefined {
  const current = factOf<number>(error, 'current');
  if (current === undefined) return undefined;
  return {
    current,
    fields: factOf<Conflict['fields']>(error, 'conflicts') ?? [],
    changes: factOf<Conflict['changes']>(error, 'changes') ?? [],
  };
}
