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

const scopes = new AsyncLocalStorage<{ current: ReadingScope | null }>();

/** Runs `work` so that what it starts reads within `scope`. */
export const withReadingScope = <T>(scope: ReadingScope, work: () => T): T =>
  scopes.run({ current: scope }, work);

/** Runs `work`, which sees nothing until {@link enterReadingScope} is called somewhere in it. */
export const withoutReadingScope = <T>(work: () => T): T => scopes.run({ current: null }, work);

/** From here on, what the surrounding {@link withoutReadingScope} started reads within `scope`. */
export function enterReadingScope(scope: ReadingScope): void {
  const holder = scopes.getStore();
  if (holder === undefined) throw new Error('there is nothing around this that could read within a scope');
  holder.current = scope;
}

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
    const lent = this.lend(scopes.getStore()?.current ?? null);
    if (callback === undefined) return lent;
    callbackify(() => lent)((error, client: pg.PoolClient | undefined) =>
      callback(error, client, (fault) => client?.release(fault as Error | undefined)),
    );
  }

  private async lend(scope: ReadingScope | null): Promise<pg.PoolClient> {
    const client = await super.connect();
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
