import { type DecidedEvent, type Json, type Refusal, tlpRank, type WriteAnswer } from '@casebook/contracts';
import type { DecisionContext, StoredEvent, StreamFold } from '@casebook/ledger';
import { Ledger } from '@casebook/ledger';
import { BatchKeys, IncidentQueries, membersFold, newEvent, streamOf, streams } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../access/access.guard.js';
import { may, type Permission } from '../access/permissions.js';
import { isVouchedFor, readAs, unknownIncident } from '../access/visibility.js';
import { ProblemError } from '../http/problem.js';
import type { WriteRequest } from '../http/request-context.js';

export type Decided =
  | { readonly accepted: true; readonly events: readonly DecidedEvent[] }
  | { readonly accepted: false; readonly refusal: Refusal };

/** One write: its caller, its request, and how one stream decides it. */
export interface Write<S> {
  readonly request: WriteRequest;
  readonly permission: Permission;
  /** The command's content, for the digest of its key. */
  readonly body: Json;
  readonly streamId: string;
  readonly fold: StreamFold<S>;
  /** What its event is about; absent if it may record several. */
  readonly subject?: string;
  readonly isNew?: boolean;
  /**
   * Whether it changes something with revisions: a workspace may require it to name the revision that it
   * changes.
   */
  readonly revises?: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each stream has a state type of its own
  readonly reads?: readonly { streamId: string; fold: StreamFold<any> }[];
  /** Whether the stream's subject is hidden from the caller; it is then decided as if nothing existed. */
  hides?(state: S, context: DecisionContext): boolean;
  decide(this: void, state: S, context: DecisionContext): Decided;
  /**
   * The answer about the written thing, from the stream's state after the write. `last` is the last recorded
   * event, `undefined` if nothing was recorded; when a key is repeated, it names another id than the one
   * generated now.
   */
  answer(this: void, state: S, last: StoredEvent | undefined): WriteAnswer;
}

export interface Committed {
  readonly answer: WriteAnswer;
  readonly events: readonly StoredEvent[];
  /** The first answer of the key, repeated. */
  readonly replayed: boolean;
}

/** Several writes committed as one: all are recorded or none. */
export interface WriteTogether {
  readonly request: WriteRequest;
  readonly body: Json;
  /** Decided in order, each on the state after those before it. Caller and body come from this object. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each stream has a state type of its own
  readonly writes: readonly Write<any>[];
}

export type CommittedTogether =
  | {
      readonly status: 'committed';
      readonly events: readonly StoredEvent[];
      readonly replayed: boolean;
      /** What each write recorded and answers. */
      each(this: void): Promise<readonly Committed[]>;
    }
  | { readonly status: 'refused'; readonly index: number; readonly refusal: Refusal };

const NOTHING: ReadonlySet<string> = new Set();

/** Commits decisions: permission, decision and append take effect together or not at all. */
@Injectable()
export class Committing {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(BatchKeys) private readonly batchKeys: BatchKeys,
  ) {}

  /**
   * To have several concurrent writes decided in the order of the calls, fetch `hidden` ({@link
   * hiddenStreams}) beforehand: the ledger is then called at once.
   *
   * @throws ProblemError for a refusal, a reused key and a key in progress
   */
  async commit<S>(write: Write<S>, hidden?: ReadonlySet<string>): Promise<Committed> {
    const { request, body } = write;
    const outcome = await this.commitTogether({ request, body, writes: [write] }, hidden);
    if (outcome.status === 'refused') throw ProblemError.ofRefusal(outcome.refusal);
    const [committed] = await outcome.each();
    if (committed === undefined) throw new Error('a write without an outcome');
    return committed;
  }

  /** @throws ProblemError for a reused key and a key in progress */
  async commitTogether(
    { request, body, writes }: WriteTogether,
    known?: ReadonlySet<string>,
  ): Promise<CommittedTogether> {
    // What the last call of each decision recorded and left; the ledger may decide again on newer state.
    const made: { left: unknown; count: number }[] = [];
    let refusedAt = 0;
    const { caller, key } = request;
    if (key !== undefined && known === undefined && (await this.batchKeys.isOfBatch(caller.workspaceId, key)))
      throw keyFault('key-reused');
    const hidden = known ?? (await this.hiddenStreams(caller));
    const outcome = await this.ledger.commit<Refusal>({
      workspaceId: caller.workspaceId,
      ...(key !== undefined && { commandId: key }),
      body: { route: request.route, body },
      actorId: caller.memberId,
      correlationId: request.correlationId,
      reads: [
        { streamId: streams.members, fold: membersFold },
        ...writes.flatMap(({ reads }) => reads ?? []),
      ],
      parts: writes.map((write, index) => ({
        streamId: write.streamId,
        fold: write.fold,
        ...(write.isNew && { isNew: true }),
        decide: (state: unknown, context: DecisionContext) => {
          const refusal =
            permissionFault(caller, write.permission, context) ?? preconditionFault(write, context);
          const decision: Decided =
            refusal === null
              ? write.decide(
                  hidden.has(write.streamId) || write.hides?.(state, context) ? write.fold.initial : state,
                  context,
                )
              : { accepted: false, refusal };
          if (!decision.accepted) {
            refusedAt = index;
            return decision;
          }
          made[index] = { left: state, count: decision.events.length };
          return { accepted: true, events: decision.events.map(newEvent) };
        },
        folded(state: unknown) {
          made[index]!.left = state;
        },
      })),
    });
    switch (outcome.status) {
      case 'committed': {
        const { events, replayed } = outcome;
        if (replayed) {
          // A caller who may not see an incident any more does not get the key's earlier answer either.
          const closed = await this.hiddenFrom(caller);
          if (events.some(({ streamId }) => closed.has(streamId))) throw unknownIncident();
          // The ledger cannot compare bodies after an erasure, but the events' subjects can still be
          // compared.
          if (!mayHaveRecorded(writes, events)) throw keyFault('key-reused');
          const each = () => this.again(caller.workspaceId, writes, events);
          return { status: 'committed', events, replayed, each };
        }
        const each = committedEach(writes, made, events);
        return { status: 'committed', events, replayed, each: async () => each };
      }
      case 'unchanged': {
        const each = committedEach(writes, made, []);
        return { status: 'committed', events: [], replayed: false, each: async () => each };
      }
      case 'refused':
        return { status: 'refused', index: refusedAt, refusal: outcome.refusal };
      case 'key-reused':
      case 'in-progress':
      case 'no-such-workspace':
        throw keyFault(outcome.status);
    }
  }

  /** The streams of incidents that the caller cannot change because of their documents' markings. */
  async hiddenStreams(caller: Caller): Promise<ReadonlySet<string>> {
    // Markings belong to documents, which are separate streams; a caller cleared for all of them needs no
    // lookup.
    return caller.clearance === 'red' ? NOTHING : this.hiddenFrom(caller);
  }

  /** The streams of incidents that are hidden from the caller. */
  private async hiddenFrom(caller: Caller): Promise<ReadonlySet<string>> {
    const hidden = await readAs(caller, () => this.incidents.hiddenStreams());
    return new Set([...hidden].filter((streamId) => streamId.startsWith(streams.incident(''))));
  }

  /** The first answer of a key, rebuilt from what was recorded then. */
  private async again(
    workspaceId: string,
    writes: WriteTogether['writes'],
    events: readonly StoredEvent[],
  ): Promise<readonly Committed[]> {
    const [write] = writes;
    const last = events.at(-1);
    if (write === undefined || last === undefined) throw new Error('a commit without an event');
    if (writes.length === 1) {
      const state: unknown = await this.stateAt(workspaceId, last.streamId, write.fold, last.position);
      return [{ answer: write.answer(state, last), events, replayed: true }];
    }
    const before = (events[0]?.position ?? 1) - 1;
    const states = new Map<string, unknown>();
    const load = async (streamId: string, fold: StreamFold<unknown>): Promise<void> => {
      const key = `${fold.name}\0${streamId}`;
      if (!states.has(key)) states.set(key, await this.stateAt(workspaceId, streamId, fold, before));
    };
    await load(streams.members, membersFold);
    for (const { streamId, fold, reads } of writes) {
      await load(streamId, fold);
      for (const each of reads ?? []) await load(each.streamId, each.fold);
    }
    const share = decidedAgain(writes, events, states) ?? recognised(writes, events);
    return writes.map(({ streamId, fold, answer }, index): Committed => {
      const key = `${fold.name}\0${streamId}`;
      const own = share[index] ?? [];
      const state = own.reduce((now, event) => fold.evolve(now, event), states.get(key));
      states.set(key, state);
      return { answer: answer(state, own.at(-1)), events: own, replayed: true };
    });
  }

  private async stateAt<S>(
    workspaceId: string,
    streamId: string,
    fold: StreamFold<S>,
    toPosition: number,
  ): Promise<S> {
    const events = await this.ledger.readStream(workspaceId, streamId, { toPosition });
    return events.reduce((state, event) => fold.evolve(state, event), fold.initial);
  }
}

/**
 * Checked when the events are appended, on the members at that time: a removed role has no effect any more.
 */
export function permissionFault(
  caller: Caller,
  permission: Permission,
  context: DecisionContext,
): Refusal | null {
  const state = context.read(streams.members, membersFold);
  const member = state.members.get(caller.memberId);
  const token = caller.tokenId === null ? undefined : state.tokens.get(caller.tokenId);
  const isGood =
    token?.revokedAt === undefined &&
    (token?.expiresAt === undefined || token.expiresAt > context.recordedAt) &&
    isVouchedFor(caller, member, Date.parse(context.recordedAt));
  const now =
    member?.status === 'active' && isGood ? { role: member.role, permissions: caller.permissions } : null;
  if (now === null || !may(now, permission)) {
    return {
      code: 'not-permitted',
      detail: `${caller.memberId} may not do this: it takes permission to ${permission}. An admin of the workspace can change roles.`,
      facts: { needed: permission },
    };
  }
  // Hidden streams were determined by the role and clearance at the start of the request.
  const seesLess =
    tlpRank(member?.clearance ?? 'red') < tlpRank(caller.clearance) ||
    (may(caller, 'oversee') && !may(now, 'oversee'));
  return seesLess
    ? {
        code: 'not-permitted',
        detail: `What ${caller.memberId} may see was narrowed while this was under way. Send it again.`,
        facts: { needed: permission },
      }
    : null;
}

/** The problem for a command whose key or workspace prevents it. */
export function keyFault(status: 'key-reused' | 'in-progress' | 'no-such-workspace'): ProblemError {
  switch (status) {
    case 'key-reused':
      return new ProblemError(
        'key-reused',
        'This Idempotency-Key was used before with another request. Make a new key for a new command.',
      );
    case 'in-progress':
      return new ProblemError(
        'key-in-progress',
        'A command with this Idempotency-Key is still running. Send it again in a moment for its answer.',
        {},
        { 'retry-after': '1' },
      );
    case 'no-such-workspace':
      return new ProblemError('not-found', 'There is no such workspace.');
  }
}

/**
 * Which events each write recorded, found by deciding again on the state of that time. `null` if the result
 * does not match what was recorded, as after an erasure.
 */
function decidedAgain(
  writes: WriteTogether['writes'],
  events: readonly StoredEvent[],
  met: ReadonlyMap<string, unknown>,
): (readonly StoredEvent[])[] | null {
  const states = new Map(met);
  let taken = 0;
  const share: (readonly StoredEvent[])[] = [];
  for (const { streamId, fold, decide } of writes) {
    const next = events[taken] ?? events.at(-1);
    if (next === undefined) return null;
    const key = `${fold.name}\0${streamId}`;
    const decision = decide(states.get(key), {
      version: 0,
      recordedAt: next.recordedAt,
      position: next.position,
      read: <T>(other: string, otherFold: StreamFold<T>) => states.get(`${otherFold.name}\0${other}`) as T,
    });
    if (!decision.accepted) return null;
    const own = events.slice(taken, taken + decision.events.length);
    taken += decision.events.length;
    states.set(
      key,
      own.reduce((now, event) => fold.evolve(now, event), states.get(key)),
    );
    share.push(own);
  }
  return taken === events.length ? share : null;
}

/**
 * Whether the events belong to the streams of the writes. A stream that a write creates has another id each
 * time.
 */
function mayHaveRecorded(writes: WriteTogether['writes'], events: readonly StoredEvent[]): boolean {
  const known = new Set(writes.map(({ streamId }) => streamId));
  const kinds = new Set(writes.filter(({ isNew }) => isNew).map(({ streamId }) => streamOf(streamId)?.kind));
  for (const { streamId, streamVersion } of events) {
    if (known.has(streamId)) continue;
    if (streamVersion !== 1 || !kinds.has(streamOf(streamId)?.kind)) return false;
    known.add(streamId);
  }
  return true;
}

/**
 * Assigns the events by subject, which no erasure removes. If two writes share a subject, the first write
 * gets the first event.
 */
function recognised(
  writes: WriteTogether['writes'],
  events: readonly StoredEvent[],
): (readonly StoredEvent[])[] {
  let taken = 0;
  const share = writes.map(({ streamId, subject }) => {
    const next = events[taken];
    const own = next?.streamId === streamId && next.subject === subject ? [next] : [];
    taken += own.length;
    return own;
  });
  if (taken !== events.length) throw keyFault('key-reused');
  return share;
}

/** What each write recorded, and its answer. */
function committedEach(
  writes: WriteTogether['writes'],
  made: readonly { readonly left: unknown; readonly count: number }[],
  events: readonly StoredEvent[],
): Committed[] {
  let taken = 0;
  return writes.map(({ answer }, index) => {
    const decided = made[index];
    if (decided === undefined) throw new Error('an outcome without a decision');
    const own = events.slice(taken, taken + decided.count);
    taken += own.length;
    return { answer: answer(decided.left, own.at(-1)), events: own, replayed: false };
  });
}

function preconditionFault(
  { request, revises }: Pick<Write<unknown>, 'request' | 'revises'>,
  context: DecisionContext,
): Refusal | null {
  return revises && !request.conditional && context.read(streams.members, membersFold).settings.requireIfMatch
    ? {
        code: 'precondition-required',
        detail:
          'This workspace demands that a change says which revision you have seen. Send If-Match with the ETag that the read of it gave you; in a batch, the command’s ifMatch with its revision.',
      }
    : null;
}
