import type { IncidentProof, ProjectionView, ProjectionsView } from '@casebook/contracts';
import { headOf } from '@casebook/ledger';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { incidentsView } from '../incidents/incidents-view.js';
import { projections, tiles } from '../projections.js';
import { revisionsView } from '../past/revisions-view.js';
import { incidentRowsOf } from '../rebuilding/row-sets.js';
import { searchView } from '../search/search-view.js';

/** Reads how the views themselves are: how far they have come, what stands in their way, and what their rows hash to. */
export class ProjectionQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Every view of the workspace, in the order of their names; `null`: there is no such workspace. */
  async projections(workspaceId: string): Promise<ProjectionsView | null> {
    const rows = await this.dataSource.query<
      (ProjectionRow | { readonly size: number; readonly view: null })[]
    >(
      `SELECT h.size, p.view, p.version, p.status, p.position, p.error, p.failed_position, p.attempts, p.retry_at, p.changed_at,
         e.type AS failed_type, to_jsonb(r) AS rebuild
       FROM ledger_heads h
       LEFT JOIN view_progress p ON p.workspace_id = h.workspace_id
       LEFT JOIN events e ON e.workspace_id = p.workspace_id AND e.position = p.failed_position
       LEFT JOIN view_rebuilds r ON r.workspace_id = p.workspace_id AND r.view = p.view AND r.version = p.version
       WHERE h.workspace_id = $1 ORDER BY p.view, p.version`,
      [workspaceId],
    );
    const [first] = rows;
    if (first === undefined) return null;
    return { size: first.size, items: rows.flatMap((row) => (row.view === null ? [] : projectionView(row))) };
  }

  /** What the rows about an incident hash to, of one snapshot with the ledger's root; `null`: there is no such incident. */
  async incidentProof(workspaceId: string, incidentId: string): Promise<IncidentProof | null> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    try {
      await runner.startTransaction('REPEATABLE READ');
      try {
        const head = await headOf(client, workspaceId);
        if (head === null) return null;
        const { rows: standing } = await client.query<{ view: string; version: number; position: number }>(
          `SELECT view, version, CASE status WHEN 'attached' THEN $2::bigint ELSE position END AS position
           FROM view_progress WHERE workspace_id = $1`,
          [workspaceId, head.size],
        );
        const views: IncidentProof['views'] = [];
        for (const view of [incidentsView, revisionsView, searchView]) {
          const { name, version } = view;
          const position = standing.find((each) => each.view === name && each.version === version)?.position;
          if (position === undefined) continue;
          const { rows, checksum } = await incidentRowsOf(client, view, workspaceId, incidentId);
          if (view === incidentsView && rows === 0) return null;
          views.push({ view: name, version, position, rows, checksum });
        }
        return { incidentId, size: head.size, root: head.root.toString('base64'), views };
      } finally {
        await runner.rollbackTransaction();
      }
    } finally {
      await runner.release();
    }
  }
}

interface ProjectionRow {
  readonly size: number;
  readonly view: string;
  readonly version: number;
  readonly status: ProjectionView['status'];
  readonly position: number;
  readonly error: string | null;
  readonly failed_position: number | null;
  readonly failed_type: string | null;
  readonly attempts: number;
  readonly retry_at: Date | null;
  readonly changed_at: Date;
  readonly rebuild: RebuildRow | null;
}

/** A row of view_rebuilds as jsonb. */
interface RebuildRow {
  readonly status: 'building' | 'done' | 'failed' | 'undone';
  readonly started_at: string;
  readonly changed_at: string;
  readonly events: number;
  readonly total: number;
  readonly position: number | null;
  readonly checksum_before: string | null;
  readonly checksum_after: string | null;
  readonly replaced: number | null;
  readonly error: string | null;
}

function projectionView(row: ProjectionRow): ProjectionView {
  const { size, view, version, status, error, attempts, rebuild } = row;
  const position = status === 'attached' ? size : row.position;
  const stride = isTiles(view, version) ? tiles.stride : 1;
  return {
    view,
    version,
    mode: modeOf(view, version),
    status,
    position,
    lag: Math.max(0, size - (size % stride) - position),
    changedAt: row.changed_at.toISOString(),
    error,
    failedPosition: row.failed_position,
    failedType: row.failed_type,
    attempts,
    retryAt: row.retry_at?.toISOString() ?? null,
    rebuild: rebuild && {
      status: rebuild.status,
      startedAt: new Date(rebuild.started_at).toISOString(),
      changedAt: new Date(rebuild.changed_at).toISOString(),
      events: rebuild.events,
      total: rebuild.total,
      position: rebuild.position,
      checksumBefore: rebuild.checksum_before,
      checksumAfter: rebuild.checksum_after,
      replaced: rebuild.replaced,
      error: rebuild.error,
    },
  };
}

const isTiles = (name: string, version: number): boolean => name === tiles.name && version === tiles.version;

function modeOf(name: string, version: number): ProjectionView['mode'] {
  if (isTiles(name, version)) return 'following';
  return projections.find(({ view }) => view.name === name && view.version === version)?.mode ?? 'unknown';
}
