import type { Pool, PoolClient, QueryArrayResult } from 'pg';
import { AS_TEXT, type EventRow } from '../reading/event-rows.js';
import { failureOf, CommitFailure } from './failures.js';
import type { Statement } from './append-statement.js';

/**
 * Time limits of one transaction, on idling while it holds locks and on waiting for other locks. A process
 * that freezes or is cut off between the head's lock and COMMIT stops every writer of its workspace, so the
 * server ends its session.
 */
const LIMITS: Statement = {
  name: 'casebook_limits',
  text: `SELECT set_config('idle_in_transaction_session_timeout', '2s', true), set_config('lock_timeout', '5s', true)`,
  values: [],
};

/** A connection for the length of one commit. It fails with CommitFailure. */
export class Session {
  private inTransaction = false;

  private constructor(
    private readonly client: PoolClient,
    private readonly silence: number,
  ) {}

  /**
   * Lends a connection of the pool. Afterwards no transaction is open on it; if that is uncertain, the
   * connection is dropped.
   *
   * @param silence how long a statement may go unanswered, in milliseconds. A host that vanished answers
   * nothing, and TCP takes many minutes to notice: the connection is then lost.
   */
  static async lend<T>(pool: Pool, silence: number, use: (session: Session) => Promise<T>): Promise<T> {
    let client: PoolClient;
    try {
      client = await pool.connect();
    } catch (cause) {
      throw new CommitFailure('lost', false, cause);
    }
    // Without a listener, losing the connection would end the process; the statement under way rejects
    // anyway.
    const ignore = () => undefined;
    client.on('error', ignore);
    const session = new Session(client, silence);
    let broken = false;
    try {
      return await use(session);
    } catch (error) {
      broken = error instanceof CommitFailure && error.failure === 'lost';
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

  /** Runs a statement that commits nothing by itself: a read, or any statement inside a transaction. */
  async rows(statement: Statement): Promise<readonly EventRow[]> {
    return (await this.run(statement, false)).rows;
  }

  /**
   * Runs a statement that writes and returns its row count. Outside a transaction it commits by itself, and
   * may have committed if the connection is lost.
   */
  async write(statement: Statement): Promise<number> {
    return (await this.run(statement, !this.inTransaction)).rowCount ?? 0;
  }

  /**
   * Lends the connection itself, inside the transaction, for reads and writes that are not the ledger's own.
   */
  async use<T>(work: (client: Pick<PoolClient, 'query'>) => Promise<T>): Promise<T> {
    try {
      return await work(this.client);
    } catch (cause) {
      throw new CommitFailure(await failureOf(cause, this.client), false, cause);
    }
  }

  /**
   * BEGIN and further statements, each of which sees what was committed before it. They are sent without
   * waiting for answers if the pool's connections support it (`pipeline`), which shortens the time that locks
   * are held.
   */
  async begin(...statements: readonly Statement[]): Promise<readonly (readonly EventRow[])[]> {
    this.inTransaction = true;
    const results = await this.together(() =>
      Promise.all([{ text: 'BEGIN' }, LIMITS, ...statements].map((statement) => this.run(statement, false))),
    );
    return results.slice(2).map(({ rows }) => rows);
  }

  /**
   * Sends a write and COMMIT together, like the statements of `begin`, and returns the write's row count. If the
   * write fails, nothing is committed.
   */
  async writeAndCommit(statement: Statement): Promise<number> {
    const [written, committed] = await this.together(() =>
      Promise.allSettled([this.run(statement, false), this.run({ text: 'COMMIT' }, true)]),
    );
    if (committed.status === 'rejected') throw committed.reason;
    this.inTransaction = false;
    // COMMIT rolls back a failed transaction.
    if (written.status === 'rejected') throw written.reason;
    return written.value.rowCount ?? 0;
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

  /** Runs one step of the transaction in a savepoint: returns its rejection, or `null`. */
  async apart(step: () => Promise<void>): Promise<CommitFailure | null> {
    await this.run({ text: 'SAVEPOINT apart' }, false);
    try {
      await step();
    } catch (error) {
      if (!(error instanceof CommitFailure) || error.failure !== 'rejected') throw error;
      await this.run({ text: 'ROLLBACK TO SAVEPOINT apart' }, false);
      return error;
    }
    await this.run({ text: 'RELEASE SAVEPOINT apart' }, false);
    return null;
  }

  /**
   * Writes everything that `give` sends to the socket at once: each separate write wakes the server, which
   * answers it separately.
   */
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
      // node-postgres takes the timeout with each statement; its types do not say so.
      const timed = { ...AS_TEXT, name, text, values, query_timeout: this.silence };
      return await this.client.query<string[]>(timed);
    } catch (cause) {
      const failure = await failureOf(cause, this.client);
      throw new CommitFailure(failure, commits && failure === 'lost', cause);
    }
  }
}
