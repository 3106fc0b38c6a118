import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { FoldableEvent, Row, TableRows, TableShape } from '@casebook/ledger';
import { foldAll, FOLDED_AT_ONCE, foldFor } from '../folding/stream-folder.js';
import type { Projection } from '../projection.js';
import { type Database, pageOfStream } from '../reading/event-pages.js';

const PAGE = 2_000;
const ALL_VERSIONS = 2_147_483_647;

export interface ViewPosition {
  readonly projection: Projection;
  /** Its rows reflect the events up to this position. */
  readonly position: number;
}

/** One stream as every view projects it, with and without the erased payloads. */
export class StreamErasure {
  /** The last version read. */
  version = 0;
  private rows = new Map<Projection, StreamRows>();
  /** Events already read that some view has not reached yet. */
  private pending: FoldableEvent[] = [];
  private remembered = true;

  constructor(
    private readonly workspaceId: string,
    readonly streamId: string,
    private readonly erased: ReadonlySet<number>,
  ) {}

  async catchUp(database: Database, views: readonly ViewPosition[]): Promise<void> {
    this.advance(views, []);
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
        this.advance(views, page.slice(from, from + FOLDED_AT_ONCE));
        await setImmediate();
      }
      this.version = last.streamVersion;
    }
  }

  /** Keeps only the changed rows in memory. If the stream grows, it is read again from its first event. */
  release(): void {
    if (this.pending.length > 0) return;
    for (const rows of this.rows.values()) rows.release();
    this.remembered = false;
  }

  changesOf(projection: Projection): TableRows[] {
    return this.rows.get(projection)?.changes() ?? [];
  }

  private advance(views: readonly ViewPosition[], more: readonly FoldableEvent[]): void {
    const events = [...this.pending, ...more];
    for (const { projection, position } of views) {
      let rows = this.rows.get(projection);
      if (rows === undefined) {
        rows = new StreamRows(this.workspaceId, this.streamId, projection);
        this.rows.set(projection, rows);
      }
      rows.advance(
        events.filter((event) => event.position <= position),
        this.erased,
      );
    }
    this.pending = events.filter((event) => views.some(({ position }) => event.position > position));
  }
}

interface Change {
  readonly table: string;
  /** The row without the erased payloads; `null` if it disappears. */
  readonly row: Row | null;
  /** A row with its key. */
  readonly key: Row;
}

/** The rows of one view from one stream. */
class StreamRows {
  private projectedUpTo = 0;
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

  /** @param events in order; those projected before are skipped. */
  advance(events: readonly FoldableEvent[], erased: ReadonlySet<number>): void {
    const fresh = events.filter(({ position }) => position > this.projectedUpTo);
    const last = fresh.at(-1);
    if (last === undefined) return;
    this.projectedUpTo = last.position;
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
        // Keep one copy of equal rows.
        if (row !== undefined) this.before.set(name, row);
      }
    }
  }

  release(): void {
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

  /** Returns the state after the events. */
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

/** Identifies a row by its table and key. */
const nameOf = ({ name, key }: TableShape, row: Row): string =>
  JSON.stringify([name, ...key.map((column) => row[column])]);
