import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { viewStatement } from './append-statement.js';
import { Batch, tableChanges } from './batch.js';
import { CommitFailure } from './failures.js';
import { LedgerFault, type CommitFate } from '../faults.js';
import { BatchSizing } from './batch-sizing.js';
import { PendingCommand } from './pending-command.js';
import type { RecentEvents } from './recent-events.js';
import { eventsOfCommands } from './repeated-commands.js';
import { Session } from './session.js';
import type { StreamStates } from './stream-states.js';
import {
  detachView,
  beginWithLockedHead,
  raiseEpoch,
  readHead,
  type WorkspaceHead,
} from './workspace-head.js';
import type { WriteHealth } from './write-health.js';
import { WorkspaceStreams } from './workspace-streams.js';
import type { Command, InlineView, Outcome, StoredEvent } from '../ledger-types.js';

/** What the writers of all workspaces share. */
export interface WriterContext {
  readonly pool: Pool;
  readonly streams: StreamStates;
  readonly views: readonly InlineView[];
  readonly maxBatch: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /**
   * Pauses between retries while the database is unreachable or another transaction is in the way, in
   * milliseconds.
   */
  readonly retryDelays: readonly number[];
  /** Longest time that a command waits for its answer, in milliseconds. */
  readonly maxWait: number;
  readonly health: WriteHealth;
  readonly committed: (workspaceId: string, events: readonly StoredEvent[]) => void;
  readonly recent: RecentEvents;
}

/** How to commit a batch under the head's lock. */
interface LockedWay {
  /** Look up the batch's command ids before deciding: the clients' keys only, or generated ids too. */
  readonly lookUp: 'none' | 'keys' | 'all';
  /**
   * Apply each view in a savepoint of its own, so that it can fail without the events, and read streams said
   * to be new.
   */
  readonly apart: boolean;
  /** Raise the epoch, so that a statement whose connection was lost can no longer take effect. */
  readonly fence: boolean;
}

const LOCK_FIRST: LockedWay = { lookUp: 'none', apart: false, fence: false };
const KEYS_FIRST: LockedWay = { lookUp: 'keys', apart: false, fence: false };

/** Interval between checks for commands that have waited too long, in milliseconds. */
const LOOK_EVERY_MS = 250;

/** Retries on a full disk: a temporary file of the server may have been removed meanwhile. */
const TRIES_WITHOUT_ROOM = 2;
/**
 * How many batches lock first after meeting another process, or look up keys first after meeting a known key.
 */
const WARY_BATCHES = 8;

/**
 * The only loop in this process that appends to a workspace. A batch collects the commands that arrive while
 * the one before it commits. It is decided meanwhile, on the state that the earlier batch will leave, and
 * sent once that batch is committed.
 */
export class WorkspaceWriter {
  private readonly queue: PendingCommand[] = [];
  private readonly keysUnderWay = new Set<string>();
  private readonly streams: WorkspaceStreams;
  private readonly sizing = new BatchSizing();
  private working: Promise<void> | null = null;
  private known: WorkspaceHead | null = null;
  /** Commands taken from the queue, which the loop must answer. */
  private inHand: PendingCommand[] = [];
  /** The batch being committed; its commands are those in hand. */
  private sent: Batch | null = null;
  /** The batch decided on what `sent` will leave, still open to new commands. */
  private open: Batch | null = null;
  private drainSoon = false;
  private waryOfOthers = 0;
  private waryOfKeys = 0;

  constructor(
    private readonly context: WriterContext,
    private readonly workspaceId: string,
  ) {
    this.streams = new WorkspaceStreams(workspaceId, context.streams);
  }

  get idle(): boolean {
    return this.working === null;
  }

  /** The number of commands that wait for a batch. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Resolves once nothing is waiting or under way. */
  async finished(): Promise<void> {
    while (this.working) await this.working;
  }

  commit(command: Command<unknown>): Promise<Outcome<unknown>> {
    const { commandId } = command;
    if (commandId !== undefined && this.keysUnderWay.has(commandId)) {
      return Promise.resolve({ status: 'in-progress' });
    }
    return new Promise((resolve, reject) => {
      this.queue.push(new PendingCommand(command, { resolve, reject }, this.keysUnderWay));
      if (!this.working) {
        this.working = this.work();
      } else if (this.open && !this.drainSoon) {
        // Commands that arrive in this turn of the event loop are decided in the next.
        this.drainSoon = true;
        setImmediate(() => {
          this.drainSoon = false;
          this.drain();
        });
      }
    });
  }

  private async work(): Promise<void> {
    const look = setInterval(() => this.giveUpLate(), LOOK_EVERY_MS);
    look.unref();
    // Wait one turn of the event loop before each batch, so that new commands and those of clients just
    // answered join it.
    for (await nextTurn(); this.queue.length > 0; await nextTurn()) {
      const way = this.lockedWay();
      try {
        if (way) await this.commitLockedAtLast(this.take(this.context.maxBatch), way, null);
        else await this.commitInTurn();
      } catch (cause) {
        // A bug: answer every waiting command.
        this.known = null;
        for (const pending of unanswered(this.inHand)) {
          pending.fail(new LedgerFault('The commit broke off', 'unknown', { cause }));
        }
      }
      this.inHand = [];
    }
    // In the same turn that finds the queue empty: a command that arrives later must start the loop again.
    clearInterval(look);
    this.working = null;
  }

  /** When its oldest unanswered command arrived, by `performance.now`; `null` if none waits. */
  get waitingSince(): number | null {
    const [oldest] = unanswered([...this.inHand, ...this.queue.slice(0, 1)]);
    return oldest?.since ?? null;
  }

  /** Fails the commands that have waited too long, whatever the loop is waiting for. A command that no batch has taken is never recorded. */
  private giveUpLate(): void {
    const latest = performance.now() - this.context.maxWait;
    const { queue, open, inHand } = this;
    const isLate = ({ answered, since }: PendingCommand): boolean => !answered && since < latest;
    const late = queue.filter(isLate);
    if (late.length > 0) queue.splice(0, queue.length, ...queue.filter((each) => !isLate(each)));
    const taken = [...inHand, ...(open?.pendings ?? [])].filter(isLate);
    if (late.length + taken.length === 0) return;
    const reason = `no answer from the database in ${this.context.maxWait / 1000} s`;
    for (const pending of late) pending.fail(new LedgerFault(reason, 'not-committed'));
    for (const pending of taken) pending.fail(new LedgerFault(reason, 'unknown'));
    this.context.health.failed(reason, late.length + taken.length);
  }

  /** `null`: commit without a lock. */
  private lockedWay(): LockedWay | null {
    if (this.waryOfKeys > 0) {
      this.waryOfKeys -= 1;
      return KEYS_FIRST;
    }
    if (this.waryOfOthers > 0) {
      this.waryOfOthers -= 1;
      return LOCK_FIRST;
    }
    return null;
  }

  private take(most: number): PendingCommand[] {
    this.inHand = this.queue.splice(0, most);
    return this.inHand;
  }

  /** Commits one statement per batch until the queue is empty or a commit fails. */
  private async commitInTurn(): Promise<void> {
    try {
      await Session.lend(this.context.pool, async (session) => {
        for (let sending = await this.sendFirst(session); sending; sending = this.sendNext(session)) {
          this.openOn(this.sent!);
          await sending.committed;
        }
      });
    } catch (error) {
      // Decide again what was decided on a batch that failed.
      if (this.open) this.queue.unshift(...this.open.pendings);
      this.open = null;
      this.sent = null;
      this.inHand = unanswered(this.inHand);
      // If no connection could be had, no command has been taken yet.
      if (this.inHand.length === 0) this.take(this.context.maxBatch);
      if (!(error instanceof CommitFailure)) throw error;
      await this.commitLockedAtLast(this.inHand, LOCK_FIRST, error);
    }
  }

  private async sendFirst(session: Session): Promise<Sending | null> {
    const pendings = this.take(Math.min(this.context.maxBatch, this.sizing.share(this.queue.length)));
    const head = this.known ?? (await this.learnHead(session));
    if (!head) {
      for (const pending of pendings) pending.settle({ status: 'no-such-workspace' });
      return null;
    }
    if (head.foreign.length > 0)
      throw new CommitFailure('moved', false, 'An attached view is not known here');
    const found = await this.streams.load(session, commandsOf(pendings), head, false);
    const batch = new Batch(this.workspaceId, head, head, found, this.context.clock);
    const start = performance.now();
    for (const pending of pendings) batch.decide(pending);
    batch.preparing += performance.now() - start;
    return this.send(session, batch);
  }

  /** After `sent` commits: sends the batch decided meanwhile, and only then answers. */
  private sendNext(session: Session): Sending | null {
    const done = this.sent!;
    const next = this.open!;
    this.open = null;
    this.sent = null;
    // Another workspace of this process may be waiting for the connection.
    const yielding = this.context.pool.waitingCount > 0;
    const sending = next.size > 0 && !yielding ? this.send(session, next) : null;
    if (!sending) this.queue.unshift(...next.pendings);
    this.land(done);
    for (const { pending, verdict } of done.decided) if (!pending.answered) pending.settleBy(verdict);
    return sending;
  }

  private send(session: Session, batch: Batch): Sending {
    this.sent = batch;
    this.inHand = batch.pendings;
    // Wrapped in an object, since an async function would await the promise itself.
    return { committed: this.commitBatch(session, batch) };
  }

  /** Resolves once the batch is committed and every previously committed command in it is answered. */
  private async commitBatch(session: Session, batch: Batch): Promise<void> {
    const { draft, silent } = batch;
    if (draft.events.length > 0) {
      const statement = batch.close();
      const start = performance.now();
      const busyBefore = performance.eventLoopUtilization();
      if ((await session.write(statement)) === 0) {
        throw new CommitFailure('moved', false, 'Another process appended to the workspace');
      }
      const { active } = performance.eventLoopUtilization(busyBefore);
      this.sizing.committed(performance.now() - start, active - (this.open?.preparing ?? 0));
      this.sizing.prepared(batch.preparing, batch.size);
      if (silent.length === 0) return;
      // The next steps may fail, but these commands are in the ledger.
      this.land(batch);
    }
    const earlier = await eventsOfCommands(session, this.workspaceId, idsOf(silent));
    for (const pending of silent) {
      const events = earlier.get(pending.commandId);
      if (events) pending.settleAgain(events);
    }
    if (draft.events.length === 0) {
      // The head did not move, so check that the batch was decided on the current state.
      const now = await readHead(session, this.workspaceId, this.context.views);
      if (now?.size !== draft.size || now.epoch !== batch.head.epoch) {
        throw new CommitFailure('moved', false, 'Another process appended to the workspace');
      }
    }
  }

  /** Advances the head and resolves the committed commands. */
  private land(batch: Batch): void {
    if (batch.landed) return;
    batch.landed = true;
    if (batch.draft.events.length > 0) this.context.health.landed();
    const { draft, head } = batch;
    this.known = batch.headAfter();
    this.streams.keep(draft.changed, head.epoch, draft.size);
    for (const { pending, verdict } of batch.decided) {
      if (verdict.kind === 'accepted') pending.settleBy(verdict);
    }
    if (draft.events.length === 0) return;
    this.context.recent.add(this.workspaceId, head.epoch, draft.events, draft.payloads);
    this.context.committed(this.workspaceId, draft.events);
  }

  /** Opens a batch on the state that the batch just sent will leave. */
  private openOn(sent: Batch): void {
    this.open = new Batch(this.workspaceId, sent.head, sent.draft, new Map(), this.context.clock);
    this.drain();
  }

  /** Decides waiting commands while the open batch has room and everything needed is in memory. */
  private drain(): void {
    const { open, sent, queue } = this;
    if (!open || !sent || open.closed) return;
    const room = Math.min(this.context.maxBatch, this.sizing.share(sent.size + open.size + queue.length));
    const overlays = [open.draft, sent.draft];
    let taken = 0;
    const start = performance.now();
    for (const pending of queue) {
      if (open.size >= room) break;
      if (!this.streams.locate(pending.command, open.head, open.found, overlays)) break;
      open.decide(pending);
      taken += 1;
    }
    queue.splice(0, taken);
    open.preparing += performance.now() - start;
    // The batch has its share of commands, so write its statement while the other one runs.
    if (open.size >= room) open.tryToClose();
  }

  /** Reads the head after losing track of it: others may have appended, so no cached stream is trusted. */
  private async learnHead(session: Session): Promise<WorkspaceHead | null> {
    this.known = await readHead(session, this.workspaceId, this.context.views);
    if (this.known) this.streams.distrust(this.known.size);
    return this.known;
  }

  /** Answers every command of the batch, and of those that join it under the lock. */
  private async commitLockedAtLast(
    batch: PendingCommand[],
    firstWay: LockedWay,
    first: CommitFailure | null,
  ): Promise<void> {
    let way = firstWay;
    let failed = first;
    let fate: CommitFate = 'not-committed';
    for (let tries = 0; ;) {
      if (failed) {
        const { failure, mayHaveCommitted } = failed;
        if (failure !== 'moved') this.known = null;
        switch (failure) {
          case 'moved':
            this.waryOfOthers = WARY_BATCHES;
            break;
          case 'key-taken':
            if (way.lookUp !== 'none') return this.reject(batch, fate, failed);
            this.waryOfKeys = WARY_BATCHES;
            way = { ...way, lookUp: 'keys' };
            break;
          case 'rejected':
            if (way.apart) return this.reject(batch, fate, failed);
            // A command that the database rejects, or a failing view, must not fail the rest of the batch.
            for (const pending of batch) {
              await this.commitLockedAtLast(
                [pending],
                { ...way, lookUp: way.lookUp === 'all' ? 'all' : 'keys', apart: true },
                null,
              );
            }
            return;
          case 'lost':
          case 'no-room':
          case 'in-the-way': {
            if (mayHaveCommitted) fate = 'unknown';
            if (fate === 'unknown') way = { ...way, lookUp: 'all', fence: true };
            const pause = this.context.retryDelays[tries];
            if (pause === undefined || (failure === 'no-room' && tries === TRIES_WITHOUT_ROOM))
              return this.reject(batch, fate, failed);
            tries += 1;
            await delay(pause);
          }
        }
      }
      // Commands that were failed meanwhile for taking too long are not recorded.
      batch.splice(0, batch.length, ...unanswered(batch));
      if (batch.length === 0) return;
      try {
        await this.commitLocked(batch, way);
        return;
      } catch (error) {
        if (!(error instanceof CommitFailure)) throw error;
        failed = error;
      }
    }
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

  private commitLocked(pendings: PendingCommand[], way: LockedWay): Promise<void> {
    return Session.lend(this.context.pool, async (session) => {
      const { workspaceId, context } = this;
      const wanted = this.known
        ? this.streams.knownAmong(commandsOf([...pendings, ...this.queue]), this.known.epoch)
        : [];
      const locked = await beginWithLockedHead(session, workspaceId, context.views, this.known, wanted);
      if (!way.apart) pendings.push(...this.queue.splice(0, context.maxBatch - pendings.length));
      if (!locked) {
        await session.rollback();
        this.known = null;
        for (const pending of pendings) pending.settle({ status: 'no-such-workspace' });
        return;
      }
      if (!locked.appended) this.streams.distrust(locked.head.size);
      else if (locked.appended.length > 0) {
        this.waryOfOthers = WARY_BATCHES;
        this.streams.catchUp(locked.head.epoch, locked.appended);
      }
      const head = way.fence ? await raiseEpoch(session, workspaceId, locked.head) : locked.head;

      const asked = pendings.filter(({ keyed }) => way.lookUp === 'all' || (way.lookUp === 'keys' && keyed));
      const repeated = await eventsOfCommands(session, workspaceId, idsOf(asked));
      if (repeated.size > 0 && way.lookUp === 'keys') this.waryOfKeys = WARY_BATCHES;
      const fresh = pendings.filter(({ commandId }) => !repeated.has(commandId));

      const found = await this.streams.load(session, commandsOf(fresh), head, way.apart);
      const batch = new Batch(workspaceId, head, head, found, context.clock);
      for (const pending of fresh) batch.decide(pending);
      const silent = way.lookUp === 'none' ? batch.silent : [];
      const earlier = await eventsOfCommands(session, workspaceId, idsOf(silent));

      const detached = batch.draft.events.length > 0 ? await this.writeLocked(session, batch, way) : false;
      if (batch.draft.events.length === 0) await (way.fence ? session.commit() : session.rollback());

      this.land(batch);
      if (detached) this.known = null;
      for (const pending of unanswered(pendings)) {
        const events = repeated.get(pending.commandId) ?? earlier.get(pending.commandId);
        if (events) pending.settleAgain(events);
      }
      for (const { pending, verdict } of batch.decided) if (!pending.answered) pending.settleBy(verdict);
    });
  }

  /** Commits the batch and detaches the views that cannot follow. Returns whether there were any. */
  private async writeLocked(session: Session, batch: Batch, way: LockedWay): Promise<boolean> {
    const { workspaceId } = this;
    const { head, draft } = batch;
    const detached = head.foreign.map(([name, version]) => ({
      view: { name, version },
      error: 'A writer without this version of the view appended to the ledger.',
    }));
    if (way.apart) {
      await session.write(batch.statementFor([]));
      const changes = draft.changes();
      for (const view of head.attached) {
        const failed = await session.apart(async () => {
          const tables = tableChanges(view, changes);
          if (tables.length > 0) await session.write(viewStatement(tables));
        });
        if (failed) detached.push({ view, error: failed.message });
      }
    } else if (detached.length === 0) {
      await session.writeAndCommit(batch.close());
      return false;
    } else {
      await session.write(batch.close());
    }
    const position = draft.size - draft.events.length;
    for (const { view, error } of detached) await detachView(session, workspaceId, view, position, error);
    if (detached.length > 0) await raiseEpoch(session, workspaceId, head);
    await session.commit();
    return detached.length > 0;
  }
}

interface Sending {
  readonly committed: Promise<void>;
}

function unanswered(pendings: readonly PendingCommand[]): PendingCommand[] {
  return pendings.filter(({ answered }) => !answered);
}

function commandsOf(pendings: readonly PendingCommand[]): Command<unknown>[] {
  return pendings.map(({ command }) => command);
}

function idsOf(pendings: readonly PendingCommand[]): string[] {
  return pendings.map(({ commandId }) => commandId);
}
