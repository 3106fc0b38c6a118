import type { MergeConflict, WriteAnswer } from '@casebook/contracts';
import { merge, type Revised } from '@casebook/incident';
import { RevisionQueries, type Thing } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import { readAs } from '../access/visibility.js';
import { ProblemError } from '../http/problem.js';
import type { WriteRequest } from '../http/request-context.js';
import type { Committed } from './commit.js';

/** A write that may conflict with a newer revision. */
export interface Meeting {
  readonly request: Pick<WriteRequest, 'caller' | 'expected' | 'merge'>;
  readonly thing: Thing;
  /** The kind whose fields are changed. */
  readonly what: Revised;
  /**
   * The changed fields; absent for what is not a revision (a retraction, a settlement), which never merges.
   */
  readonly changes?: object;
  /** Commits the write; with `base`, merged at commit time with the changes since. */
  attempt(this: void, base?: object): Promise<Committed>;
}

/** A write's possible conflict, without the function that commits it. */
type Met = Omit<Meeting, 'attempt'>;

/** Resolves concurrent changes to one thing: a detailed conflict, or a merge. */
@Injectable()
export class Merging {
  constructor(@Inject(RevisionQueries) private readonly revisions: RevisionQueries) {}

  /**
   * @throws ProblemError: what `attempt` throws; or a revision-mismatch with the changes since, their
   * authors, and the overlap with this change
   */
  async write(meeting: Meeting): Promise<Committed> {
    const { request, changes, attempt } = meeting;
    if (request.expected === undefined) return attempt();
    let conflict: unknown;
    try {
      const committed = await attempt();
      return request.merge && changes !== undefined ? await this.tellMerge(meeting, committed) : committed;
    } catch (error) {
      if (!isMismatch(error)) throw error;
      conflict = error;
    }
    const base = await this.base(meeting);
    if (request.merge && base !== null) {
      try {
        return await this.tellMerge(meeting, await attempt(base));
      } catch (error) {
        if (!isMismatch(error)) throw error;
        conflict = error;
      }
    }
    throw await this.conflictOf(meeting, conflict as ProblemError, base);
  }

  /** The state that the client changed; `null` if it is unknown, or the change is not a revision. */
  async base({ thing, changes, request: { caller, expected } }: Met): Promise<object | null> {
    return changes === undefined || expected === undefined
      ? null
      : readAs(caller, () => this.revisions.fieldsAt(caller.workspaceId, thing, expected));
  }

  /**
   * Describes a conflict: what happened in between, who did it, and whether the client's change can be
   * merged.
   */
  async conflictOf(
    { thing, what, changes, request: { caller, expected = 0 } }: Met,
    error: ProblemError,
    base: object | null,
  ): Promise<ProblemError> {
    const { current } = error.extensions as { current: number };
    const [since, theirs] = await readAs(caller, () =>
      Promise.all([
        this.revisions.changesSince(caller.workspaceId, thing, expected),
        changes === undefined ? null : this.revisions.fieldsAt(caller.workspaceId, thing, current),
      ]),
    );
    const merged = base && theirs && changes ? merge(what, base, theirs, changes) : null;
    const conflicts: readonly MergeConflict[] = merged?.conflicts ?? [];
    const mergeable = merged !== null && conflicts.length === 0;
    const who = [...new Set(since.map(({ actor }) => actor))].join(', ');
    const advice = mergeable
      ? ' Your change does not overlap with theirs: send it again with Prefer: merge to keep both.'
      : conflicts.length > 0
        ? ` You both changed ${conflicts.map(({ field }) => field).join(', ')}; see conflicts.`
        : '';
    return new ProblemError(
      'revision-mismatch',
      `${error.detail}${who === '' ? '' : ` Changed by ${who}; see changes.`}${advice}`,
      { expected, current, changes: since, mergeable, conflicts },
      { etag: `"${current}"` },
    );
  }

  /**
   * Adds to the answer what was merged. It follows from the history alone, so a repeated key gets the same
   * answer.
   */
  async tellMerge(
    { thing, what, changes = {}, request: { caller, expected = 0 } }: Met,
    committed: Committed,
  ): Promise<Committed> {
    const { answer, events } = committed;
    const met = events.length > 0 ? answer.revision - 1 : answer.revision;
    if (met <= expected) return committed;
    const [base, theirs] = await readAs(caller, () =>
      Promise.all([
        this.revisions.fieldsAt(caller.workspaceId, thing, expected),
        this.revisions.fieldsAt(caller.workspaceId, thing, met),
      ]),
    );
    if (base === null || theirs === null) return committed;
    const { changes: yours, theirs: others, combined } = merge(what, base, theirs, changes);
    const merged: WriteAnswer['merged'] = {
      base: expected,
      theirs: [...others],
      yours: Object.keys(yours),
      combined: [...combined],
    };
    return { ...committed, answer: { ...answer, merged } };
  }
}

const isMismatch = (error: unknown): boolean =>
  error instanceof ProblemError && error.code === 'revision-mismatch';
