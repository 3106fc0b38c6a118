import { type EventType, type EventView, type PayloadOf, tlpRank } from '@casebook/contracts';
import { cloudEvent } from '@casebook/exchange';
import { withReadingScope } from '@casebook/postgres';
import type { HistoryQueries } from '@casebook/views';
import { LRUCache } from 'lru-cache';

/** The fields by which readers filter events. */
export type EventHeader = Pick<EventView, 'position' | 'stream' | 'type'>;

/** An event as sent, encoded once for all readers. */
export interface Entry {
  readonly event: EventHeader;
  readonly bytes: Buffer;
  /**
   * For an erasure: the streams of the erased events, and the shorter event for a reader from whom one of
   * them is hidden.
   */
  readonly narrowed?: { readonly concerns: ReadonlySet<string>; readonly bytes: Buffer };
}

/** Most events per read of the ledger; bytes limit it too (LedgerReads). */
const PAGE = 200;
/** Bytes of past pages kept for the next readers. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** How long they are kept: an erasure in another process may take this long to be noticed. */
const KEPT_MS = 2_000;

/** The feed reads each event once for all readers, then filters for each. */
const everything = <T>(workspaceId: string, read: () => Promise<T>): Promise<T> =>
  withReadingScope({ workspaceId, viewer: null, clearance: tlpRank('red') }, read);

/** `id` is the position, which a reconnecting client sends as Last-Event-ID. */
const encoded = (workspaceId: string, event: EventView): Buffer =>
  Buffer.from(
    `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(cloudEvent(workspaceId, event))}\n\n`,
  );

export interface FeedPage {
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

/** Pages of the ledger as feeds send them. Readers that are far behind share them. */
export class FeedPages {
  private readonly kept = new LRUCache<string, FeedPage>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ entries }) => entries.reduce((sum, { bytes }) => sum + bytes.length, 1),
    ttl: KEPT_MS,
  });
  private readonly underWay = new Map<string, Promise<FeedPage>>();
  private generation = 0;

  constructor(private readonly history: HistoryQueries) {}

  /** A cached page, or one that another reader has requested, if any. */
  async shared(workspaceId: string, after: number): Promise<FeedPage> {
    const key = `${workspaceId} ${after}`;
    const kept = this.kept.get(key);
    if (kept !== undefined) return kept;
    let reading = this.underWay.get(key);
    if (reading === undefined) {
      const { generation } = this;
      reading = this.read(workspaceId, after)
        .then((page) => {
          if (generation === this.generation) this.kept.set(key, page);
          return page;
        })
        .finally(() => this.underWay.delete(key));
      this.underWay.set(key, reading);
    }
    return reading;
  }

  /** Drops cached and pending pages, which may contain erased payloads. */
  forget(): void {
    this.generation += 1;
    this.kept.clear();
    this.underWay.clear();
  }

  /** The events after `after`, and whether there are more. */
  read(workspaceId: string, after: number): Promise<FeedPage> {
    return everything(workspaceId, async () => {
      const { items, next } = await this.history.events(workspaceId, { after, limit: PAGE });
      const entries: Entry[] = [];
      for (const event of items) {
        const narrowed = await this.narrowedErasure(workspaceId, event);
        const { position, stream, type } = event;
        entries.push({
          event: { position, stream, type },
          bytes: encoded(workspaceId, event),
          ...(narrowed && { narrowed }),
        });
      }
      return { entries, more: next !== null };
    });
  }

  /** An erasure for a reader who may not see all erased events: positions only, as in pages of events. */
  private async narrowedErasure(workspaceId: string, event: EventView): Promise<Entry['narrowed']> {
    if (event.type !== ('PayloadErased' satisfies EventType)) return undefined;
    const { positions, quotedAt = [] } = event.data as PayloadOf<'PayloadErased'>;
    return {
      concerns: await this.history.streamsAt(workspaceId, [...positions, ...quotedAt]),
      bytes: encoded(workspaceId, { ...event, data: { positions } }),
    };
  }
}
