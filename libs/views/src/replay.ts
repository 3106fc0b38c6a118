import type { InlineView, Row, StoredEvent, StreamFold, TableRows, TableShape } from '@casebook/ledger';
import type { DataSource, QueryRunner } from 'typeorm';
import { incidentFold } from './incident-fold.js';
import { inlineViews } from './inline-views.js';
import { byStream, documentFold, membersFold, streamOf } from './streams.js';

export interface Difference {
  readonly table: string;
  /** The row's key, by column. */
  readonly key: Readonly<Record<string, string>>;
  /** The live table lacks the row; has one that no event accounts for; or has it with other values in `columns`. */
  readonly fault: 'missing' | 'unexpected' | 'different';
  readonly columns: readonly string[];
}

export interface ReplayedView {
  /** Name and version: `incidents_v1`. */
  readonly view: string;
  /** How many events were replayed. */
  readonly events: number;
  /** The position that live and replayed rows were compared at. */
  readonly position: number;
  readonly rowsCompared: number;
  /** The first hundred a table, in the order of the key; empty: nothing changed. */
  readonly differences: readonly Difference[];
}

export interface ReplayProgress {
  readonly events: number;
  readonly total: number;
}

export interface ReplayOptions {
  /** Hears of every page of events. */
  readonly onProgress?: (progress: ReplayProgress) => void;
}

const PAGE_EVENTS = 1000;
/** Texts may take megabytes each, so a page is bounded by bytes as well. */
const PAGE_BYTES = 8 * 1024 * 1024;
const MAX_DIFFERENCES = 100;

/**
 * Rebuilds every inline view of a workspace from its first event beside the live one and compares them row by row, value by value.
 * Changes nothing; writers go on meanwhile (one REPEATABLE READ snapshot, temporary tables). A view that was detached is
 * compared at its position. Streams are folded one after the other, so memory holds one of them at a time.
 */
export async function replayViews(
  dataSource: DataSource,
  workspaceId: string,
  options: ReplayOptions = {},
): Promise<ReplayedView[]> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.startTransaction('REPEATABLE READ');
    try {
      await runner.query('SET LOCAL statement_timeout = 0');
      return await replayed(runner, workspaceId, options);
    } finally {
      await runner.rollbackTransaction();
    }
  } finally {
    await runner.release();
  }
}

async function replayed(
  runner: QueryRunner,
  workspaceId: string,
  { onProgress }: ReplayOptions,
): Promise<ReplayedView[]> {
  const positions = await positionsOf(runner, workspaceId);
  const standing = inlineViews.map((view) => ({
    view,
    position: positions.get(`${view.name}_v${view.version}`) ?? 0,
    tables: view.tables.map((shape) => ({ shape, copy: `replayed_${shape.name.replace('.', '_')}` })),
  }));
  for (const { shape, copy } of standing.flatMap(({ tables }) => tables)) {
    await runner.query(`CREATE TEMPORARY TABLE ${copy} (LIKE ${shape.name}) ON COMMIT DROP`);
    await runner.query(`ALTER TABLE ${copy} ADD PRIMARY KEY (${shape.key.join(', ')})`);
  }

  // Views stand at one position, the head, unless one was detached: then it has a pass of its own.
  const passes = [...new Set(standing.map(({ position }) => position))];
  const total = passes.reduce((sum, each) => sum + each, 0);
  let events = 0;
  for (const position of passes) {
    const views = standing.filter((each) => each.position === position);
    for await (const changes of streamChanges(runner, workspaceId, position)) {
      for (const { view, tables } of views) {
        const rows = view.project(changes);
        for (const { shape, copy } of tables) await apply(runner, shape, copy, rows);
      }
      events += changes.reduce((sum, change) => sum + change.events.length, 0);
      onProgress?.({ events, total });
    }
  }

  const results: ReplayedView[] = [];
  for (const { view, position, tables } of standing) {
    let rowsCompared = 0;
    const differences: Difference[] = [];
    for (const { shape, copy } of tables) {
      const compared = await compare(runner, workspaceId, shape, copy);
      rowsCompared += compared.rows;
      differences.push(...compared.differences);
    }
    results.push({
      view: `${view.name}_v${view.version}`,
      events: position,
      position,
      rowsCompared,
      differences,
    });
  }
  return results;
}

/** Where each view of the workspace stands in this snapshot, by name and version. */
async function positionsOf(runner: QueryRunner, workspaceId: string): Promise<Map<string, number>> {
  const rows = (await runner.query(
    `SELECT p.view || '_v' || p.version AS name,
       CASE p.status WHEN 'attached' THEN h.size ELSE p.position END AS position
     FROM ledger_heads h JOIN view_progress p ON p.workspace_id = h.workspace_id
     WHERE h.workspace_id = $1`,
    [workspaceId],
  )) as { name: string; position: number }[];
  return new Map(rows.map(({ name, position }) => [name, position]));
}

type Change = Parameters<InlineView['project']>[0][number];

/** The workspace's changes, stream after stream, in pages that each name a stream once. */
async function* streamChanges(
  runner: QueryRunner,
  workspaceId: string,
  upTo: number,
): AsyncGenerator<Change[], void, void> {
  let open: { streamId: string; fold: StreamFold<unknown>; state: unknown } | undefined;
  let cursor = { streamId: '', version: 0 };
  for (;;) {
    const events = await pageOfStreams(runner, workspaceId, upTo, cursor);
    const last = events.at(-1);
    if (last === undefined) return;
    const changes: Change[] = [];
    for (const [streamId, its] of byStream(events)) {
      if (open?.streamId !== streamId) {
        const fold = foldOf(streamId);
        open = { streamId, fold, state: fold.initial };
      }
      const { fold, state: before } = open;
      const after = its.reduce((state, event) => fold.evolve(state, event), before);
      changes.push({ workspaceId, streamId, fold: fold.name, before, after, events: its });
      open = { streamId, fold, state: after };
    }
    yield changes;
    cursor = { streamId: last.streamId, version: last.streamVersion };
  }
}

function foldOf(streamId: string): StreamFold<unknown> {
  switch (streamOf(streamId)?.kind) {
    case 'incident':
      return incidentFold;
    case 'document':
      return documentFold;
    case 'members':
      return membersFold;
    case undefined:
      throw new Error(`the stream ${streamId} is of no kind that this program knows`);
  }
}

async function pageOfStreams(
  runner: QueryRunner,
  workspaceId: string,
  upTo: number,
  after: { streamId: string; version: number },
): Promise<StoredEvent[]> {
  const rows = (await runner.query(
    `WITH page AS (
       SELECT e.*, sum(e.bytes) OVER (ORDER BY e.stream_id, e.stream_version) - e.bytes AS ahead
       FROM (SELECT *, coalesce(octet_length(payload), 0) AS bytes FROM events
             WHERE workspace_id = $1 AND (stream_id, stream_version) > ($2, $3) AND position <= $4
             ORDER BY stream_id, stream_version LIMIT $5) e)
     SELECT * FROM page WHERE ahead < $6 ORDER BY stream_id, stream_version`,
    [workspaceId, after.streamId, after.version, upTo, PAGE_EVENTS, PAGE_BYTES],
  )) as EventRow[];
  return rows.map(storedEvent);
}

interface EventRow {
  readonly workspace_id: string;
  readonly position: number;
  readonly stream_id: string;
  readonly stream_version: number;
  readonly event_id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly subject: string | null;
  readonly payload: string | null;
  readonly actor_id: string;
  readonly recorded_at: Date;
  readonly command_id: string;
  readonly command_index: number;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly command_digest: Buffer;
  readonly payload_commitment: Buffer;
  readonly payload_salt: Buffer | null;
  readonly leaf_hash: Buffer;
}

const storedEvent = (row: EventRow): StoredEvent => ({
  workspaceId: row.workspace_id,
  position: row.position,
  streamId: row.stream_id,
  streamVersion: row.stream_version,
  eventId: row.event_id,
  type: row.type,
  schemaVersion: row.schema_version,
  subject: row.subject,
  payload: row.payload === null ? null : (JSON.parse(row.payload) as NonNullable<StoredEvent['payload']>),
  actorId: row.actor_id,
  recordedAt: row.recorded_at.toISOString(),
  commandId: row.command_id,
  commandIndex: row.command_index,
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  commandDigest: row.command_digest,
  payloadCommitment: row.payload_commitment,
  payloadSalt: row.payload_salt,
  leafHash: row.leaf_hash,
});

/** Applies a page of rows to the copy by way of JSON: another way than the writer's, so that the comparison says something. */
async function apply(
  runner: QueryRunner,
  shape: TableShape,
  copy: string,
  rows: readonly TableRows[],
): Promise<void> {
  const its = rows.filter(({ table }) => table === shape.name);
  const deletes = its.flatMap((each) => each.deletes ?? []);
  const upserts = its.flatMap((each) => each.upserts);
  const key = shape.key.join(', ');
  if (deletes.length > 0) {
    await runner.query(
      `DELETE FROM ${copy} WHERE (${key}) IN (SELECT ${key} FROM json_populate_recordset(NULL::${copy}, $1))`,
      [json(deletes)],
    );
  }
  if (upserts.length > 0) {
    const columns = shape.columns.map(({ name }) => name);
    await runner.query(
      `INSERT INTO ${copy} (${columns.join(', ')})
       SELECT ${columns.join(', ')} FROM json_populate_recordset(NULL::${copy}, $1)
       ON CONFLICT (${key}) DO UPDATE SET ${columns.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`,
      [json(upserts)],
    );
  }
}

/** bytea as PostgreSQL reads it, `\x` and hex; everything else as JSON has it. */
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

async function compare(
  runner: QueryRunner,
  workspaceId: string,
  shape: TableShape,
  copy: string,
): Promise<{ rows: number; differences: Difference[] }> {
  const rest = shape.columns.map(({ name }) => name).filter((name) => !shape.key.includes(name));
  const both = `(SELECT * FROM ${shape.name} WHERE workspace_id = $1) live
    FULL JOIN ${copy} replayed ON ${shape.key.map((name) => `live.${name} = replayed.${name}`).join(' AND ')}`;
  const changed = rest.map(
    (name) => `CASE WHEN live.${name} IS DISTINCT FROM replayed.${name} THEN '${name}' END`,
  );
  const keys = shape.key.map((name) => `coalesce(live.${name}, replayed.${name})`);

  await runner.query(`ANALYZE ${copy}`);
  const [counted] = (await runner.query(`SELECT count(*) AS rows FROM ${both}`, [workspaceId])) as {
    rows: number;
  }[];
  const differences = (await runner.query(
    `SELECT json_build_object(${shape.key.map((name, i) => `'${name}', ${keys[i]}::text`).join(', ')}) AS key,
       CASE WHEN live.workspace_id IS NULL THEN 'missing' WHEN replayed.workspace_id IS NULL THEN 'unexpected' ELSE 'different' END AS fault,
       CASE WHEN live.workspace_id IS NULL OR replayed.workspace_id IS NULL THEN '{}'
         ELSE array_remove(ARRAY[${changed.join(', ')}]::text[], NULL) END AS columns
     FROM ${both}
     WHERE live.workspace_id IS NULL OR replayed.workspace_id IS NULL
       ${rest.map((name) => `OR live.${name} IS DISTINCT FROM replayed.${name}`).join('\n       ')}
     ORDER BY ${keys.join(', ')} LIMIT ${MAX_DIFFERENCES}`,
    [workspaceId],
  )) as Omit<Difference, 'table'>[];
  return {
    rows: counted?.rows ?? 0,
    differences: differences.map((each) => ({ table: shape.name, ...each })),
  };
}
