import { appendStatement, type Statement } from './append-statement.js';
import { Draft, type Basis, type Verdict } from './draft.js';
import { Setback } from './failures.js';
import type { Pending } from './pending.js';
import type { StreamState, Unfoldable } from './stream-states.js';
import { changesOfView, type TableChange } from './view-rows.js';
import type { WorkspaceHead } from './workspace-head.js';
import type { InlineView, StreamChange } from '../ledger-types.js';

/** Commands decided on one basis, and what they would append to it. */
export class Batch {
  readonly decided: { readonly pending: Pending; readonly verdict: Verdict }[] = [];
  readonly draft: Draft;
  /** It is in the ledger, and its writer knows. */
  landed = false;
  /** Milliseconds that it took to decide its commands and to write its statement. */
  preparing = 0;
  private readonly oldSize: number;
  private statement: Statement | null = null;

  /**
   * @param head of which the epoch and the attached views count.
   * @param basis see Draft.
   * @param found see Draft; may still grow.
   */
  constructor(
    private readonly workspaceId: string,
    readonly head: WorkspaceHead,
    basis: Basis,
    readonly found: Map<string, StreamState | Unfoldable>,
    clock: () => number,
  ) {
    this.oldSize = basis.size;
    this.draft = new Draft(workspaceId, basis, found, clock);
  }

  get size(): number {
    return this.decided.length;
  }

  get pendings(): Pending[] {
    return this.decided.map(({ pending }) => pending);
  }

  /** Keyed commands that recorded nothing: perhaps because they did when they came first. */
  get silent(): Pending[] {
    return this.decided
      .filter(({ pending, verdict }) => pending.keyed && verdict.kind !== 'accepted')
      .map(({ pending }) => pending);
  }

  /** Closed: its statement is written, and it takes no more commands. */
  get closed(): boolean {
    return this.statement !== null;
  }

  decide(pending: Pending): void {
    this.decided.push({ pending, verdict: this.draft.decide(pending) });
  }

  /** Closes the batch. Throws a Setback where a view's projection fails. */
  close(): Statement {
    const start = performance.now();
    this.statement ??= this.statementFor(this.head.attached);
    this.preparing += performance.now() - start;
    return this.statement;
  }

  /** Closes the batch ahead of time, unless a view's projection fails: that is for whoever sends it to hear. */
  tryToClose(): void {
    try {
      if (this.draft.events.length > 0) this.close();
    } catch (error) {
      if (!(error instanceof Setback)) throw error;
    }
  }

  /** The head's move and the events, with the rows of these views. */
  statementFor(views: readonly InlineView[]): Statement {
    const changes = views.length > 0 ? this.draft.changes() : [];
    return appendStatement(
      {
        workspaceId: this.workspaceId,
        oldSize: this.oldSize,
        epoch: this.head.epoch,
        frontier: this.draft.frontier.toBytes(),
        recordedAt: this.draft.recordedAt,
        events: this.draft.events,
        payloads: this.draft.payloads,
      },
      views.flatMap((view) => tableChanges(view, changes)),
    );
  }

  /** The head once the batch is committed. */
  headAfter(): WorkspaceHead {
    const { size, frontier, recordedMs } = this.draft;
    return { ...this.head, size, frontier, recordedMs };
  }
}

/** What the view makes of the changes; its failure is a Setback. */
export function tableChanges(view: InlineView, changes: readonly StreamChange[]): TableChange[] {
  try {
    return changesOfView(view, changes);
  } catch (cause) {
    throw new Setback('rejected', false, cause);
  }
}
