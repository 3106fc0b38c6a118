import type { Pool, PoolClient } from 'pg';
import { Batch } from './writing/batch.js';
import { Setback } from './writing/failures.js';
import { LedgerFault } from './faults.js';
import { Pending } from './writing/pending.js';
import { eventsOfCommands } from './writing/repeated-commands.js';
import { Session } from './writing/session.js';
import { StreamStates } from './writing/stream-states.js';
import { raiseEpoch, readHead } from './writing/workspace-head.js';
import type { WriterHouse } from './writing/workspace-writer.js';
import { WorkspaceStreams } from './writing/workspace-streams.js';
import type { Command, Outcome, StoredEvent } from './ledger-types.js';

/** A connection within the erasure's transaction. */
export type ErasureClient = Pick<Pool | PoolClient, 'query'>;

/** What an erasure decides, and how everything beside the events forgets. */
export interface ErasurePlan<R> extends Pick<Command<R>, 'parts' | 'reads'> {
  /**
   * Called once the payloads that `events` name are gone, in the same transaction. Whatever else the database holds of them has to be gone
   * when this resolves.
   */
  forget(client: ErasureClient, events: readonly StoredEvent[]): Promise<void>;
}

/** A command whose events, of type PayloadErased in the stream `erasures`, name the `positions` whose payloads are to be erased. */
export interface Erasure<R = unknown> extends Omit<Command<R>, 'parts' | 'reads'> {
  /** Called under the lock of the head and of every view, before anything is erased: nobody appends or projects meanwhile. */
  plan(this: void, client: ErasureClient): Promise<ErasurePlan<R>>;
}

/** How long a statement of an erasure may take, as PostgreSQL reads it: a large workspace takes its time. */
const TIME_LIMIT = '10min';

/** Runs what an erasure does ahead of its transaction, on one connection whose statements may take as long as those of the erasure itself. */
export async function aheadOfErasure<T>(pool: Pool, work: (client: ErasureClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(`SET statement_timeout = '${TIME_LIMIT}'`);
    const result = await work(client);
    await client.query('RESET statement_timeout');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/**
 * Records an erasure and erases, in one transaction. Afterwards no process goes on with states that were folded before: the epoch rises.
 * Refuses where a view is attached that this process cannot make forget.
 */
export async function commitErasure(
  house: Pick<WriterHouse, 'pool' | 'views' | 'clock' | 'committed'>,
  erasure: Erasure<unknown>,
  prepared: { readonly commandId: string; readonly keyed: boolean; readonly digestText: string },
): Promise<Outcome<unknown>> {
  try {
    return await Session.lend(house.pool, (session) => erase(session, house, erasure, prepared));
  } catch (error) {
    if (!(error instanceof Setback)) throw error;
    throw new LedgerFault(
      `The erasure was not recorded: ${error.message}`,
      error.mayHaveCommitted ? 'unknown' : 'not-committed',
      { cause: error.cause },
    );
  }
}

async function erase(
  session: Session,
  house: Pick<WriterHouse, 'views' | 'clock' | 'committed'>,
  erasure: Erasure<unknown>,
  { commandId, keyed, digestText }: { commandId: string; keyed: boolean; digestText: string },
): Promise<Outcome<unknown>> {
  const { workspaceId } = erasure;
  // What is folded under the lock takes its time, in silence.
  await session.begin({
    text: `SELECT set_config('statement_timeout', '${TIME_LIMIT}', true), set_config('lock_timeout', '30s', true),
             set_config('idle_in_transaction_session_timeout', '60s', true)`,
  });
  // Runners hold the row of a view that follows, and then perhaps want the head; writers hold the head, and then the row of an attached one.
  await session.rows(lockViews(workspaceId, `status <> 'attached'`));
  await session.rows({
    text: 'SELECT 1 FROM ledger_heads WHERE workspace_id = $1 FOR UPDATE',
    values: [workspaceId],
  });
  await session.rows(lockViews(workspaceId, 'true'));
  const head = await readHead(session, workspaceId, house.views);
  if (!head) return { status: 'no-such-workspace' };
  const [foreign] = head.foreign;
  if (foreign) {
    throw new LedgerFault(
      `The view ${foreign.join(' version ')} is not one of this program, which cannot make it forget. Erase with the version that has it.`,
      'not-committed',
    );
  }

  let outcome: Outcome<unknown> | undefined;
  const answer = (command: Command<unknown>): Pending =>
    new Pending(
      command,
      commandId,
      keyed,
      digestText,
      (answered) => (outcome = answered),
      (error) => {
        throw error;
      },
      null,
    );
  const earlier = keyed
    ? (await eventsOfCommands(session, workspaceId, [commandId])).get(commandId)
    : undefined;
  if (earlier) {
    answer({ ...erasure, parts: [] }).settleAgain(earlier);
    return outcome!;
  }

  const plan = await session.use((client) => erasure.plan(client));
  const pending = answer({ ...erasure, parts: plan.parts, ...(plan.reads && { reads: plan.reads }) });
  const streams = new WorkspaceStreams(workspaceId, new StreamStates(Number.MAX_SAFE_INTEGER));
  const found = await streams.load(session, [pending.command], head, true);
  const batch = new Batch(workspaceId, head, head, found, house.clock);
  batch.decide(pending);
  const { verdict } = batch.decided[0]!;
  if (verdict.kind === 'accepted') {
    if ((await session.write(batch.close())) === 0) throw new Error('the head moved under its lock');
    await session.rows({ text: 'SELECT erasure.erase($1)', values: [workspaceId] });
    await session.use((client) => plan.forget(client, verdict.events));
    await raiseEpoch(session, workspaceId, head);
    await session.commit();
    house.committed(workspaceId, verdict.events);
  }
  pending.settleBy(verdict);
  return outcome!;
}

const lockViews = (workspaceId: string, which: string) => ({
  text: `SELECT 1 FROM view_progress WHERE workspace_id = $1 AND ${which} ORDER BY view, version FOR UPDATE`,
  values: [workspaceId],
});
