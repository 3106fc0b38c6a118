import { setTimeout as pause } from 'node:timers/promises';
import type { Notification, Pool, PoolClient } from 'pg';

const CHANNEL = 'casebook_committed';
/** A NOTIFY payload has at most 7,999 bytes; workspaces beyond that go into the next one. */
const MAX_NAMES = 100;
/** Milliseconds from one NOTIFY to the next at least: whoever commits all the time says so once for several commits. */
const GATHERED = 10;

/** A workspace whose ledger grew; `null`: something may have been missed, look at all. */
export type WakeUp = (workspaceId: string | null) => void;

/**
 * Tells every process on the database that a workspace's ledger grew. A wake-up is a hint, never the news itself: it may come
 * late, twice or not at all, so whoever listens also polls.
 *
 * NOTIFY is sent after the commit, from a connection of its own, coalesced: inside of the writing transaction it would hold a lock
 * of the whole database until the commit is on disk. That connection does not wait for the disk, as nothing of it has to last.
 */
export class WakeUps {
  private readonly listeners = new Set<WakeUp>();
  private readonly pending = new Set<string>();
  private client: PoolClient | null = null;
  private sending = false;
  private closed = false;
  private connecting: Promise<void> | null = null;
  private retry: NodeJS.Timeout | undefined;

  /** `retryDelay`: milliseconds until a lost connection is tried again. */
  constructor(
    private readonly pool: Pool,
    private readonly retryDelay = 1000,
  ) {}

  /** Begins to listen to other processes; takes one connection of the pool and keeps it. */
  start(): Promise<void> {
    this.connecting ??= this.connect();
    return this.connecting;
  }

  /** Hears of this process' own commits as well as of others'. Gives the way to stop. */
  onWakeUp(listener: WakeUp): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** To be called after a commit of this process. Returns at once. */
  committed(workspaceId: string): void {
    this.wake(workspaceId);
    this.pending.add(workspaceId);
    void this.send();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.connecting;
    this.client?.release(true);
    this.client = null;
    this.listeners.clear();
  }

  private wake(workspaceId: string | null): void {
    for (const listener of this.listeners) listener(workspaceId);
  }

  private async connect(): Promise<void> {
    if (this.closed) return;
    let client: PoolClient;
    try {
      client = await this.pool.connect();
    } catch {
      this.later();
      return;
    }
    const lost = (): void => {
      if (this.client !== client) return;
      this.client = null;
      client.release(true);
      this.later();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload, processId }: Notification) => {
      const own = (client as unknown as { processID?: number }).processID;
      if (processId !== own) for (const name of (payload ?? '').split(' ')) this.wake(name);
    });
    try {
      await client.query(`SET synchronous_commit = off; LISTEN ${CHANNEL}`);
    } catch {
      client.release(true);
      this.later();
      return;
    }
    this.client = client;
    // What was committed while nobody listened was not heard of.
    this.wake(null);
    void this.send();
  }

  private later(): void {
    if (this.closed) return;
    this.retry = setTimeout(() => {
      this.connecting = this.connect();
    }, this.retryDelay);
    this.retry.unref();
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.pending.size > 0 && this.client !== null) {
        const names = [...this.pending].slice(0, MAX_NAMES);
        for (const name of names) this.pending.delete(name);
        // A name is of a-z, 0-9 and -, so a space parts them.
        await this.client.query('SELECT pg_notify($1, $2)', [CHANNEL, names.join(' ')]);
        await pause(GATHERED, undefined, { ref: false });
      }
    } catch {
      // The connection went; `lost` sees to a new one, and whoever reconnects looks at everything.
    } finally {
      this.sending = false;
    }
  }
}
