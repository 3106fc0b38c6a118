/** A JSON value. Numbers are finite, and strings hold no lone surrogates, which RFC 8785 cannot write. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** An event that a decision wants to record. */
export interface NewEvent {
  readonly type: string;
  readonly schemaVersion: number;
  /**
   * The id of what the event is about (an annotation, a document, a member); it outlives the erasure of the
   * payload.
   */
  readonly subject: string | null;
  readonly payload: JsonObject;
}

/** The content of a recorded event. Deeply read-only: the ledger's caches share it. */
export interface RecordedEvent {
  readonly workspaceId: string;
  /** 1, 2, 3, … within the workspace, in commit order, without gaps. */
  readonly position: number;
  readonly streamId: string;
  /** 1, 2, 3, … within the stream. */
  readonly streamVersion: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly subject: string | null;
  /** `null` once erased by law; everything else remains. */
  readonly payload: JsonObject | null;
  readonly actorId: string;
  /**
   * ISO 8601 in UTC with milliseconds (`2024-05-01T12:00:00.000Z`); never before that of the previous
   * position.
   */
  readonly recordedAt: string;
  readonly commandId: string;
  /** 0, 1, 2, … among the events of one command. */
  readonly commandIndex: number;
  readonly correlationId: string;
  readonly causationId: string | null;
}

/**
 * The fields that folds and views may read: what happened, to what, by whom, when, and at which position. The
 * other fields identify the command; reading them would cost a replay as much as folding the event.
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

/** A complete row of `events`. */
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
 * How a stream's state is folded. `name` identifies the fold in the state cache: one name, one behaviour per
 * process. `evolve` must be pure and must not change the given state: the ledger keeps old states, and drops
 * new ones when a commit fails. `initial` is the state of a stream without events.
 */
export interface StreamFold<S> {
  readonly name: string;
  readonly initial: S;
  evolve(state: S, event: FoldableEvent): S;
  /**
   * A copy of the state that `evolve` may change in place, along with the states that come of it. For callers
   * that fold a whole stream and never look at an earlier state again.
   */
  own?(state: S): S;
  /**
   * The memory that the state takes, in events of average size; defaults to the stream's version. The cache
   * is bounded by the sum, so a fold whose state does not grow with its stream should define it.
   */
  weight?(state: S): number;
}

export type Decision<R> =
  /** No events: accepted, with nothing to record. */
  | { readonly accepted: true; readonly events: readonly NewEvent[] }
  | { readonly accepted: false; readonly refusal: R };

export interface DecisionContext {
  /** The stream's version before the decision; 0 for a new stream. */
  readonly version: number;
  /** The time of this decision's events. */
  readonly recordedAt: string;
  /** The position of this decision's first event, if it records one. */
  readonly position: number;
  /**
   * The current state of a stream that the command named among its `reads` or `parts`; throws for any other.
   */
  read<T>(streamId: string, fold: StreamFold<T>): T;
}

/** The part of a command that one stream decides. */
export interface Part<S = unknown, R = unknown> {
  readonly streamId: string;
  readonly fold: StreamFold<S>;
  /** The stream's id is new, so the stream is known to be empty and is not read. */
  readonly isNew?: boolean;
  /**
   * Pure, and may be called several times for one command, each time on newer state; only the last decision
   * counts. A throw rejects this command alone.
   */
  decide(state: S, context: DecisionContext): Decision<R>;
}

/** What one part of a command recorded: nothing, or its events in order. */
export interface PartResult<S = unknown> {
  /** The stream's state after the events. */
  readonly state: S;
  readonly events: readonly StoredEvent[];
}

export interface StreamRead {
  readonly streamId: string;
  readonly fold: StreamFold<unknown>;
}

export interface Command<R = unknown> {
  readonly workspaceId: string;
  /** The client's Idempotency-Key, 1 to 255 characters; generated if missing. */
  readonly commandId?: string;
  /**
   * What identifies the command's content (route and body): the same key with another body is `key-reused`.
   */
  readonly body: Json;
  readonly actorId: string;
  readonly correlationId: string;
  readonly causationId?: string | null;
  /** Decided in order, each on what its predecessors left; all are recorded or none. */
  // `any` is the only type that all parts' state types extend.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly parts: readonly Part<any, R>[];
  /**
   * Streams of the same workspace that decisions look at, read at commit time with the same guarantee as the
   * parts.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly reads?: readonly { readonly streamId: string; readonly fold: StreamFold<any> }[];
}

export type Outcome<R> =
  | {
      readonly status: 'committed';
      readonly events: readonly StoredEvent[];
      /** The position of the command's last event. */
      readonly position: number;
      readonly replayed: false;
      /** In the order of the command's parts. */
      readonly parts: readonly PartResult[];
    }
  /**
   * The key was committed before with this body: these are the events it recorded. `Ledger.repeatedParts`
   * finds what each part recorded.
   */
  | {
      readonly status: 'committed';
      readonly events: readonly StoredEvent[];
      readonly position: number;
      readonly replayed: true;
    }
  /** Accepted with no events; `position` is the size of the ledger that was decided on. */
  | { readonly status: 'unchanged'; readonly position: number; readonly parts: readonly PartResult[] }
  /** Nothing of the command is recorded, and the key stays free. `part`: the index of the part that refused. */
  | { readonly status: 'refused'; readonly refusal: R; readonly part: number }
  /** The key was committed before with another body or by another actor. */
  | { readonly status: 'key-reused' }
  /** A command with this key is under way in this process. */
  | { readonly status: 'in-progress' }
  | { readonly status: 'no-such-workspace' };

export interface Head {
  /** The number of events in the ledger, and the last position. */
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
  /** The name of the fold that produced `before` and `after`. */
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
  /** The columns of the primary key or of a unique index; always includes `workspace_id`. */
  readonly key: readonly string[];
  /**
   * The column that names a row's stream, if there is one that an index finds within the workspace: rows that
   * share its value come from one stream. The rest of the key is UUIDs and numbers.
   */
  readonly streamColumn?: string;
}

/**
 * A column's value by its type: numbers for integers and floats, ISO strings (or Date) for times, any JSON
 * value for json and jsonb, Buffer for bytea, a list of strings for `text[]`, a string (the type's text form)
 * for all others.
 */
export type ColumnValue = Json | undefined | Date | Buffer | readonly string[];
export interface Row {
  readonly [column: string]: ColumnValue;
}

export interface TableRows {
  /** `TableShape.name`. */
  readonly table: string;
  /** Whole rows, inserted or replacing the row with the same key. A missing column is NULL. */
  readonly upserts: readonly Row[];
  /** Keys of the rows to delete: an object with the key's columns. */
  readonly deletes?: readonly Row[];
}

/**
 * A view: a pure function from changes to rows. When attached, the writer applies the rows in the commit's
 * own transaction. A batch gives each pair of stream and fold at most once; the rows of one call must not
 * name a key twice across upserts and deletes. A view never refuses a recorded fact: if `project` throws or
 * the database rejects its rows, the events are committed without the view, and the view is detached for that
 * workspace at that position.
 */
export interface InlineView {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly TableShape[];
  /** A generator may compute rows as they are taken, so that a follower can pause between them. */
  project(changes: readonly StreamChange[]): Iterable<TableRows>;
}

/** What it took to append a batch. */
export interface AppendFacts {
  readonly commands: number;
  /** From the arrival of the batch's oldest command until it was durable, in milliseconds. */
  readonly waited: number;
}

export type CommittedListener = (
  workspaceId: string,
  events: readonly StoredEvent[],
  facts: AppendFacts,
) => void;

export interface ReadStreamOptions {
  /** The first version to return; 1 by default. */
  readonly fromVersion?: number;
  /** Return no event above this position of the ledger. */
  readonly toPosition?: number;
  /** Return no event recorded after this moment (ISO 8601). */
  readonly toTime?: string;
  /** At most this many events; all by default. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Return events above this position; 0 by default. */
  readonly after?: number;
  /** Return no event above this position. */
  readonly to?: number;
  /** At most this many events; 1,000 by default. */
  readonly limit?: number;
  /** The page ends with the event whose payload brings the total to this many bytes; unbounded by default. */
  readonly maxBytes?: number;
}
