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

/** One write: who asks for what, and how one stream decides it. */
export interface Write<S> {
  readonly request: WriteRequest;
  readonly permission: Permission;
  /** What the command says, for the digest of its key. */
  readonly body: Json;
  readonly streamId: string;
  readonly fold: StreamFold<S>;
  /** What its event is about; left out where it may record several. */
  readonly subject?: string;
  readonly isNew?: boolean;
  /** It changes something that has revisions: a workspace may demand that it says which one it is a change of. */
  readonly revises?: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each stream has a state type of its own
  readonly reads?: readonly { streamId: string; fold: StreamFold<any> }[];
  /** Whether the caller may not see what the stream is about: then it is decided as if there were nothing. */
  hides?(state: S, context: DecisionContext): boolean;
  decide(this: void, state: S, context: DecisionContext): Decided;
  /**
   * The answer about the thing that was written, from the stream's state after the write. `last` is the last event that was recorded: in a
   * key's repetition it is about another id than the one that was made for it; `undefined`: nothing was recorded.
   */
  answer(this: void, state: S, last: StoredEvent | undefined): WriteAnswer;
}

export interface Committed {
  readonly answer: WriteAnswer;
  readonly events: readonly StoredEvent[];
  /** The key's first answer, again. */
  readonly replayed: boolean;
}

/** Several writes as one: all are recorded or none. */
export interface WriteTogether {
  readonly request: WriteRequest;
  readonly body: Json;
  /** Decided in order, each on what those before it left. They say nothing of caller and body that this does not. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each stream has a state type of its own
  readonly writes: readonly Write<any>[];
}

export type CommittedTogether =
  | {
      readonly status: 'committed';
      readonly events: readonly StoredEvent[];
      readonly replayed: boolean;
      /** What each of the writes recorded and answers. */
      each(this: void): Promise<readonly Committed[]>;
    }
  | { readonly status: 'refused'; readonly index: number; readonly refusal: Refusal };

const NOTHING: ReadonlySet<string> = new Set();

/** The one way from a decision to the ledger: permission, decision and append hold together or not at all. */
@Injectable()
export class Committing {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(BatchKeys) private readonly batchKeys: BatchKeys,
  ) {}

  /**
   * Whoever has several writes under way and wants them decided in the order of the calls asks for `hidden` ({@link hiddenStreams})
   * beforehand: then the ledger is called at once.
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
    // What the last call of each decision made, and left: the ledger may call it again on newer state, and the last call counts.
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
          // Who may not see an incident now is not even told what the same key was answered before.
          const closed = await this.hiddenFrom(caller);
          if (events.some(({ streamId }) => closed.has(streamId))) throw unknownIncident();
          // The ledger cannot compare bodies of which something was erased; what the events are about it still can.
          if (!mayHaveRecorded(writes, events)) throw keyFault('key-reused');
          const each = () => this.again(caller.workspaceId, writes, events);
          return { status: 'committed', events, replayed, each };
        }
        const each = told(writes, made, events);
        return { status: 'committed', events, replayed, each: async () => each };
      }
      case 'unchanged': {
        const each = told(writes, made, []);
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

  /** The incidents that the caller may not decide anything about for their documents' markings, by their streams. */
  async hiddenStreams(caller: Caller): Promise<ReadonlySet<string>> {
    // Markings are on the documents, which are streams of their own; who is cleared for all of them need not be asked about.
    return caller.clearance === 'red' ? NOTHING : this.hiddenFrom(caller);
  }

  /** The incidents that are hidden from the caller, by their streams. */
  private async hiddenFrom(caller: Caller): Promise<ReadonlySet<string>> {
    const hidden = await readAs(caller, () => this.incidents.hiddenStreams());
    return new Set([...hidden].filter((streamId) => streamId.startsWith(streams.incident(''))));
  }

  /** The first answer of a key, told again from what was recorded then. */
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

/** Checked where the events are appended, on the members as they are then: a role that was taken away acts no more. */
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
  // What is hidden from the caller was found by the role and the clearance that the request began with.
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

/** What a command is answered whose key, or whose workspace, stands in its way. */
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
 * Which of the events each write recorded: as many as it decides again, on the state that it met then. `null` where that does not come to what
 * was recorded: what was erased since decides differently.
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

/** Whether the events are in streams that the writes write to. A stream that a write makes has another id each time. */
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

/** The same by what the events are about, which nothing erases. Where two writes are about one thing, the first has the first event. */
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
function told(
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
