import { type EventType, factOf } from '@casebook/contracts';
import type { Entry, FeedPages } from './feed-pages.js';

/** Latest events of a followed workspace that are kept, encoded once for all readers. */
const KEPT = 1024;
/** The limit on their bytes; a reader that is further behind reads pages of the ledger. */
const KEPT_BYTES = 4 * 1024 * 1024;

/**
 * Bytes per chunk, extended to the end of its last event: nothing more is held for a reader that does not read.
 */
const CHUNK_BYTES = 64 * 1024;
/** Consecutive events and all of their bytes, which most readers share. */
export interface Chunk {
  readonly entries: readonly Entry[];
  readonly bytes: Buffer;
}

/** The first of these events that fit into one chunk. */
export function chunkOf(entries: readonly Entry[]): Chunk {
  let length = 0;
  const end = entries.findIndex(({ bytes }) => (length += bytes.length) >= CHUNK_BYTES);
  const taken = end < 0 ? entries : entries.slice(0, end + 1);
  return { entries: taken, bytes: Buffer.concat(taken.map(({ bytes }) => bytes)) };
}

export const isAboutMembers = ({ event }: Entry): boolean => event.stream === 'members';
export const isAboutVisibility = ({ event }: Entry): boolean =>
  factOf(event.type)?.changesVisibility === true;

/** The bytes for a reader from whom these streams are hidden. */
export const bytesFor = ({ bytes, narrowed }: Entry, closed: ReadonlySet<string>): Buffer =>
  narrowed !== undefined && [...narrowed.concerns].some((stream) => closed.has(stream))
    ? narrowed.bytes
    : bytes;

/** The position of the last matching entry; 0 if there is none. */
export const lastOf = (entries: readonly Entry[], is: (entry: Entry) => boolean): number =>
  entries.findLast(is)?.event.position ?? 0;

/** The end of a workspace's ledger as seen by this process, without a gap. */
export class Tail {
  /** The highest position seen. */
  position: number;
  /** The last event seen that may have revoked a member's access. */
  membersChangedAt = 0;
  /** The last event seen that may have hidden something from a member. */
  visibilityChangedAt = 0;
  private entries: Entry[] = [];
  private bytes = 0;
  private reading: Promise<void> | null = null;
  private again = false;
  private latest: { readonly after: number; readonly position: number; readonly chunk: Chunk } | null = null;
  private news!: Promise<void>;
  private tell: () => void = () => undefined;

  constructor(
    private readonly workspaceId: string,
    position: number,
    private readonly pages: FeedPages,
  ) {
    this.position = position;
    this.announce();
  }

  /**
   * The kept events after `after`; `null` if some of them are not kept any more. Readers at one place share a
   * chunk.
   */
  behind(after: number): Chunk | null {
    if (this.latest?.after === after && this.latest.position === this.position) return this.latest.chunk;
    const first = this.entries[0]?.event.position ?? this.position + 1;
    if (after + 1 < first) return null;
    const chunk = chunkOf(this.entries.slice(Math.max(0, after + 1 - first)));
    this.latest = { after, position: this.position, chunk };
    return chunk;
  }

  /** Reads new events of the ledger. Calls during a read lead to one more read. */
  async catchUp(): Promise<void> {
    this.again = true;
    this.reading ??= this.readAll().finally(() => {
      this.reading = null;
    });
    await this.reading;
  }

  private async readAll(): Promise<void> {
    while (this.again) {
      this.again = false;
      for (let more = true; more;) {
        const page = await this.pages.read(this.workspaceId, this.position);
        for (const entry of page.entries) this.keep(entry);
        more = page.more;
        if (page.entries.length > 0) this.announce();
      }
    }
  }

  private keep(entry: Entry): void {
    if (entry.event.type === ('PayloadErased' satisfies EventType)) {
      // Kept events may contain erased payloads; readers that are behind read the ledger.
      this.entries = [];
      this.bytes = 0;
      this.latest = null;
      this.pages.forget();
    }
    this.entries.push(entry);
    this.bytes += entry.bytes.length;
    this.position = entry.event.position;
    if (isAboutMembers(entry)) this.membersChangedAt = this.position;
    if (isAboutVisibility(entry)) this.visibilityChangedAt = this.position;
    while (this.entries.length > KEPT || (this.bytes > KEPT_BYTES && this.entries.length > 1)) {
      this.bytes -= this.entries.shift()?.bytes.length ?? 0;
    }
  }

  /** Wakes all waiting readers: there are new events, or it is time for a check. */
  announce(): void {
    this.tell();
    this.news = new Promise((resolve) => (this.tell = resolve));
  }

  /**
   * Resolves when there is something after `after`, or on {@link announce}. All readers share one promise: a
   * timer and a signal for each of a thousand would cost more than the events they wait for.
   */
  async changed(after: number): Promise<void> {
    if (this.position <= after) await this.news;
  }
}
