import { applyView, type ErasureClient } from '@casebook/ledger';
import type { Projection } from '../projection.js';
import type { Database } from '../reading/event-pages.js';
import { viewProgress } from '../view-progress.js';
import { StreamErasure, type ViewPosition } from './stream-erasure.js';

/** Events of streams that stay in memory with their folded state; a stream beyond that is folded again if it grows. */
const MOST_REMEMBERED = 50_000;

/** An event whose payload is to be erased. */
interface Erased {
  readonly position: number;
  readonly streamId: string;
}

export interface ViewErasureOptions {
  readonly projections: readonly Projection[];
  /** Streams that the erasure itself appends to; these are never released. */
  readonly appendsTo: readonly string[];
  /** How many events of streams stay in memory; 50,000 by default. */
  readonly mostRemembered?: number | undefined;
}

/**
 * The changes that an erasure makes to the rows of every view. Each affected stream is projected twice, with the erased payloads and without,
 * and the rows that differ are written. Most of the work happens before the erasure takes its locks; under the locks, where nothing is
 * appended or projected, only events appended in the meantime are added.
 */
export class ViewErasure {
  private readonly erased = new Set<number>();
  private readonly concerned = new Map<string, StreamErasure>();

  private constructor(
    private readonly workspaceId: string,
    private positions: ViewPositions,
    private readonly options: ViewErasureOptions,
  ) {}

  /** Call it before reading the events that are passed to `include`. */
  static async begin(
    database: Database,
    workspaceId: string,
    options: ViewErasureOptions,
  ): Promise<ViewErasure> {
    const positions = await positionsOf(database, workspaceId, options.projections);
    return new ViewErasure(workspaceId, positions, options);
  }

  /** Projects the streams of these events up to the current position of each view. */
  async include(database: Database, events: readonly Erased[]): Promise<void> {
    for (const { position, streamId } of events) {
      this.erased.add(position);
      if (!this.concerned.has(streamId))
        this.concerned.set(streamId, new StreamErasure(this.workspaceId, streamId, this.erased));
    }
    let remembered = 0;
    for (const stream of this.concerned.values()) {
      await stream.catchUp(database, this.positions.views);
      remembered += stream.version;
      const most = this.options.mostRemembered ?? MOST_REMEMBERED;
      if (remembered > most && !this.options.appendsTo.includes(stream.streamId)) stream.release();
    }
  }

  /**
   * Call it under the erasure's locks, with the events to be erased now. Returns this erasure, continued, or
   * a new one if there was another erasure in the meantime, a view was added or removed, or an event was
   * projected as one that stays.
   */
  async carryOn(client: ErasureClient, events: readonly Erased[]): Promise<ViewErasure> {
    const anew = await ViewErasure.begin(client, this.workspaceId, this.options);
    const sound = follows(anew.positions, this.positions) && this.expects(events);
    const erasure = sound ? this : anew;
    erasure.positions = anew.positions;
    await erasure.include(client, events);
    return erasure;
  }

  /** Writes the rows without the erased payloads, once these are gone. Includes the events that the erasure appended. */
  async apply(client: ErasureClient): Promise<void> {
    const { views } = await positionsOf(client, this.workspaceId, this.options.projections);
    for (const stream of this.concerned.values()) {
      await stream.catchUp(client, views);
      for (const { projection } of views) {
        const tables = stream.changesOf(projection);
        if (tables.length > 0) await applyView(client, { ...projection.view, project: () => tables }, []);
      }
    }
  }

  /** Whether these are the expected events and none of them was projected as one that stays. */
  private expects(events: readonly Erased[]): boolean {
    const positions = new Set(events.map(({ position }) => position));
    return (
      [...this.erased].every((position) => positions.has(position)) &&
      events.every(({ position }) => this.erased.has(position) || position > this.positions.size)
    );
  }
}

/** The positions of a workspace's views. */
interface ViewPositions {
  /** The workspace's epoch, which rises with every erasure. */
  readonly epoch: number;
  /** The ledger's size; no view is ahead of it. */
  readonly size: number;
  readonly views: readonly ViewPosition[];
}

async function positionsOf(
  database: Database,
  workspaceId: string,
  projections: readonly Projection[],
): Promise<ViewPositions> {
  const rows = await viewProgress(database, workspaceId);
  const views = projections.flatMap((projection) => {
    const { name, version } = projection.view;
    const row = rows.find((each) => each.view === name && each.version === version);
    return row === undefined ? [] : [{ projection, position: row.position }];
  });
  return { epoch: rows[0]?.epoch ?? 0, size: rows[0]?.size ?? 0, views };
}

/** Whether rows projected at the earlier positions can be continued to the later ones. */
function follows(now: ViewPositions, before: ViewPositions): boolean {
  return (
    now.epoch === before.epoch &&
    now.views.length === before.views.length &&
    now.views.every(({ projection, position }, i) => {
      const was = before.views[i]!;
      return was.projection === projection && was.position <= position;
    })
  );
}
