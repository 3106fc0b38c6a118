import type { FoldableEvent } from '../ledger-types.js';

/** Events of one batch. */
interface Batch {
  readonly workspaceId: string;
  readonly epoch: number;
  /** Positions of the first and the last event. */
  readonly first: number;
  readonly last: number;
  readonly events: readonly FoldableEvent[];
  readonly weight: number;
}

/** A range of events; the caller knows that no erasure changes them meanwhile. */
export interface RecentBounds {
  /** The workspace's committed epoch. */
  readonly epoch: number;
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

/** The fixed weight of an event, added to the characters of its payload. */
const EVENT_WEIGHT = 1000;
const MAX_WEIGHT = 4 * 1024 * 1024;

/**
 * The last events that this process committed, so that readers in the same process need not fetch them. A workspace's
 * events have no gap: if another process wrote in between, only the later ones are kept.
 */
export class RecentEvents {
  /** Oldest first. */
  private readonly batches: Batch[] = [];
  private readonly byWorkspace = new Map<string, Batch[]>();
  private weight = 0;

  /** @param maxWeight the limit for all workspaces together, in characters. */
  constructor(private readonly maxWeight = MAX_WEIGHT) {}

  /** Adds a batch committed in this epoch of the workspace. */
  add(
    workspaceId: string,
    epoch: number,
    events: readonly FoldableEvent[],
    payloads: readonly string[],
  ): void {
    const first = events[0]?.position;
    const last = events.at(-1)?.position;
    if (first === undefined || last === undefined) return;
    const known = this.byWorkspace.get(workspaceId) ?? [];
    const before = known.at(-1);
    if (before && (before.epoch !== epoch || before.last + 1 !== first)) {
      for (const batch of known) this.forget(batch);
      known.length = 0;
    }
    const weight = payloads.reduce((sum, { length }) => sum + length, events.length * EVENT_WEIGHT);
    const batch = { workspaceId, epoch, first, last, events: events.map(bare), weight };
    known.push(batch);
    this.byWorkspace.set(workspaceId, known);
    this.batches.push(batch);
    this.weight += weight;
    while (this.weight > this.maxWeight) this.dropOldest();
  }

  /** The same events as a read of the ledger; `null` if any of them is unknown here. */
  page(workspaceId: string, { epoch, after, upTo, limit }: RecentBounds): FoldableEvent[] | null {
    const known = this.byWorkspace.get(workspaceId) ?? [];
    const [oldest, newest] = [known[0], known.at(-1)];
    const end = Math.min(upTo, after + limit);
    if (!oldest || !newest || oldest.epoch !== epoch || oldest.first > after + 1 || newest.last < end)
      return null;
    return known
      .filter(({ first, last }) => last > after && first <= end)
      .flatMap(({ events }) => events)
      .filter(({ position }) => position > after && position <= end);
  }

  private dropOldest(): void {
    const oldest = this.batches[0]!;
    const known = this.byWorkspace.get(oldest.workspaceId)!;
    this.forget(oldest);
    known.shift();
    if (known.length === 0) this.byWorkspace.delete(oldest.workspaceId);
  }

  private forget(batch: Batch): void {
    this.batches.splice(this.batches.indexOf(batch), 1);
    this.weight -= batch.weight;
  }
}

/** Drops what only the ledger needs: hashes and salts, each in a buffer of its own. */
const bare = (event: FoldableEvent): FoldableEvent => ({
  position: event.position,
  streamId: event.streamId,
  streamVersion: event.streamVersion,
  type: event.type,
  schemaVersion: event.schemaVersion,
  subject: event.subject,
  payload: event.payload,
  actorId: event.actorId,
  recordedAt: event.recordedAt,
});
