import { DatabaseError, type Pool, type PoolClient } from 'pg';

/** Why a statement failed. */
export type Failure =
  /** The database or a view's projection rejects it; a retry fails the same way. */
  | 'rejected'
  /** Another transaction or a time limit got in the way; a retry may succeed. */
  | 'in-the-way'
  /** The disk is full. Retrying does not help while a client waits. */
  | 'no-room'
  /** The head is no longer where the batch was decided. */
  | 'moved'
  /** The ledger already holds one of the command ids. */
  | 'key-taken'
  /** The connection was lost, and with it the outcome of the statement under way. */
  | 'lost';

/**
 * A failure below the writer, classified by how to recover from it. Any other error thrown there is a bug.
 */
export class CommitFailure extends Error {
  override readonly name = 'CommitFailure';

  constructor(
    readonly failure: Failure,
    /** The connection was lost after a commit had been sent. */
    readonly mayHaveCommitted: boolean,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** SQLSTATE classes of transient errors. */
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

/** `client`: the connection on which the statement failed. */
export async function failureOf(error: unknown, client: Pick<Pool | PoolClient, 'query'>): Promise<Failure> {
  if (!(error instanceof DatabaseError) || error.code === undefined || !(await outlived(error, client)))
    return 'lost';
  if (error.code === '23505' && error.constraint === 'events_command_key') return 'key-taken';
  if (error.code === DISK_FULL) return 'no-room';
  return OF_THE_MOMENT.has(error.code.slice(0, 2)) ? 'in-the-way' : 'rejected';
}

/**
 * FATAL and PANIC end the session, perhaps after the commit record is on disk. The server reports them in its
 * own language (`lc_messages`); for an unknown word, ask the session: an empty statement succeeds even in a
 * failed transaction.
 */
async function outlived(error: DatabaseError, client: Pick<Pool | PoolClient, 'query'>): Promise<boolean> {
  if (error.severity === 'ERROR') return true;
  if (error.severity === 'FATAL' || error.severity === 'PANIC') return false;
  return await client.query('').then(
    () => true,
    () => false,
  );
}
