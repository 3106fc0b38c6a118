import { setTimeout as pause } from 'node:timers/promises';
import type { Notification, Pool, PoolClient } from 'pg';

const CHANNEL = 'casebook_committed';
/** A NOTIFY payload has at most 7,999 bytes; further workspaces go into the next one. */
const MAX_NAMES = 100;
/** Minimum milliseconds between two NOTIFYs, which coalesces frequent commits. */
const GATHERED = 10;

/** A workspace whose ledger grew; `null`: a wake-up may have been lost, check every workspace. */
export type WakeUp = (workspaceId: string | null) => void;

/**
 * Notifies every process on the database that a workspace's ledger grew. A wake-up is only a hint: it may be
 * late, duplicated or lost, so listeners also poll.
 *
 * NOTIFY is sent after the commit, coalesced, from a connection of its own: inside the writing transaction it
 * would hold a database-wide lock until the commit is on disk. That connection does not wait for the disk,
 * since none of it has to last.
 */
export class WakeUps {
  private readonly listeners = new Set<WakeUp>();
  private readonly pending = new Set<string>();
  private client: PoolClient | null = null;
  private sending = false;
  private closed = false;
  private connecting: Promise<void> | null = null;
  private retry: NodeJS.Timeout | undefined;

  /** `retryDelay`: milliseconds before reconnecting after the connection is lost. */
  constructor(
    private readonly pool: Pool,
    private readonly retryDelay = 1000,
  ) {}

  /** Starts listening to other processes; takes one connection of the pool and keeps it. */
  start(): Promise<void> {
    this.connecting ??= this.connect();
    return this.connecting;
  }

  /** Calls the listener for commits of this process and of others. Returns the function to unsubscribe. */
  onWakeUp(listener: WakeUp): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Call it after a commit of this process. Returns at once. */
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
    // Commits made while the connection was down sent no wake-up.
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
        // A name consists of a-z, 0-9 and -, so a space separates them.
        await this.client.query('SELECT pg_notify($1, $2)', [CHANNEL, names.join(' ')]);
        await pause(GATHERED, undefined, { ref: false });
      }
    } catch {
      // The connection was lost; `lost` opens a new one, and reconnecting checks every workspace.
    } finally {
      this.sending = false;
    }
  }
}
