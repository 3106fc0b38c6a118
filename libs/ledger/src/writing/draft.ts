import { envelopeHash, envelopeText, saltedHash } from '../hashing/envelope.js';
import { canonicalJson, inCanonicalOrder } from '../hashing/canonical-json.js';
import { InvalidCommand } from '../faults.js';
import { Frontier } from '../hashing/merkle.js';
import { newId, newSalt } from '../hashing/random.js';
import { advance, foldOf, Unfoldable, type FoldState, type StreamState } from './stream-states.js';
import type {
  Command,
  Decision,
  DecisionContext,
  NewEvent,
  StoredEvent,
  StreamChange,
  StreamFold,
} from '../ledger-types.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A command as it waits for its batch. */
export interface PreparedCommand {
  readonly command: Command<unknown>;
  readonly commandId: string;
  /** RFC 8785 text of `{actor, body}`: what the command's digest covers. */
  readonly digestText: string;
}

export type Verdict =
  | { readonly kind: 'accepted'; readonly events: readonly StoredEvent[] }
  /** `position`: the size of the ledger that was decided on. */
  | { readonly kind: 'unchanged'; readonly position: number }
  | { readonly kind: 'refused'; readonly refusal: unknown }
  | { readonly kind: 'threw'; readonly error: unknown };

/** What a batch is decided on: the ledger up to `size`. */
export interface Basis {
  readonly size: number;
  readonly frontier: Frontier;
  /** Milliseconds since 1970 of the last event; 0 for none. */
  readonly recordedMs: number;
}

/** Streams as a batch leaves them that is not committed yet. */
export interface StreamOverlay {
  readonly changed: ReadonlyMap<string, StreamState>;
}

const UNHASHED = Buffer.alloc(0);

/**
 * What a batch would append: each command is decided on the state that its predecessors left. Synchronous and without a trace
 * outside of itself; it is dropped where the commit fails.
 */
export class Draft implements Basis, StreamOverlay {
  readonly events: StoredEvent[] = [];
  readonly payloads: string[] = [];
  /** The streams that the batch changes, as it leaves them. */
  readonly changed = new Map<string, StreamState>();
  /** Of the last event decided here. */
  private recorded: RecordedTime | null = null;
  private tree: Frontier;
  private readonly shares: Share[] = [];
  /** Of the basis, which is not kept: under steady load each draft stands on one before, and they would be kept all. */
  private readonly start: { readonly size: number; readonly recordedMs: number };

  /**
   * @param basis what is decided on: the committed head, or a draft that is on its way there and takes no more commands.
   * @param known every stream that a command names, with all folds that it names for it, at the time that it is decided.
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

  /** Of the last event; of the basis where there is none. */
  get recordedAt(): string {
    return this.recorded?.iso ?? new Date(this.start.recordedMs).toISOString();
  }

  /** Decides one command. What is thrown on the way is that command's own verdict, and leaves the draft as it was. */
  decide(prepared: PreparedCommand): Verdict {
    try {
      return this.tryOut(prepared);
    } catch (error) {
      return { kind: 'threw', error };
    }
  }

  private tryOut(prepared: PreparedCommand): Verdict {
    const trial = new Trial(this.workspaceId, this, prepared, this.now());
    for (const part of prepared.command.parts) {
      const refusal = trial.decide(part.streamId, part.fold, (state, context) => part.decide(state, context));
      if (refusal) return { kind: 'refused', refusal: refusal.refusal };
      part.folded?.(trial.foldedBy(part.streamId, part.fold).state);
    }
    if (trial.events.length === 0) return { kind: 'unchanged', position: this.size };
    trial.seal();
    this.keep(trial);
    return { kind: 'accepted', events: trial.events };
  }

  /** The tree with the leaves of all events decided so far. */
  get frontier(): Frontier {
    if (this.tree.size < this.size) {
      this.tree = this.tree.append(
        this.events.slice(this.tree.size - this.start.size).map((event) => event.leafHash),
      );
    }
    return this.tree;
  }

  /** What the batch changes, once for each stream and fold by which a command decided on it. */
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

  /** Never backwards, whatever the clock does. */
  private now(): RecordedTime {
    const ms = Math.max(this.clock(), this.recordedMs);
    return ms === this.recorded?.ms ? this.recorded : { ms, iso: new Date(ms).toISOString() };
  }

  private keep(trial: Trial): void {
    this.recorded = trial.recorded;
    this.events.push(...trial.events);
    this.payloads.push(...trial.payloads);
    for (const [streamId, stream] of trial.changed) this.changed.set(streamId, stream);
    this.shares.push(...trial.shares);
  }
}

/** What one decision changes: a stream, as the fold had it that was decided by. */
interface Share {
  readonly streamId: string;
  readonly before: FoldState;
  readonly events: StoredEvent[];
}

interface RecordedTime {
  readonly ms: number;
  readonly iso: string;
}

/** One command on its way into a draft: all of its parts, or nothing. */
class Trial {
  readonly events: Mutable<StoredEvent>[] = [];
  readonly payloads: string[] = [];
  readonly changed = new Map<string, StreamState>();
  readonly shares: Share[] = [];

  constructor(
    private readonly workspaceId: string,
    private readonly draft: Draft,
    private readonly prepared: PreparedCommand,
    readonly recorded: RecordedTime,
  ) {}

  /** Gives the decision's refusal, or nothing once its events are folded in. */
  decide(
    streamId: string,
    fold: StreamFold<unknown>,
    decide: (state: unknown, context: DecisionContext) => Decision<unknown>,
  ): { refusal: unknown } | null {
    const stream = this.stream(streamId);
    const before = this.foldedBy(streamId, fold);
    const decision = decide(before.state, {
      version: stream.version,
      recordedAt: this.recorded.iso,
      position: this.draft.size + this.events.length + 1,
      read: <T>(other: string, otherFold: StreamFold<T>): T => {
        const found = foldOf(this.stream(other), otherFold.name);
        if (!found) throw new Error(`The command does not read stream ${other} by ${otherFold.name}`);
        return found.state as T;
      },
    });
    if (!decision.accepted) return { refusal: decision.refusal };
    if (decision.events.length === 0) return null;
    const events = decision.events.map((event, i) => this.event(streamId, stream.version + 1 + i, event));
    this.changed.set(streamId, advance(stream, events));
    this.shares.push({ streamId, before, events });
    return null;
  }

  /** Fills in the hashes, once all events of the command are there: the digest takes the salts of all of them. */
  seal(): void {
    const digest = saltedHash(
      this.events.map((event) => event.payloadSalt!),
      this.prepared.digestText,
    );
    for (const event of this.events) {
      event.commandDigest = digest;
      event.leafHash = envelopeHash(envelopeText(event));
    }
  }

  /** The stream's state by this fold, with what the command records so far. */
  foldedBy(streamId: string, fold: StreamFold<unknown>): FoldState {
    const found = foldOf(this.stream(streamId), fold.name);
    if (!found) throw new Error(`Stream ${streamId} was not folded by ${fold.name}`);
    return found;
  }

  private stream(streamId: string): StreamState {
    return this.changed.get(streamId) ?? this.draft.stream(streamId);
  }

  private event(streamId: string, streamVersion: number, event: NewEvent): StoredEvent {
    const { command, commandId } = this.prepared;
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

/** Ids are parts of index keys, which have a third of a page (2,704 bytes) for all of their columns together. */
const MAX_ID_CHARACTERS = 255;

/** Gives the text back where it can be an id; throws InvalidCommand where it cannot. */
export function checkedText(what: string, text: string): string {
  if (text.length < 1 || text.length > MAX_ID_CHARACTERS || text.includes('\0') || !text.isWellFormed()) {
    throw new InvalidCommand(`${what} must be 1 to ${MAX_ID_CHARACTERS} well-formed characters without NUL`);
  }
  return text;
}

/** It is a smallint. */
const MAX_SCHEMA_VERSION = 32_767;

/** PostgreSQL can keep NUL neither in text nor in jsonb, so a payload with one would be a fact that no view can show. */
const ESCAPED_NUL = /(?<!\\)(?:\\\\)*\\u0000/;

function canonicalPayload(event: NewEvent): string {
  const text = canonicalJson(`The payload of ${event.type}`, event.payload);
  if (text.includes('\\u0000') && ESCAPED_NUL.test(text)) {
    throw new InvalidCommand(`The payload of ${event.type} contains NUL`);
  }
  return text;
}
