import type { Ledger, WakeUps } from '@casebook/ledger';
import type { HistoryQueries } from '@casebook/views';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { TimeSlice } from '../time-slice.js';
import { type Entry, type EventHeader, FeedPages } from './feed-pages.js';
import { Seats } from './seats.js';
import { bytesFor, chunkOf, isAboutMembers, isAboutVisibility, lastOf, Tail } from './tail.js';

/** Which events a reader wants to see. */
export type EventFilter = (event: EventHeader) => boolean;

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
  /** Called where the reader has not taken its chunk for a minute: its connection is to be closed. */
  readonly giveUp?: () => void;
}

export interface LiveFeedOptions {
  /** Milliseconds between polls of a workspace that somebody follows; covers lost wake-ups. */
  readonly pollEvery?: number;
  /** Milliseconds of silence after which a reader gets a comment, which keeps proxies from cutting the connection. What the reader does not see is silence. */
  readonly heartbeatEvery?: number;
  /** Feeds that one token may have open; 0, or left out: any number. */
  readonly feedsPerToken?: number;
}

/** When a reader comes back that was cut off, in milliseconds. */
const RETRY_MS = 2_000;

/** How long a reader may leave its chunk. */
const STALLED_MS = 60_000;

/** How often at least whoever waits looks around, in milliseconds. */
const LOOK_EVERY = 1_000;

/** Where a reader is, and what it was told about itself. It holds no events: what it is to be given next is looked up when it asks. */
class Reader {
  seen: number;
  /** What the page began behind that it last read, where it is behind what is kept. */
  page: number;
  membersChangedAt: number;
  visibilityChangedAt: number;
  asked = performance.now();
  spoke = performance.now();
  /** Since when a chunk waits to be taken. */
  offeredAt: number | null = null;

  constructor(
    readonly subscription: Subscription,
    readonly tail: Tail,
    public closed: ReadonlySet<string>,
  ) {
    this.seen = subscription.after;
    this.page = subscription.after;
    ({ membersChangedAt: this.membersChangedAt, visibilityChangedAt: this.visibilityChangedAt } = tail);
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
  private readonly pages: FeedPages;
  /** To be taken before {@link follow}, and left when the connection is closed. */
  readonly seats: Seats;
  private readonly readers = new Set<Reader>();
  private readonly slice = new TimeSlice();
  private readonly closed = new AbortController();

  constructor(
    private readonly ledger: Ledger,
    history: HistoryQueries,
    wakeUps: WakeUps,
    { pollEvery = 2_000, heartbeatEvery = 15_000, feedsPerToken = 0 }: LiveFeedOptions = {},
  ) {
    this.pages = new FeedPages(history);
    this.seats = new Seats(feedsPerToken);
    this.heartbeatEvery = heartbeatEvery;
    this.stop = wakeUps.onWakeUp((workspaceId) => this.look(workspaceId));
    this.poll = setInterval(() => this.look(null), pollEvery);
    this.poll.unref();
    this.lookAround = setInterval(
      () => {
        this.announce();
        this.giveUpStalled();
      },
      Math.min(LOOK_EVERY, heartbeatEvery),
    );
    this.lookAround.unref();
  }

  private announce(): void {
    for (const { tail } of this.tails.values()) {
      void tail.then((each) => each.announce()).catch(() => undefined);
    }
  }

  private giveUpStalled(): void {
    const now = performance.now();
    for (const { offeredAt, subscription } of this.readers)
      if (offeredAt !== null && now - offeredAt > STALLED_MS) subscription.giveUp?.();
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
        .then((head) => new Tail(workspaceId, head?.size ?? 0, this.pages));
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
  async *follow(subscription: Subscription): AsyncGenerator<string | Buffer, void, void> {
    const { workspaceId, after, hidden, signal } = subscription;
    const followed = this.open(workspaceId);
    const ended = AbortSignal.any([signal, this.closed.signal]);
    let reader: Reader | undefined;
    try {
      const tail = await followed.tail;
      reader = new Reader(subscription, tail, await hidden());
      this.readers.add(reader);
      // The first bytes go at once, so that a client knows that it is connected. The id without data is no event, and is where any client comes
      // back to when the connection breaks before one came (WHATWG HTML §9.2.6).
      yield `retry: ${RETRY_MS}\nid: ${after}\n: from position ${after}\n\n`;
      while (!ended.aborted) {
        // Nothing but these bytes is held until the reader has taken them.
        const said = await this.next(reader);
        if (said === null) return;
        if (said === undefined) continue;
        reader.offeredAt = performance.now();
        yield said;
        reader.offeredAt = null;
      }
      // Readers of a process that stops come back to another, not all at once.
      if (this.closed.signal.aborted && !signal.aborted)
        yield `retry: ${RETRY_MS + Math.floor(Math.random() * RETRY_MS)}\n: the service is being stopped\n\n`;
    } finally {
      if (reader !== undefined) this.readers.delete(reader);
      this.leave(workspaceId, followed);
    }
  }

  /** What the reader is told next; `undefined`: nothing yet, look again; `null`: it may not read any more. */
  private async next(reader: Reader): Promise<string | Buffer | null | undefined> {
    const { tail, subscription } = reader;
    const { entries, bytes } = tail.behind(reader.seen) ?? chunkOf(await this.past(reader));
    if (entries.length === 0 && this.heartbeat(reader.spoke) > 0) {
      await tail.changed(reader.seen);
      return undefined;
    }
    // A reader may be far behind: what counts is who may see what now, not where in the ledger that changed.
    const members = Math.max(tail.membersChangedAt, lastOf(entries, isAboutMembers));
    if (members > reader.membersChangedAt || this.heartbeat(reader.asked) <= 0) {
      if (!(await subscription.mayStill())) return null;
      reader.membersChangedAt = members;
      reader.asked = performance.now();
    }
    const visibility = Math.max(tail.visibilityChangedAt, lastOf(entries, isAboutVisibility));
    if (visibility > reader.visibilityChangedAt) {
      reader.closed = await subscription.hidden();
      reader.visibilityChangedAt = visibility;
    }
    reader.seen = entries.at(-1)?.event.position ?? reader.seen;
    const { closed } = reader;
    const shown = entries.filter(({ event }) => !closed.has(event.stream) && subscription.wants(event));
    if (shown.length === 0 && this.heartbeat(reader.spoke) > 0) return undefined;
    reader.spoke = performance.now();
    if (shown.length === 0) return ': still here\n\n';
    const told = shown.map((entry) => bytesFor(entry, closed));
    const isWhole = told.length === entries.length && told.every((each, at) => each === entries[at]!.bytes);
    return isWhole ? bytes : Buffer.concat(told);
  }

  private heartbeat(since: number): number {
    return since + this.heartbeatEvery - performance.now();
  }

  /** What is behind a reader's place that is no longer kept, of the page that it is in or of the next. */
  private async past(reader: Reader): Promise<readonly Entry[]> {
    // What is kept is there at once, and what is sent is taken at once until a socket is full: nothing else would make a reader wait.
    await this.slice.giveWay();
    const { seen, subscription } = reader;
    const behind = ({ event }: Entry): boolean => event.position > seen;
    const page = await this.pages.shared(subscription.workspaceId, reader.page);
    const left = page.entries.filter(behind);
    if (left.length > 0) return left;
    reader.page = seen;
    return (await this.pages.shared(subscription.workspaceId, seen)).entries;
  }

  /** Ends every stream with a word when to come back, so that the server can close. */
  beforeApplicationShutdown(): void {
    this.closed.abort();
    this.announce();
    clearInterval(this.poll);
    clearInterval(this.lookAround);
    this.stop();
  }
}
