import type { Ledger, WakeUps } from '@casebook/ledger';
import { TimeSlice } from '@casebook/ledger';
import { type HistoryQueries } from '@casebook/views';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { type Entry, type EventHeader, FeedPages } from './feed-pages.js';
import { Presence, shownTo, type Visitor } from './presence.js';
import { Seats } from './seats.js';
import { bytesFor, chunkOf, isAboutMembers, isAboutVisibility, lastOf, Tail } from './tail.js';

/** Selects the events that a reader wants. */
export type EventFilter = (event: EventHeader) => boolean;

export interface Subscription {
  readonly workspaceId: string;
  /** Starts after this position. */
  readonly after: number;
  readonly wants: EventFilter;
  /**
   * The streams that the reader may not see; queried again as soon as the ledger shows a possible change, however far
   * behind the reader is.
   */
  readonly hidden: () => Promise<ReadonlySet<string>>;
  /**
   * Called again when the member list changes, and at every heartbeat, since a token can also end without an
   * event; false ends the stream.
   */
  readonly mayStill: () => Promise<boolean>;
  readonly signal: AbortSignal;
  /**
   * The reader's identity and place, for readers who are shown to each other; absent: the reader is not shown and
   * does not see who is present.
   */
  readonly visitor?: Visitor;
  /** Called when the reader has not taken its chunk for a minute; closes its connection. */
  readonly giveUp?: () => void;
}

export interface LiveFeedOptions {
  /** Milliseconds between polls of a followed workspace, in case a wake-up is lost. */
  readonly pollEvery?: number;
  /**
   * Milliseconds of silence before a reader gets a comment, which keeps proxies from cutting the connection.
   * Events that the reader does not see count as silence.
   */
  readonly heartbeatEvery?: number;
  /** Feeds that one token may have open; 0 or absent: unlimited. */
  readonly feedsPerToken?: number;
}

/** Milliseconds before a disconnected reader reconnects. */
const RETRY_MS = 2_000;

/** How long a reader may leave its chunk. */
const STALLED_MS = 60_000;

/** Maximum interval between checks by a waiting reader, in ms. */
const LOOK_EVERY = 1_000;

/** A reader's place and permissions. It holds no events: the next ones are looked up when it asks. */
class Reader {
  seen: number;
  /** The position before the last page that it read, while it is behind the cached events. */
  page: number;
  membersChangedAt: number;
  visibilityChangedAt: number;
  /** The version of the presence list that it has. */
  presenceSeen = 0;
  /** Removes its entry from that list. */
  leave: () => void = () => undefined;
  readonly goAway = (): void => this.leave();
  asked = performance.now();
  spoke = performance.now();
  /** When the waiting chunk was offered. */
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

/**
 * A tail and its number of followers, counted from before the tail exists: otherwise the last follower to
 * leave would close it for one that is about to join.
 */
interface Followed {
  readonly tail: Promise<Tail>;
  readers: number;
}

/**
 * Streams the growing ledger to any number of readers. Each reader pulls: chunks are made on demand, so a
 * stalled reader holds one chunk of text and delays nobody. Events are encoded once per process. Positions
 * have no gap, so a reader that reconnects with its last position misses nothing and gets nothing twice.
 */
export class LiveFeed implements BeforeApplicationShutdown {
  private readonly tails = new Map<string, Followed>();
  private readonly stop: () => void;
  private readonly poll: NodeJS.Timeout;
  private readonly lookAround: NodeJS.Timeout;
  private readonly heartbeatEvery: number;
  private readonly pages: FeedPages;
  /** Take one before {@link follow}, and leave it when the connection is closed. */
  readonly seats: Seats;
  private readonly readers = new Set<Reader>();
  private readonly presence = new Presence((workspaceId) => {
    const followed = this.tails.get(workspaceId);
    void followed?.tail.then((tail) => tail.announce()).catch(() => undefined);
  });
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
    // If a read fails (the database is away), the next wake-up or poll repeats it.
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

  /**
   * Server-sent events as text: each event once, in order, and comments during silence. Ends when the reader
   * loses access.
   */
  async *follow(subscription: Subscription): AsyncGenerator<string | Buffer, void, void> {
    const { workspaceId, after, hidden, signal } = subscription;
    const followed = this.open(workspaceId);
    const ended = AbortSignal.any([signal, this.closed.signal]);
    let reader: Reader | undefined;
    try {
      const tail = await followed.tail;
      reader = new Reader(subscription, tail, await hidden());
      this.readers.add(reader);
      this.enter(reader);
      // The loop below may be waiting when the connection closes.
      ended.addEventListener('abort', reader.goAway, { once: true });
      if (ended.aborted) reader.goAway();
      // Send the first bytes at once, so that a client knows that it is connected. An id without data is not
      // an event; it is where a client resumes if the connection breaks before the first event (WHATWG HTML
      // §9.2.6).
      yield `retry: ${RETRY_MS}\nid: ${after}\n: from position ${after}\n\n`;
      while (!ended.aborted) {
        // Hold nothing but these bytes until the reader has taken them.
        const said = await this.next(reader);
        if (said === null) return;
        if (said === undefined) continue;
        reader.offeredAt = performance.now();
        yield said;
        reader.offeredAt = null;
      }
      // Spread the reconnects of a stopping process's readers.
      if (this.closed.signal.aborted && !signal.aborted)
        yield `retry: ${RETRY_MS + Math.floor(Math.random() * RETRY_MS)}\n: the service is being stopped\n\n`;
    } finally {
      reader?.goAway();
      if (reader !== undefined) this.readers.delete(reader);
      this.leave(workspaceId, followed);
    }
  }

  /** What the reader gets next; `undefined`: nothing yet, check again; `null`: it has lost access. */
  private async next(reader: Reader): Promise<string | Buffer | null | undefined> {
    const { tail, subscription } = reader;
    const present = this.presentTo(reader);
    if (present !== undefined) return present;
    const { entries, bytes } = tail.behind(reader.seen) ?? chunkOf(await this.past(reader));
    if (entries.length === 0 && this.heartbeat(reader.spoke) > 0) {
      await tail.changed(reader.seen);
      return undefined;
    }
    // A reader may be far behind: current permissions count, not those at its position.
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
      this.moveOut(reader);
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

  private enter(reader: Reader): void {
    const { workspaceId, visitor } = reader.subscription;
    if (visitor !== undefined) reader.leave = this.presence.enter(workspaceId, visitor, reader.closed);
  }

  /** Re-enters a reader whose place has become hidden from them. */
  private moveOut(reader: Reader): void {
    const { visitor, signal } = reader.subscription;
    if (visitor === undefined || signal.aborted || shownTo(reader.closed, visitor.place) === visitor.place)
      return;
    reader.leave();
    this.enter(reader);
  }

  /** The presence list, if it has changed and the reader has seen every event that may hide a place from it. */
  private presentTo(reader: Reader): string | undefined {
    const { tail, subscription, closed } = reader;
    if (subscription.visitor === undefined || tail.visibilityChangedAt > reader.visibilityChangedAt)
      return undefined;
    const version = this.presence.versionFor(subscription.workspaceId, tail.position);
    if (version <= reader.presenceSeen) return undefined;
    reader.presenceSeen = version;
    return this.presence.seenBy(subscription.workspaceId, closed);
  }

  private heartbeat(since: number): number {
    return since + this.heartbeatEvery - performance.now();
  }

  /** The page after the place of a reader that is behind the cached events. */
  private async past(reader: Reader): Promise<readonly Entry[]> {
    // Cached pages are there at once, and a socket takes data at once until it is full: nothing else would
    // yield to the event loop.
    await this.slice.giveWay();
    const { seen, subscription } = reader;
    const behind = ({ event }: Entry): boolean => event.position > seen;
    const page = await this.pages.shared(subscription.workspaceId, reader.page);
    const left = page.entries.filter(behind);
    if (left.length > 0) return left;
    reader.page = seen;
    return (await this.pages.shared(subscription.workspaceId, seen)).entries;
  }

  /** Ends every stream with a reconnection time, so that the server can close. */
  beforeApplicationShutdown(): void {
    this.closed.abort();
    this.announce();
    clearInterval(this.poll);
    clearInterval(this.lookAround);
    this.stop();
  }
}
