import type { Pool, PoolClient, QueryArrayResult } from 'pg';
import { AS_TEXT, type EventRow } from '../reading/event-rows.js';
import { failureOf, Setback } from './failures.js';
import type { Statement } from './append-statement.js';

/**
 * For one transaction: how long a writer may hold its locks in silence, and wait for those of others. A process that is frozen or cut off
 * between the head's lock and COMMIT stops every writer of its workspace, so the server ends its session.
 */
const LIMITS: Statement = {
  name: 'casebook_limits',
  text: `SELECT set_config('idle_in_transaction_session_timeout', '2s', true), set_config('lock_timeout', '5s', true)`,
  values: [],
};

/** A connection for the length of one commit. Its failures are Setbacks. */
export class Session {
  private inTransaction = false;

  private constructor(private readonly client: PoolClient) {}

  /** Lends a connection of the pool; afterwards no transaction is open on it, and it is dropped where that is not certain. */
  static async lend<T>(pool: Pool, use: (session: Session) => Promise<T>): Promise<T> {
    let client: PoolClient;
    try {
      client = await pool.connect();
    } catch (cause) {
      throw new Setback('lost', false, cause);
    }
    // Without a listener the loss of the connection would end the process; the statement under way hears of it anyway.
    const ignore = () => undefined;
    client.on('error', ignore);
    const session = new Session(client);
    let broken = false;
    try {
      return await use(session);
    } catch (error) {
      broken = error instanceof Setback && error.failure === 'lost';
      throw error;
    } finally {
      if (session.inTransaction && !broken) {
        broken = await session.rollback().then(
          () => false,
          () => true,
        );
      }
      client.off('error', ignore);
      client.release(broken);
    }
  }

  /** A statement that commits nothing by itself: a read, or one inside of a transaction. */
  async rows(statement: Statement): Promise<readonly EventRow[]> {
    return (await this.run(statement, false)).rows;
  }

  /** A statement that writes; a transaction by itself where none was begun, and then, if lost, it may have committed. Gives its row count. */
  async write(statement: Statement): Promise<number> {
    return (await this.run(statement, !this.inTransaction)).rowCount ?? 0;
  }

  /** Lends the connection itself, within the transaction, for reads and writes that are not the ledger's own. */
  async use<T>(work: (client: Pick<PoolClient, 'query'>) => Promise<T>): Promise<T> {
    try {
      return await work(this.client);
    } catch (cause) {
      throw new Setback(await failureOf(cause, this.client), false, cause);
    }
  }

  /**
   * BEGIN and further statements, each of which sees what was committed before it. They are sent without waiting for answers in between, as
   * far as the pool's connections do so (`pipeline`): whoever holds a lock meanwhile holds it that much shorter.
   */
  async begin(...statements: readonly Statement[]): Promise<readonly (readonly EventRow[])[]> {
    this.inTransaction = true;
    const results = await this.together(() =>
      Promise.all([{ text: 'BEGIN' }, LIMITS, ...statements].map((statement) => this.run(statement, false))),
    );
    return results.slice(2).map(({ rows }) => rows);
  }

  /** A statement that writes and COMMIT, sent together as those of `begin` are. Where the statement fails, nothing is committed. */
  async writeAndCommit(statement: Statement): Promise<void> {
    const [written, committed] = await this.together(() =>
      Promise.allSettled([this.run(statement, false), this.run({ text: 'COMMIT' }, true)]),
    );
    if (committed.status === 'rejected') throw committed.reason;
    this.inTransaction = false;
    // COMMIT of a transaction that has failed rolls it back.
    if (written.status === 'rejected') throw written.reason;
  }

  async commit(): Promise<void> {
    const { command } = await this.run({ text: 'COMMIT' }, true);
    this.inTransaction = false;
    if (command !== 'COMMIT') throw new Error('COMMIT of a transaction that had failed');
  }

  async rollback(): Promise<void> {
    await this.run({ text: 'ROLLBACK' }, false);
    this.inTransaction = false;
  }

  /** Runs one step of the transaction so that it can fail alone: gives what it was rejected for, or `null`. */
  async apart(step: () => Promise<void>): Promise<Setback | null> {
    await this.run({ text: 'SAVEPOINT apart' }, false);
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Setback) || error.failure !== 'rejected') throw error;
      await this.run({ text: 'ROLLBACK TO SAVEPOINT apart' }, false);
      return error;
    }
    await this.run({ text: 'RELEASE SAVEPOINT apart' }, false);
    return null;
  }

  /** Has whatever is given to the connection meanwhile written to its socket at once: each write wakes the server, which answers it by itself. */
  private together<T>(give: () => T): T {
    const { stream } = this.client.connection;
    stream.cork();
    try {
      return give();
    } finally {
      stream.uncork();
    }
  }

  private async run(statement: Statement, commits: boolean): Promise<QueryArrayResult<string[]>> {
    try {
      const { name, text, values } = statement;
      return await this.client.query<string[]>({ ...AS_TEXT, name, text, values });
    } catch (cause) {
      const failure = await failureOf(cause, this.client);
      throw new Setback(failure, commits && failure === 'lost', cause);
    }
  }
}
