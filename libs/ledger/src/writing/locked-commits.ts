import { setTimeout as delay } from 'node:timers/promises';
import { viewStatement } from './append-statement.js';
import { Batch, tableChanges } from './batch.js';
import { CommitFailure } from './failures.js';
import { LedgerFault, type CommitFate } from '../faults.js';
import { commandsOf, type PendingCommand, unanswered } from './pending-command.js';
import { type Attempt, type LockedWay, recoveryFrom } from './recovery.js';
import { earlierCommands } from './repeated-commands.js';
import { Session } from './session.js';
import { beginWithLockedHead, detachView, raiseEpoch } from './workspace-head.js';
import type { WorkspaceMemory } from './workspace-memory.js';
import type { WriterContext } from './writer-context.js';

/** Commits batches under the head's lock, and retries them until every command is answered. */
export class LockedCommits {
  /** @param queue the commands that wait for a batch; they may join one under the lock. */
  constructor(
    private readonly context: WriterContext,
    private readonly workspaceId: string,
    private readonly memory: WorkspaceMemory,
    private readonly queue: PendingCommand[],
  ) {}

  /**
   * Answers every command of the batch, and of those that join it under the lock.
   * @param failed why the batch could not be committed without the lock, if that was tried.
   */
  async commit(batch: PendingCommand[], way: LockedWay, failed: CommitFailure | null = null): Promise<void> {
    let attempt: Attempt = { way, fate: 'not-committed', pauses: 0 };
    for (let failure = failed; ;) {
      if (failure) {
        this.remember(failure);
        const recovery = recoveryFrom(attempt, failure, this.context.retryDelays.length);
        if (recovery.kind === 'give-up') return this.reject(batch, recovery.fate, failure);
        if (recovery.kind === 'one-by-one') {
          for (const pending of batch) await this.commit([pending], recovery.way);
          return;
        }
        if (recovery.pause) await delay(this.context.retryDelays[attempt.pauses]);
        attempt = recovery.attempt;
      }
      // Commands that were failed meanwhile for taking too long are not recorded.
      batch.splice(0, batch.length, ...unanswered(batch));
      if (batch.length === 0) return;
      try {
        await this.tryOnce(batch, attempt.way);
        return;
      } catch (error) {
        if (!(error instanceof CommitFailure)) throw error;
        failure = error;
      }
    }
  }

  private remember({ failure }: CommitFailure): void {
    if (failure === 'moved') this.memory.metAnotherProcess();
    else this.memory.head = null;
    if (failure === 'key-taken') this.memory.metKnownKey();
  }

  private reject(
    pendings: readonly PendingCommand[],
    fate: CommitFate,
    { failure, message, cause }: CommitFailure,
  ): void {
    const left = unanswered(pendings);
    if (failure !== 'rejected' && failure !== 'key-taken') this.context.health.failed(message, left.length);
    for (const pending of left) {
      pending.fail(new LedgerFault(`The command was not recorded: ${message}`, fate, { cause }));
    }
  }

  private tryOnce(pendings: PendingCommand[], way: LockedWay): Promise<void> {
    return Session.lend(this.context.pool, this.context.silence, async (session) => {
      const { workspaceId, context } = this;
      const wanted = this.memory.head
        ? this.memory.streams.knownAmong(commandsOf([...pendings, ...this.queue]), this.memory.head.epoch)
        : [];
      const locked = await beginWithLockedHead(session, workspaceId, context.views, this.memory.head, wanted);
      if (!way.apart) pendings.push(...this.queue.splice(0, context.maxBatch - pendings.length));
      if (!locked) {
        await session.rollback();
        this.memory.head = null;
        for (const pending of pendings) pending.settle({ status: 'no-such-workspace' });
        return;
      }
      if (!locked.appended) this.memory.streams.distrust(locked.head.size);
      else if (locked.appended.length > 0) {
        this.memory.metAnotherProcess();
        this.memory.streams.catchUp(locked.head.epoch, locked.appended);
      }
      const head = way.fence ? await raiseEpoch(session, workspaceId, locked.head) : locked.head;

      const asked = pendings.filter(({ keyed }) => way.lookUp === 'all' || (way.lookUp === 'keys' && keyed));
      const repeated = await earlierCommands(session, workspaceId, asked);
      const fresh = pendings.filter(
        ({ commandId }) => !repeated.events.has(commandId) && !repeated.otherwise.has(commandId),
      );
      if (fresh.length < pendings.length && way.lookUp === 'keys') this.memory.metKnownKey();

      const found = await this.memory.streams.load(session, commandsOf(fresh), head, way.apart);
      const batch = new Batch(workspaceId, head, head, found, context.clock);
      for (const pending of fresh) batch.decide(pending);
      const silent = way.lookUp === 'none' ? batch.silent : [];
      const earlier = await earlierCommands(session, workspaceId, silent);

      const detached = batch.draft.events.length > 0 ? await this.write(session, batch, way) : false;
      if (batch.draft.events.length === 0) await (way.fence ? session.commit() : session.rollback());

      this.memory.land(batch);
      if (detached) this.memory.head = null;
      for (const pending of unanswered(pendings)) {
        pending.settleIfRepeated(repeated);
        pending.settleIfRepeated(earlier);
      }
      for (const { pending, verdict } of batch.decided) if (!pending.answered) pending.settleBy(verdict);
    });
  }

  /** Commits the batch and detaches the views that cannot follow. Returns whether there were any. */
  private async write(session: Session, batch: Batch, way: LockedWay): Promise<boolean> {
    const { workspaceId } = this;
    const { head, draft } = batch;
    const detached = head.foreign.map(([name, version]) => ({
      view: { name, version },
      error: 'A writer without this version of the view appended to the ledger.',
    }));
    if (way.apart) {
      requireWritten(await session.write(batch.statementFor([])));
      const changes = draft.changes();
      for (const view of head.attached) {
        const failed = await session.apart(async () => {
          const tables = tableChanges(view, changes);
          if (tables.length > 0) await session.write(viewStatement(tables));
        });
        if (failed) detached.push({ view, error: failed.message });
      }
    } else if (detached.length === 0) {
      requireWritten(await session.writeAndCommit(batch.close()));
      return false;
    } else {
      requireWritten(await session.write(batch.close()));
    }
    const position = draft.size - draft.events.length;
    for (const { view, error } of detached) await detachView(session, workspaceId, view, position, error);
    if (detached.length > 0) await raiseEpoch(session, workspaceId, head);
    await session.commit();
    return detached.length > 0;
  }
}

/** Under the lock the head is where it was, so a batch that wrote nothing has a key of another shape. */
function requireWritten(rowCount: number): void {
  if (rowCount === 0) throw new CommitFailure('key-taken', false, 'A key is recorded in its other shape');
}
