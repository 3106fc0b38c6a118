import type { Pool, PoolClient } from 'pg';
import type { Database } from './reading/event-pages.js';

/*
 * All access of this library to `view_progress` and `ledger_heads`: the views' positions, and the lock of the
 * head.
 */

export interface ViewKey {
  readonly name: string;
  readonly version: number;
}

/** The statuses of a view that runners advance; writers apply `attached` ones. */
export type RunnableStatus = 'detached' | 'following' | 'failed';

export interface ViewProgress {
  readonly view: string;
  readonly version: number;
  readonly status: 'attached' | RunnableStatus;
  /** The view's rows reflect the events up to this position; for an attached view, the head. */
  readonly position: number;
  /** The number of events in the ledger. */
  readonly size: number;
  /** The workspace's epoch, which rises with every erasure and rebuild. */
  readonly epoch: number;
}

/** The position of each view of a workspace in this snapshot. */
export async function viewProgress(database: Database, workspaceId: string): Promise<ViewProgress[]> {
  return (await database.query<ViewProgress>(PROGRESS, [workspaceId])).rows;
}

/**
 * The same for one view, locked until the transaction ends if `lock` is set; `null` if the workspace does not
 * have it.
 */
export async function progressOfView(
  database: Database,
  workspaceId: string,
  { name, version }: ViewKey,
  lock: boolean,
): Promise<ViewProgress | null> {
  const text = `${PROGRESS} AND p.view = $2 AND p.version = $3 ${lock ? 'FOR UPDATE OF p' : ''}`;
  return (await database.query<ViewProgress>(text, [workspaceId, name, version])).rows[0] ?? null;
}

const PROGRESS = `
  SELECT p.view, p.version, p.status, CASE p.status WHEN 'attached' THEN h.size ELSE p.position END AS position, h.size, h.epoch
  FROM view_progress p JOIN ledger_heads h ON h.workspace_id = p.workspace_id WHERE p.workspace_id = $1`;

/** Inserts a row at position 0 for these views in workspaces that lack it; `null`: in every workspace. */
export async function enrolViews(
  pool: Pool,
  workspaceId: string | null,
  views: readonly (ViewKey & { readonly status: RunnableStatus })[],
): Promise<void> {
  await pool.query(
    `INSERT INTO view_progress (workspace_id, view, version, status, position)
     SELECT h.workspace_id, w.view, w.version, w.status, 0
     FROM ledger_heads h CROSS JOIN unnest($2::text[], $3::integer[], $4::text[]) AS w (view, version, status)
     WHERE ($1::text IS NULL OR h.workspace_id = $1)
       AND NOT EXISTS (SELECT FROM view_progress p
                       WHERE p.workspace_id = h.workspace_id AND p.view = w.view AND p.version = w.version)
     ON CONFLICT DO NOTHING`,
    [
      workspaceId,
      views.map(({ name }) => name),
      views.map(({ version }) => version),
      views.map(({ status }) => status),
    ],
  );
}

/**
 * Locks the row of the lagging view that has waited longest; `null` if none lags.
 *
 * @param targets ledger sizes beyond which no view is followed now.
 */
export async function claimView(
  client: PoolClient,
  workspaceId: string | null,
  views: readonly (ViewKey & { readonly stride: number })[],
  targets: ReadonlyMap<string, number>,
): Promise<{
  workspaceId: string;
  status: RunnableStatus;
  position: number;
  size: number;
  /** The view's index in `views`. */
  index: number;
} | null> {
  const { rows } = await client.query<{
    workspace_id: string;
    status: RunnableStatus;
    position: number;
    size: number;
    n: number;
  }>({
    name: 'casebook_claim',
    text: `SELECT p.workspace_id, p.status, p.position, t.size, w.n
           FROM view_progress p
           JOIN ledger_heads h ON h.workspace_id = p.workspace_id
           LEFT JOIN unnest($5::text[], $6::bigint[]) AS met (workspace_id, size) ON met.workspace_id = h.workspace_id
           CROSS JOIN LATERAL (SELECT coalesce(met.size, h.size)) AS t (size)
           JOIN unnest($2::text[], $3::integer[], $4::integer[]) WITH ORDINALITY AS w (view, version, stride, n)
             ON w.view = p.view AND w.version = p.version
           WHERE p.status <> 'attached' AND ($1::text IS NULL OR p.workspace_id = $1)
             AND (p.status = 'detached' OR p.position + w.stride <= t.size)
             AND (p.retry_at IS NULL OR p.retry_at <= clock_timestamp())
           ORDER BY p.changed_at LIMIT 1
           FOR UPDATE OF p SKIP LOCKED`,
    values: [
      workspaceId,
      views.map(({ name }) => name),
      views.map(({ version }) => version),
      views.map(({ stride }) => stride),
      [...targets.keys()],
      [...targets.values()],
    ],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const { workspace_id, n, ...rest } = row;
  return { ...rest, workspaceId: workspace_id, index: Number(n) - 1 };
}

/** Writes a view's new position and clears its failure. */
export async function moveView(
  client: PoolClient,
  workspaceId: string,
  { name, version }: ViewKey,
  { status, position }: { readonly status: RunnableStatus; readonly position: number },
): Promise<void> {
  await client.query({
    name: 'casebook_move_view',
    text: `UPDATE view_progress SET position = $4, status = $5, failed_position = NULL, error = NULL, attempts = 0, retry_at = NULL,
             changed_at = clock_timestamp()
           WHERE workspace_id = $1 AND view = $2 AND version = $3`,
    values: [workspaceId, name, version, position, status],
  });
}

/** Records that the event after `position` was rejected, and when the view is retried. */
export async function postponeView(
  pool: Pool,
  workspaceId: string,
  { name, version }: ViewKey,
  failure: {
    readonly status: RunnableStatus;
    readonly position: number;
    readonly error: string;
    /** Milliseconds before the next attempt, by number of attempts. */
    readonly backoff: readonly number[];
  },
): Promise<void> {
  const { status, position, error, backoff } = failure;
  await pool.query(
    `UPDATE view_progress SET status = $5, failed_position = $4::bigint + 1, error = $6, attempts = attempts + 1,
       retry_at = clock_timestamp() + ($7::integer[])[least(attempts + 1, cardinality($7::integer[]))] * interval '1 millisecond',
       changed_at = clock_timestamp()
     WHERE workspace_id = $1 AND view = $2 AND version = $3 AND position = $4 AND status = $8`,
    [
      workspaceId,
      name,
      version,
      position,
      status === 'detached' ? 'detached' : 'failed',
      error,
      backoff,
      status,
    ],
  );
}

/** Locks the workspace's head against writers until the transaction ends. Returns the ledger's size. */
export async function lockHead(client: PoolClient, workspaceId: string): Promise<number> {
  const { rows } = await client.query<{ size: number }>(
    'SELECT size FROM ledger_heads WHERE workspace_id = $1 FOR UPDATE',
    [workspaceId],
  );
  if (rows[0] === undefined) throw new Error(`there is no workspace ${workspaceId}`);
  return rows[0].size;
}

export async function epochOf(client: PoolClient, workspaceId: string): Promise<number> {
  const { rows } = await client.query<{ epoch: number }>({
    name: 'casebook_epoch',
    text: 'SELECT epoch FROM ledger_heads WHERE workspace_id = $1',
    values: [workspaceId],
  });
  return rows[0]?.epoch ?? 0;
}

/** Makes every writer discard its cache of the workspace. */
export async function invalidateWriters(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query('UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1', [workspaceId]);
}

/**
 * From the next commit on, writers apply the view. Call it under the head's lock, with the view at the head.
 */
export async function attachView(
  client: PoolClient,
  workspaceId: string,
  { name, version }: ViewKey,
): Promise<void> {
  await client.query(
    `UPDATE view_progress SET status = 'attached' WHERE workspace_id = $1 AND view = $2 AND version = $3`,
    [workspaceId, name, version],
  );
  await invalidateWriters(client, workspaceId);
}
