import type { FoldableEvent } from '../ledger-types.js';

/** Events of one batch. */
interface Batch {
  readonly workspaceId: string;
  readonly epoch: number;
  /** Positions of the first and of the last. */
  readonly first: number;
  readonly last: number;
  readonly events: readonly FoldableEvent[];
  readonly weight: number;
}

/** Which events somebody wants, who knows that no erasure changes them meanwhile. */
export interface RecentBounds {
  /** The workspace's, as it is committed. */
  readonly epoch: number;
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

/** What an event counts beside the characters of its payload. */
const EVENT_WEIGHT = 1000;
const MAX_WEIGHT = 4 * 1024 * 1024;

/**
 * The last events that this process committed, so that who follows the ledger within it need not read them back. Of a workspace they have no
 * gap: where somebody else wrote in between, only what came after is kept.
 */
export class RecentEvents {
  /** The oldest first. */
  private readonly batches: Batch[] = [];
  private readonly byWorkspace = new Map<string, Batch[]>();
  private weight = 0;

  /** @param maxWeight how much is kept of all workspaces together, in characters. */
  constructor(private readonly maxWeight = MAX_WEIGHT) {}

  /** A batch was committed in this epoch of the workspace. */
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

  /** The events that a reading of the ledger would give; `null` where not all of them are known here. */
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

/** Without what only the ledger needs: hashes and salts, each in a buffer of its own. */
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
