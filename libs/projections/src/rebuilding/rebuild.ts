import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
  applyView,
  type InlineView,
  type Row,
  type StreamChange,
  type TableRows,
  ViewRejected,
} from '@casebook/ledger';
import type { Pool, PoolClient } from 'pg';
import { type Database, pageInOrder } from '../reading/event-pages.js';
import type { Projection } from '../projection.js';
import {
  compareRows,
  countInUse,
  createDiffering,
  createProduced,
  differing,
  noteCopied,
  noteProduced,
  noteTouched,
  noteUnexpected,
  sumInUse,
} from './row-differences.js';
import {
  type Copy,
  createCopies,
  different,
  digestsOfRows,
  indexCopies,
  intoCopies,
  RowSum,
  sameKey,
} from './row-sets.js';
import { lockHead, progressOfView, invalidateWriters, type ViewProgress } from '../view-progress.js';
import { StreamFolder } from '../folding/stream-folder.js';
import { wholeStreams } from './whole-streams.js';

export interface Rebuilt {
  /** The position of the comparison: live and rebuilt rows are both complete up to here. */
  readonly position: number;
  /** The number of events folded. */
  readonly events: number;
  /**
   * Checksums of the live and the rebuilt rows at `position`; equal if the view was correct. See `RowSum`.
   */
  readonly checksumBefore: string;
  readonly checksumAfter: string;
  readonly rows: number;
  /** The number of rows that the take-over changed. */
  readonly replaced: number;
}

export interface RebuildOptions {
  /** Called for every page. */
  readonly onProgress?: (progress: { readonly events: number; readonly total: number }) => void;
  /** For tests: called between the steps. */
  readonly onStep?: (step: RebuildStep) => void | Promise<void>;
  /** Events in a page; 2,000 by default. */
  readonly pageEvents?: number;
}

export type RebuildStep =
  'begun' | 'page' | 'compared' | 'caught up' | 'locked' | 'kept' | 'replaced' | 'taken over';

/** The view cannot be rebuilt at the moment. */
export class RebuildRefused extends Error {
  override readonly name = 'RebuildRefused';
}

/** A rebuild without a sign of life for this long has lost its process. */
const SILENCE = `interval '1 minute'`;
/**
 * The memory for open streams. More than a verifying replay uses: reading the left-out streams a second time
 * is a large part of a rebuild.
 */
const MOST_BYTES = 48 * 1024 * 1024;
/** The head is locked once at most this many events are left. */
const LAST_EVENTS = 200;

/**
 * Rebuilds a workspace's view from its first event beside the live rows, and corrects the differences in one
 * transaction under the head's lock. Reads and writes go on meanwhile; the lock lasts for the last few events
 * and the differing rows. The replaced rows are kept for {@link undoRebuild}. A failure at any point changes
 * nothing.
 *
 * @throws RebuildRefused if the view is being rebuilt already, or has no rows in this workspace yet.
 * @throws ViewRejected if the view rejects an event; the live rows stay.
 */
export async function rebuildView(
  pool: Pool,
  workspaceId: string,
  projection: Projection,
  options: RebuildOptions = {},
): Promise<Rebuilt> {
  const rebuild = new Rebuild(pool, workspaceId, projection, options);
  await rebuild.begin();
  try {
    const client = await pool.connect();
    try {
      return await rebuild.run(client);
    } finally {
      // Closing the connection drops its temporary tables, its settings and, after a failure, its locks.
      client.release(true);
    }
  } catch (error) {
    await rebuild.failed(error);
    throw error;
  }
}

class Rebuild {
  private readonly id = randomUUID();
  private readonly view: InlineView;
  private readonly beside: InlineView;
  private readonly folder: StreamFolder;
  private readonly pageEvents: number;
  private events = 0;
  private rows = 0;
  private total = 0;
  private reported = 0;

  constructor(
    private readonly pool: Pool,
    private readonly workspaceId: string,
    private readonly projection: Projection,
    private readonly options: RebuildOptions,
  ) {
    this.view = projection.view;
    this.beside = intoCopies(projection.view);
    this.folder = new StreamFolder(pool, 10_000);
    this.pageEvents = options.pageEvents ?? 2000;
  }

  async begin(): Promise<void> {
    const { position } = await this.progress(this.pool);
    this.total = position;
    const { rowCount } = await this.pool.query(
      `INSERT INTO view_rebuilds AS r (workspace_id, view, version, id, status, total) VALUES ($1, $2, $3, $4, 'building', $5)
       ON CONFLICT (workspace_id, view, version) DO UPDATE
         SET id = EXCLUDED.id, status = 'building', total = EXCLUDED.total, events = 0, position = NULL, replaced = NULL, checksum_before = NULL,
           checksum_after = NULL, error = NULL, started_at = now(), changed_at = now()
         WHERE r.status <> 'building' OR r.changed_at < now() - ${SILENCE}`,
      [...this.key(), this.id, position],
    );
    if (rowCount !== 1) throw new RebuildRefused(`The view ${this.view.name} is already being rebuilt.`);
  }

  async run(client: PoolClient): Promise<Rebuilt> {
    await client.query(`SET statement_timeout = 0; SET work_mem = '32MB'`);
    const copies = await createCopies(client, this.view);
    for (const copy of copies) await createDiffering(client, copy);
    await this.options.onStep?.('begun');

    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const { position: compared } = await this.progress(client);
    const after = await this.build(client, compared, copies);
    const before = await sumInUse(client, this.workspaceId, copies, after);
    await client.query('COMMIT');
    await this.options.onStep?.('compared');

    let position = compared;
    await indexCopies(client, copies);
    for (;;) {
      const target = (await this.progress(this.pool)).position;
      if (target - position <= LAST_EVENTS) break;
      position = await this.catchUp(client, position, target, copies);
    }
    await this.options.onStep?.('caught up');

    const replaced = await this.takeOver(client, position, copies, {
      compared,
      before: before.checksum,
      after: after.checksum,
    });
    return {
      position: compared,
      events: this.events,
      checksumBefore: before.checksum,
      checksumAfter: after.checksum,
      rows: this.rows,
      replaced,
    };
  }

  async failed(error: unknown): Promise<void> {
    await this.pool
      .query(
        `UPDATE view_rebuilds SET status = 'failed', error = $5, changed_at = now()
         WHERE workspace_id = $1 AND view = $2 AND version = $3 AND id = $4 AND status = 'building'`,
        [...this.key(), this.id, error instanceof Error ? error.message : String(error)],
      )
      // Without the database the row stays as it is and expires after a minute.
      .catch(() => undefined);
  }

  /**
   * Folds each stream once and compares its final rows once. Rows that equal the live ones leave no trace;
   * the others go into the copies. While the database compares some rows, the next ones are folded, rendered
   * and hashed. Returns the checksum of all rows.
   */
  private async build(client: PoolClient, upTo: number, copies: readonly Copy[]): Promise<RowSum> {
    const sum = new RowSum();
    const met = new Map(copies.map((copy) => [copy, 0]));
    let comparing: Promise<unknown> = Promise.resolve();
    await this.pass(
      upTo,
      copies,
      async (made) => {
        const digests = new Map<Copy, Buffer>();
        for (const [copy, rows] of made) {
          digests.set(copy, await digestsOfRows(client, copy.shape, rows));
          sum.add(digests.get(copy)!);
          this.rows += rows.length;
        }
        await comparing;
        comparing = Promise.all(
          [...made].map(async ([copy, rows]) => {
            const inUse = await compareRows(client, copy, this.workspaceId, rows, digests.get(copy)!);
            met.set(copy, met.get(copy)! + inUse);
          }),
        );
        // The rejection surfaces where it is awaited, above or below.
        comparing.catch(() => undefined);
        // The statements are sent in the next turn of the event loop.
        await setImmediate();
      },
      (read) => this.cameOn(read),
    );
    await comparing;
    const unmet: Copy[] = [];
    for (const copy of copies) {
      await noteCopied(client, copy);
      if ((await countInUse(client, copy, this.workspaceId)) > met.get(copy)!) unmet.push(copy);
    }
    if (unmet.length > 0) await this.noteUnexpected(client, upTo, unmet);
    return sum;
  }

  /**
   * Finds live rows that no event accounts for. A separate pass, since hardly any view has them, and
   * remembering every key would burden all.
   */
  private async noteUnexpected(client: PoolClient, upTo: number, copies: readonly Copy[]): Promise<void> {
    for (const copy of copies) await createProduced(client, copy);
    await this.pass(
      upTo,
      copies,
      async (made) => {
        for (const [copy, rows] of made) await noteProduced(client, copy, rows);
      },
      () => this.cameOn(0),
    );
    for (const copy of copies) await noteUnexpected(client, copy, this.workspaceId);
  }

  private async pass(
    upTo: number,
    copies: readonly Copy[],
    use: (made: ReadonlyMap<Copy, readonly Row[]>) => Promise<void>,
    cameOn: (read: number) => Promise<void>,
  ): Promise<void> {
    const reader = await this.pool.connect();
    try {
      const streams = wholeStreams(reader, this.workspaceId, this.projection.foldOf, {
        upTo,
        limit: this.pageEvents,
        mostBytes: MOST_BYTES,
      });
      for await (const { changes, read } of streams) {
        const tables = projected(this.view, changes);
        const made = new Map<Copy, readonly Row[]>();
        for (const copy of copies) {
          // A whole stream needs no deletes: a row that is not among its rows does not exist.
          const rows = tables.flatMap(({ table, upserts }) => (table === copy.shape.name ? upserts : []));
          if (rows.length > 0) made.set(copy, rows);
        }
        if (made.size > 0) await use(made);
        await cameOn(read);
      }
    } finally {
      reader.release();
    }
  }

  /**
   * Advances the copies in ledger order, and records the rows that this touches in `copies`. Returns the new
   * position.
   */
  private async catchUp(
    client: PoolClient,
    from: number,
    upTo: number,
    copies: readonly Copy[] = [],
  ): Promise<number> {
    let position = from;
    while (position < upTo) {
      const events = await pageInOrder(this.pool, this.workspaceId, {
        after: position,
        upTo,
        limit: this.pageEvents,
      });
      const { changes, keep } = await this.folder.fold(this.workspaceId, events, this.projection.foldOf);
      await applyView(client, this.beside, changes);
      const rows = copies.length > 0 ? projected(this.view, changes) : [];
      for (const copy of copies) await noteTouched(client, copy, rows);
      keep();
      position = events.at(-1)?.position ?? upTo;
      await this.cameOn(events.length);
    }
    return position;
  }

  private async takeOver(
    client: PoolClient,
    from: number,
    copies: readonly Copy[],
    compared: { compared: number; before: string; after: string },
  ): Promise<number> {
    await client.query('BEGIN');
    // Lock the head before the view's row, in the same order as writers that detach a view.
    await lockHead(client, this.workspaceId);
    const { status, position } = await this.progress(client, { lock: true });
    await this.catchUp(client, from, position, copies);
    await this.options.onStep?.('locked');

    await client.query(
      'DELETE FROM view_kept_rows WHERE workspace_id = $1 AND view = $2 AND version = $3',
      this.key(),
    );
    let replaced = 0;
    for (const copy of copies) {
      const { shape, name } = copy;
      const touched = `${differing(copy)} d`;
      const { rowCount } = await client.query(
        `INSERT INTO view_kept_rows (workspace_id, view, version, table_name, before, after)
         SELECT $1, $2, $3, '${shape.name}', CASE WHEN live.workspace_id IS NOT NULL THEN to_jsonb(live) END,
           CASE WHEN copy.workspace_id IS NOT NULL THEN to_jsonb(copy) END
         FROM ${touched}
         LEFT JOIN ${shape.name} live ON ${sameKey(shape, 'live', 'd')}
         LEFT JOIN ${name} copy ON ${sameKey(shape, 'copy', 'd')}
         WHERE ${different(shape, 'live', 'copy')}`,
        this.key(),
      );
      replaced += rowCount ?? 0;
      if (rowCount === 0) continue;
      await this.options.onStep?.('kept');
      await client.query(
        `DELETE FROM ${shape.name} live USING ${touched}
         WHERE ${sameKey(shape, 'live', 'd')} AND NOT EXISTS (SELECT FROM ${name} copy WHERE ${sameKey(shape, 'copy', 'd')})`,
      );
      const columns = shape.columns.map((column) => column.name);
      const rest = columns.filter((column) => !shape.key.includes(column));
      await client.query(
        `INSERT INTO ${shape.name} AS live (${columns.join(', ')})
         SELECT ${columns.map((column) => `copy.${column}`).join(', ')} FROM ${name} copy JOIN ${touched} ON ${sameKey(shape, 'copy', 'd')}
         ON CONFLICT (${shape.key.join(', ')}) DO ${
           rest.length === 0
             ? 'NOTHING'
             : `UPDATE SET ${rest.map((column) => `${column} = EXCLUDED.${column}`).join(', ')} WHERE ${different(shape, 'live', 'EXCLUDED')}`
         }`,
      );
      await this.options.onStep?.('replaced');
    }
    // A statement that waited for the lock would miss rows added since it began, and might keep one that it
    // should remove.
    if (status === 'attached' && replaced > 0) await invalidateWriters(client, this.workspaceId);
    const { rowCount } = await client.query(
      `UPDATE view_rebuilds SET status = 'done', position = $5, replaced = $6, events = $7, checksum_before = $8, checksum_after = $9, changed_at = now()
       WHERE workspace_id = $1 AND view = $2 AND version = $3 AND id = $4 AND status = 'building'`,
      [...this.key(), this.id, compared.compared, replaced, this.events, compared.before, compared.after],
    );
    if (rowCount !== 1) throw new RebuildRefused('Another rebuild of the view has begun since.');
    await this.options.onStep?.('taken over');
    await client.query('COMMIT');
    return replaced;
  }

  /** The position of the live rows. */
  private async progress(database: Database, { lock = false } = {}): Promise<ViewProgress> {
    const progress = await progressOfView(database, this.workspaceId, this.view, lock);
    if (progress === null)
      throw new RebuildRefused(`The workspace ${this.workspaceId} has no view ${this.view.name}.`);
    return progress;
  }

  private async cameOn(events: number): Promise<void> {
    this.events += events;
    this.options.onProgress?.({ events: this.events, total: Math.max(this.total, this.events) });
    await this.options.onStep?.('page');
    if (Date.now() - this.reported < 1000) return;
    this.reported = Date.now();
    const { rowCount } = await this.pool.query(
      `UPDATE view_rebuilds SET events = $5, changed_at = now()
       WHERE workspace_id = $1 AND view = $2 AND version = $3 AND id = $4 AND status = 'building'`,
      [...this.key(), this.id, this.events],
    );
    if (rowCount !== 1) throw new RebuildRefused('Another rebuild of the view has begun since.');
  }

  private key(): [workspaceId: string, view: string, version: number] {
    return [this.workspaceId, this.view.name, this.view.version];
  }
}

/**
 * Restores the rows that the latest take-over replaced, except those that commits have changed or removed
 * since. Returns their number.
 */
export async function undoRebuild(pool: Pool, workspaceId: string, { view }: Projection): Promise<number> {
  const key = [workspaceId, view.name, view.version];
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    await lockHead(client, workspaceId);
    const { rowCount } = await client.query(
      `UPDATE view_rebuilds SET status = 'undone', changed_at = now()
       WHERE workspace_id = $1 AND view = $2 AND version = $3 AND status = 'done'`,
      key,
    );
    if (rowCount !== 1) throw new RebuildRefused(`There is no rebuild of the view ${view.name} to undo.`);
    let restored = 0;
    for (const shape of view.tables) {
      const record = (side: string): string => `jsonb_populate_record(NULL::${shape.name}, k.${side})`;
      const kept = `view_kept_rows k WHERE k.workspace_id = $1 AND k.view = $2 AND k.version = $3 AND k.table_name = '${shape.name}'`;
      const columns = shape.columns.map((column) => column.name).join(', ');
      // Keep what commits have changed or removed since.
      await client.query(
        `DELETE FROM ${kept} AND k.after IS NOT NULL AND NOT EXISTS (
           SELECT FROM ${shape.name} live, ${record('after')} a WHERE ${sameKey(shape, 'live', 'a')} AND NOT (${different(shape, 'live', 'a')}))`,
        key,
      );
      const removed = await client.query(
        `DELETE FROM ${shape.name} live USING (SELECT (${record('after')}).* FROM ${kept} AND k.after IS NOT NULL) a
         WHERE ${sameKey(shape, 'live', 'a')}`,
        key,
      );
      const added = await client.query(
        `INSERT INTO ${shape.name} (${columns}) SELECT ${columns} FROM (SELECT (${record('before')}).* FROM ${kept} AND k.before IS NOT NULL) b
         ON CONFLICT DO NOTHING`,
        key,
      );
      restored += Math.max(removed.rowCount ?? 0, added.rowCount ?? 0);
    }
    await client.query(
      'DELETE FROM view_kept_rows WHERE workspace_id = $1 AND view = $2 AND version = $3',
      key,
    );
    await invalidateWriters(client, workspaceId);
    await client.query('COMMIT');
    return restored;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // Closing the connection ends an uncommitted transaction.
    client.release(failure);
  }
}

/** @throws ViewRejected */
function projected(view: InlineView, changes: readonly StreamChange[]): readonly TableRows[] {
  try {
    return [...view.project(changes)];
  } catch (cause) {
    throw new ViewRejected(cause);
  }
}
