import type { WakeUps } from '@casebook/ledger';
import DataLoader from 'dataloader';
import type { Pool } from 'pg';
import { type Projection, tiles } from '../projection.js';

/**
 * The progress of a workspace when it was read: its ledger, and each version of each view (`incidents_v1`).
 */
export interface WorkspaceProgress {
  /** The number of events in the ledger: the position of its head. */
  readonly size: number;
  /** `null`: attached, so always at the head. A missing view has not begun. */
  readonly views: Readonly<Record<string, number | null>> | null;
}

export interface ProgressWatchOptions {
  /** Called with the workspace when a caller starts to wait for its views. */
  readonly hurry?: (workspaceId: string) => void;
  /** Maximum interval between checks while a caller waits, in ms; 50 by default. */
  readonly interval?: number;
}

interface Wait {
  readonly workspaceId: string;
  readonly isThere: (progress: WorkspaceProgress) => boolean;
  readonly resolve: (progress: WorkspaceProgress | null) => void;
  readonly reject: (error: unknown) => void;
  readonly until: number;
}

/**
 * Waits until ledgers and views reach a position. One query serves all waiting callers: it runs when one of their ledgers grows, and at an
 * interval, because a view moves without a wake-up and a wake-up may be lost. Without a waiting caller no query runs.
 */
export class ProgressWatch {
  /** Calls in one turn of the event loop share a query. No answer is cached. */
  private readonly pending = new DataLoader((workspaceIds: readonly string[]) => this.look(workspaceIds), {
    cache: false,
    batchScheduleFn: (ask) => setImmediate(ask),
  });
  private readonly waits = new Set<Wait>();
  /** The key of each view in {@link WorkspaceProgress.views}, by name. */
  private readonly versioned: ReadonlyMap<string, string>;
  private readonly inlineNames: readonly string[];
  private looking = false;
  private lookNow: () => void = () => undefined;

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    projections: readonly Projection[],
    private readonly wakeUps: Pick<WakeUps, 'onWakeUp'>,
    private readonly options: ProgressWatchOptions = {},
  ) {
    const views = [...projections.map(({ view }) => view), tiles];
    this.versioned = new Map(views.map(({ name, version }) => [name, `${name}_v${version}`]));
    this.inlineNames = projections.filter(({ mode }) => mode === 'inline').map(({ view }) => view.name);
  }

  /**
   * The position that an answer from these views (by name; all inline views by default) reflects at least, if
   * it is read after `progress`.
   * @throws Error for an unknown view
   */
  reflected({ size, views }: WorkspaceProgress, names: readonly string[] = this.inlineNames): number {
    return names.reduce((least, name) => {
      const key = this.versioned.get(name);
      if (key === undefined) throw new Error(`there is no view ${name}`);
      const position = views?.[key];
      return position === null ? least : Math.min(least, position ?? 0);
    }, size);
  }

  /** `null` if the workspace does not exist. */
  of(workspaceId: string): Promise<WorkspaceProgress | null> {
    return this.pending.load(workspaceId);
  }

  /**
   * The workspace's progress once `isThere` accepts it, or after this many milliseconds, whichever comes
   * first.
   */
  when(
    workspaceId: string,
    isThere: (progress: WorkspaceProgress) => boolean,
    milliseconds: number,
  ): Promise<WorkspaceProgress | null> {
    return new Promise((resolve, reject) => {
      this.waits.add({ workspaceId, isThere, resolve, reject, until: performance.now() + milliseconds });
      this.options.hurry?.(workspaceId);
      void this.watch();
    });
  }

  private async watch(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const stop = this.wakeUps.onWakeUp((workspaceId) => {
      const concerns = [...this.waits].some(
        (wait) => workspaceId === null || wait.workspaceId === workspaceId,
      );
      if (concerns) this.lookNow();
    });
    try {
      while (this.waits.size > 0) {
        const woken = this.rest();
        const waiting = [...this.waits];
        const found = await this.look(waiting.map(({ workspaceId }) => workspaceId));
        for (const [index, wait] of waiting.entries()) {
          const progress = found[index] ?? null;
          if (performance.now() < wait.until && !(progress !== null && wait.isThere(progress))) continue;
          this.waits.delete(wait);
          wait.resolve(progress);
        }
        if (this.waits.size > 0) await woken;
      }
    } catch (error) {
      for (const { reject } of this.waits) reject(error);
      this.waits.clear();
    } finally {
      stop();
      this.looking = false;
    }
  }

  /** Waits until a ledger grows or the interval ends. */
  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.options.interval ?? 50).unref();
      this.lookNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async look(workspaceIds: readonly string[]): Promise<(WorkspaceProgress | null)[]> {
    const rows = (
      await this.pool.query<WorkspaceProgress & { workspace_id: string }>({
        name: 'casebook_workspace_progress',
        text: `SELECT h.workspace_id, h.size,
         (SELECT json_object_agg(p.view || '_v' || p.version, CASE WHEN p.status <> 'attached' THEN p.position END)
          FROM view_progress p WHERE p.workspace_id = h.workspace_id) AS views
       FROM ledger_heads h WHERE h.workspace_id = ANY ($1)`,
        values: [[...new Set(workspaceIds)]],
      })
    ).rows;
    const found = new Map(rows.map(({ workspace_id, size, views }) => [workspace_id, { size, views }]));
    return workspaceIds.map((workspaceId) => found.get(workspaceId) ?? null);
  }
}
