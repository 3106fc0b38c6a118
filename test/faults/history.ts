/* What clients of a workspace did and saw, and what its ledger says: the input of the checker. */

/** An incident as one answer shows it. */
export interface Seen {
  readonly title: string;
  readonly revision: number;
  /** The summaries of its attacks, sorted. */
  readonly attacks: readonly string[];
}

interface Call {
  readonly client: number;
  /** Milliseconds of one clock that all clients share. */
  readonly invoked: number;
  /** `Infinity`: the client never got an answer. */
  readonly completed: number;
}

/** A command with its idempotency key, sent until it was answered. */
export interface Write extends Call {
  readonly kind: 'write';
  readonly key: string;
  readonly incident: string;
  readonly deed: 'open' | 'retitle' | 'attack';
  readonly text: string;
  /** The revision in `If-Match`. */
  readonly expected?: number;
  /** Recorded at this position; refused (a stale revision); or not known, as no answer came. */
  readonly outcome: { readonly position: number } | 'refused' | 'unknown';
}

/** A read of one incident. */
export interface Read extends Call {
  readonly kind: 'read';
  readonly incident: string;
  /** A read as of this position; left out: of now. */
  readonly asOf?: number;
  /** `Ledger-Position` of the answer: each event up to it is reflected. */
  readonly reflects: number;
  /** `null`: there is no such incident. */
  readonly seen: Seen | null;
}

export type Operation = Write | Read;

/** An event of the ledger, as far as clients of the load make them. */
export interface LedgerEvent {
  readonly position: number;
  readonly key: string;
  readonly incident: string;
  readonly deed: Write['deed'];
  readonly text: string;
}
