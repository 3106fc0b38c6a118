import { Ledger1764000001000 } from './1764000001000-ledger.js';

/** Every migration, in the order in which they run. A migration that landed is never edited. */
export const migrations = [Ledger1764000001000];
