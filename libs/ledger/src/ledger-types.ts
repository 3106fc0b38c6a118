/** A JSON value. Numbers are finite, strings hold no lone surrogates (RFC 8785 could not write them). */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** What a decision wants recorded. */
export interface NewEvent {
  readonly type: string;
  readonly schemaVersion: number;
  /** The thing that the event is about (an annotation, a document, a member); outlives the erasure of the payload. */
  readonly subject: string | null;
  readonly payload: JsonObject;
}

/** What an event says. Deeply read-only: the ledger's caches share it. */
export interface RecordedEvent {
  readonly workspaceId: string;
  /** 1, 2, 3, … within the workspace, in commit order, without a gap. */
  readonly position: number;
  readonly streamId: string;
  /** 1, 2, 3, … within the stream. */
  readonly streamVersion: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly subject: string | null;
  /** `null`: erased by law; everything else remains. */
  readonly payload: JsonObject | null;
  readonly actorId: string;
  /** ISO 8601 in UTC with milliseconds (`2024-05-01T12:00:00.000Z`); never before that of the position below. */
  readonly recordedAt: string;
  readonly commandId: string;
  /** 0, 1, 2, … among the events of one command. */
  readonly commandIndex: number;
  readonly correlationId: string;
  readonly causationId: string | null;
}

/**
 * An event as far as folds and views may look at it: what happened, to what, by whom, when, and where in the ledger. The other fields
 * name the command that it came by, and taking them out of a row would cost a replay as much as folding it.
 */
export type FoldableEvent = Pick<
  RecordedEvent,
  | 'position'
  | 'streamId'
  | 'streamVersion'
  | 'type'
  | 'schemaVersion'
  | 'subject'
  | 'payload'
  | 'actorId'
  | 'recordedAt'
>;

/** An event as it stands in the ledger: one row of `events`, complete. */
export interface StoredEvent extends RecordedEvent {
  /** SHA-256(salts of the command's events in order || canonical command), 32 bytes. */
  readonly commandDigest: Buffer;
  /** SHA-256(payloadSalt || canonical payload), 32 bytes. */
  readonly payloadCommitment: Buffer;
  /** 16 random bytes; `null` once the payload is erased. */
  readonly payloadSalt: Buffer | null;
  /** RFC 6962 leaf hash of the event's envelope, 32 bytes. */
  readonly leafHash: Buffer;
}

/**
 * How a stream's state is folded. `name` identifies the fold in the state cache: one name, one behaviour in a process.
 * `evolve` must be pure and must not change the state that it is given: the ledger keeps old states, and drops new ones
 * when a commit fails. `initial` is the state of a stream without events.
 */
export interface StreamFold<S> {
  readonly name: string;
  readonly initial: S;
  evolve(state: S, event: FoldableEvent): S;
  /**
   * The same state for a caller who will never look at it again once an event was folded into it: `evolve` may change what this gives, and what
   * comes of it, in place. For whoever folds a stream as a whole.
   */
  own?(state: S): S;
  /**
   * How much memory the state takes, in events of average size; the stream's version where left out. The cache is bounded by
   * the sum, so a fold whose state does not grow with its stream should say so.
   */
  weight?(state: S): number;
}

export type Decision<R> =
  /** No events: accepted, and nothing to record. */
  | { readonly accepted: true; readonly events: readonly NewEvent[] }
  | { readonly accepted: false; readonly refusal: R };

export interface DecisionContext {
  /** The stream's version before the decision; 0 for a new stream. */
  readonly version: number;
  /** The time that the events of this decision will carry. */
  readonly recordedAt: string;
  /** The position that the first event of this decision will have, if it records one. */
  readonly position: number;
  /** The present state of a stream that the command named among its `reads` or `parts`; throws for any other. */
  read<T>(streamId: string, fold: StreamFold<T>): T;
}

/** The share of a command that one stream decides. */
export interface Part<S = unknown, R = unknown> {
  readonly streamId: string;
  readonly fold: StreamFold<S>;
  /** The stream's id was freshly made, so the stream is known to be empty and is not read. */
  readonly isNew?: boolean;
  /**
   * Pure, and may be called several times for one command: each time on newer state, of which only the last call's
   * decision counts. A throw rejects this command alone.
   */
  decide(state: S, context: DecisionContext): Decision<R>;
  /** Called after each decision that accepted, with the state that its events leave. As with decisions, the last call counts. */
  folded?(state: S): void;
}

export interface StreamRead {
  readonly streamId: string;
  readonly fold: StreamFold<unknown>;
}

export interface Command<R = unknown> {
  readonly workspaceId: string;
  /** The client's Idempotency-Key, 1 to 255 characters; one is made where it is missing. */
  readonly commandId?: string;
  /** All that makes the command what it is (route and body): a key seen again with another body is `key-reused`. */
  readonly body: Json;
  readonly actorId: string;
  readonly correlationId: string;
  readonly causationId?: string | null;
  /** Decided in order, each on what its predecessors left; all are recorded or none. */
  // Each part has a state type of its own; `any` is the only type that all of them extend.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly parts: readonly Part<any, R>[];
  /** Streams of the same workspace that decisions look at; read at commit time, under the same guarantee as the parts. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly reads?: readonly { readonly streamId: string; readonly fold: StreamFold<any> }[];
}

export type Outcome<R> =
  | {
      readonly status: 'committed';
      readonly events: readonly StoredEvent[];
      /** The position of the command's last event. */
      readonly position: number;
      /** The key had been committed before, with this body: these are its first and only events. */
      readonly replayed: boolean;
    }
  /** Accepted with no events; `position` is the size of the ledger that was decided on. */
  | { readonly status: 'unchanged'; readonly position: number }
  /** Nothing of the command is recorded, and the key stays free. */
  | { readonly status: 'refused'; readonly refusal: R }
  /** The key was committed before with another body or by another actor. */
  | { readonly status: 'key-reused' }
  /** A command with this key is under way in this process. */
  | { readonly status: 'in-progress' }
  | { readonly status: 'no-such-workspace' };

export interface Head {
  /** How many events the ledger has; also the last position. */
  readonly size: number;
  /** RFC 6962 Merkle tree hash over the leaf hashes of positions 1..size, 32 bytes. */
  readonly root: Buffer;
  /** The last event's time; `null` while the ledger is empty. */
  readonly recordedAt: string | null;
}

/** A change of one stream by one batch of commits. */
export interface StreamChange {
  readonly workspaceId: string;
  readonly streamId: string;
  /** The name of the fold that `before` and `after` are states of. */
  readonly fold: string;
  /** The fold's state before the first of `events`. */
  readonly before: unknown;
  /** The fold's state after the last of `events`. */
  readonly after: unknown;
  readonly events: readonly FoldableEvent[];
}

export interface TableColumn {
  readonly name: string;
  /** A PostgreSQL type as `format_type` writes it: `text`, `bigint`, `jsonb`, `timestamp with time zone`, `text[]`, … */
  readonly type: string;
}

/** A table that an inline view fills. */
export interface TableShape {
  /** Schema-qualified, of plain lower-case identifiers: `incidents_v1.annotation`. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** The columns of the primary key or of a unique index; `workspace_id` is always among them. */
  readonly key: readonly string[];
  /**
   * The column that says which stream a row is of, where there is one that an index finds within the workspace: rows with one value in it come
   * from one stream. The rest of the key is UUIDs and numbers.
   */
  readonly streamColumn?: string;
}

/**
 * A value for a column, by the column's type: numbers for integers and floats, ISO strings (or Date) for times, any JSON
 * value for json and jsonb, Buffer for bytea, a list of strings for `text[]`, a string (the type's text form) for all others.
 */
export type ColumnValue = Json | undefined | Date | Buffer | readonly string[];
export interface Row {
  readonly [column: string]: ColumnValue;
}

export interface TableRows {
  /** `TableShape.name`. */
  readonly table: string;
  /** Whole rows: inserted, or put in the place of the row with the same key. A column left out is NULL. */
  readonly upserts: readonly Row[];
  /** Keys of rows that are to go: an object with the key's columns. */
  readonly deletes?: readonly Row[];
}

/**
 * A view: pure, from changes to rows. Attached, the writer applies the rows in the commit's own transaction. A batch gives each
 * pair of stream and fold at most once; the rows of one call must not name one key twice (over upserts and deletes).
 * A view never refuses a recorded fact: where `project` throws or the database rejects its rows, the events are committed
 * without the view, and the view is detached for that workspace at that position.
 */
export interface InlineView {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly TableShape[];
  project(changes: readonly StreamChange[]): readonly TableRows[];
}

export type CommittedListener = (workspaceId: string, events: readonly StoredEvent[]) => void;

export interface ReadStreamOptions {
  /** The first version to give; 1 where left out. */
  readonly fromVersion?: number;
  /** Give no event above this position of the ledger. */
  readonly toPosition?: number;
  /** Give no event recorded after this moment (ISO 8601). */
  readonly toTime?: string;
  /** At most so many events; all where left out. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Give events above this position; 0 where left out. */
  readonly after?: number;
  /** Give no event above this position. */
  readonly to?: number;
  /** At most so many events; 1,000 where left out. */
  readonly limit?: number;
  /** The last event is the one with which the payloads come to so many bytes; without a bound where left out. */
  readonly maxBytes?: number;
}
