import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  applyView,
  type ErasureClient,
  type FoldableEvent,
  type Row,
  type TableRows,
  type TableShape,
} from '@casebook/ledger';
import { type Database, pageOfStream } from './following/event-pages.js';
import { foldAll, FOLDED_AT_ONCE, foldFor } from './following/stream-folder.js';
import { type Projection, projections } from './projections.js';
import { streams } from './streams.js';

const PAGE = 2_000;
/** Events of streams that are remembered as they were folded and can be carried on; one beyond that has grown is folded anew. */
const MOST_REMEMBERED = 50_000;
const ALL_VERSIONS = 2_147_483_647;

/** An event whose payload is to be erased. */
interface Erased {
  readonly position: number;
  readonly streamId: string;
}

/**
 * What an erasure changes in the rows of every view: each stream that it concerns is projected with what its events say and without, and the
 * rows that differ are written. Nearly all of it is done before anybody waits for the erasure. Under its locks, where nobody appends or projects,
 * the streams are carried on to what was appended meanwhile.
 */
export class Forgetting {
  private readonly erased = new Set<number>();
  private readonly concerned = new Map<string, ForgettingStream>();

  private constructor(
    private readonly workspaceId: string,
    private standing: Standing,
    private readonly mostRemembered: number,
  ) {}

  /** To be called before the events are looked for that `include` is given. */
  static async begin(
    database: Database,
    workspaceId: string,
    mostRemembered = MOST_REMEMBERED,
  ): Promise<Forgetting> {
    return new Forgetting(workspaceId, await standingOf(database, workspaceId), mostRemembered);
  }

  /** Projects the streams of these events, as far as they and the views are. */
  async include(database: Database, events: readonly Erased[]): Promise<void> {
    for (const { position, streamId } of events) {
      this.erased.add(position);
      if (!this.concerned.has(streamId))
        this.concerned.set(streamId, new ForgettingStream(this.workspaceId, streamId, this.erased));
    }
    let remembered = 0;
    for (const stream of this.concerned.values()) {
      await stream.catchUp(database, this.standing.views);
      remembered += stream.version;
      // The erasure itself appends to the members' stream.
      if (remembered > this.mostRemembered && stream.streamId !== streams.members) stream.letGo();
    }
  }

  /**
   * To be called under the erasure's locks, with the events that it is of now. Gives what is true of them: this, carried on, or all of it anew
   * where something was erased meanwhile, a view came or went, or an event was taken for one that stays.
   */
  async carryOn(client: ErasureClient, events: readonly Erased[]): Promise<Forgetting> {
    const anew = await Forgetting.begin(client, this.workspaceId, this.mostRemembered);
    const sound = follows(anew.standing, this.standing) && this.expects(events);
    const forgetting = sound ? this : anew;
    forgetting.standing = anew.standing;
    await forgetting.include(client, events);
    return forgetting;
  }

  /** Once the payloads are gone: writes what the views say without them, also of what the erasure appended. */
  async apply(client: ErasureClient): Promise<void> {
    const { views } = await standingOf(client, this.workspaceId);
    for (const stream of this.concerned.values()) {
      await stream.catchUp(client, views);
      for (const { projection } of views) {
        const tables = stream.changesOf(projection);
        if (tables.length > 0) await applyView(client, { ...projection.view, project: () => tables }, []);
      }
    }
  }

  /** These, and of them none that a view was told of as one that stays. */
  private expects(events: readonly Erased[]): boolean {
    const positions = new Set(events.map(({ position }) => position));
    return (
      [...this.erased].every((position) => positions.has(position)) &&
      events.every(({ position }) => this.erased.has(position) || position > this.standing.size)
    );
  }
}

/** Where the views of a workspace are. */
interface Standing {
  /** Of the workspace; rises with every erasure. */
  readonly epoch: number;
  /** Of the ledger: no view is ahead of it. */
  readonly size: number;
  readonly views: readonly ViewStanding[];
}

interface ViewStanding {
  readonly projection: Projection;
  /** Its rows reflect the events up to here. */
  readonly position: number;
}

async function standingOf(database: Database, workspaceId: string): Promise<Standing> {
  const { rows } = await database.query<{
    epoch: number;
    size: number;
    view: string;
    version: number;
    position: number;
  }>(
    `SELECT h.epoch, h.size, p.view, p.version, CASE p.status WHEN 'attached' THEN h.size ELSE p.position END AS position
     FROM view_progress p JOIN ledger_heads h ON h.workspace_id = p.workspace_id WHERE p.workspace_id = $1`,
    [workspaceId],
  );
  const views = projections.flatMap((projection) => {
    const { name, version } = projection.view;
    const row = rows.find((each) => each.view === name && each.version === version);
    return row === undefined ? [] : [{ projection, position: row.position }];
  });
  return { epoch: rows[0]?.epoch ?? 0, size: rows[0]?.size ?? 0, views };
}

/** Whether what was projected at the one standing can be carried on to the other. */
function follows(now: Standing, before: Standing): boolean {
  return (
    now.epoch === before.epoch &&
    now.views.length === before.views.length &&
    now.views.every(({ projection, position }, i) => {
      const was = before.views[i]!;
      return was.projection === projection && was.position <= position;
    })
  );
}

/** A stream as every view has it, with and without what is erased. */
class ForgettingStream {
  /** Read up to here. */
  version = 0;
  private rows = new Map<Projection, ForgettingRows>();
  /** Read, and ahead of some view. */
  private untold: FoldableEvent[] = [];
  private remembered = true;

  constructor(
    private readonly workspaceId: string,
    readonly streamId: string,
    private readonly erased: ReadonlySet<number>,
  ) {}

  async catchUp(database: Database, views: readonly ViewStanding[]): Promise<void> {
    this.tell(views, []);
    for (;;) {
      const page = await pageOfStream(database, this.workspaceId, {
        streamId: this.streamId,
        after: this.version,
        upTo: ALL_VERSIONS,
        limit: PAGE,
      });
      const last = page.at(-1);
      if (last === undefined) return;
      if (!this.remembered) {
        this.version = 0;
        this.rows = new Map();
        this.remembered = true;
        continue;
      }
      for (let from = 0; from < page.length; from += FOLDED_AT_ONCE) {
        this.tell(views, page.slice(from, from + FOLDED_AT_ONCE));
        await setImmediate();
      }
      this.version = last.streamVersion;
    }
  }

  /** Remembers no more than what is to be written: should the stream grow, it is read from its first event. */
  letGo(): void {
    if (this.untold.length > 0) return;
    for (const rows of this.rows.values()) rows.letGo();
    this.remembered = false;
  }

  changesOf(projection: Projection): TableRows[] {
    return this.rows.get(projection)?.changes() ?? [];
  }

  private tell(views: readonly ViewStanding[], more: readonly FoldableEvent[]): void {
    const events = [...this.untold, ...more];
    for (const { projection, position } of views) {
      let rows = this.rows.get(projection);
      if (rows === undefined) {
        rows = new ForgettingRows(this.workspaceId, this.streamId, projection);
        this.rows.set(projection, rows);
      }
      rows.tell(
        events.filter((event) => event.position <= position),
        this.erased,
      );
    }
    this.untold = events.filter((event) => views.some(({ position }) => event.position > position));
  }
}

interface Change {
  readonly table: string;
  /** What the row is without what is erased; `null`: there is none. */
  readonly row: Row | null;
  /** A row with its key. */
  readonly key: Row;
}

/** The rows that a view makes of one stream. */
class ForgettingRows {
  private toldUpTo = 0;
  private readonly fold;
  private stateBefore: unknown;
  private stateAfter: unknown;
  private readonly before = new Map<string, Row>();
  private readonly after = new Map<string, Row>();
  /** The rows that differ. */
  private readonly changed = new Map<string, Change>();

  constructor(
    private readonly workspaceId: string,
    private readonly streamId: string,
    private readonly projection: Projection,
  ) {
    this.fold = foldFor(projection.foldOf, streamId);
    this.stateBefore = this.fold.initial;
    this.stateAfter = this.fold.initial;
  }

  /** @param events in order; those that it was told before are passed over. */
  tell(events: readonly FoldableEvent[], erased: ReadonlySet<number>): void {
    const fresh = events.filter(({ position }) => position > this.toldUpTo);
    const last = fresh.at(-1);
    if (last === undefined) return;
    this.toldUpTo = last.position;
    const touched = new Map<string, Omit<Change, 'row'>>();
    const alike = this.stateBefore === this.stateAfter && !fresh.some(({ position }) => erased.has(position));
    this.stateBefore = this.project(this.stateBefore, fresh, this.before, touched);
    if (alike) {
      this.stateAfter = this.stateBefore;
      for (const name of touched.keys()) {
        const row = this.before.get(name);
        if (row === undefined) this.after.delete(name);
        else this.after.set(name, row);
      }
    } else {
      const left = fresh.map((event) => (erased.has(event.position) ? { ...event, payload: null } : event));
      this.stateAfter = this.project(this.stateAfter, left, this.after, touched);
    }
    for (const [name, change] of touched) {
      const before = this.before.get(name);
      const row = this.after.get(name);
      if (!isDeepStrictEqual(before, row)) {
        this.changed.set(name, { ...change, row: row ?? null });
      } else {
        this.changed.delete(name);
        // Once in memory is enough.
        if (row !== undefined) this.before.set(name, row);
      }
    }
  }

  letGo(): void {
    this.before.clear();
    this.after.clear();
    this.stateBefore = undefined;
    this.stateAfter = undefined;
  }

  changes(): TableRows[] {
    const changed = [...this.changed.values()];
    return this.projection.view.tables
      .map(({ name }) => {
        const its = changed.filter(({ table }) => table === name);
        return {
          table: name,
          upserts: its.flatMap(({ row }) => (row === null ? [] : [row])),
          deletes: its.flatMap(({ row, key }) => (row === null ? [key] : [])),
        };
      })
      .filter(({ upserts, deletes }) => upserts.length + deletes.length > 0);
  }

  /** Gives the state after the events. */
  private project(
    before: unknown,
    events: readonly FoldableEvent[],
    rows: Map<string, Row>,
    touched: Map<string, Omit<Change, 'row'>>,
  ): unknown {
    const { workspaceId, streamId, fold } = this;
    const { view } = this.projection;
    const after = foldAll(fold, before, events);
    const changes = [{ workspaceId, streamId, fold: fold.name, before, after, events }];
    for (const { table, upserts, deletes } of view.project(changes)) {
      const shape = view.tables.find(({ name }) => name === table)!;
      for (const key of deletes ?? []) {
        rows.delete(nameOf(shape, key));
        touched.set(nameOf(shape, key), { table, key });
      }
      for (const row of upserts) {
        rows.set(nameOf(shape, row), row);
        touched.set(nameOf(shape, row), { table, key: row });
      }
    }
    return after;
  }
}

/** Of a row: its table and key. */
const nameOf = ({ name, key }: TableShape, row: Row): string =>
  JSON.stringify([name, ...key.map((column) => row[column])]);
