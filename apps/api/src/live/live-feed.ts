import { type EventType, type EventView, tlpRank } from '@casebook/contracts';
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

interface Entry {
  readonly event: EventView;
  readonly text: string;
}

/** The events by which incidents and documents come to be hidden from somebody, or shown. */
const CHANGES_VISIBILITY: ReadonlySet<string> = new Set<EventType>([
  'IncidentRestricted',
  'IncidentUnrestricted',
  'DocumentAttached',
  'DocumentImported',
  'DocumentDescribed',
  'MemberAdded',
  'MemberRevised',
]);

const isAboutMembers = ({ event }: Entry): boolean => event.stream === 'members';
const isAboutVisibility = ({ event }: Entry): boolean => CHANGES_VISIBILITY.has(event.type);

/** The position of the last entry that is so; 0 where none is. */
const lastOf = (entries: readonly Entry[], is: (entry: Entry) => boolean): number =>
  entries.findLast(is)?.event.position ?? 0;

/** The feed reads every event once for all its readers; each is shown what it may see. */
const everything = <T>(workspaceId: string, read: () => T): T =>
  withReadingScope({ workspaceId, viewer: null, clearance: tlpRank('red') }, read);

/** `id` is the position: what a client sends as Last-Event-ID when it comes back. */
const encoded = (workspaceId: string, event: EventView): Entry => ({
  event,
  text: `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(cloudEvent(workspaceId, event))}\n\n`,
});

/** The end of a workspace's ledger as this process has seen it, without a gap. */
class Tail {
  readers = 0;
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
  private waiting: (() => void)[] = [];

  constructor(
    private readonly workspaceId: string,
    position: number,
    private readonly history: HistoryQueries,
  ) {
    this.position = position;
  }

  /** What is kept behind `after`, or `null` where some of it is no longer kept. */
  behind(after: number): readonly Entry[] | null {
    const first = this.entries[0]?.event.position ?? this.position + 1;
    if (after + 1 < first) return null;
    return this.entries.slice(Math.max(0, after + 1 - first));
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
        const page = await everything(this.workspaceId, () =>
          this.history.events(this.workspaceId, { after: this.position, limit: PAGE }),
        );
        for (const event of page.items) this.keep(encoded(this.workspaceId, event));
        more = page.next !== null;
        if (page.items.length > 0) this.announce();
      }
    }
  }

  private keep(entry: Entry): void {
    if (entry.event.type === ('PayloadErased' satisfies EventType)) {
      // What is kept may say what was erased; readers who are behind read the ledger.
      this.entries = [];
      this.bytes = 0;
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

  private announce(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Resolves when there is something behind `after`, after `milliseconds`, or when the signal says so. */
  async changed(after: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.position > after || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.waiting = this.waiting.filter((each) => each !== done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      this.waiting.push(done);
    });
  }
}

/**
 * The ledger as it grows, to any number of readers. Each reader pulls: what it has not taken is not made, so a reader that stalls
 * holds one chunk of text and harms nobody. Events are encoded once a process. Positions have no gap, so a reader that comes back with
 * the last position it saw misses nothing and gets nothing twice.
 */
export class LiveFeed implements BeforeApplicationShutdown {
  private readonly tails = new Map<string, Promise<Tail>>();
  private readonly stop: () => void;
  private readonly poll: NodeJS.Timeout;
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
  }

  private look(workspaceId: string | null): void {
    const tails = workspaceId === null ? [...this.tails.values()] : [this.tails.get(workspaceId)];
    // A read that fails (the database is away) is made up for by the next wake-up or poll.
    for (const tail of tails) void tail?.then((each) => each.catchUp()).catch(() => undefined);
  }

  private async open(workspaceId: string): Promise<Tail> {
    let tail = this.tails.get(workspaceId);
    if (tail === undefined) {
      tail = this.ledger
        .head(workspaceId)
        .then((head) => new Tail(workspaceId, head?.size ?? 0, this.history));
      this.tails.set(workspaceId, tail);
      tail.catch(() => this.tails.delete(workspaceId));
    }
    return tail;
  }

  /** Server-sent events, as text: each event once, in order, comments while nothing happens. Ends when the reader may not read any more. */
  async *follow({
    workspaceId,
    after,
    wants,
    hidden,
    mayStill,
    signal,
  }: Subscription): AsyncGenerator<string, void, void> {
    const tail = await this.open(workspaceId);
    const ended = AbortSignal.any([signal, this.closed.signal]);
    tail.readers += 1;
    let seen = after;
    let { membersChangedAt, visibilityChangedAt } = tail;
    let closed = await hidden();
    let asked = performance.now();
    let spoke = asked;
    const heartbeat = (since: number): number => since + this.heartbeatEvery - performance.now();
    try {
      // The first bytes go at once, so that a client knows that it is connected.
      yield `retry: 2000\n: from position ${after}\n\n`;
      while (!ended.aborted) {
        const entries = tail.behind(seen) ?? (await this.page(workspaceId, seen));
        const silence = heartbeat(spoke);
        if (entries.length === 0 && silence > 0) {
          await tail.changed(seen, Math.ceil(silence), ended);
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
        const text = entries
          .filter(({ event }) => !closed.has(event.stream) && wants(event))
          .map((entry) => entry.text)
          .join('');
        if (text === '' && heartbeat(spoke) > 0) continue;
        spoke = performance.now();
        yield text === '' ? ': still here\n\n' : text;
      }
    } finally {
      tail.readers -= 1;
      if (tail.readers === 0) this.tails.delete(workspaceId);
    }
  }

  private async page(workspaceId: string, after: number): Promise<Entry[]> {
    const { items } = await everything(workspaceId, () =>
      this.history.events(workspaceId, { after, limit: PAGE }),
    );
    return items.map((event) => encoded(workspaceId, event));
  }

  /** Ends every stream, so that the server can close. */
  beforeApplicationShutdown(): void {
    this.closed.abort();
    clearInterval(this.poll);
    this.stop();
  }
}
