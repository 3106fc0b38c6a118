import type { FoldableEvent } from '../ledger-types.js';

/** Events of one batch. */
interface Batch {
  readonly workspaceId: string;
  readonly epoch: number;
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
    const first = events[0];
    if (first === undefined) return;
    const known = this.byWorkspace.get(workspaceId) ?? [];
    const last = known.at(-1);
    if (last && (last.epoch !== epoch || last.events.at(-1)!.position + 1 !== first.position)) {
      for (const batch of known) this.forget(batch);
      known.length = 0;
    }
    const weight = payloads.reduce((sum, { length }) => sum + length, events.length * EVENT_WEIGHT);
    const batch = { workspaceId, epoch, events: events.map(bare), weight };
    known.push(batch);
    this.byWorkspace.set(workspaceId, known);
    this.batches.push(batch);
    this.weight += weight;
    while (this.weight > this.maxWeight) this.dropOldest();
  }

  /** The events that a reading of the ledger would give; `null` where not all of them are known here. */
  page(workspaceId: string, { epoch, after, upTo, limit }: RecentBounds): FoldableEvent[] | null {
    const known = this.byWorkspace.get(workspaceId);
    const first = known?.[0];
    const end = Math.min(upTo, after + limit);
    if (
      first === undefined ||
      first.epoch !== epoch ||
      first.events[0]!.position > after + 1 ||
      known!.at(-1)!.events.at(-1)!.position < end
    )
      return null;
    const page: FoldableEvent[] = [];
    for (const { events } of known!) {
      if (events.at(-1)!.position <= after) continue;
      if (events[0]!.position > end) break;
      for (const event of events) if (event.position > after && event.position <= end) page.push(event);
    }
    return page;
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
