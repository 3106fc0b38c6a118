import { AsyncLocalStorage } from 'node:async_hooks';
import { callbackify } from 'node:util';
import pg from 'pg';

/** The visibility of a reading connection: row-level security shows it only what this viewer may see. */
export interface ReadingScope {
  readonly workspaceId: string;
  /** The member who reads; `null` for a viewer who oversees every incident. */
  readonly viewer: string | null;
  /** The highest visible TLP marking, 0 (clear) to 4 (red). */
  readonly clearance: number;
}

/** The client has disconnected, so nothing needs to be read. */
export class NobodyReads extends Error {
  override readonly name = 'NobodyReads';
}

/** The scope of one request or task, until it ends. */
class Reading {
  private static underWay = 0;
  /** Set when the work is done or its client disconnects. */
  ended = false;

  constructor(public scope: ReadingScope | null) {
    Reading.underWay += 1;
  }

  /**
   * While the storage is in use, Node 20 calls a hook for every promise of the process, which took a seventh
   * of a command's cost. So it is enabled only while something reads.
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

/** Runs `work` with its reads within `scope`, until it is done. */
export async function withReadingScope<T>(scope: ReadingScope, work: () => Promise<T>): Promise<T> {
  const reading = new Reading(scope);
  try {
    return await readings.run(reading, work);
  } finally {
    reading.end();
  }
}

/**
 * Runs `work` without visibility: its reads see nothing until it calls {@link enterReadingScope}, and nothing
 * after `end`.
 */
export function withoutReadingScope<T>(work: (end: () => void) => T): T {
  const reading = new Reading(null);
  return readings.run(reading, work, reading.end);
}

/** From here on, reads inside the surrounding {@link withoutReadingScope} are within `scope`. */
export function enterReadingScope(scope: ReadingScope): void {
  const reading = readings.getStore();
  if (reading === undefined) throw new Error('there is nothing around this that could read within a scope');
  reading.scope = scope;
}

/** Ends reading inside the surrounding scope, whose work may continue. */
export const leaveReadingScope = (): void => readings.getStore()?.end();

const settingsOf = (scope: ReadingScope | null): [workspace: string, viewer: string, clearance: string] =>
  scope === null ? ['', '', ''] : [scope.workspaceId, scope.viewer ?? '*', String(scope.clearance)];

type Lent = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: unknown) => void,
) => void;

/**
 * A pool that lends each connection within its borrower's scope. A connection keeps its settings, so lending
 * it again within the same scope costs nothing, and any other scope one round trip. The pool must own its
 * connections: a proxy that shares them between statements (PgBouncer's transaction mode) would mix up
 * scopes.
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
    // Clients that repeatedly ask and disconnect would fill the queue of waiting ones.
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
