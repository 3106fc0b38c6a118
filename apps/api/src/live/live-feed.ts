import { type EventType, type EventView, type PayloadOf, tlpRank } from '@casebook/contracts';
import { withReadingScope } from '@casebook/postgres';
import { cloudEvent } from '@casebook/exchange';
import type { Ledger, WakeUps } from '@casebook/ledger';
import type { HistoryQueries } from '@casebook/views';
import type { BeforeApplicationShutdown } from '@nestjs/common';

/** Which events a reader wants to see. */
export type EventFilter = (event: EventView) => boolean;

export interface Subscription {
  readonly workspaceId: string;
  /** Begins behind this position. */
  readonly after: number;
  readonly wants: EventFilter;
  /** The streams that the reader may not see; asked again as soon as the ledger says that it may have changed, however far behind the reader is. */
  readonly hidden: () => Promise<ReadonlySet<string>>;
  /** Asked again as soon as the member list changes, and at every heartbeat, for a token also ends without an event: false ends the stream. */
  readonly mayStill: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

export interface LiveFeedOptions {
  /** Milliseconds between polls of a workspace that somebody follows; covers lost wake-ups. */
  readonly pollEvery?: number;
  /** Milliseconds of silence after which a reader gets a comment, which keeps proxies from cutting the connection. What the reader does not see is silence. */
  readonly heartbeatEvery?: number;
}

/** How many of the latest events of a followed workspace are kept, encoded once for all readers. */
const KEPT = 1024;
/** How many bytes of them at most; a reader that is further behind reads pages of the ledger. */
const KEPT_BYTES = 8 * 1024 * 1024;
const PAGE = 200;

/** How often at least whoever waits looks around, in milliseconds. */
const LOOK_EVERY = 1_000;

interface Entry {
  readonly event: EventView;
  readonly text: string;
  /** Of an erasure: the streams of the events that it concerns, and what is told where one of them is hidden from the reader. */
  readonly narrowed?: { readonly concerns: ReadonlySet<string>; readonly text: string };
}

/** Events that follow on each other, and all of their texts: what most readers are sent, made once for all of them. */
interface Chunk {
  readonly entries: readonly Entry[];
  readonly bytes: Buffer;
}

const chunkOf = (entries: readonly Entry[]): Chunk => ({
  entries,
  bytes: Buffer.from(entries.map(({ text }) => text).join('')),
});

/** The events by which incidents and documents come to be hidden from somebody, or shown. */
const CHANGES_VISIBILITY: ReadonlySet<string> = new Set<EventType>([
  // It may be restricted in the same commit, whose next event may be on another page.
  'IncidentOpened',
  'IncidentRestricted',
  'IncidentUnrestricted',
  'DocumentAttached',
  'DocumentImported',
  'DocumentDescribed',
  // What is not known any more is taken for the strictest.
  'PayloadErased',
]);

const isAboutMembers = ({ event }: Entry): boolean => event.stream === 'members';
const isAboutVisibility = ({ event }: Entry): boolean => CHANGES_VISIBILITY.has(event.type);

/** What a reader is told from whom these streams are hidden. */
const textFor = ({ text, narrowed }: Entry, closed: ReadonlySet<string>): string =>
  narrowed !== undefined && [...narrowed.concerns].some((stream) => closed.has(stream))
    ? narrowed.text
    : text;

/** The position of the last entry that is so; 0 where none is. */
const lastOf = (entries: readonly Entry[], is: (entry: Entry) => boolean): number =>
  entries.findLast(is)?.event.position ?? 0;

/** The feed reads every event once for all its readers; each is shown what it may see. */
const everything = <T>(workspaceId: string, read: () => Promise<T>): Promise<T> =>
  withReadingScope({ workspaceId, viewer: null, clearance: tlpRank('red') }, read);

/** `id` is the position: what a client sends as Last-Event-ID when it comes back. */
const encoded = (workspaceId: string, event: EventView): string =>
  `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(cloudEvent(workspaceId, event))}\n\n`;

/** What is behind `after`, and whether there is more; encoded once for all readers. */
async function pageBehind(
  history: HistoryQueries,
  workspaceId: string,
  after: number,
): Promise<{ entries: Entry[]; more: boolean }> {
  return everything(workspaceId, async () => {
    const { items, next } = await history.events(workspaceId, { after, limit: PAGE });
    const entries: Entry[] = [];
    for (const event of items) {
      const narrowed = await narrowedErasure(history, workspaceId, event);
      entries.push({ event, text: encoded(workspaceId, event), ...(narrowed && { narrowed }) });
    }
    return { entries, more: next !== null };
  });
}

/** An erasure as it is told to whoever may not see all that it concerns: the positions alone, as pages of events have it. */
async function narrowedErasure(
  history: HistoryQueries,
  workspaceId: string,
  event: EventView,
): Promise<Entry['narrowed']> {
  if (event.type !== ('PayloadErased' satisfies EventType)) return undefined;
  const { positions, quotedAt = [] } = event.data as PayloadOf<'PayloadErased'>;
  return {
    concerns: await history.streamsAt(workspaceId, [...positions, ...quotedAt]),
    text: encoded(workspaceId, { ...event, data: { positions } }),
  };
}

/** The end of a workspace's ledger as this process has seen it, without a gap. */
class Tail {
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
    private readonly history: HistoryQueries,
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
        const page = await pageBehind(this.history, this.workspaceId, this.position);
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
    }
    this.entries.push(entry);
    this.bytes += entry.text.length;
    this.position = entry.event.position;
    if (isAboutMembers(entry)) this.membersChangedAt = this.position;
    if (isAboutVisibility(entry)) this.visibilityChangedAt = this.position;
    while (this.entries.length > KEPT || (this.bytes > KEPT_BYTES && this.entries.length > 1)) {
      this.bytes -= this.entries.shift()?.text.length ?? 0;
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

/** A tail, and how many follow it: they count from before it is there, or the last to leave would take it from who is about to come. */
interface Followed {
  readonly tail: Promise<Tail>;
  readers: number;
}

/**
 * The ledger as it grows, to any number of readers. Each reader pulls: what it has not taken is not made, so a reader that stalls
 * holds one chunk of text and harms nobody. Events are encoded once a process. Positions have no gap, so a reader that comes back with
 * the last position it saw misses nothing and gets nothing twice.
 */
export class LiveFeed implements BeforeApplicationShutdown {
  private readonly tails = new Map<string, Followed>();
  private readonly stop: () => void;
  private readonly poll: NodeJS.Timeout;
  private readonly lookAround: NodeJS.Timeout;
  private readonly heartbeatEvery: number;
  private readonly closed = new AbortController();

  constructor(
    private readonly ledger: Ledger,
    private readonly history: HistoryQueries,
    wakeUps: WakeUps,
    { pollEvery = 2_000, heartbeatEvery = 15_000 }: LiveFeedOptions = {},
  ) {
    this.heartbeatEvery = heartbeatEvery;
    this.stop = wakeUps.onWakeUp((workspaceId) => this.look(workspaceId));
    this.poll = setInterval(() => this.look(null), pollEvery);
    this.poll.unref();
    this.lookAround = setInterval(() => this.announce(), Math.min(LOOK_EVERY, heartbeatEvery));
    this.lookAround.unref();
  }

  private announce(): void {
    for (const { tail } of this.tails.values()) {
      void tail.then((each) => each.announce()).catch(() => undefined);
    }
  }

  private look(workspaceId: string | null): void {
    const followed = workspaceId === null ? [...this.tails.values()] : [this.tails.get(workspaceId)];
    // A read that fails (the database is away) is made up for by the next wake-up or poll.
    for (const each of followed) void each?.tail.then((tail) => tail.catchUp()).catch(() => undefined);
  }

  private open(workspaceId: string): Followed {
    let followed = this.tails.get(workspaceId);
    if (followed === undefined) {
      const tail = this.ledger
        .head(workspaceId)
        .then((head) => new Tail(workspaceId, head?.size ?? 0, this.history));
      followed = { tail, readers: 0 };
      this.tails.set(workspaceId, followed);
    }
    followed.readers += 1;
    return followed;
  }

  private leave(workspaceId: string, followed: Followed): void {
    followed.readers -= 1;
    if (followed.readers === 0) this.tails.delete(workspaceId);
  }

  /** Server-sent events, as text: each event once, in order, comments while nothing happens. Ends when the reader may not read any more. */
  async *follow({
    workspaceId,
    after,
    wants,
    hidden,
    mayStill,
    signal,
  }: Subscription): AsyncGenerator<string | Buffer, void, void> {
    const followed = this.open(workspaceId);
    const ended = AbortSignal.any([signal, this.closed.signal]);
    const heartbeat = (since: number): number => since + this.heartbeatEvery - performance.now();
    try {
      const tail = await followed.tail;
      let seen = after;
      let { membersChangedAt, visibilityChangedAt } = tail;
      let closed = await hidden();
      let asked = performance.now();
      let spoke = asked;
      // The first bytes go at once, so that a client knows that it is connected. The id without data is no event, and is where any client comes
      // back to when the connection breaks before one came (WHATWG HTML §9.2.6).
      yield `retry: 2000\nid: ${after}\n: from position ${after}\n\n`;
      while (!ended.aborted) {
        const { entries, bytes } =
          tail.behind(seen) ?? chunkOf((await pageBehind(this.history, workspaceId, seen)).entries);
        if (entries.length === 0 && heartbeat(spoke) > 0) {
          await tail.changed(seen);
          continue;
        }
        // A reader may be far behind: what counts is who may see what now, not where in the ledger that changed.
        const members = Math.max(tail.membersChangedAt, lastOf(entries, isAboutMembers));
        if (members > membersChangedAt || heartbeat(asked) <= 0) {
          if (!(await mayStill())) return;
          membersChangedAt = members;
          asked = performance.now();
        }
        const visibility = Math.max(tail.visibilityChangedAt, lastOf(entries, isAboutVisibility));
        if (visibility > visibilityChangedAt) {
          closed = await hidden();
          visibilityChangedAt = visibility;
        }
        seen = entries.at(-1)?.event.position ?? seen;
        const shown = entries.filter(({ event }) => !closed.has(event.stream) && wants(event));
        if (shown.length === 0 && heartbeat(spoke) > 0) continue;
        spoke = performance.now();
        const texts = shown.map((entry) => textFor(entry, closed));
        const isWhole =
          texts.length === entries.length && texts.every((text, at) => text === entries[at]!.text);
        if (shown.length === 0) yield ': still here\n\n';
        else yield isWhole ? bytes : texts.join('');
      }
    } finally {
      this.leave(workspaceId, followed);
    }
  }

  /** Ends every stream, so that the server can close. */
  beforeApplicationShutdown(): void {
    this.closed.abort();
    this.announce();
    clearInterval(this.poll);
    clearInterval(this.lookAround);
    this.stop();
  }
}
