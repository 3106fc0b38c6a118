export type * from './ledger-types.js';
export { InvalidCommand, LedgerFault, type CommitFate } from './faults.js';
export { Ledger, type LedgerOptions } from './ledger.js';
