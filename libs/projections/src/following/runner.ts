import { applyView, type FoldableEvent, type Ledger, ViewRejected, type WakeUps } from '@casebook/ledger';
import type { Pool, PoolClient } from 'pg';
import { byStream, type Folded, FOLDED_AT_ONCE, inParts, StreamFolder } from '../folding/stream-folder.js';
import { type Follower, type Projection, tiles } from '../projection.js';
import { pageInOrder } from '../reading/event-pages.js';
import {
  attachView,
  claimView,
  enrolViews,
  epochOf,
  lockHead,
  moveView,
  postponeView,
  type RunnableStatus,
} from '../view-progress.js';

export interface RunnerOptions {
  readonly projections: readonly Projection[];
  /** Merkle tree tiles by default. */
  readonly followers?: readonly Follower[];
  readonly wakeUps?: Pick<WakeUps, 'onWakeUp'>;
  /** This process's ledger, whose recent commits are not read again. */
  readonly ledger?: Pick<Ledger, 'recentEvents'>;
  /** Most events per transaction; 2,000 by default. A view that is close behind takes {@link SMALL_PAGE}. */
  readonly pageEvents?: number;
  /** Milliseconds between checks of every workspace without a wake-up; 10,000 by default. */
  readonly pollInterval?: number;
  /** Milliseconds from a wake-up to the next round, which coalesces wake-ups; 100 by default. */
  readonly gather?: number;
  /**
   * Milliseconds of pause between two rounds while commits keep coming, spread over the pages of a round
   * ({@link Runner.restBetween}): a page costs about the same for a hundred events as for ten. A caller that
   * cannot wait calls {@link Runner.hurry}. 500 by default.
   */
  readonly pause?: number;
  /** Milliseconds before a failed view is retried, by number of attempts; the last one repeats. */
  readonly backoff?: readonly number[];
  /** Receives errors: a failed view's on each attempt, and outages. */
  readonly report?: (error: unknown) => void;
  /** For tests: called between the steps of a page. */
  readonly onStep?: (step: RunnerStep) => void | Promise<void>;
}

export type RunnerStep = 'claimed' | 'read' | 'folded' | 'applied' | 'moved';

/** A detached view that is closer to the head than this catches up and attaches under the head's lock. */
const ATTACH_WITHIN = 256;

/**
 * A view with at most this many events to go takes small pages: it follows active writers and must not delay
 * them.
 */
const CLOSE_BEHIND = 5000;
/**
 * Three turns of the event loop. A page costs six statements, and rows that writers replace before it commits
 * take space.
 */
const SMALL_PAGE = 3 * FOLDED_AT_ONCE;

interface Claim {
  readonly workspaceId: string;
  readonly status: RunnableStatus;
  readonly position: number;
  readonly size: number;
  readonly what: Projection | Follower;
}

interface PageBounds {
  readonly workspaceId: string;
  readonly epoch: number;
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

/** Events of a workspace grouped by stream, each stream in order. */
interface Page extends PageBounds {
  readonly events: readonly FoldableEvent[];
  /** The same in parts, each folded and projected in one go. */
  readonly parts: readonly (readonly FoldableEvent[])[];
}

const keyOf = (what: Projection | Follower): { name: string; version: number } =>
  'view' in what ? what.view : what;

/**
 * Advances the views that follow the ledger, and re-attaches detached views. Any number of runners share the
 * work: each claims a lagging view by the lock on its row. A page's rows and position change in one
 * transaction, so every event takes effect once, whatever fails. A view that rejects an event stays before it
 * and is retried.
 */
export class Runner {
  private readonly what: readonly (Projection | Follower)[];
  private readonly folder: StreamFolder;
  private readonly pageEvents: number;
  private readonly pause: number;
  /** The number of views that read the same events one after the other in a round. */
  private readonly followingViews: number;
  private readonly backoff: readonly number[];
  private readonly enrolled = new Set<string>();
  /** Workspaces to check; `null` means all. */
  private readonly woken = new Set<string | null>();
  /** The page sizes of failing views: they shrink until the rejected event is found. */
  private readonly shrunk = new Map<string, number>();
  /** The last page read in this round: the next view is usually at the same position. */
  private page: Page | null = null;
  private working: Promise<void> | null = null;
  /** When the last work ended, by `performance.now()`. */
  private workedAt = -Infinity;
  private hurried = false;
  /** Milliseconds of pause taken in this round. */
  private rested = 0;
  private goOn: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;
  private poll: NodeJS.Timeout | undefined;
  private stopListening: () => void = () => undefined;
  private closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly options: RunnerOptions,
  ) {
    this.what = [...options.projections, ...(options.followers ?? [tiles])];
    this.folder = new StreamFolder(pool);
    this.pageEvents = options.pageEvents ?? 2000;
    this.pause = options.pause ?? 500;
    this.followingViews = this.what.filter((each) => 'view' in each && each.mode === 'following').length;
    this.backoff = options.backoff ?? [1000, 5000, 30_000, 120_000, 600_000];
  }

  /** Starts following; returns at once. */
  start(): void {
    this.stopListening =
      this.options.wakeUps?.onWakeUp((workspaceId) => this.wake(workspaceId)) ?? this.stopListening;
    this.poll = setInterval(() => this.wake(null), this.options.pollInterval ?? 10_000);
    this.poll.unref();
    this.wake(null);
  }

  /** Waits for the page under way. */
  async close(): Promise<void> {
    this.closed = true;
    this.goOn();
    this.stopListening();
    clearInterval(this.poll);
    clearTimeout(this.timer);
    await this.working;
  }

  /**
   * Follows until nothing is left to do, in one workspace or in all. Failed views wait for their retry, and
   * views claimed by other runners are left to them.
   */
  async catchUp(workspaceId: string | null = null): Promise<void> {
    while (!this.closed && (await this.round(workspaceId)));
  }

  /**
   * Follows each ledger up to its size when the round reached it; later commits belong to the next round.
   * Otherwise a steady writer would have each event followed on its own. `false`: there was nothing to do.
   */
  private async round(workspaceId: string | null): Promise<boolean> {
    await this.enrol(workspaceId);
    const targets = new Map<string, number>();
    try {
      while (!this.closed) {
        const pages = await this.step(workspaceId, targets);
        if (pages === null) break;
        await this.restBetween(pages);
      }
    } finally {
      this.page = null;
    }
    return targets.size > 0;
  }

  /** Follows a workspace at once, or as soon as the page under way is done, for a waiting caller. */
  hurry(workspaceId: string): void {
    if (this.closed) return;
    this.woken.add(workspaceId);
    this.hurried = true;
    this.goOn();
    if (this.working === null) this.workIn(0);
  }

  private wake(workspaceId: string | null): void {
    if (this.closed) return;
    this.woken.add(workspaceId);
    if (this.timer === undefined && this.working === null) this.workIn(this.rest());
  }

  /** Milliseconds until the next round. */
  private rest(): number {
    return Math.max(this.options.gather ?? 100, this.workedAt + this.pause - performance.now());
  }

  /**
   * Spreads the pause between the pages of a round while commits keep coming: a long round without pauses
   * delays writers. Never pauses inside a page's transaction, since rows that writers replace take space
   * until it ends. Skips the pause while a caller is waiting.
   *
   * @param pages how many pages the advanced view has left in this round.
   */
  private async restBetween(pages: number): Promise<void> {
    if (pages === 0 || this.woken.size === 0 || this.hurried || this.closed) return;
    const milliseconds = (this.pause - this.rested) / pages / Math.max(1, this.followingViews);
    if (milliseconds <= 0) return;
    this.rested += milliseconds;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.goOn = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private workIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.hurried = false;
      this.rested = 0;
      this.working = this.work().finally(() => {
        this.working = null;
        this.workedAt = performance.now() - this.rested;
        if (!this.closed && this.woken.size > 0) this.workIn(this.hurried ? 0 : this.rest());
      });
    }, milliseconds);
    this.timer.unref();
  }

  private async work(): Promise<void> {
    const woken = [...this.woken];
    this.woken.clear();
    for (const workspaceId of woken.includes(null) ? [null] : woken) {
      try {
        await this.round(workspaceId);
      } catch (error) {
        // An outage; the next poll retries.
        this.options.report?.(error);
      }
    }
  }

  /** Gives every view a row at position 0 in workspaces that lack it. */
  private async enrol(workspaceId: string | null): Promise<void> {
    if (workspaceId !== null && this.enrolled.has(workspaceId)) return;
    await enrolViews(
      this.pool,
      workspaceId,
      this.what.map((each) => ({
        ...keyOf(each),
        status: 'view' in each && each.mode === 'inline' ? 'detached' : 'following',
      })),
    );
    if (workspaceId !== null) this.enrolled.add(workspaceId);
  }

  /**
   * Advances the view that has waited longest by one page.
   *
   * @param targets the ledger sizes that limit this round, by workspace; a workspace reached now is added.
   * @returns how many more pages the view has to pause between; `null` if nothing is left to do up to the
   * targets.
   */
  private async step(workspaceId: string | null, targets: Map<string, number>): Promise<number | null> {
    const client = await this.pool.connect();
    let failure: Error | undefined;
    try {
      // Pages lost in a server crash are followed again, so their commits do not wait for the disk.
      await client.query('BEGIN; SET LOCAL synchronous_commit = off');
      const claim = await this.claim(client, workspaceId, targets);
      if (claim === null) {
        await client.query('ROLLBACK');
        return null;
      }
      await this.options.onStep?.('claimed');
      try {
        const keep = await this.advance(client, claim);
        await client.query('COMMIT');
        keep();
      } catch (error) {
        await client.query('ROLLBACK');
        if (!(error instanceof ViewRejected)) throw error;
        await this.rejected(claim, error);
      }
      return claim.status === 'following'
        ? Math.ceil((claim.size - claim.position) / this.limitOf(claim)) - 1
        : 0;
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      client.release(failure);
    }
  }

  private async claim(
    client: PoolClient,
    workspaceId: string | null,
    targets: Map<string, number>,
  ): Promise<Claim | null> {
    const row = await claimView(
      client,
      workspaceId,
      this.what.map((each) => ({ ...keyOf(each), stride: 'view' in each ? 1 : each.stride })),
      targets,
    );
    if (row === null) return null;
    targets.set(row.workspaceId, row.size);
    return { ...row, what: this.what[row.index]! };
  }

  /** Advances the view by a page within the transaction. Returns what to do after the commit. */
  private async advance(client: PoolClient, claim: Claim): Promise<() => void> {
    const { workspaceId, what, position, size } = claim;
    if (!('view' in what)) {
      const target = size - (size % what.stride);
      await what.follow(client, workspaceId, target);
      await moveView(client, workspaceId, keyOf(what), { status: movedStatus(claim), position: target });
      return () => undefined;
    }
    const name = nameOf(claim);
    const attaches = what.mode === 'inline' && size - position <= Math.min(this.mostOf(claim), ATTACH_WITHIN);
    const limit = attaches ? this.mostOf(claim) : this.limitOf(claim);
    // No writer waits for the row of a view that is not attached, so locking the head after it cannot
    // deadlock.
    const upTo = attaches ? await lockHead(client, workspaceId) : size;
    // Read it after the claim, for which an erasure waits: states folded before the epoch rose may hold
    // erased payloads.
    const epoch = await epochOf(client, workspaceId);
    const { events, parts } = await this.read(client, {
      workspaceId,
      epoch,
      after: position,
      upTo,
      limit,
    });
    await this.options.onStep?.('read');
    const folded = new Map<string, Folded>();
    let keep = (): void => undefined;
    for (const part of parts) {
      const page = await this.folder.fold(workspaceId, part, what.foldOf, epoch, folded);
      ({ keep } = page);
      await this.options.onStep?.('folded');
      await applyView(client, what.view, page.changes);
      await this.options.onStep?.('applied');
    }
    const last = events.reduce((most, event) => Math.max(most, event.position), position);
    await moveView(client, workspaceId, what.view, { status: movedStatus(claim), position: last });
    if (attaches && last === upTo) await attachView(client, workspaceId, what.view);
    await this.options.onStep?.('moved');
    return () => {
      keep();
      const shrunk = this.shrunk.get(name);
      if (shrunk === undefined) return;
      if (shrunk * 2 < this.pageEvents) this.shrunk.set(name, shrunk * 2);
      else this.shrunk.delete(name);
    };
  }

  /** Events in a page of the view: few if it is close behind, so that each page is short. */
  private limitOf(claim: Claim): number {
    const isClose = claim.size - claim.position <= CLOSE_BEHIND;
    return Math.min(this.mostOf(claim), isClose ? SMALL_PAGE : Infinity);
  }

  private mostOf(claim: Claim): number {
    return this.shrunk.get(nameOf(claim)) ?? this.pageEvents;
  }

  /** The events within these bounds; no erasure changes them within one epoch. */
  private async read(client: PoolClient, bounds: PageBounds): Promise<Page> {
    const { workspaceId, epoch, after, upTo, limit } = bounds;
    const last = this.page;
    if (
      last?.workspaceId === workspaceId &&
      last.epoch === epoch &&
      last.after === after &&
      last.upTo === upTo &&
      last.limit === limit
    )
      return last;
    const inOrder =
      this.options.ledger?.recentEvents(workspaceId, bounds) ??
      (await pageInOrder(client, workspaceId, bounds));
    // Group by stream, so that a row written once per stream is not written much more often.
    const events = [...byStream(inOrder).values()].flat();
    const page = { ...bounds, events, parts: inParts(events) };
    this.page = page;
    return page;
  }

  /**
   * Shrinks the page until the rejected event is found; the view then waits before it. No event is skipped.
   */
  private async rejected(claim: Claim, error: ViewRejected): Promise<void> {
    const { workspaceId, what, position, size, status } = claim;
    const name = nameOf(claim);
    const tried = Math.min(this.limitOf(claim), Math.max(size - position, 1));
    if (tried > 1) {
      this.shrunk.set(name, Math.ceil(tried / 2));
      return;
    }
    this.options.report?.(error);
    await postponeView(this.pool, workspaceId, keyOf(what), {
      status,
      position,
      error: error.message,
      backoff: this.backoff,
    });
  }
}

const nameOf = ({ workspaceId, what }: Claim): string => {
  const { name, version } = keyOf(what);
  return `${workspaceId}\0${name}\0${version}`;
};

const movedStatus = ({ status }: Claim): Claim['status'] => (status === 'failed' ? 'following' : status);
