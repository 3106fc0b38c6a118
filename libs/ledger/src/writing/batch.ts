import { appendStatement, type Statement } from './append-statement.js';
import { Draft, type Basis } from './draft.js';
import { CommitFailure } from './failures.js';
import { idsOf, type PendingCommand, type Verdict } from './pending-command.js';
import type { StreamState, Unfoldable } from './stream-states.js';
import { changesOfView, type TableChange } from './view-rows.js';
import type { WorkspaceHead } from './workspace-head.js';
import type { AppendFacts, InlineView, StreamChange } from '../ledger-types.js';

/** Commands decided on one basis, and what they append. */
export class Batch {
  readonly decided: { readonly pending: PendingCommand; readonly verdict: Verdict }[] = [];
  readonly draft: Draft;
  /** True once the batch is committed and its writer knows it. */
  landed = false;
  /** Milliseconds spent deciding its commands and writing its statement. */
  preparing = 0;
  private readonly oldSize: number;
  private statement: Statement | null = null;

  /**
   * @param head supplies the epoch and the attached views.
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

  get pendings(): PendingCommand[] {
    return this.decided.map(({ pending }) => pending);
  }

  /**
   * Keyed commands that recorded nothing, possibly because they recorded their events the first time they
   * arrived.
   */
  get silent(): PendingCommand[] {
    return this.decided
      .filter(({ pending, verdict }) => pending.keyed && verdict.kind !== 'accepted')
      .map(({ pending }) => pending);
  }

  /** True once the statement is written: the batch takes no more commands. */
  get closed(): boolean {
    return this.statement !== null;
  }

  decide(pending: PendingCommand): void {
    this.decided.push({ pending, verdict: this.draft.decide(pending) });
  }

  /** Closes the batch. Throws a CommitFailure if a view's projection fails. */
  close(): Statement {
    const start = performance.now();
    this.statement ??= this.statementFor(this.head.attached);
    this.preparing += performance.now() - start;
    return this.statement;
  }

  /** Closes the batch early. A failing projection leaves it open, so that the sender gets the error. */
  tryToClose(): void {
    try {
      if (this.draft.events.length > 0) this.close();
    } catch (error) {
      if (!(error instanceof CommitFailure)) throw error;
    }
  }

  /** Advances the head and inserts the events, with the rows of these views. */
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
        keys: idsOf(
          this.decided
            .filter(({ pending, verdict }) => pending.keyed && verdict.kind === 'accepted')
            .map(({ pending }) => pending),
        ),
      },
      views.flatMap((view) => tableChanges(view, changes)),
    );
  }

  /** What it took, as of now. */
  facts(): AppendFacts {
    // Commands are taken in the order of their arrival.
    const { since } = this.decided[0]!.pending;
    return { commands: this.size, waited: performance.now() - since };
  }

  /** The head once the batch is committed. */
  headAfter(): WorkspaceHead {
    const { size, frontier, recordedMs } = this.draft;
    return { ...this.head, size, frontier, recordedMs };
  }
}

/** The view's rows for the changes; throws a CommitFailure if the projection fails. */
export function tableChanges(view: InlineView, changes: readonly StreamChange[]): TableChange[] {
  try {
    return changesOfView(view, changes);
  } catch (cause) {
    throw new CommitFailure('rejected', false, cause);
  }
}
