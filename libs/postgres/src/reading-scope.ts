import { AsyncLocalStorage } from 'node:async_hooks';
import { callbackify } from 'node:util';
import pg from 'pg';

/** For whom a connection of the reading role asks: row-level security shows it what this viewer may see, and nothing else. */
export interface ReadingScope {
  readonly workspaceId: string;
  /** The member who asks; `null`: one who oversees every incident. */
  readonly viewer: string | null;
  /** The highest TLP marking that may be seen, 0 (clear) to 4 (red). */
  readonly clearance: number;
}

/** Whoever asked has gone, so there is nobody to read for. */
export class NobodyReads extends Error {
  override readonly name = 'NobodyReads';
}

/** Around something that reads, until it ends. */
class Reading {
  private static underWay = 0;
  /** As when its client went away. */
  ended = false;

  constructor(public scope: ReadingScope | null) {
    Reading.underWay += 1;
  }

  /**
   * While the storage is in use, Node 20 calls a hook for every promise of the process, which took a seventh of what a command costs. So it is
   * in use only while something reads.
   */
  readonly end = (): void => {
    if (this.ended) return;
    this.ended = true;
    this.scope = null;
    Reading.underWay -= 1;
    if (Reading.underWay === 0) readings.disable();
  };
}

const readings = new AsyncLocalStorage<Reading>();

/** Runs `work` so that what it starts reads within `scope`, until it is done. */
export async function withReadingScope<T>(scope: ReadingScope, work: () => Promise<T>): Promise<T> {
  const reading = new Reading(scope);
  try {
    return await readings.run(reading, work);
  } finally {
    reading.end();
  }
}

/** Runs `work`, which sees nothing until {@link enterReadingScope} is called somewhere in it, and nothing any more after `end`. */
export function withoutReadingScope<T>(work: (end: () => void) => T): T {
  const reading = new Reading(null);
  return readings.run(reading, work, reading.end);
}

/** From here on, what the surrounding {@link withoutReadingScope} started reads within `scope`. */
export function enterReadingScope(scope: ReadingScope): void {
  const reading = readings.getStore();
  if (reading === undefined) throw new Error('there is nothing around this that could read within a scope');
  reading.scope = scope;
}

/** Nothing reads any more within what surrounds this, which may go on for as long as it likes. */
export const leaveReadingScope = (): void => readings.getStore()?.end();

const settingsOf = (scope: ReadingScope | null): [workspace: string, viewer: string, clearance: string] =>
  scope === null ? ['', '', ''] : [scope.workspaceId, scope.viewer ?? '*', String(scope.clearance)];

type Lent = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: unknown) => void,
) => void;

/**
 * A pool whose every connection is lent out within the scope of whoever asks for it. A connection keeps its settings, so one that was
 * last lent within the same scope costs nothing more, and any other one more round trip. Needs connections that are the pool's own:
 * a proxy that shares them between statements (PgBouncer's transaction mode) would mix up scopes.
 */
export class ScopedPool extends pg.Pool {
  private readonly scopeOf = new WeakMap<pg.PoolClient, string>();

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Lent): void;
  override connect(callback?: Lent): Promise<pg.PoolClient> | void {
    const lent = this.lend(readings.getStore());
    if (callback === undefined) return lent;
    callbackify(() => lent)((error, client: pg.PoolClient | undefined) =>
      callback(error, client, (fault) => client?.release(fault as Error | undefined)),
    );
  }

  private async lend(reading: Reading | undefined): Promise<pg.PoolClient> {
    const scope = reading?.scope ?? null;
    if (reading?.ended) throw new NobodyReads('what this was read for has ended');
    const client = await super.connect();
    // Clients that ask and go away, again and again, would fill the queue of those who wait for an answer.
    if (reading?.ended) {
      client.release();
      throw new NobodyReads('what this was read for ended while it waited for a connection');
    }
    const values = settingsOf(scope);
    const wanted = values.join('\n');
    if (this.scopeOf.get(client) === wanted) return client;
    this.scopeOf.delete(client);
    try {
      await client.query({
        name: 'casebook-reading-scope',
        text: `SELECT set_config('casebook.workspace', $1, false), set_config('casebook.viewer', $2, false), set_config('casebook.clearance', $3, false)`,
        values,
      });
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.scopeOf.set(client, wanted);
    return client;
  }
}
