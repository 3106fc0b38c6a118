/** Whether a failed command was committed. */
export type CommitFate =
  /** Nothing was recorded. */
  | 'not-committed'
  /**
   * The connection was lost during the commit, and the database could not be asked. Sending the same key
   * again settles it.
   */
  | 'unknown';

/** An outage or a bug below the ledger. The command may be sent again with the same command id. */
export class LedgerFault extends Error {
  override readonly name: string = 'LedgerFault';

  constructor(
    message: string,
    readonly fate: CommitFate,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/**
 * The command cannot be stored as it is (an id too long, a NUL byte, an envelope above 65,535 bytes): a bug
 * of the caller.
 */
export class InvalidCommand extends Error {
  override readonly name = 'InvalidCommand';
}
