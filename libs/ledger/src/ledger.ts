import type { Pool } from 'pg';
import { canonicalJson } from './hashing/canonical-json.js';
import { checkedText } from './writing/draft.js';
import { commitErasure, type Erasure } from './erasing.js';
import {
  AS_TEXT,
  bytes,
  EVENT_COLUMNS,
  eventOfRow,
  pageOfBytes,
  recordedOfRow,
  STREAM_COLUMNS,
} from './reading/event-rows.js';
import { InvalidCommand, LedgerFault } from './faults.js';
import { Frontier } from './hashing/merkle.js';
import { newId } from './hashing/random.js';
import { StateReads } from './reading/state-reads.js';
import { RecentEvents, type RecentBounds } from './writing/recent-events.js';
import { StreamStates } from './writing/stream-states.js';
import { WriteHealth } from './writing/write-health.js';
import { WorkspaceWriter, type WriterHouse } from './writing/workspace-writer.js';
import type {
  Command,
  CommittedListener,
  FoldableEvent,
  Head,
  InlineView,
  Outcome,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  StoredEvent,
  StreamFold,
} from './ledger-types.js';

export interface LedgerOptions {
  /** The inline views that this process can apply. An attached view that is not among them is detached by its commits. */
  readonly views?: readonly InlineView[];
  /** Commands in one transaction at most; 256 where left out. */
  readonly maxBatch?: number;
  /** Commands of a workspace that may wait; a further one is turned away at once. 10,000 where left out. */
  readonly maxWaiting?: number;
  /**
   * How much of the streams' states is kept in memory for writers, in events of average size (StreamFold.weight); 25,000 where left
   * out, some 15 MB of claims. A tenth of it is kept for readers beside that.
   */
  readonly maxCachedEvents?: number;
  /** Waits in milliseconds between tries while the database cannot be reached; about seven seconds where left out. */
  readonly retryDelays?: readonly number[];
  /** Milliseconds that a command waits for its answer at most, whatever happens; 10,000 where left out. An erasure takes its time. */
  readonly maxWait?: number;
  /** Hears one sentence when commands cannot be recorded any more, and one when they are again. */
  readonly tell?: (sentence: string) => void;
  /** Milliseconds since 1970; the system's clock where left out. */
  readonly clock?: () => number;
}

/** Writers with nothing to do that are kept for what they know of their workspace. */
const MAX_WRITERS = 4096;

/** A command that waits longer is a sign of trouble, in milliseconds. */
const LONG_WAIT = 3_000;

const READERS_SHARE = 10;

/**
 * The append-only ledger of every workspace in one database. Any number of processes may have one each; each makes one.
 *
 * The pool is the caller's, who ends it after `close`, and who listens to its `error` events.
 */
export class Ledger {
  private readonly house: WriterHouse;
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
    this.house = {
      pool,
      streams: new StreamStates(maxCached),
      views: options.views ?? [],
      maxBatch: options.maxBatch ?? 256,
      clock: options.clock ?? Date.now,
      retryDelays: options.retryDelays ?? [20, 100, 400, 1600, 5000],
      maxWait: options.maxWait ?? 10_000,
      health: new WriteHealth(options.tell ?? (() => undefined)),
      recent: new RecentEvents(),
      committed: (workspaceId, events) => {
        for (const listener of this.listeners) this.tell(listener, workspaceId, events);
      },
    };
  }

  /** Makes the workspace's empty ledger, with all inline views attached; `false` where it exists already. */
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
      [workspaceId, this.house.views.map((view) => view.name), this.house.views.map((view) => view.version)],
    );
    return rowCount === 1;
  }

  /**
   * Decides the command on the present state of its streams and records what it decides, durable when this resolves.
   * Rejects with InvalidCommand for what cannot be stored, with what `decide` or `evolve` threw, or with a LedgerFault.
   */
  commit<R>(command: Command<R>): Promise<Outcome<R>> {
    // One promise a command, the writer's own: an async function would make it three.
    try {
      return this.give(command) as Promise<Outcome<R>>;
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown.
      return Promise.reject(error);
    }
  }

  /**
   * Records an erasure by law and erases what its events name, in one transaction. Every writer of the workspace waits meanwhile.
   * Rejects as `commit` does; a LedgerFault is final here, the same key tells what became of it.
   */
  async erase<R>(erasure: Erasure<R>): Promise<Outcome<R>> {
    if (this.closed) throw new LedgerFault('The ledger is closed', 'not-committed');
    checkIds(erasure);
    const outcome = commitErasure(this.house, erasure, {
      commandId: erasure.commandId ?? newId(),
      keyed: erasure.commandId !== undefined,
      digestText: digestTextOf(erasure),
    });
    this.erasing.add(outcome);
    try {
      return (await outcome) as Outcome<R>;
    } finally {
      this.erasing.delete(outcome);
    }
  }

  /** Why commands cannot be recorded just now; `null`: they can, as far as this process has tried of late. */
  get trouble(): string | null {
    const { trouble } = this.house.health;
    if (trouble !== null) return trouble;
    const latest = performance.now() - LONG_WAIT;
    const stuck = [...this.writers.values()].some(({ waitingSince }) => (waitingSince ?? latest) < latest);
    return stuck ? `a command has waited for more than ${LONG_WAIT / 1000} s` : null;
  }

  /** `null`: there is no such workspace. */
  async head(workspaceId: string): Promise<Head | null> {
    const { rows } = await this.pool.query<string[]>({
      ...AS_TEXT,
      text: `SELECT size, frontier, to_char(last_recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
             FROM ledger_heads WHERE workspace_id = $1`,
      values: [workspaceId],
    });
    const row = rows[0];
    if (!row) return null;
    const size = Number(row[0]);
    return { size, root: Frontier.fromBytes(size, bytes(row[1]!)).root(), recordedAt: row[2]! };
  }

  /** What the stream's events say, in order; none where there is no such stream. Without their hashes, which cost more to read than the rest. */
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
   * The stream's state with every event that is committed, whichever process committed it; `fold.initial` where there is no such stream.
   * What this process folded before is not read again. Rejects with what `evolve` threw.
   */
  readState<S>(workspaceId: string, streamId: string, fold: StreamFold<S>): Promise<S> {
    return this.states.read(workspaceId, streamId, fold);
  }

  /**
   * Events above `after`, up to and with `upTo`, at most `limit`, where this process committed them a moment ago and in this epoch; else `null`. To be
   * asked by who keeps erasures out meanwhile.
   */
  recentEvents(workspaceId: string, bounds: RecentBounds): FoldableEvent[] | null {
    return this.house.recent.page(workspaceId, bounds);
  }

  /** The ledger's events in order of position, one page of them. */
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
   * Hears of every batch that this process commits, in the ledger's order, once it is durable. A listener must not throw and
   * must be quick: the next batch waits for it. Gives the way to stop listening.
   */
  onCommitted(listener: CommittedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Waits for the commits under way and takes no further ones. */
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
      this.house.health.failed('too many commands are waiting for one workspace', 1);
      throw new LedgerFault('Too many commands are waiting for this workspace', 'not-committed');
    }
    return writer.commit(
      {
        command,
        commandId: command.commandId ?? newId(),
        digestText: digestTextOf(command),
      },
      command.commandId !== undefined,
    );
  }

  private tell(listener: CommittedListener, workspaceId: string, events: readonly StoredEvent[]): void {
    try {
      listener(workspaceId, events);
    } catch (error) {
      // The events are committed, and the others are owed the news: the fault is the listener's own.
      process.emitWarning(error instanceof Error ? error : String(error), { code: 'CASEBOOK_LISTENER' });
    }
  }

  private writerOf(workspaceId: string): WorkspaceWriter {
    let writer = this.writers.get(workspaceId);
    if (!writer) {
      if (this.writers.size >= MAX_WRITERS) {
        for (const [id, one] of this.writers) if (one.idle) this.writers.delete(id);
      }
      writer = new WorkspaceWriter(this.house, workspaceId);
      this.writers.set(workspaceId, writer);
    }
    return writer;
  }
}

type CommandIds = Omit<Command<unknown>, 'parts' | 'reads'>;

function digestTextOf({ actorId, body }: CommandIds): string {
  return canonicalJson('The command', { actor: actorId, body });
}

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
