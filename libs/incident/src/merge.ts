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

/** What has revisions, and with them fields that may be merged. */
export type Revised = AnnotationKind | 'incident' | 'document' | 'member';

export interface Merge {
  /** What is left of the change to record on top of `theirs`; its values are whole fields, as in any revision. */
  readonly changes: Record<string, unknown>;
  /** The fields that others changed since the base, in the order of their names. */
  readonly theirs: readonly string[];
  /** The fields in which both sides' items, or parts, were brought together. */
  readonly combined: readonly string[];
  /** The fields that both sides changed to different values. Where there is any, nothing is to be recorded. */
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Three-way merge of a revision. `base`: the fields at the revision that the client has seen; `theirs`: the fields as they are;
 * `yours`: what the client changes (`null` clears, a field or a part left out is not touched). A field that the client sends as it was in
 * the base is not a change of hers. Fields are compared whole, but for those that are sets (tags, evidence, targets): there each side's
 * additions and removals are both kept, in the order of `theirs`, what is added last; and for those that have parts: there each side's
 * parts are. Where the sides' changes touch different fields, it does not
 * matter whose comes first.
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
/** By kind, the lists in which order means nothing and an item is there or not. */
const SETS: Readonly<Partial<Record<Revised, readonly string[]>>> = eachKind((_, { sets }) => sets);

/** What the two sides make of a set together; an empty one is cleared. */
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

/** The bounds that a merged set has to keep to. */
const REVISIONS = {
  ...eachKind((_, { revise }) => revise),
  incident: reviseIncident,
  document: reviseDocument,
  member: reviseMember,
} as const;
