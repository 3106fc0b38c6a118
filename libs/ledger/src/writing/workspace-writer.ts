import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Batch } from './batch.js';
import { CommitFailure } from './failures.js';
import { LedgerFault } from '../faults.js';
import { BatchSizing } from './batch-sizing.js';
import { KeysUnderWay } from './key-shapes.js';
import { LockedCommits } from './locked-commits.js';
import { commandsOf, PendingCommand, unanswered } from './pending-command.js';
import { LOCK_FIRST } from './recovery.js';
import { earlierCommands } from './repeated-commands.js';
import { Session } from './session.js';
import { readHead } from './workspace-head.js';
import { WorkspaceMemory } from './workspace-memory.js';
import type { WriterContext } from './writer-context.js';
import type { Command, Outcome } from '../ledger-types.js';

/** Interval between checks for commands that have waited too long, in milliseconds. */
const LOOK_EVERY_MS = 250;

/**
 * The only loop in this process that appends to a workspace. A batch collects the commands that arrive while
 * the one before it commits. It is decided meanwhile, on the state that the earlier batch will leave, and
 * sent once that batch is committed.
 */
export class WorkspaceWriter {
  private readonly queue: PendingCommand[] = [];
  private readonly keysUnderWay = new KeysUnderWay();
  private readonly memory: WorkspaceMemory;
  private readonly locked: LockedCommits;
  private readonly sizing = new BatchSizing();
  private working: Promise<void> | null = null;
  /** Commands taken from the queue, which the loop must answer. */
  private inHand: PendingCommand[] = [];
  /** The batch being committed; its commands are those in hand. */
  private sent: Batch | null = null;
  /** The batch decided on what `sent` will leave, still open to new commands. */
  private open: Batch | null = null;
  private drainSoon = false;

  constructor(
    private readonly context: WriterContext,
    private readonly workspaceId: string,
  ) {
    this.memory = new WorkspaceMemory(context, workspaceId);
    this.locked = new LockedCommits(context, workspaceId, this.memory, this.queue);
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
      const way = this.memory.nextWay();
      try {
        if (way) await this.locked.commit(this.take(this.context.maxBatch), way);
        else await this.commitInTurn();
      } catch (cause) {
        // A bug: answer every waiting command.
        this.memory.head = null;
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

  private take(most: number): PendingCommand[] {
    this.inHand = this.queue.splice(0, most);
    return this.inHand;
  }

  /** Commits one statement per batch until the queue is empty or a commit fails. */
  private async commitInTurn(): Promise<void> {
    try {
      await Session.lend(this.context.pool, this.context.silence, async (session) => {
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
      await this.locked.commit(this.inHand, LOCK_FIRST, error);
    }
  }

  private async sendFirst(session: Session): Promise<Sending | null> {
    const pendings = this.take(Math.min(this.context.maxBatch, this.sizing.share(this.queue.length)));
    const head = this.memory.head ?? (await this.memory.learnHead(session));
    if (!head) {
      for (const pending of pendings) pending.settle({ status: 'no-such-workspace' });
      return null;
    }
    if (head.foreign.length > 0)
      throw new CommitFailure('moved', false, 'An attached view is not known here');
    const found = await this.memory.streams.load(session, commandsOf(pendings), head, false);
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
    this.memory.land(done);
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
        // Or a key is recorded in its other shape, which comes to light under the lock.
        throw new CommitFailure('moved', false, 'Another process appended to the workspace');
      }
      const { active } = performance.eventLoopUtilization(busyBefore);
      this.sizing.committed(performance.now() - start, active - (this.open?.preparing ?? 0));
      this.sizing.prepared(batch.preparing, batch.size);
      if (silent.length === 0) return;
      // The next steps may fail, but these commands are in the ledger.
      this.memory.land(batch);
    }
    const earlier = await earlierCommands(session, this.workspaceId, silent);
    for (const pending of silent) pending.settleIfRepeated(earlier);
    if (draft.events.length === 0) {
      // The head did not move, so check that the batch was decided on the current state.
      const now = await readHead(session, this.workspaceId, this.context.views);
      if (now?.size !== draft.size || now.epoch !== batch.head.epoch) {
        throw new CommitFailure('moved', false, 'Another process appended to the workspace');
      }
    }
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
      if (!this.memory.streams.locate(pending.command, open.head, open.found, overlays)) break;
      open.decide(pending);
      taken += 1;
    }
    queue.splice(0, taken);
    open.preparing += performance.now() - start;
    // The batch has its share of commands, so write its statement while the other one runs.
    if (open.size >= room) open.tryToClose();
  }
}

interface Sending {
  readonly committed: Promise<void>;
}
