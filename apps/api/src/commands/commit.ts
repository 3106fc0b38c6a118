import { type DecidedEvent, type Json, type Refusal, tlpRank, type WriteAnswer } from '@casebook/contracts';
import type { DecisionContext, Part, PartResult, StoredEvent, StreamFold } from '@casebook/ledger';
import { Ledger } from '@casebook/ledger';
import { IncidentQueries, membersFold, newEvent, streams } from '@casebook/views';
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

export type CommittedTogether =
  | {
      readonly status: 'committed';
      readonly events: readonly StoredEvent[];
      readonly replayed: boolean;
      /** What each write recorded and answers. */
      each(this: void): Promise<readonly Committed[]>;
    }
  /** `index` of the write that refused. */
  | { readonly status: 'refused'; readonly index: number; readonly refusal: Refusal };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each stream has a state type of its own
type Writes = readonly Write<any>[];

const NOTHING: ReadonlySet<string> = new Set();

/** Commits decisions: permission, decision and append take effect together or not at all. */
@Injectable()
export class Committing {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
  ) {}

  /**
   * To have several concurrent writes decided in the order of the calls, fetch `hidden` ({@link
   * hiddenStreams}) beforehand: the ledger is then called at once.
   *
   * @throws ProblemError for a refusal, a reused key and a key in progress
   */
  async commit<S>(write: Write<S>, hidden?: ReadonlySet<string>): Promise<Committed> {
    const outcome = await this.commitTogether(write.request, write.body, [write], hidden);
    if (outcome.status === 'refused') throw ProblemError.ofRefusal(outcome.refusal);
    const [committed] = await outcome.each();
    if (committed === undefined) throw new Error('a write without an outcome');
    return committed;
  }

  /**
   * Commits several writes of one request as one: all are recorded or none. They are decided in order, each on
   * the state after those before it.
   * @throws ProblemError for a reused key and a key in progress
   */
  async commitTogether(
    request: WriteRequest,
    body: Json,
    writes: Writes,
    known?: ReadonlySet<string>,
  ): Promise<CommittedTogether> {
    const { caller, key } = request;
    const { workspaceId } = caller;
    const hidden = known ?? (await this.hiddenStreams(caller));
    const reads = [
      { streamId: streams.members, fold: membersFold },
      ...writes.flatMap((write) => write.reads ?? []),
    ];
    const outcome = await this.ledger.commit<Refusal>({
      workspaceId,
      ...(key !== undefined && { commandId: key }),
      body: { route: request.route, body },
      actorId: caller.memberId,
      correlationId: request.correlationId,
      reads,
      parts: writes.map((write) => partOf(write, caller, hidden)),
    });
    switch (outcome.status) {
      case 'committed': {
        const { events, replayed } = outcome;
        if (!replayed) return firstAnswer(writes, events, outcome.parts);
        // A caller who may not see an incident any more does not get the key's earlier answer either.
        const closed = await this.hiddenFrom(caller);
        if (events.some(({ streamId }) => closed.has(streamId))) throw unknownIncident();
        const each = async () => {
          const parts = await this.ledger.repeatedParts({ workspaceId, parts: writes, reads }, events);
          if (parts === null) throw keyFault('key-reused');
          return committedEach(writes, parts, true);
        };
        return { status: 'committed', events, replayed, each };
      }
      case 'unchanged':
        return firstAnswer(writes, [], outcome.parts);
      case 'refused':
        return { status: 'refused', index: outcome.part, refusal: outcome.refusal };
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
}

/** The write as the ledger decides it: permission, precondition and visibility first. */
function partOf<S>(write: Write<S>, caller: Caller, hidden: ReadonlySet<string>): Part<S, Refusal> {
  const { streamId, fold, isNew } = write;
  return {
    streamId,
    fold,
    ...(isNew && { isNew }),
    decide(state, context) {
      const refusal = permissionFault(caller, write.permission, context) ?? preconditionFault(write, context);
      if (refusal !== null) return { accepted: false, refusal };
      const isHidden = hidden.has(streamId) || write.hides?.(state, context) === true;
      const decision = write.decide(isHidden ? fold.initial : state, context);
      return decision.accepted ? { accepted: true, events: decision.events.map(newEvent) } : decision;
    },
  };
}

function firstAnswer(
  writes: Writes,
  events: readonly StoredEvent[],
  parts: readonly PartResult[],
): CommittedTogether {
  // At once, since the promise of `each` is awaited only by those who need it.
  const each = committedEach(writes, parts, false);
  return { status: 'committed', events, replayed: false, each: async () => each };
}

/** What each write recorded, and its answer. */
const committedEach = (
  writes: Writes,
  parts: readonly PartResult[],
  replayed: boolean,
): readonly Committed[] =>
  parts.map(({ state, events }, index) => ({
    answer: writes[index]!.answer(state, events.at(-1)),
    events,
    replayed,
  }));

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
      detail: `${caller.memberId} is not permitted to do this: it takes permission to ${permission}. An admin of the workspace can change roles.`,
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
        detail: `The permissions of ${caller.memberId} were reduced while this request was running. Send it again.`,
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
        'This Idempotency-Key was already used with a different request. Make a new key for a new command.',
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

function preconditionFault(
  { request, revises }: Pick<Write<unknown>, 'request' | 'revises'>,
  context: DecisionContext,
): Refusal | null {
  return revises && !request.conditional && context.read(streams.members, membersFold).settings.requireIfMatch
    ? {
        code: 'precondition-required',
        detail:
          'This workspace requires each change to name the revision that you have seen. Send If-Match with the ETag from reading it; in a batch, set the command’s ifMatch to its revision.',
      }
    : null;
}
