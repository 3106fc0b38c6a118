import type { Pool, PoolClient } from 'pg';
import { Batch } from './writing/batch.js';
import { CommitFailure } from './writing/failures.js';
import { LedgerFault } from './faults.js';
import { PendingCommand } from './writing/pending-command.js';
import { earlierCommands } from './writing/repeated-commands.js';
import { Session } from './writing/session.js';
import { StreamStates } from './writing/stream-states.js';
import { raiseEpoch, readHead } from './writing/workspace-head.js';
import type { WriterContext } from './writing/writer-context.js';
import { WorkspaceStreams } from './writing/workspace-streams.js';
import type { Command, Outcome, StoredEvent } from './ledger-types.js';

/** A connection within the erasure's transaction. */
export type ErasureClient = Pick<Pool | PoolClient, 'query'>;

/** What an erasure records, and how data outside the events forgets it. */
export interface ErasurePlan<R> extends Pick<Command<R>, 'parts' | 'reads'> {
  /**
   * Called in the same transaction once the payloads of `events` are erased. When it resolves, every other
   * copy of them in the database must be gone.
   */
  forget(client: ErasureClient, events: readonly StoredEvent[]): Promise<void>;
}

/**
 * A command whose events, of type PayloadErased in the stream `erasures`, name the `positions` whose payloads
 * are to be erased.
 */
export interface Erasure<R = unknown> extends Omit<Command<R>, 'parts' | 'reads'> {
  /**
   * Called under the locks of the head and of every view, before anything is erased: nothing appends or
   * projects meanwhile.
   */
  plan(this: void, client: ErasureClient): Promise<ErasurePlan<R>>;
}

/** The statement timeout of an erasure, in PostgreSQL's notation; a large workspace takes long. */
const TIME_LIMIT = '10min';
/** Longer than the server itself lets a statement run. */
const SILENCE = 605_000;

/**
 * Runs the preparation of an erasure before its transaction, on one connection with the same statement
 * timeout.
 */
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
 * Records an erasure and erases the payloads in one transaction. Afterwards no process uses states that were
 * folded before: the epoch rises. Refuses if a view is attached that this process cannot make forget.
 */
export async function commitErasure(
  context: Pick<WriterContext, 'pool' | 'views' | 'clock' | 'committed'>,
  erasure: Erasure<unknown>,
): Promise<Outcome<unknown>> {
  try {
    return await Session.lend(context.pool, SILENCE, (session) => erase(session, context, erasure));
  } catch (error) {
    if (!(error instanceof CommitFailure)) throw error;
    throw new LedgerFault(
      `The erasure was not recorded: ${error.message}`,
      error.mayHaveCommitted ? 'unknown' : 'not-committed',
      { cause: error.cause },
    );
  }
}

async function erase(
  session: Session,
  context: Pick<WriterContext, 'views' | 'clock' | 'committed'>,
  erasure: Erasure<unknown>,
): Promise<Outcome<unknown>> {
  const { workspaceId } = erasure;
  // Folding under the lock takes long, and the session idles meanwhile.
  await session.begin({
    text: `SELECT set_config('statement_timeout', '${TIME_LIMIT}', true), set_config('lock_timeout', '30s', true),
             set_config('idle_in_transaction_session_timeout', '60s', true)`,
  });
  // Lock order: runners lock the row of a following view, then perhaps the head; writers lock the head, then
  // the rows of attached views.
  await session.rows(lockViews(workspaceId, `status <> 'attached'`));
  await session.rows({
    text: 'SELECT 1 FROM ledger_heads WHERE workspace_id = $1 FOR UPDATE',
    values: [workspaceId],
  });
  await session.rows(lockViews(workspaceId, 'true'));
  const head = await readHead(session, workspaceId, context.views);
  if (!head) return { status: 'no-such-workspace' };
  const [foreign] = head.foreign;
  if (foreign) {
    throw new LedgerFault(
      `This program does not have the view ${foreign.join(' version ')}, so it cannot erase from it. Erase with the version that has it.`,
      'not-committed',
    );
  }

  let outcome: Outcome<unknown> | undefined;
  const pendingOf = (command: Command<unknown>): PendingCommand =>
    new PendingCommand(command, {
      resolve: (answered) => (outcome = answered),
      reject: (error) => {
        throw error;
      },
    });
  const unplanned = pendingOf({ ...erasure, parts: [] });
  if (unplanned.keyed) {
    unplanned.settleIfRepeated(await earlierCommands(session, workspaceId, [unplanned]));
    if (outcome) return outcome;
  }

  const plan = await session.use((client) => erasure.plan(client));
  const pending = pendingOf({ ...erasure, parts: plan.parts, ...(plan.reads && { reads: plan.reads }) });
  const streams = new WorkspaceStreams(workspaceId, new StreamStates(Number.MAX_SAFE_INTEGER));
  const found = await streams.load(session, [pending.command], head, true);
  const batch = new Batch(workspaceId, head, head, found, context.clock);
  batch.decide(pending);
  const { verdict } = batch.decided[0]!;
  if (verdict.kind === 'accepted') {
    if ((await session.write(batch.close())) === 0) throw new Error('the head moved under its lock');
    await session.rows({ text: 'SELECT erasure.erase($1)', values: [workspaceId] });
    await session.use((client) => plan.forget(client, verdict.events));
    await raiseEpoch(session, workspaceId, head);
    await session.commit();
    context.committed(workspaceId, verdict.events, batch.facts());
  }
  pending.settleBy(verdict);
  return outcome!;
}

const lockViews = (workspaceId: string, which: string) => ({
  text: `SELECT 1 FROM view_progress WHERE workspace_id = $1 AND ${which} ORDER BY view, version FOR UPDATE`,
  values: [workspaceId],
});
