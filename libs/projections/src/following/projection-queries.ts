import type { ProjectionView, ProjectionsView } from '@casebook/contracts';
import type { Pool } from 'pg';
import { type Projection, tiles } from '../projection.js';

/** Reads the state of the views themselves: their positions, and the errors that stop them. */
export class ProjectionQueries {
  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly known: readonly Projection[],
  ) {}

  /** Every view of the workspace, ordered by name; `null` if the workspace does not exist. */
  async projections(workspaceId: string): Promise<ProjectionsView | null> {
    const { rows } = await this.pool.query<ProjectionRow | { readonly size: number; readonly view: null }>(
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
    return { size: first.size, items: rows.flatMap((row) => (row.view === null ? [] : this.viewOf(row))) };
  }

  /** By how many events each view (`search_v1`) is behind, in the workspace where it is furthest behind. */
  async lags(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.pool.query<{ readonly view: string; readonly lag: number }>(
      `SELECT p.view || '_v' || p.version AS view, max(greatest(0, CASE
         WHEN p.status = 'attached' THEN 0
         WHEN p.view = $1 AND p.version = $2 THEN h.size - h.size % $3 - p.position
         ELSE h.size - p.position END)) AS lag
       FROM view_progress p JOIN ledger_heads h USING (workspace_id)
       GROUP BY p.view, p.version ORDER BY p.view, p.version`,
      [tiles.name, tiles.version, tiles.stride],
    );
    return new Map(rows.map(({ view, lag }) => [view, lag]));
  }

  private viewOf(row: ProjectionRow): ProjectionView {
    const { size, view, version, status, error, attempts, rebuild } = row;
    const position = status === 'attached' ? size : row.position;
    const stride = isTiles(view, version) ? tiles.stride : 1;
    return {
      view,
      version,
      mode: this.modeOf(view, version),
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

  private modeOf(name: string, version: number): ProjectionView['mode'] {
    if (isTiles(name, version)) return 'following';
    return this.known.find(({ view }) => view.name === name && view.version === version)?.mode ?? 'unknown';
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

const isTiles = (name: string, version: number): boolean => name === tiles.name && version === tiles.version;
