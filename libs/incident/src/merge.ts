import {
  type AnnotationKind,
  eachKind,
  type MergeConflict,
  reviseDocument,
  reviseIncident,
  reviseMember,
} from '@casebook/contracts';
import { isDeepStrictEqual } from 'node:util';
import { partsOfBoth, whole } from './revision.js';

/** Things with revisions, whose fields can be merged. */
export type Revised = AnnotationKind | 'incident' | 'document' | 'member';

export interface Merge {
  /** The change left to record on top of `theirs`, in whole fields. */
  readonly changes: Record<string, unknown>;
  /** The fields that others changed since the base, by name. */
  readonly theirs: readonly string[];
  /** The fields that combine items or parts of both sides. */
  readonly combined: readonly string[];
  /** The fields that both sides changed to different values. If there are any, nothing is recorded. */
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Three-way merge of a revision. `base`: the fields at the revision that the client has seen; `theirs`: the fields as they are;
 * `yours`: what the client changes (`null` clears, a field or a part left out is not touched). A field sent as it was in the base
 * is not a change. Fields are compared as a whole, except sets (tags, evidence, targets), which keep the
 * additions and removals of both sides, in the order of `theirs` with additions last, and fields with parts, which keep the parts of both
 * sides. If the sides change different fields, their order is irrelevant.
 */
export function merge(what: Revised, base: object, theirs: object, yours: object): Merge {
  const [was, is] = [base, theirs] as Record<string, unknown>[] as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const sets = SETS[what] ?? NO_SETS;
  const changes: Record<string, unknown> = {};
  const combined: string[] = [];
  const conflicts: MergeConflict[] = [];
  for (const [field, wanted] of Object.entries(whole(base, yours)) as [string, unknown][]) {
    if (wanted === undefined) continue;
    const before = was[field] ?? null;
    const now = is[field] ?? null;
    if (isDeepStrictEqual(before, wanted) || isDeepStrictEqual(now, wanted)) continue;
    if (isDeepStrictEqual(before, now)) {
      changes[field] = wanted;
      continue;
    }
    const union = sets.includes(field)
      ? bothSides(before, now, wanted)
      : partsOfBoth(field, before, now, wanted);
    if (union !== undefined && REVISIONS[what].safeParse({ [field]: union }).success) {
      if (!isDeepStrictEqual(union, now)) changes[field] = union;
      combined.push(field);
    } else {
      conflicts.push({ field, base: before, theirs: now, yours: wanted });
    }
  }
  const changed = Object.keys({ ...was, ...is }).filter(
    (field) => !isDeepStrictEqual(was[field] ?? null, is[field] ?? null),
  );
  return { changes, theirs: changed.sort(), combined, conflicts };
}

const NO_SETS: readonly string[] = [];
/** The set-valued fields of each kind. */
const SETS: Readonly<Partial<Record<Revised, readonly string[]>>> = eachKind((_, { sets }) => sets);

/** The merged set of both sides; an empty one is cleared. */
function bothSides(base: unknown, theirs: unknown, yours: unknown): unknown[] | null {
  const [was, is, wanted] = [base, theirs, yours].map((value) => new Set((value ?? []) as unknown[])) as [
    Set<unknown>,
    Set<unknown>,
    Set<unknown>,
  ];
  const kept = [...is].filter((item) => !was.has(item) || wanted.has(item));
  const added = [...wanted].filter((item) => !was.has(item) && !is.has(item));
  const union = [...kept, ...added];
  return union.length === 0 && (theirs === null || yours === null) ? null : union;
}

/** The bounds of a merged set. */
const REVISIONS = {
  ...eachKind((_, { revise }) => revise),
  incident: reviseIncident,
  document: reviseDocument,
  member: reviseMember,
} as const;
