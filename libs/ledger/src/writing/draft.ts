import { envelopeHash, envelopeText, saltedHash } from '../hashing/envelope.js';
import { canonicalJson, inCanonicalOrder } from '../hashing/canonical-json.js';
import { InvalidCommand } from '../faults.js';
import { Frontier } from '../hashing/merkle.js';
import { newId, newSalt } from '../hashing/random.js';
import type { PendingCommand, Verdict } from './pending-command.js';
import { advance, foldOf, Unfoldable, type FoldState, type StreamState } from './stream-states.js';
import type { NewEvent, Part, PartResult, StoredEvent, StreamChange, StreamFold } from '../ledger-types.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The ledger up to `size`, on which a batch is decided. */
export interface Basis {
  readonly size: number;
  readonly frontier: Frontier;
  /** The last event's time in milliseconds since 1970; 0 for an empty ledger. */
  readonly recordedMs: number;
}

/** Streams as an uncommitted batch leaves them. */
export interface StreamOverlay {
  readonly changed: ReadonlyMap<string, StreamState>;
}

const UNHASHED = Buffer.alloc(0);

/**
 * What a batch appends: each command is decided on the state that its predecessors left. Synchronous, with no
 * effect outside itself; it is dropped if the commit fails.
 */
export class Draft implements Basis, StreamOverlay {
  readonly events: StoredEvent[] = [];
  readonly payloads: string[] = [];
  /** The streams that the batch changes, in their new state. */
  readonly changed = new Map<string, StreamState>();
  /** The time of the last event decided here. */
  private recorded: RecordedTime | null = null;
  private tree: Frontier;
  private readonly shares: Share[] = [];
  /**
   * Copied from the basis, which is not kept: under steady load each draft builds on the one before, and the
   * chain would never be freed.
   */
  private readonly start: { readonly size: number; readonly recordedMs: number };

  /**
   * @param basis the committed head, or a closed draft that is being committed.
   * @param known every stream that a command names, with all folds that it names for it, by the time the
   * command is decided.
   * @param clock milliseconds since 1970.
   */
  constructor(
    private readonly workspaceId: string,
    basis: Basis,
    private readonly known: ReadonlyMap<string, StreamState | Unfoldable>,
    private readonly clock: () => number,
  ) {
    this.tree = basis.frontier;
    this.start = { size: basis.size, recordedMs: basis.recordedMs };
  }

  get size(): number {
    return this.start.size + this.events.length;
  }

  get recordedMs(): number {
    return this.recorded?.ms ?? this.start.recordedMs;
  }

  /** The last event's time; the basis's if there is none. */
  get recordedAt(): string {
    return this.recorded?.iso ?? new Date(this.start.recordedMs).toISOString();
  }

  /**
   * Decides one command. An error thrown meanwhile becomes that command's verdict and leaves the draft
   * unchanged.
   */
  decide(pending: PendingCommand): Verdict {
    try {
      return this.tryOut(pending);
    } catch (error) {
      return { kind: 'threw', error };
    }
  }

  private tryOut(pending: PendingCommand): Verdict {
    const decision = new CommandDecision(this.workspaceId, this, pending, this.now());
    const results: PartResult[] = [];
    for (const part of pending.command.parts) {
      const decided = decision.decide(part);
      if (!decided.accepted) return { kind: 'refused', refusal: decided.refusal, part: results.length };
      results.push(decided.result);
    }
    if (decision.events.length === 0) return { kind: 'unchanged', position: this.size, parts: results };
    decision.seal();
    this.keep(decision);
    return { kind: 'accepted', events: decision.events, parts: results };
  }

  /** The Merkle frontier with the leaves of all events decided so far. */
  get frontier(): Frontier {
    if (this.tree.size < this.size) {
      this.tree = this.tree.append(
        this.events.slice(this.tree.size - this.start.size).map((event) => event.leafHash),
      );
    }
    return this.tree;
  }

  /** The batch's changes, one for each stream and fold by which a command decided on it. */
  changes(): StreamChange[] {
    const touched = new Map<string, Share>();
    for (const { streamId, before, events } of this.shares) {
      const key = `${before.fold.name}\0${streamId}`;
      const first = touched.get(key);
      if (first) first.events.push(...events);
      else touched.set(key, { streamId, before, events: [...events] });
    }
    return [...touched.values()].map(({ streamId, before, events }) => ({
      workspaceId: this.workspaceId,
      streamId,
      fold: before.fold.name,
      before: before.state,
      after: foldOf(this.changed.get(streamId)!, before.fold.name)!.state,
      events,
    }));
  }

  stream(streamId: string): StreamState {
    const stream = this.changed.get(streamId) ?? this.known.get(streamId);
    if (stream instanceof Unfoldable) throw stream.error;
    if (!stream) throw new Error(`Stream ${streamId} is not among the parts and reads of the command`);
    return stream;
  }

  /** The clock's time, but never earlier than the last event's. */
  private now(): RecordedTime {
    const ms = Math.max(this.clock(), this.recordedMs);
    return ms === this.recorded?.ms ? this.recorded : { ms, iso: new Date(ms).toISOString() };
  }

  private keep(decision: CommandDecision): void {
    this.recorded = decision.recorded;
    this.events.push(...decision.events);
    this.payloads.push(...decision.payloads);
    for (const [streamId, stream] of decision.changed) this.changed.set(streamId, stream);
    this.shares.push(...decision.shares);
  }
}

/** What one decision changes: a stream, in the state of the fold that decided. */
interface Share {
  readonly streamId: string;
  readonly before: FoldState;
  readonly events: StoredEvent[];
}

interface RecordedTime {
  readonly ms: number;
  readonly iso: string;
}

type PartDecision =
  | { readonly accepted: true; readonly result: PartResult }
  | { readonly accepted: false; readonly refusal: unknown };

/** Decides one command within a draft: all of its parts, or nothing. */
class CommandDecision {
  readonly events: Mutable<StoredEvent>[] = [];
  readonly payloads: string[] = [];
  readonly changed = new Map<string, StreamState>();
  readonly shares: Share[] = [];

  constructor(
    private readonly workspaceId: string,
    private readonly draft: Draft,
    private readonly pending: PendingCommand,
    readonly recorded: RecordedTime,
  ) {}

  /** Decides one part and folds its events in. */
  decide(part: Part): PartDecision {
    const { streamId, fold } = part;
    const stream = this.stream(streamId);
    const before = this.foldedBy(streamId, fold);
    const decision = part.decide(before.state, {
      version: stream.version,
      recordedAt: this.recorded.iso,
      position: this.draft.size + this.events.length + 1,
      read: <T>(other: string, otherFold: StreamFold<T>): T => {
        const found = foldOf(this.stream(other), otherFold.name);
        if (!found) throw new Error(`The command does not read stream ${other} by ${otherFold.name}`);
        return found.state as T;
      },
    });
    if (!decision.accepted) return decision;
    if (decision.events.length === 0) return { accepted: true, result: { state: before.state, events: [] } };
    const events = decision.events.map((event, i) => this.event(streamId, stream.version + 1 + i, event));
    this.changed.set(streamId, advance(stream, events));
    this.shares.push({ streamId, before, events });
    return { accepted: true, result: { state: this.foldedBy(streamId, fold).state, events } };
  }

  /** Fills in the hashes once all events of the command are present: the digest covers all of their salts. */
  seal(): void {
    const digest = saltedHash(
      this.events.map((event) => event.payloadSalt!),
      this.pending.digestText,
    );
    for (const event of this.events) {
      event.commandDigest = digest;
      event.leafHash = envelopeHash(envelopeText(event));
    }
  }

  /** The stream's state by this fold, including what the command has recorded so far. */
  private foldedBy(streamId: string, fold: StreamFold<unknown>): FoldState {
    const found = foldOf(this.stream(streamId), fold.name);
    if (!found) throw new Error(`Stream ${streamId} was not folded by ${fold.name}`);
    return found;
  }

  private stream(streamId: string): StreamState {
    return this.changed.get(streamId) ?? this.draft.stream(streamId);
  }

  private event(streamId: string, streamVersion: number, event: NewEvent): StoredEvent {
    const { command, commandId } = this.pending;
    const payload = canonicalPayload(event);
    if (
      !Number.isInteger(event.schemaVersion) ||
      event.schemaVersion < 1 ||
      event.schemaVersion > MAX_SCHEMA_VERSION
    ) {
      throw new InvalidCommand(`The schema version of ${event.type} must be 1 to ${MAX_SCHEMA_VERSION}`);
    }
    const payloadSalt = newSalt();
    const stored: Mutable<StoredEvent> = {
      workspaceId: this.workspaceId,
      position: this.draft.size + this.events.length + 1,
      streamId,
      streamVersion,
      eventId: newId(),
      type: checkedText('type', event.type),
      schemaVersion: event.schemaVersion,
      subject: event.subject === null ? null : checkedText('subject', event.subject),
      payload: inCanonicalOrder(event.payload),
      actorId: command.actorId,
      recordedAt: this.recorded.iso,
      commandId,
      commandIndex: this.events.length,
      correlationId: command.correlationId,
      causationId: command.causationId ?? null,
      commandDigest: UNHASHED,
      payloadCommitment: saltedHash([payloadSalt], payload),
      payloadSalt,
      leafHash: UNHASHED,
    };
    this.events.push(stored);
    this.payloads.push(payload);
    return stored;
  }
}

/** Ids are parts of index keys; all columns of a key share a third of a page (2,704 bytes). */
const MAX_ID_CHARACTERS = 255;

/** Returns the text if it is a valid id; throws InvalidCommand otherwise. */
export function checkedText(what: string, text: string): string {
  if (text.length < 1 || text.length > MAX_ID_CHARACTERS || text.includes('\0') || !text.isWellFormed()) {
    throw new InvalidCommand(`${what} must be 1 to ${MAX_ID_CHARACTERS} well-formed characters without NUL`);
  }
  return text;
}

/** The column is a smallint. */
const MAX_SCHEMA_VERSION = 32_767;

/** PostgreSQL stores NUL neither in text nor in jsonb, so no view could show a payload that contains one. */
const ESCAPED_NUL = /(?<!\\)(?:\\\\)*\\u0000/;

function canonicalPayload(event: NewEvent): string {
  const text = canonicalJson(`The payload of ${event.type}`, event.payload);
  if (text.includes('\\u0000') && ESCAPED_NUL.test(text)) {
    throw new InvalidCommand(`The payload of ${event.type} contains NUL`);
  }
  return text;
}
