import { type EventType, factOf } from '@casebook/contracts';
import type { Entry, FeedPages } from './feed-pages.js';

/** How many of the latest events of a followed workspace are kept, encoded once for all readers. */
const KEPT = 1024;
/** How many bytes of them at most; a reader that is further behind reads pages of the ledger. */
const KEPT_BYTES = 4 * 1024 * 1024;

/** A reader is given so many bytes at a time, and what takes the last event to its end: all that is held for one that does not read. */
const CHUNK_BYTES = 64 * 1024;
/** Events that follow on each other, and all of their bytes: what most readers are sent, made once for all of them. */
export interface Chunk {
  readonly entries: readonly Entry[];
  readonly bytes: Buffer;
}

/** The first of these events, as many as one chunk takes. */
export function chunkOf(entries: readonly Entry[]): Chunk {
  let length = 0;
  const end = entries.findIndex(({ bytes }) => (length += bytes.length) >= CHUNK_BYTES);
  const taken = end < 0 ? entries : entries.slice(0, end + 1);
  return { entries: taken, bytes: Buffer.concat(taken.map(({ bytes }) => bytes)) };
}

export const isAboutMembers = ({ event }: Entry): boolean => event.stream === 'members';
export const isAboutVisibility = ({ event }: Entry): boolean =>
  factOf(event.type)?.changesVisibility === true;

/** What a reader is told from whom these streams are hidden. */
export const bytesFor = ({ bytes, narrowed }: Entry, closed: ReadonlySet<string>): Buffer =>
  narrowed !== undefined && [...narrowed.concerns].some((stream) => closed.has(stream))
    ? narrowed.bytes
    : bytes;

/** The position of the last entry that is so; 0 where none is. */
export const lastOf = (entries: readonly Entry[], is: (entry: Entry) => boolean): number =>
  entries.findLast(is)?.event.position ?? 0;

/** The end of a workspace's ledger as this process has seen it, without a gap. */
export class Tail {
  /** The highest position seen. */
  position: number;
  /** The last event seen by which somebody may have ceased to be let in. */
  membersChangedAt = 0;
  /** The last event seen by which something may have come to be hidden from somebody. */
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

  /** What is kept behind `after`, or `null` where some of it is no longer kept. Readers at one place are given the same chunk. */
  behind(after: number): Chunk | null {
    if (this.latest?.after === after && this.latest.position === this.position) return this.latest.chunk;
    const first = this.entries[0]?.event.position ?? this.position + 1;
    if (after + 1 < first) return null;
    const chunk = chunkOf(this.entries.slice(Math.max(0, after + 1 - first)));
    this.latest = { after, position: this.position, chunk };
    return chunk;
  }

  /** Reads what is new in the ledger. Calls while it reads lead to one more read. */
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
      // What is kept may say what was erased; readers who are behind read the ledger.
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

  /** Wakes whoever waits: there is more, or it is time to look around. */
  announce(): void {
    this.tell();
    this.news = new Promise((resolve) => (this.tell = resolve));
  }

  /**
   * Resolves when there is something behind `after`, or {@link announce} says so. One promise for all readers: a timer and a signal for
   * each of a thousand would cost more than what they wait for.
   */
  async changed(after: number): Promise<void> {
    if (this.position <= after) await this.news;
  }
}
