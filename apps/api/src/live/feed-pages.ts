import { type EventType, type EventView, type PayloadOf, tlpRank } from '@casebook/contracts';
import { cloudEvent } from '@casebook/exchange';
import { withReadingScope } from '@casebook/postgres';
import type { HistoryQueries } from '@casebook/views';
import { LRUCache } from 'lru-cache';

/** What readers choose events by. */
export type EventHeader = Pick<EventView, 'position' | 'stream' | 'type'>;

/** An event as it is sent, encoded once for all readers. */
export interface Entry {
  readonly event: EventHeader;
  readonly bytes: Buffer;
  /** Of an erasure: the streams of the events that it concerns, and what is told where one of them is hidden from the reader. */
  readonly narrowed?: { readonly concerns: ReadonlySet<string>; readonly bytes: Buffer };
}

/** How many events one read of the ledger takes at most; it ends by bytes as well (LedgerReads). */
const PAGE = 200;
/** Bytes of pages of the past that are kept for the readers who come to them next. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** For how long: what was erased in another process is kept no longer than its news may take. */
const KEPT_MS = 2_000;

/** The feed reads every event once for all its readers; each is shown what it may see. */
const everything = <T>(workspaceId: string, read: () => Promise<T>): Promise<T> =>
  withReadingScope({ workspaceId, viewer: null, clearance: tlpRank('red') }, read);

/** `id` is the position: what a client sends as Last-Event-ID when it comes back. */
const encoded = (workspaceId: string, event: EventView): Buffer =>
  Buffer.from(
    `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(cloudEvent(workspaceId, event))}\n\n`,
  );

export interface FeedPage {
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

/** Pages of the ledger as feeds send them. Readers who are far behind, on the same way, share them. */
export class FeedPages {
  private readonly kept = new LRUCache<string, FeedPage>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ entries }) => entries.reduce((sum, { bytes }) => sum + bytes.length, 1),
    ttl: KEPT_MS,
  });
  private readonly underWay = new Map<string, Promise<FeedPage>>();
  private generation = 0;

  constructor(private readonly history: HistoryQueries) {}

  /** A page that is kept, or is being read for somebody else, where there is one. */
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

  /** What is kept, or under way, may say what was erased. */
  forget(): void {
    this.generation += 1;
    this.kept.clear();
    this.underWay.clear();
  }

  /** What is behind `after`, and whether there is more. */
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

  /** An erasure as it is told to whoever may not see all that it concerns: the positions alone, as pages of events have it. */
  private async narrowedErasure(workspaceId: string, event: EventView): Promise<Entry['narrowed']> {
    if (event.type !== ('PayloadErased' satisfies EventType)) return undefined;
    const { positions, quotedAt = [] } = event.data as PayloadOf<'PayloadErased'>;
    return {
      concerns: await this.history.streamsAt(workspaceId, [...positions, ...quotedAt]),
      bytes: encoded(workspaceId, { ...event, data: { positions } }),
    };
  }
}
