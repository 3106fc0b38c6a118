import { saltedHash } from '../hashing/envelope.js';
import { EVENT_COLUMNS, eventOfRow } from '../reading/event-rows.js';
import type {
  Command,
  DecisionContext,
  PartResult,
  StoredEvent,
  StreamFold,
  StreamRead,
} from '../ledger-types.js';
import { otherShapes } from './key-shapes.js';
import type { Session } from './session.js';

/*
 * A command whose id is in the ledger is not decided again: the sender gets what it recorded the first time.
 */

/** What is recorded of commands that may have arrived before. */
export interface EarlierCommands {
  /** The events recorded with each id, in order. */
  readonly events: ReadonlyMap<string, readonly StoredEvent[]>;
  /** The ids whose key is recorded in its other shape (key-shapes.ts). */
  readonly otherwise: ReadonlySet<string>;
}

/** A command's id, and whether the client gave it. */
interface SentCommand {
  readonly commandId: string;
  readonly keyed: boolean;
}

/** Looks up what is recorded under the ids of these commands, and under their keys in the other shape. */
export async function earlierCommands(
  session: Session,
  workspaceId: string,
  pendings: readonly SentCommand[],
): Promise<EarlierCommands> {
  const keys = pendings.filter(({ keyed }) => keyed).map(({ commandId }) => commandId);
  return {
    events: await eventsOfCommands(
      session,
      workspaceId,
      pendings.map(({ commandId }) => commandId),
    ),
    otherwise: await recordedOtherwise(session, workspaceId, keys),
  };
}

/** Those of the commands whose key is recorded in its other shape. */
async function recordedOtherwise(
  session: Session,
  workspaceId: string,
  commandIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (commandIds.length === 0) return new Set();
  const { found, values } = otherShapes(commandIds, 2);
  const rows = await session.rows({
    name: 'casebook_other_shapes',
    text: found,
    values: [workspaceId, ...values],
  });
  return new Set(rows.map(([at]) => commandIds[Number(at) - 1]!));
}

/** The recorded events of the commands with these ids, in order, by command id. */
async function eventsOfCommands(
  session: Session,
  workspaceId: string,
  commandIds: readonly string[],
): Promise<Map<string, StoredEvent[]>> {
  const found = new Map<string, StoredEvent[]>();
  if (commandIds.length === 0) return found;
  const rows = await session.rows({
    name: 'casebook_commands',
    text: `SELECT ${EVENT_COLUMNS} FROM events e
           WHERE e.workspace_id = $1 AND e.command_id = ANY ($2::text[])
           ORDER BY e.position`,
    values: [workspaceId, commandIds],
  });
  for (const row of rows) {
    const event = eventOfRow(workspaceId, row);
    const events = found.get(event.commandId);
    if (events) events.push(event);
    else found.set(event.commandId, [event]);
  }
  return found;
}

/**
 * Whether the events were recorded by a command with this actor and body. Once a payload is erased, the bodies
 * cannot be compared, but the actors and the streams still can. (The parts of an erasure are not known before it
 * is planned.)
 */
export function recordedSame(
  command: Pick<Command, 'actorId' | 'parts'>,
  digestText: string,
  events: readonly StoredEvent[],
): boolean {
  const [first] = events;
  const salts = events.flatMap(({ payloadSalt }) => (payloadSalt ? [payloadSalt] : []));
  if (salts.length === events.length) return saltedHash(salts, digestText).equals(first!.commandDigest);
  const { actorId, parts } = command;
  return first!.actorId === actorId && (parts.length === 0 || mayHaveRecorded(parts, events));
}

/** A part of a repeated command, as far as it is needed to find what it recorded. */
export interface RepeatedPart<S = unknown> {
  readonly streamId: string;
  readonly fold: StreamFold<S>;
  readonly isNew?: boolean;
  /** The subject of the part's only event; absent if it may record several. */
  readonly subject?: string;
  decide(
    this: void,
    state: S,
    context: DecisionContext,
  ): { readonly accepted: true; readonly events: readonly unknown[] } | { readonly accepted: false };
}

/** A stream's state after the events up to a position. */
export type StateAt = (streamId: string, fold: StreamFold<unknown>, toPosition: number) => Promise<unknown>;

/**
 * What each part recorded the first time, for the caller to repeat its first answer; `null` if some event is of
 * no part: where an erasure kept the bodies from being compared, the key was another command's.
 */
export async function partsOfRepeated(
  parts: readonly RepeatedPart[],
  reads: readonly StreamRead[],
  events: readonly StoredEvent[],
  stateAt: StateAt,
): Promise<PartResult[] | null> {
  const [part] = parts;
  const last = events.at(-1);
  if (!part || !last) throw new Error('A repeated command has parts and events');
  // The stream that a part creates has another id each time, so take the stream of the event.
  if (parts.length === 1) return [{ state: await stateAt(last.streamId, part.fold, last.position), events }];
  const before = events[0]!.position - 1;
  const states = new Map<string, unknown>();
  for (const { streamId, fold } of [...parts, ...reads]) {
    const key = stateKey(streamId, fold);
    if (!states.has(key)) states.set(key, await stateAt(streamId, fold, before));
  }
  const shares = decidedAgain(parts, events, states) ?? bySubject(parts, events);
  if (!shares) return null;
  return parts.map(({ streamId, fold }, index) => {
    const own = shares[index]!;
    const state = foldedOn(states.get(stateKey(streamId, fold)), fold, own);
    states.set(stateKey(streamId, fold), state);
    return { state, events: own };
  });
}

type Shares = readonly (readonly StoredEvent[])[];

/** Whether the events are in the streams of the parts, or in new streams of the kinds that parts create. */
function mayHaveRecorded(
  parts: readonly Pick<RepeatedPart, 'streamId' | 'isNew'>[],
  events: readonly StoredEvent[],
): boolean {
  const known = new Set(parts.map(({ streamId }) => streamId));
  const created = new Set(parts.filter(({ isNew }) => isNew).map(({ streamId }) => kindOf(streamId)));
  for (const { streamId, streamVersion } of events) {
    if (known.has(streamId)) continue;
    if (streamVersion !== 1 || !created.has(kindOf(streamId))) return false;
    known.add(streamId);
  }
  return true;
}

/** A stream's name up to its colon says what kind of thing the stream is about. */
const kindOf = (streamId: string): string => streamId.slice(0, Math.max(streamId.indexOf(':'), 0));

/**
 * The events of each part, found by deciding again on the state of that time; `null` if the result does not
 * match what was recorded, as after an erasure.
 */
function decidedAgain(
  parts: readonly RepeatedPart[],
  events: readonly StoredEvent[],
  before: ReadonlyMap<string, unknown>,
): Shares | null {
  const states = new Map(before);
  const shares: (readonly StoredEvent[])[] = [];
  let taken = 0;
  for (const { streamId, fold, decide } of parts) {
    const { recordedAt, position } = events[taken] ?? events.at(-1)!;
    const key = stateKey(streamId, fold);
    const decision = decide(states.get(key), {
      version: 0,
      recordedAt,
      position,
      read: <T>(other: string, otherFold: StreamFold<T>) => states.get(stateKey(other, otherFold)) as T,
    });
    if (!decision.accepted) return null;
    const own = events.slice(taken, taken + decision.events.length);
    taken += decision.events.length;
    states.set(key, foldedOn(states.get(key), fold, own));
    shares.push(own);
  }
  return taken === events.length ? shares : null;
}

/**
 * The events of each part by their subjects, which no erasure removes; `null` if some belong to no part. If
 * two parts share a subject, the first part gets the first event.
 */
function bySubject(parts: readonly RepeatedPart[], events: readonly StoredEvent[]): Shares | null {
  let taken = 0;
  const shares = parts.map(({ streamId, subject }) => {
    const next = events[taken];
    const own = next?.streamId === streamId && next.subject === subject ? [next] : [];
    taken += own.length;
    return own;
  });
  return taken === events.length ? shares : null;
}

const foldedOn = (state: unknown, fold: StreamFold<unknown>, events: readonly StoredEvent[]): unknown =>
  events.reduce((now, event) => fold.evolve(now, event), state);

const stateKey = (streamId: string, { name }: StreamFold<unknown>): string => `${name}\0${streamId}`;
