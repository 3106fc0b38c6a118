import type { WakeUps } from '@casebook/ledger';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { prepared } from '../prepared.js';
import { projections, tiles } from '../projections.js';

/** How far a workspace was when somebody looked: its ledger, and each version of each view (`incidents_v1`). */
export interface Standing {
  /** Events in the ledger: the position of its head. */
  readonly size: number;
  /** `null`: attached, so always at the head. A view that is not named has not begun. */
  readonly views: Readonly<Record<string, number | null>> | null;
}

const versioned = new Map(
  [...projections.map(({ view }) => view), tiles].map(({ name, version }) => [name, `${name}_v${version}`]),
);

/**
 * The position that an answer made from these views (by name; every inline one unless told) reflects at least, if it is read after somebody looked.
 * @throws Error for a name that no view of this program has
 */
export function reflected({ size, views }: Standing, names: readonly string[] = inlineNames): number {
  return names.reduce((least, name) => {
    const key = versioned.get(name);
    if (key === undefined) throw new Error(`there is no view ${name}`);
    const position = views?.[key];
    return position === null ? least : Math.min(least, position ?? 0);
  }, size);
}

const inlineNames = projections.filter(({ mode }) => mode === 'inline').map(({ view }) => view.name);

interface Wait {
  readonly workspaceId: string;
  readonly isThere: (standing: Standing) => boolean;
  readonly resolve: (standing: Standing | null) => void;
  readonly reject: (error: unknown) => void;
  readonly until: number;
}

/**
 * Waits until ledgers and views have come to a position. However many wait, one query looks for all of them: at once when a ledger of theirs
 * grew, and every so often, for a view moves without a wake-up, and a wake-up may be lost. While nobody waits nothing is asked.
 */
export class Standings {
  /** Those who ask in one turn of the event loop ask together. Nothing is remembered from one look to the next. */
  private readonly asked = new DataLoader((workspaceIds: readonly string[]) => this.look(workspaceIds), {
    cache: false,
    batchScheduleFn: (ask) => setImmediate(ask),
  });
  private readonly waits = new Set<Wait>();
  private looking = false;
  private lookNow: () => void = () => undefined;

  /**
   * `hurry`: told of a workspace for whose views somebody begins to wait; `interval`: milliseconds between two looks for those who wait.
   */
  constructor(
    private readonly dataSource: DataSource,
    private readonly wakeUps: Pick<WakeUps, 'onWakeUp'>,
    private readonly hurry: (workspaceId: string) => void = () => undefined,
    private readonly interval = 50,
  ) {}

  /** `null`: there is no such workspace. */
  of(workspaceId: string): Promise<Standing | null> {
    return this.asked.load(workspaceId);
  }

  /** How the workspace stands once `isThere` says yes, or after so many milliseconds, whichever is first. */
  when(
    workspaceId: string,
    isThere: (standing: Standing) => boolean,
    milliseconds: number,
  ): Promise<Standing | null> {
    return new Promise((resolve, reject) => {
      this.waits.add({ workspaceId, isThere, resolve, reject, until: performance.now() + milliseconds });
      this.hurry(workspaceId);
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
        const standings = await this.look(waiting.map(({ workspaceId }) => workspaceId));
        for (const [index, wait] of waiting.entries()) {
          const standing = standings[index] ?? null;
          if (performance.now() < wait.until && !(standing !== null && wait.isThere(standing))) continue;
          this.waits.delete(wait);
          wait.resolve(standing);
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

  /** Until a ledger grew, or the interval is over. */
  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.interval).unref();
      this.lookNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async look(workspaceIds: readonly string[]): Promise<(Standing | null)[]> {
    const rows = await prepared<Standing & { workspace_id: string }>(this.dataSource, {
      name: 'standings',
      text: `SELECT h.workspace_id, h.size,
         (SELECT json_object_agg(p.view || '_v' || p.version, CASE WHEN p.status <> 'attached' THEN p.position END)
          FROM view_progress p WHERE p.workspace_id = h.workspace_id) AS views
       FROM ledger_heads h WHERE h.workspace_id = ANY ($1)`,
      values: [[...new Set(workspaceIds)]],
    });
    const standings = new Map(rows.map(({ workspace_id, size, views }) => [workspace_id, { size, views }]));
    return workspaceIds.map((workspaceId) => standings.get(workspaceId) ?? null);
  }
}
