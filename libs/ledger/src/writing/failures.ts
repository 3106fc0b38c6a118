import { DatabaseError, type Pool, type PoolClient } from 'pg';

/** What a failed statement tells. */
export type Failure =
  /** The database, or a view's projection, will not have it, and will not the next time either. */
  | 'rejected'
  /** Nothing is wrong with it: another transaction, a time limit stood in the way. It may pass later. */
  | 'in-the-way'
  /** The disk is full. It gets no room while somebody waits for an answer. */
  | 'no-room'
  /** The head is not where the batch was decided on. */
  | 'moved'
  /** A command id that is in the ledger already. */
  | 'key-taken'
  /** The connection went, and with it the news of what happened to a statement under way. */
  | 'lost';

/** A failure below the writer, told apart by what may be done about it. Anything else that is thrown there is a bug. */
export class Setback extends Error {
  override readonly name = 'Setback';

  constructor(
    readonly failure: Failure,
    /** The connection was lost when a commit had been sent. */
    readonly mayHaveCommitted: boolean,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** SQLSTATE classes of errors about the moment, not about the statement. */
const OF_THE_MOMENT = new Set([
  '25', // invalid transaction state: read-only after a failover
  '40', // transaction rollback: serialization failure, deadlock
  '53', // insufficient resources: out of memory, too many connections
  '55', // object not in prerequisite state: lock not available
  '57', // operator intervention: statement timeout
  '58', // system error: I/O
  'XX', // internal error
]);

const DISK_FULL = '53100';

/** `client`: where the statement failed. */
export async function failureOf(error: unknown, client: Pick<Pool | PoolClient, 'query'>): Promise<Failure> {
  if (!(error instanceof DatabaseError) || error.code === undefined || !(await outlived(error, client)))
    return 'lost';
  if (error.code === '23505' && error.constraint === 'events_command_key') return 'key-taken';
  if (error.code === DISK_FULL) return 'no-room';
  return OF_THE_MOMENT.has(error.code.slice(0, 2)) ? 'in-the-way' : 'rejected';
}

/**
 * FATAL and PANIC end the session, perhaps after the commit record is on disk. They are words of the server's language (`lc_messages`), so where
 * it is no word that we know, the session is asked: an empty statement passes in a transaction that has failed, too.
 */
async function outlived(error: DatabaseError, client: Pick<Pool | PoolClient, 'query'>): Promise<boolean> {
  if (error.severity === 'ERROR') return true;
  if (error.severity === 'FATAL' || error.severity === 'PANIC') return false;
  return await client.query('').then(
    () => true,
    () => false,
  );
}
