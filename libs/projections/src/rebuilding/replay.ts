import type { InlineView, Row, TableRows, TableShape } from '@casebook/ledger';
import type { Pool, PoolClient } from 'pg';
import type { Projection } from '../projection.js';
import { createCopies, different, fewAtOnce, indexCopies, rowSetOf, sameKey } from './row-sets.js';
import { wholeStreams } from './whole-streams.js';
import { type ViewProgress, viewProgress } from '../view-progress.js';

export interface Difference {
  readonly table: string;
  /** The row's key, by column. */
  readonly key: Readonly<Record<string, string>>;
  /**
   * The live table lacks the row, has one that no event accounts for, or has different values in `columns`.
   */
  readonly fault: 'missing' | 'unexpected' | 'different';
  readonly columns: readonly string[];
}

export interface ReplayedView {
  /** Name and version: `incidents_v1`. */
  readonly view: string;
  /** The number of replayed events. */
  readonly events: number;
  /** The position at which live and replayed rows were compared. */
  readonly position: number;
  readonly rowsCompared: number;
  /** Checksums of the live and the replayed rows; see `RowSum`. */
  readonly checksum: string;
  readonly replayedChecksum: string;
  /** The first hundred per table in key order; empty if the rows are equal. */
  readonly differences: readonly Difference[];
  /** Every value of the rows follows from the events, by comparison and by checksum. */
  readonly holds: boolean;
}

export interface ReplayProgress {
  readonly events: number;
  readonly total: number;
}

export interface ReplayOptions {
  /** Called for every page of events. */
  readonly onProgress?: (progress: ReplayProgress) => void;
}

const PAGE_EVENTS = 1000;
const MAX_DIFFERENCES = 100;

/**
 * Rebuilds every view of a workspace from its first event beside the live one, and compares them row by row
 * and value by value. Changes nothing and blocks no writer (one REPEATABLE READ snapshot, temporary tables).
 * A following or detached view is compared at its position; one that the workspace lacks, at 0. Streams are
 * folded one after another, so only one is in memory at a time.
 */
export async function replayViews(
  pool: Pick<Pool, 'connect'>,
  projections: readonly Projection[],
  workspaceId: string,
  options: ReplayOptions = {},
): Promise<ReplayedView[]> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = 0');
    const views = await replayed(client, projections, workspaceId, options);
    await client.query('ROLLBACK');
    return views;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // After a failure, closing the connection ends the transaction.
    client.release(failure);
  }
}

async function replayed(
  client: PoolClient,
  projections: readonly Projection[],
  workspaceId: string,
  { onProgress }: ReplayOptions,
): Promise<ReplayedView[]> {
  const progress = new Map(
    (await viewProgress(client, workspaceId)).map((each) => [`${each.view}_v${each.version}`, each]),
  );
  const standing = [];
  for (const projection of projections) {
    const { view } = projection;
    standing.push({
      ...projection,
      position: progress.get(nameOf(view))?.position ?? 0,
      copies: await createCopies(client, view, 'ON COMMIT DROP'),
    });
  }

  // Views with the same fold and position are replayed in one pass.
  const passes: (typeof standing)[] = [];
  for (const each of standing) {
    const pass = passes.find(([other]) => other?.position === each.position && other.foldOf === each.foldOf);
    if (pass === undefined) passes.push([each]);
    else pass.push(each);
  }
  const total = passes.reduce((sum, [each]) => sum + each!.position, 0);
  let replayedEvents = 0;
  for (const views of passes) {
    const { position: upTo, foldOf } = views[0]!;
    for await (const { changes, read } of wholeStreams(client, workspaceId, foldOf, {
      upTo,
      limit: PAGE_EVENTS,
    })) {
      for (const { view, copies } of views) {
        const rows = [...view.project(changes)];
        for (const { shape, name } of copies) await apply(client, shape, name, rows);
      }
      replayedEvents += read;
      onProgress?.({ events: replayedEvents, total });
    }
    for (const { copies } of views) await indexCopies(client, copies);
  }

  const results: ReplayedView[] = [];
  for (const { view, mode, position, copies } of standing) {
    const differences: Difference[] = impossible(workspaceId, { view, mode }, progress.get(nameOf(view)));
    for (const { shape, name } of copies) {
      differences.push(...(await differencesOf(client, workspaceId, shape, name)));
    }
    const names = new Map(copies.map(({ shape, name }) => [shape, name]));
    const live = await rowSetOf(client, view, workspaceId);
    const copied = await rowSetOf(client, view, workspaceId, (shape) => names.get(shape)!);
    results.push({
      view: nameOf(view),
      events: position,
      position,
      rowsCompared: Math.max(live.rows, copied.rows),
      checksum: live.checksum,
      replayedChecksum: copied.checksum,
      differences,
      holds: differences.length === 0 && live.checksum === copied.checksum,
    });
  }
  return results;
}

const nameOf = ({ name, version }: InlineView): string => `${name}_v${version}`;

/**
 * Reports what no writer or runner would record about a view: a position beyond the ledger, or a status that
 * does not fit its mode.
 */
function impossible(
  workspaceId: string,
  { view, mode }: Pick<Projection, 'view' | 'mode'>,
  progress: ViewProgress | undefined,
): Difference[] {
  if (progress === undefined) return [];
  const { status, size, position } = progress;
  const words = mode === 'inline' ? ['attached', 'detached'] : ['following', 'failed'];
  const columns = [
    ...(position < 0 || position > size ? ['position'] : []),
    ...(words.includes(status) ? [] : ['status']),
  ];
  if (columns.length === 0) return [];
  const key = { workspace_id: workspaceId, view: view.name, version: String(view.version) };
  return [{ table: 'view_progress', key, fault: 'different', columns }];
}

/**
 * Inserts rows into the copy through JSON, unlike the writer, so that the comparison is independent of the
 * writer's encoding.
 */
async function apply(
  client: PoolClient,
  shape: TableShape,
  copy: string,
  rows: readonly TableRows[],
): Promise<void> {
  // A whole stream needs no deletes: a row that is not among its rows does not exist.
  const upserts = rows.flatMap(({ table, upserts: its }) => (table === shape.name ? its : []));
  const columns = shape.columns.map(({ name }) => name).join(', ');
  for (const few of fewAtOnce(upserts)) {
    await client.query(
      `INSERT INTO ${copy} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${copy}, $1)`,
      [json(few)],
    );
  }
}

/** bytea as `\x` and hex, as PostgreSQL reads it; everything else as JSON. */
const json = (rows: readonly Row[]): string =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
        ]),
      ),
    ),
  );

async function differencesOf(
  client: PoolClient,
  workspaceId: string,
  shape: TableShape,
  copy: string,
): Promise<Difference[]> {
  const rest = shape.columns.map(({ name }) => name).filter((name) => !shape.key.includes(name));
  const changed = rest.map(
    (name) => `CASE WHEN live.${name} IS DISTINCT FROM replayed.${name} THEN '${name}' END`,
  );
  const keys = shape.key.map((name) => `coalesce(live.${name}, replayed.${name})`);

  await client.query(`ANALYZE ${copy}`);
  const { rows } = await client.query<Omit<Difference, 'table'>>(
    `SELECT json_build_object(${shape.key.map((name, i) => `'${name}', ${keys[i]}::text`).join(', ')}) AS key,
       CASE WHEN live.workspace_id IS NULL THEN 'missing' WHEN replayed.workspace_id IS NULL THEN 'unexpected' ELSE 'different' END AS fault,
       CASE WHEN live.workspace_id IS NULL OR replayed.workspace_id IS NULL THEN '{}'
         ELSE array_remove(ARRAY[${changed.join(', ')}]::text[], NULL) END AS columns
     FROM (SELECT * FROM ${shape.name} WHERE workspace_id = $1) live
     FULL JOIN ${copy} replayed ON ${sameKey(shape, 'live', 'replayed')}
     WHERE ${different(shape, 'live', 'replayed')}
     ORDER BY ${keys.join(', ')} LIMIT ${MAX_DIFFERENCES}`,
    [workspaceId],
  );
  return rows.map((each) => ({ table: shape.name, ...each }));
}
