import type { DecidedEvent, Json, Refusal, WriteAnswer } from '@casebook/contracts';
import type { DecisionContext, StoredEvent, StreamFold } from '@casebook/ledger';
import { Ledger } from '@casebook/ledger';
import { membersFold, newEvent, streams } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../access/access.guard.js';
import { type Permission, permits } from '../access/permissions.js';
import { ProblemError } from '../http/problem.js';
import type { WriteRequest } from '../http/request-context.js';

export type Decided =
  | { readonly accepted: true; readonly events: readonly DecidedEvent[] }
  | { readonly accepted: false; readonly refusal: Refusal };

/** One write: who asks, what for, and how one stream decides it. */
export interface Write<S> {
  readonly caller: Caller;
  readonly request: WriteRequest;
  readonly permission: Permission;
  /** What the command says, for the digest of its key. */
  readonly body: Json;
  readonly streamId: string;
  readonly fold: StreamFold<S>;
  readonly isNew?: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each stream has a state type of its own
  readonly reads?: readonly { streamId: string; fold: StreamFold<any> }[];
  decide(state: S, context: DecisionContext): Decided;
  /**
   * The answer about the thing that was written, from the stream's state after the write. `subject` is what the recorded events
   * are about, which in a key's repetition is another id than the one that was made for it; `undefined`: nothing was recorded.
   */
  answer(state: S, subject: string | undefined): WriteAnswer;
}

export interface Committed {
  readonly answer: WriteAnswer;
  readonly events: readonly StoredEvent[];
  /** The key's first answer, again. */
  readonly replayed: boolean;
}

/** The one way from a decision to the ledger: permission, decision and append hold together or not at all. */
@Injectable()
export class Committing {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /** @throws ProblemError for a refusal, a reused key and a key in progress */
  async commit<S>(write: Write<S>): Promise<Committed> {
    const { caller, request, streamId, fold } = write;
    // What the last call of decide saw: the ledger may call it again on newer state, and the last call counts.
    let seen: { readonly state: S } | undefined;
    const outcome = await this.ledger.commit<Refusal>({
      workspaceId: caller.workspaceId,
      ...(request.key !== undefined && { commandId: request.key }),
      body: { route: request.route, body: write.body },
      actorId: caller.memberId,
      correlationId: request.correlationId,
      reads: [{ streamId: streams.members, fold: membersFold }, ...(write.reads ?? [])],
      parts: [
        {
          streamId,
          fold,
          ...(write.isNew && { isNew: true }),
          decide: (state: S, context: DecisionContext) => {
            const refusal = this.permissionFault(write, context);
            const decision: Decided =
              refusal === null ? write.decide(state, context) : { accepted: false, refusal };
            if (!decision.accepted) return decision;
            seen = { state };
            return { accepted: true, events: decision.events.map(newEvent) };
          },
        },
      ],
    });
    switch (outcome.status) {
      case 'committed': {
        const { events, replayed } = outcome;
        const last = events.at(-1);
        if (last === undefined) throw new Error('a commit without an event');
        const state =
          replayed || seen === undefined
            ? await this.stateAt(caller.workspaceId, last.streamId, fold, last.position)
            : events.reduce((before, event) => fold.evolve(before, event), seen.state);
        return { answer: write.answer(state, last.subject ?? undefined), events, replayed };
      }
      case 'unchanged':
        if (seen === undefined) throw new Error('an unchanged outcome without a decision');
        return { answer: write.answer(seen.state, undefined), events: [], replayed: false };
      case 'refused':
        throw ProblemError.ofRefusal(outcome.refusal);
      case 'key-reused':
        throw new ProblemError(
          'key-reused',
          'This Idempotency-Key was used before with another request. Make a new key for a new command.',
        );
      case 'in-progress':
        throw new ProblemError(
          'key-in-progress',
          'A command with this Idempotency-Key is still running. Send it again in a moment for its answer.',
          {},
          { 'retry-after': '1' },
        );
      case 'no-such-workspace':
        throw new ProblemError('not-found', 'There is no such workspace.');
    }
  }

  /** Checked where the events are appended, on the members as they are then: a role that was taken away acts no more. */
  private permissionFault(
    { caller, permission }: Pick<Write<unknown>, 'caller' | 'permission'>,
    context: DecisionContext,
  ): Refusal | null {
    const state = context.read(streams.members, membersFold);
    const member = state.members.get(caller.memberId);
    const token = state.tokens.get(caller.tokenId);
    if (member?.status === 'active' && token?.revokedAt === undefined && permits(member.role, permission))
      return null;
    return {
      code: 'not-permitted',
      detail: `${caller.memberId} may not do this: it takes permission to ${permission}. An admin of the workspace can change roles.`,
      facts: { needed: permission },
    };
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
