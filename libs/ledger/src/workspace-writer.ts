import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { escapeLiteral, type Pool } from 'pg';
import { appendStatement, viewStatement, type Move } from './append-statement.js';
import { saltedHash } from './envelope.js';
import { bytes, EVENT_COLUMNS, eventOfRow, type EventRow } from './event-rows.js';
import { Draft, type Basis, type PreparedCommand, type Verdict } from './draft.js';
import { Setback } from './failures.js';
import { LedgerFault, type CommitFate } from './faults.js';
import { Frontier } from './merkle.js';
import { Session } from './session.js';
import { advance, foldOf, unborn, Unfoldable, type StreamState, type StreamStates } from './stream-states.js';
import { changesOfView, type TableChange } from './view-rows.js';
import type { InlineView, Outcome, StoredEvent, StreamChange, StreamFold } from './ledger-types.js';

/** What the writers of all workspaces share. */
export interface WriterHouse {
  readonly pool: Pool;
  readonly streams: StreamStates;
  readonly views: readonly InlineView[];
  readonly maxBatch: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Waits between tries while the database cannot be reached or something stands in the way, in milliseconds. */
  readonly retryDelays: readonly number[];
  readonly committed: (workspaceId: string, events: readonly StoredEvent[]) => void;
}

/** A command on its way. */
interface Pending extends PreparedCommand {
  /** The client gave the command id, so the command may have been committed before. */
  readonly keyed: boolean;
  settle(outcome: Outcome<unknown>): void;
  fail(error: unknown): void;
}

/** What is known here of the workspace's head row, and of what hangs on it. */
interface KnownHead extends Basis {
  readonly epoch: number;
  readonly attached: readonly InlineView[];
  /** Attached views, by name and version, that this process does not have. */
  readonly foreign: readonly (readonly [string, number])[];
}

/** How a batch is committed. */
interface Way {
  /** Lock the head first. Otherwise decide on what is known here, and commit in one statement if the head still stands there. */
  readonly lock: boolean;
  /** Ask for the batch's command ids before deciding: for the clients' keys, or for those made here too. */
  readonly lookUp: 'none' | 'keys' | 'all';
  /** Apply each view in a savepoint of its own, so that it can fail without the events, and read streams said to be new. */
  readonly apart: boolean;
  /** Raise the epoch, so that a statement whose connection was lost cannot take effect after all. */
  readonly fence: boolean;
}

const AT_ONCE: Way = { lock: false, lookUp: 'none', apart: false, fence: false };
const LOCK_FIRST: Way = { lock: true, lookUp: 'none', apart: false, fence: false };
const KEYS_FIRST: Way = { lock: true, lookUp: 'keys', apart: false, fence: false };

/** So many batches lock first after one that met another process, and look keys up first after one that met a known key. */
const WARY_BATCHES = 8;

/** Events of other processes that are worth reading under the lock; where there are more, streams are read when needed. */
const MAX_CATCH_UP = 512;

/** Events in one answer when streams are read. */
const READ_PAGE = 10_000;

type Decided = { readonly pending: Pending; readonly verdict: Verdict }[];

/**
 * The one loop of this process that appends to a workspace. A batch is what gathered while the one before committed.
 */
export class WorkspaceWriter {
  private readonly queue: Pending[] = [];
  private readonly keysUnderWay = new Set<string>();
  private working: Promise<void> | null = null;
  private known: KnownHead | null = null;
  /** A stream checked at a smaller size than this may have grown by other processes' events. */
  private soundFrom = 0;
  private waryOfOthers = 0;
  private waryOfKeys = 0;

  constructor(
    private readonly house: WriterHouse,
    private readonly workspaceId: string,
  ) {}

  get idle(): boolean {
    return this.working === null;
  }

  /** Commands that wait for a batch. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Resolves once nothing is waiting or under way. */
  async finished(): Promise<void> {
    while (this.working) await this.working;
  }

  commit(prepared: PreparedCommand, keyed: boolean): Promise<Outcome<unknown>> {
    const key = prepared.commandId;
    if (keyed) {
      if (this.keysUnderWay.has(key)) return Promise.resolve({ status: 'in-progress' });
      this.keysUnderWay.add(key);
    }
    return new Promise((resolve, reject) => {
      this.queue.push({
        ...prepared,
        keyed,
        settle: (outcome) => {
          this.keysUnderWay.delete(key);
          resolve(outcome);
        },
        fail: (error) => {
          this.keysUnderWay.delete(key);
          reject(error as Error);
        },
      });
      this.working ??= this.work();
    });
  }

  private async work(): Promise<void> {
    // A turn of the event loop between batches lets those in who were just answered and those who arrived meanwhile.
    for (await nextTurn(); this.queue.length > 0; await nextTurn()) {
      const batch = this.queue.splice(0, this.house.maxBatch);
      try {
        await this.commitBatch(batch, this.preferredWay());
      } catch (cause) {
        // A bug, in here or in a fold: nobody may be left waiting for it.
        this.known = null;
        for (const pending of batch)
          pending.fail(new LedgerFault('The commit broke off', 'unknown', { cause }));
      }
    }
    this.working = null;
  }

  private preferredWay(): Way {
    if (this.waryOfKeys > 0) {
      this.waryOfKeys -= 1;
      return KEYS_FIRST;
    }
    if (this.waryOfOthers > 0) {
      this.waryOfOthers -= 1;
      return LOCK_FIRST;
    }
    return AT_ONCE;
  }

  /** Answers every command of the batch, and of those that join it under the lock. */
  private async commitBatch(batch: Pending[], firstWay: Way): Promise<void> {
    const { retryDelays } = this.house;
    let way = firstWay;
    let fate: CommitFate = 'not-committed';
    for (let tries = 0; ;) {
      try {
        if (way.lock) return await this.commitLocked(batch, way);
        if (await this.commitAtOnce(batch)) return;
        this.waryOfOthers = WARY_BATCHES;
        way = LOCK_FIRST;
        continue;
      } catch (error) {
        if (!(error instanceof Setback)) throw error;
        this.known = null;
        switch (error.failure) {
          case 'key-taken':
            if (way.lookUp !== 'none') return this.reject(batch, fate, error);
            this.waryOfKeys = WARY_BATCHES;
            way = KEYS_FIRST;
            continue;
          case 'rejected':
            if (way.apart) return this.reject(batch, fate, error);
            // What the database will not have, and a view that fails, must not harm the others of the batch.
            for (const pending of batch)
              await this.commitBatch([pending], { ...way, ...KEYS_FIRST, apart: true });
            return;
          case 'lost':
            if (error.mayHaveCommitted) fate = 'unknown';
            if (fate === 'unknown') way = { lock: true, lookUp: 'all', apart: way.apart, fence: true };
            break;
          case 'in-the-way':
            break;
        }
        const pause = retryDelays[tries];
        if (pause === undefined) return this.reject(batch, fate, error);
        await delay(pause);
        tries += 1;
      }
    }
  }

  private reject(batch: readonly Pending[], fate: CommitFate, setback: Setback): void {
    for (const pending of batch) {
      pending.fail(
        new LedgerFault(`The command was not recorded: ${setback.message}`, fate, { cause: setback.cause }),
      );
    }
  }

  /** One round trip. Gives `false`, with nobody answered, where the head is not where it is believed to be. */
  private commitAtOnce(batch: readonly Pending[]): Promise<boolean> {
    return Session.lend(this.house.pool, async (session) => {
      const head = this.known ?? (await this.learnHead(session));
      if (!head) {
        this.answerNoWorkspace(batch);
        return true;
      }
      if (head.foreign.length > 0) return false;
      const streams = await this.streamsFor(session, batch, head, false);
      const draft = new Draft(this.workspaceId, head, streams, this.house.clock());
      const decided = this.decide(draft, batch);
      if (draft.events.length > 0) {
        const appended = await session.write(
          appendStatement(this.move(head, draft), this.tableChanges(head.attached, draft.changes())),
        );
        if (appended === 0) return false;
        this.keep(head, draft);
      }
      const earlier = await this.lookUp(session, silentKeys(decided));
      if (draft.events.length === 0) {
        // Nothing was moved, so nothing has told yet whether all this was decided on the present state.
        const now = await this.readHead(session);
        if (now?.size !== head.size || now.epoch !== head.epoch) {
          this.known = null;
          return false;
        }
      }
      this.answer(decided, earlier);
      this.tell(draft);
      return true;
    });
  }

  private commitLocked(batch: Pending[], way: Way): Promise<void> {
    return Session.lend(this.house.pool, async (session) => {
      let head = await this.lockHead(session);
      if (!way.apart) batch.push(...this.queue.splice(0, this.house.maxBatch - batch.length));
      if (!head) {
        await session.rollback();
        this.answerNoWorkspace(batch);
        return;
      }
      const detached = head.foreign.map(([view, version]) => ({
        view,
        version,
        error: 'A writer without this version of the view appended to the ledger.',
      }));
      if (way.fence) head = await this.raiseEpoch(session, head);

      const repeated = await this.lookUp(
        session,
        way.lookUp === 'none' ? [] : batch.filter(({ keyed }) => keyed || way.lookUp === 'all'),
      );
      const fresh = batch.filter(({ commandId }) => !repeated.has(commandId));
      if (way.lookUp === 'keys' && fresh.length < batch.length) this.waryOfKeys = WARY_BATCHES;

      const streams = await this.streamsFor(session, fresh, head, way.apart);
      const draft = new Draft(this.workspaceId, head, streams, this.house.clock());
      const decided = this.decide(draft, fresh);
      const earlier = way.lookUp === 'none' ? await this.lookUp(session, silentKeys(decided)) : repeated;
      if (draft.events.length > 0) {
        const changes = draft.changes();
        const move = this.move(head, draft);
        if (way.apart) {
          await session.write(appendStatement(move, []));
          for (const view of head.attached) {
            const setback = await session.apart(async () => {
              const tables = this.tableChanges([view], changes);
              if (tables.length > 0) await session.write(viewStatement(tables));
            });
            if (setback) detached.push({ view: view.name, version: view.version, error: setback.message });
          }
        } else {
          await session.write(appendStatement(move, this.tableChanges(head.attached, changes)));
        }
        for (const { view, version, error } of detached) {
          await session.rows({
            text: DETACH_VIEW,
            values: [this.workspaceId, view, version, head.size, error],
          });
        }
      }
      const viewsGone = draft.events.length > 0 && detached.length > 0;
      if (viewsGone) await this.raiseEpoch(session, head);
      if (draft.events.length > 0 || way.fence) await session.commit();
      else await session.rollback();

      this.keep(head, draft);
      if (viewsGone) this.known = null;
      for (const pending of batch) {
        const events = repeated.get(pending.commandId);
        if (events) pending.settle(repeatedOutcome(pending, events));
      }
      this.answer(decided, earlier);
      this.tell(draft);
    });
  }

  /** BEGIN, the head's row lock, and what others appended since this process last looked. */
  private async lockHead(session: Session): Promise<KnownHead | null> {
    const workspace = escapeLiteral(this.workspaceId);
    const { known } = this;
    const [heads, appended = []] = await session.begin(
      `SELECT ${HEAD_COLUMNS} FROM ledger_heads h WHERE h.workspace_id = ${workspace} FOR UPDATE`,
      // A statement of its own: the one that waited for the lock still sees what was there when it began to wait.
      ...(known
        ? [
            `SELECT ${EVENT_COLUMNS} FROM events e WHERE e.workspace_id = ${workspace} AND e.position > ${known.size}
             ORDER BY e.position LIMIT ${MAX_CATCH_UP}`,
          ]
        : []),
    );
    const row = heads?.[0];
    if (!row) {
      this.known = null;
      return null;
    }
    const basis = basisOfRow(row);
    const epoch = Number(row[3]);
    if (known?.epoch !== epoch) {
      this.soundFrom = basis.size;
      const views = await session.rows({
        name: 'casebook_attached',
        text: ATTACHED,
        values: [this.workspaceId],
      });
      return { ...basis, epoch, ...this.split(views) };
    }
    if (basis.size > known.size) {
      this.waryOfOthers = WARY_BATCHES;
      if (basis.size - known.size > MAX_CATCH_UP) this.soundFrom = basis.size;
      else this.catchUp(epoch, appended.map(eventOfRow));
    }
    return { ...known, ...basis };
  }

  /** Folds the events of other processes into the streams that are known here. */
  private catchUp(epoch: number, events: readonly StoredEvent[]): void {
    const { streams } = this.house;
    for (const event of events) {
      const stream = streams.get(this.workspaceId, epoch, event.streamId);
      // A stream that was read a moment ago may have the event already.
      if (!stream || stream.version >= event.streamVersion || stream.checkedAt < this.soundFrom) continue;
      try {
        streams.set(this.workspaceId, epoch, event.streamId, advance(stream, [event]));
      } catch {
        // Whoever needs the stream reads it again, and hears of the fault then.
        streams.delete(this.workspaceId, epoch, event.streamId);
      }
    }
  }

  /** The head after it was unknown here: others may have moved it, so no stream that was folded before is trusted. */
  private async learnHead(session: Session): Promise<KnownHead | null> {
    this.known = await this.readHead(session);
    if (this.known) this.soundFrom = this.known.size;
    return this.known;
  }

  private async readHead(session: Session): Promise<KnownHead | null> {
    const [row] = await session.rows({
      name: 'casebook_head',
      text: HEAD_AND_ATTACHED,
      values: [this.workspaceId],
    });
    if (!row) return null;
    return {
      ...basisOfRow(row),
      epoch: Number(row[3]),
      ...this.split(JSON.parse(row[4]!) as [string, number][]),
    };
  }

  private split(
    views: readonly (readonly [string, number] | EventRow)[],
  ): Pick<KnownHead, 'attached' | 'foreign'> {
    const attached: InlineView[] = [];
    const foreign: [string, number][] = [];
    for (const row of views) {
      const name = String(row[0]);
      const version = Number(row[1]);
      const view = this.house.views.find((one) => one.name === name && one.version === version);
      if (view) attached.push(view);
      else foreign.push([name, version]);
    }
    return { attached, foreign };
  }

  private async raiseEpoch(session: Session, head: KnownHead): Promise<KnownHead> {
    await session.write({ text: RAISE_EPOCH, values: [this.workspaceId] });
    return { ...head, epoch: head.epoch + 1 };
  }

  /** Every stream that the batch's commands name, with all folds that they name for it. */
  private async streamsFor(
    session: Session,
    batch: readonly Pending[],
    head: KnownHead,
    readNew: boolean,
  ): Promise<Map<string, StreamState | Unfoldable>> {
    const wanted = new Map<string, { folds: Map<string, StreamFold<unknown>>; isNew: boolean }>();
    const want = (streamId: string, fold: StreamFold<unknown>, isNew: boolean) => {
      const known = wanted.get(streamId);
      if (known) {
        known.folds.set(fold.name, fold);
        known.isNew &&= isNew;
      } else {
        wanted.set(streamId, { folds: new Map([[fold.name, fold]]), isNew });
      }
    };
    for (const { command } of batch) {
      for (const { streamId, fold, isNew } of command.parts) want(streamId, fold, isNew === true && !readNew);
      for (const { streamId, fold } of command.reads ?? []) want(streamId, fold, false);
    }

    const found = new Map<string, StreamState | Unfoldable>();
    const missing = new Map<string, StreamState>();
    for (const [streamId, { folds, isNew }] of wanted) {
      const stream = this.house.streams.get(this.workspaceId, head.epoch, streamId);
      const complete = stream !== undefined && [...folds.keys()].every((name) => foldOf(stream, name));
      if (complete && stream.checkedAt >= this.soundFrom) {
        found.set(streamId, stream);
      } else if (!stream && isNew) {
        found.set(streamId, unborn(folds.values()));
      } else {
        for (const { fold } of stream?.folds ?? []) folds.set(fold.name, fold);
        missing.set(streamId, complete ? stream : unborn(folds.values()));
      }
    }
    if (missing.size > 0) {
      for (const [streamId, stream] of await this.readStreams(session, missing)) {
        if (stream instanceof Unfoldable) {
          found.set(streamId, stream);
          continue;
        }
        const checked = { ...stream, checkedAt: head.size };
        this.house.streams.set(this.workspaceId, head.epoch, streamId, checked);
        found.set(streamId, checked);
      }
    }
    return found;
  }

  /** Brings the streams up to what is committed. */
  private async readStreams(
    session: Session,
    from: ReadonlyMap<string, StreamState>,
  ): Promise<Map<string, StreamState | Unfoldable>> {
    const streams = new Map<string, StreamState | Unfoldable>(from);
    for (let full = true; full;) {
      const open = [...streams].flatMap(([streamId, stream]) =>
        stream instanceof Unfoldable ? [] : [{ streamId, version: stream.version }],
      );
      const rows = await session.rows({
        name: 'casebook_tails',
        text: STREAM_TAILS,
        values: [this.workspaceId, open.map(({ streamId }) => streamId), open.map(({ version }) => version)],
      });
      full = rows.length === READ_PAGE;
      const tails = new Map<string, StoredEvent[]>();
      for (const event of rows.map(eventOfRow)) {
        const tail = tails.get(event.streamId);
        if (tail) tail.push(event);
        else tails.set(event.streamId, [event]);
      }
      for (const [streamId, tail] of tails) {
        const stream = streams.get(streamId);
        if (stream instanceof Unfoldable || !stream) continue;
        try {
          streams.set(streamId, advance(stream, tail));
        } catch (error) {
          streams.set(streamId, new Unfoldable(error));
        }
      }
    }
    return streams;
  }

  private decide(draft: Draft, batch: readonly Pending[]): Decided {
    return batch.map((pending) => ({ pending, verdict: draft.decide(pending) }));
  }

  private tableChanges(views: readonly InlineView[], changes: readonly StreamChange[]): TableChange[] {
    return views.flatMap((view) => {
      try {
        return changesOfView(view, changes);
      } catch (cause) {
        throw new Setback('rejected', false, cause);
      }
    });
  }

  private move(head: KnownHead, draft: Draft): Move {
    return {
      workspaceId: this.workspaceId,
      oldSize: head.size,
      epoch: head.epoch,
      frontier: draft.frontier.toBytes(),
      recordedAt: draft.recordedAt,
      events: draft.events,
      payloads: draft.payloads,
    };
  }

  /** The batch is in the ledger: what it was decided on is the past. */
  private keep(head: KnownHead, draft: Draft): void {
    const { size } = draft;
    this.known =
      draft.events.length === 0
        ? head
        : { ...head, size, frontier: draft.frontier, recordedMs: draft.recordedMs };
    for (const [streamId, stream] of draft.changed) {
      this.house.streams.set(this.workspaceId, head.epoch, streamId, { ...stream, checkedAt: size });
    }
  }

  /** The events that commands with these ids have in the ledger. */
  private async lookUp(session: Session, commands: readonly Pending[]): Promise<Map<string, StoredEvent[]>> {
    const found = new Map<string, StoredEvent[]>();
    if (commands.length === 0) return found;
    const rows = await session.rows({
      name: 'casebook_commands',
      text: COMMANDS,
      values: [this.workspaceId, commands.map(({ commandId }) => commandId)],
    });
    for (const event of rows.map(eventOfRow)) {
      const events = found.get(event.commandId);
      if (events) events.push(event);
      else found.set(event.commandId, [event]);
    }
    return found;
  }

  /** @param earlier what the commands that recorded nothing had recorded before. */
  private answer(decided: Decided, earlier: ReadonlyMap<string, readonly StoredEvent[]>): void {
    for (const { pending, verdict } of decided) {
      const events = verdict.kind === 'accepted' ? undefined : earlier.get(pending.commandId);
      if (events) {
        pending.settle(repeatedOutcome(pending, events));
        continue;
      }
      switch (verdict.kind) {
        case 'accepted':
          pending.settle({
            status: 'committed',
            events: verdict.events,
            position: verdict.events.at(-1)!.position,
            replayed: false,
          });
          break;
        case 'unchanged':
          pending.settle({ status: 'unchanged', position: verdict.position });
          break;
        case 'refused':
          pending.settle({ status: 'refused', refusal: verdict.refusal });
          break;
        case 'threw':
          pending.fail(verdict.error);
          break;
      }
    }
  }

  private answerNoWorkspace(batch: readonly Pending[]): void {
    for (const pending of batch) pending.settle({ status: 'no-such-workspace' });
  }

  private tell(draft: Draft): void {
    if (draft.events.length > 0) this.house.committed(this.workspaceId, draft.events);
  }
}

/** Keyed commands that recorded nothing: perhaps because they did when they came first. */
function silentKeys(decided: Decided): Pending[] {
  return decided
    .filter(({ pending, verdict }) => pending.keyed && verdict.kind !== 'accepted')
    .map(({ pending }) => pending);
}

function repeatedOutcome(pending: Pending, events: readonly StoredEvent[]): Outcome<unknown> {
  const salts = events.flatMap(({ payloadSalt }) => (payloadSalt ? [payloadSalt] : []));
  // With a salt erased it cannot be told any more whether the body is the same; the first answer is what was promised.
  const erased = salts.length < events.length;
  if (!erased && !saltedHash(salts, pending.digestText).equals(events[0]!.commandDigest)) {
    return { status: 'key-reused' };
  }
  return { status: 'committed', events, position: events.at(-1)!.position, replayed: true };
}

const HEAD_COLUMNS = `h.size, h.frontier, coalesce(extract(epoch FROM h.last_recorded_at) * 1000, 0)::bigint, h.epoch`;

function basisOfRow(row: EventRow): Basis {
  const size = Number(row[0]);
  return { size, frontier: Frontier.fromBytes(size, bytes(row[1]!)), recordedMs: Number(row[2]) };
}

const HEAD_AND_ATTACHED = `
  SELECT ${HEAD_COLUMNS}, (
    SELECT coalesce(json_agg(json_build_array(p.view, p.version)), '[]') FROM view_progress p
    WHERE p.workspace_id = h.workspace_id AND p.status = 'attached')
  FROM ledger_heads h WHERE h.workspace_id = $1`;

const ATTACHED = `SELECT view, version FROM view_progress WHERE workspace_id = $1 AND status = 'attached'`;

const STREAM_TAILS = `
  SELECT ${EVENT_COLUMNS}
  FROM unnest($2::text[], $3::integer[]) AS known (stream_id, version)
  JOIN events e ON e.workspace_id = $1 AND e.stream_id = known.stream_id AND e.stream_version > known.version
  ORDER BY e.position LIMIT ${READ_PAGE}`;

const COMMANDS = `
  SELECT ${EVENT_COLUMNS} FROM events e
  WHERE e.workspace_id = $1 AND e.command_id = ANY ($2::text[])
  ORDER BY e.position`;

const RAISE_EPOCH = `UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1`;

const DETACH_VIEW = `
  UPDATE view_progress
  SET status = 'detached', position = $4::bigint, failed_position = $4::bigint + 1, error = $5, changed_at = now()
  WHERE workspace_id = $1 AND view = $2 AND version = $3`;
