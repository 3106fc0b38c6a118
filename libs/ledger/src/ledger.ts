import type { Pool } from 'pg';
import { checkedText } from './writing/draft.js';
import { commitErasure, type Erasure } from './erasing.js';
import {
  AS_TEXT,
  EVENT_COLUMNS,
  eventOfRow,
  pageOfBytes,
  recordedOfRow,
  STREAM_COLUMNS,
} from './reading/event-rows.js';
import { InvalidCommand, LedgerFault } from './faults.js';
import { headOf } from './reading/head.js';
import { StateReads } from './reading/state-reads.js';
import { partsOfRepeated, type RepeatedPart } from './writing/repeated-commands.js';
import { RecentEvents, type RecentBounds } from './writing/recent-events.js';
import { StreamStates } from './writing/stream-states.js';
import { WriteHealth } from './writing/write-health.js';
import { WorkspaceWriter } from './writing/workspace-writer.js';
import type { WriterContext } from './writing/writer-context.js';
import type {
  Command,
  CommittedListener,
  FoldableEvent,
  Head,
  InlineView,
  Outcome,
  PartResult,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  StoredEvent,
  StreamFold,
  StreamRead,
} from './ledger-types.js';

export interface LedgerOptions {
  /** The inline views that this process can apply. Commits detach an attached view that is not among them. */
  readonly views?: readonly InlineView[];
  /** Most commands in one transaction; 256 by default. */
  readonly maxBatch?: number;
  /** Most commands of a workspace that may wait; further ones are rejected at once. 10,000 by default. */
  readonly maxWaiting?: number;
  /**
   * Memory for the writers' stream states, in events of average size (StreamFold.weight); 25,000 by default,
   * some 15 MB of claims. Readers get another tenth of it.
   */
  readonly maxCachedEvents?: number;
  /**
   * Pauses in milliseconds between retries while the database is unreachable; about seven seconds by default.
   */
  readonly retryDelays?: readonly number[];
  /** Longest time in milliseconds that a command waits for its answer; 10,000 by default. Erasures have no such limit. */
  readonly maxWait?: number;
  /**
   * Longest time that a statement of a commit may go unanswered before its connection counts as lost, in
   * milliseconds; 6,000 by default: longer than the server waits for a lock, and short enough that another
   * connection answers the command.
   */
  readonly silence?: number;
  /** Receives one sentence when commands can no longer be recorded, and one when they can again. */
  readonly tell?: (sentence: string) => void;
  /** Milliseconds since 1970; the system clock by default. */
  readonly clock?: () => number;
}

/** Idle writers kept for their cache of the workspace. */
const MAX_WRITERS = 4096;

/** A command that waits longer is a sign of trouble, in milliseconds. */
const LONG_WAIT = 3_000;

const READERS_SHARE = 10;

/**
 * The append-only ledger of every workspace in one database. Any number of processes may each create one.
 *
 * The caller owns the pool: it ends the pool after `close` and listens to its `error` events.
 */
export class Ledger {
  private readonly context: WriterContext;
  private readonly maxWaiting: number;
  private readonly writers = new Map<string, WorkspaceWriter>();
  private readonly listeners = new Set<CommittedListener>();
  private readonly erasing = new Set<Promise<unknown>>();
  private readonly states: StateReads;
  private closed = false;

  constructor(
    private readonly pool: Pool,
    options: LedgerOptions = {},
  ) {
    this.maxWaiting = options.maxWaiting ?? 10_000;
    const maxCached = options.maxCachedEvents ?? 25_000;
    this.states = new StateReads(pool, Math.ceil(maxCached / READERS_SHARE));
    this.context = {
      pool,
      streams: new StreamStates(maxCached),
      views: options.views ?? [],
      maxBatch: options.maxBatch ?? 256,
      clock: options.clock ?? Date.now,
      retryDelays: options.retryDelays ?? [20, 100, 400, 1600, 5000],
      maxWait: options.maxWait ?? 10_000,
      silence: options.silence ?? 6_000,
      health: new WriteHealth(options.tell ?? (() => undefined)),
      recent: new RecentEvents(),
      committed: (...batch) => {
        for (const listener of this.listeners) this.tell(listener, batch);
      },
    };
  }

  /**
   * Creates the workspace's empty ledger with all inline views attached; returns `false` if it exists
   * already.
   */
  async openWorkspace(workspaceId: string): Promise<boolean> {
    checkedText('workspaceId', workspaceId);
    const { rowCount } = await this.pool.query(
      `WITH opened AS (
         INSERT INTO ledger_heads (workspace_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING workspace_id),
       attached AS (
         INSERT INTO view_progress (workspace_id, view, version, status, position)
         SELECT opened.workspace_id, v.view, v.version, 'attached', 0
         FROM opened, unnest($2::text[], $3::integer[]) AS v (view, version))
       SELECT FROM opened`,
      [
        workspaceId,
        this.context.views.map((view) => view.name),
        this.context.views.map((view) => view.version),
      ],
    );
    return rowCount === 1;
  }

  /**
   * Decides the command on the current state of its streams and records the decision, durable when this
   * resolves. Rejects with InvalidCommand for what cannot be stored, with an error thrown by `decide` or
   * `evolve`, or with a LedgerFault.
   */
  commit<R>(command: Command<R>): Promise<Outcome<R>> {
    // One promise per command, the writer's own: an async function would make it three.
    try {
      return this.give(command) as Promise<Outcome<R>>;
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown.
      return Promise.reject(error);
    }
  }

  /**
   * What each part of a repeated command recorded the first time (`Outcome.replayed`); `null` if some event is
   * of no part: the key was used for another command, whose payloads are erased.
   */
  repeatedParts(
    { workspaceId, parts, reads = [] }: RepeatedCommand,
    events: readonly StoredEvent[],
  ): Promise<PartResult[] | null> {
    return partsOfRepeated(parts, reads, events, async (streamId, fold, toPosition) => {
      const earlier = await this.readStream(workspaceId, streamId, { toPosition });
      return earlier.reduce((state, event) => fold.evolve(state, event), fold.initial);
    });
  }

  /**
   * Records an erasure by law and erases the payloads that its events name, in one transaction. Every writer
   * of the workspace waits meanwhile. Rejects as `commit` does, but does not retry after a LedgerFault:
   * sending the same key again settles the outcome.
   */
  async erase<R>(erasure: Erasure<R>): Promise<Outcome<R>> {
    if (this.closed) throw new LedgerFault('The ledger is closed', 'not-committed');
    checkIds(erasure);
    const outcome = commitErasure(this.context, erasure);
    this.erasing.add(outcome);
    try {
      return (await outcome) as Outcome<R>;
    } finally {
      this.erasing.delete(outcome);
    }
  }

  /** Why commands cannot be recorded at the moment; `null` if recent commits succeeded. */
  get trouble(): string | null {
    const { trouble } = this.context.health;
    if (trouble !== null) return trouble;
    const latest = performance.now() - LONG_WAIT;
    const stuck = [...this.writers.values()].some(({ waitingSince }) => (waitingSince ?? latest) < latest);
    return stuck ? `a command has waited for more than ${LONG_WAIT / 1000} s` : null;
  }

  /** `null` if the workspace does not exist. */
  head(workspaceId: string): Promise<Head | null> {
    return headOf(this.pool, workspaceId);
  }

  /**
   * The stream's events in order; none for an unknown stream. Hashes are left out, since they cost more to
   * read than the rest.
   */
  async readStream(
    workspaceId: string,
    streamId: string,
    options: ReadStreamOptions = {},
  ): Promise<RecordedEvent[]> {
    const { rows } = await this.pool.query<string[]>({
      ...AS_TEXT,
      name: 'ledger-stream-events',
      text: `SELECT ${STREAM_COLUMNS} FROM events e
             WHERE e.workspace_id = $1 AND e.stream_id = $2 AND e.stream_version >= $3
               AND ($4::bigint IS NULL OR e.position <= $4) AND ($5::timestamptz IS NULL OR e.recorded_at <= $5)
             ORDER BY e.stream_version LIMIT $6`,
      values: [
        workspaceId,
        streamId,
        options.fromVersion ?? 1,
        options.toPosition ?? null,
        options.toTime ?? null,
        options.limit ?? null,
      ],
    });
    return rows.map((row) => recordedOfRow(workspaceId, row, streamId));
  }

  /**
   * The stream's state with every committed event, from any process; `fold.initial` for an unknown stream.
   * What this process folded before is not read again. Rejects with an error thrown by `evolve`.
   */
  readState<S>(workspaceId: string, streamId: string, fold: StreamFold<S>): Promise<S> {
    return this.states.read(workspaceId, streamId, fold);
  }

  /**
   * At most `limit` events above `after`, up to and including `upTo`, if this process committed them recently
   * in this epoch; otherwise `null`. The caller must keep erasures out meanwhile.
   */
  recentEvents(workspaceId: string, bounds: RecentBounds): FoldableEvent[] | null {
    return this.context.recent.page(workspaceId, bounds);
  }

  /** Whether a command with exactly this id is recorded. */
  async isRecorded(workspaceId: string, commandId: string): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      name: 'ledger-command-recorded',
      text: 'SELECT FROM events WHERE workspace_id = $1 AND command_id = $2 LIMIT 1',
      values: [workspaceId, commandId],
    });
    return rowCount === 1;
  }

  /** One page of the ledger's events, in order of position. */
  async readAll(
    workspaceId: string,
    { after = 0, to, limit = 1000, maxBytes }: ReadAllOptions = {},
  ): Promise<StoredEvent[]> {
    const where = 'e.workspace_id = $1 AND e.position > $2 AND ($3::bigint IS NULL OR e.position <= $3)';
    const { rows } = await this.pool.query<string[]>({
      ...AS_TEXT,
      text:
        maxBytes === undefined
          ? `SELECT ${EVENT_COLUMNS} FROM events e WHERE ${where} ORDER BY e.position LIMIT $4`
          : pageOfBytes(where, { limit: '$4', maxBytes: '$5' }),
      values: [workspaceId, after, to ?? null, limit, ...(maxBytes === undefined ? [] : [maxBytes])],
    });
    return rows.map((row) => eventOfRow(workspaceId, row));
  }

  /**
   * Calls the listener for every batch that this process commits, in ledger order, once it is durable. A
   * listener must be quick and must not throw: the next batch waits for it. Returns the function to
   * unsubscribe.
   */
  onCommitted(listener: CommittedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Waits for the commits under way; accepts no new ones. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.erasing);
    await Promise.all([...this.writers.values()].map((writer) => writer.finished()));
  }

  private give(command: Command<unknown>): Promise<Outcome<unknown>> {
    if (this.closed) throw new LedgerFault('The ledger is closed', 'not-committed');
    checkCommand(command);
    const writer = this.writerOf(command.workspaceId);
    if (writer.waiting >= this.maxWaiting) {
      this.context.health.failed('too many commands are waiting for one workspace', 1);
      throw new LedgerFault('Too many commands are waiting for this workspace', 'not-committed');
    }
    return writer.commit(command);
  }

  private tell(listener: CommittedListener, batch: Parameters<CommittedListener>): void {
    try {
      listener(...batch);
    } catch (error) {
      // The events are committed and the other listeners still need them: the fault is this listener's own.
      process.emitWarning(error instanceof Error ? error : String(error), { code: 'CASEBOOK_LISTENER' });
    }
  }

  private writerOf(workspaceId: string): WorkspaceWriter {
    let writer = this.writers.get(workspaceId);
    if (!writer) {
      if (this.writers.size >= MAX_WRITERS) {
        for (const [id, one] of this.writers) if (one.idle) this.writers.delete(id);
      }
      writer = new WorkspaceWriter(this.context, workspaceId);
      this.writers.set(workspaceId, writer);
    }
    return writer;
  }
}

/** A command that was sent again, as far as it is needed to find what its parts recorded. */
export interface RepeatedCommand {
  readonly workspaceId: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in `Command`
  readonly parts: readonly RepeatedPart<any>[];
  readonly reads?: readonly StreamRead[];
}

type CommandIds = Omit<Command<unknown>, 'parts' | 'reads'>;

function checkCommand(command: Command<unknown>): void {
  checkIds(command);
  if (command.parts.length === 0) throw new InvalidCommand('A command has at least one part');
  for (const { streamId } of command.parts) checkedText('streamId', streamId);
}

function checkIds(command: CommandIds): void {
  checkedText('workspaceId', command.workspaceId);
  checkedText('actorId', command.actorId);
  checkedText('correlationId', command.correlationId);
  if (command.commandId !== undefined) checkedText('commandId', command.commandId);
  if (typeof command.causationId === 'string') checkedText('causationId', command.causationId);
}
