import type { AcceptSuggestion, DismissSuggestion, Json, WriteAnswer } from '@casebook/contracts';
import { decide, type IncidentCommand, type IncidentState } from '@casebook/incident';
import {
  atOnce,
  incidentFold,
  incidentViewSteps,
  inSlices,
  membersFold,
  type Steps,
  streams,
  type Suggestion,
  suggestionIn,
  TooMuchAtOnce,
} from '@casebook/views';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { mayEnter, ownerFault } from '../access/visibility.js';
import { ProblemError } from '../http/problem.js';
import type { WriteRequest } from '../http/request-context.js';
import { Committing, type Committed } from './commit.js';

type Decision =
  | ({
      readonly outcome: 'accepted';
      /** The id of the dispute that it may raise. */ readonly disputeId: string;
    } & AcceptSuggestion)
  | ({ readonly outcome: 'dismissed' } & DismissSuggestion);

/** A member's decision about one suggestion of an incident. */
export class SuggestionWrite extends Command<Committed> {
  constructor(
    readonly request: WriteRequest,
    readonly incidentId: string,
    readonly suggestionId: string,
    readonly decision: Decision,
    readonly body: Json,
  ) {
    super();
  }
}

/** Maximum work of a decision while the ledger waits for it; some milliseconds. */
const QUICK_STEPS = 30_000;
/** How many times a large incident may change while its suggestions are computed. */
const MOST_TRIES = 5;

type Found = Omit<Suggestion, 'id'> | null;

/**
 * Suggestions are computed on the incident as it is when the decision is committed, so nobody accepts an
 * outdated one unseen. Those of a large incident are computed beside the ledger, then committed if it has not
 * changed in between.
 */
@CommandHandler(SuggestionWrite)
export class SuggestionHandler implements ICommandHandler<SuggestionWrite> {
  constructor(@Inject(Committing) private readonly committing: Committing) {}

  async execute(write: SuggestionWrite): Promise<Committed> {
    let known: { readonly state: IncidentState; readonly found: Found } | undefined;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const large: { state?: IncidentState } = {};
      try {
        return await this.attempt(write, (state) => {
          if (known?.state === state) return known.found;
          try {
            return atOnce(foundIn(state, write.suggestionId), QUICK_STEPS);
          } catch (error) {
            if (!(error instanceof TooMuchAtOnce)) throw error;
            large.state = state;
            return undefined;
          }
        });
      } catch (error) {
        if (large.state === undefined) throw error;
        known = { state: large.state, found: await inSlices(foundIn(large.state, write.suggestionId)) };
      }
    }
    throw new ProblemError(
      'unavailable',
      'The incident is large, and it changed each time its suggestions were computed. Try again in a moment.',
      {},
      { 'retry-after': '1' },
    );
  }

  /** `find` returns `undefined` if it would take longer than a decision may. */
  private attempt(
    { request, incidentId, suggestionId, decision, body }: SuggestionWrite,
    find: (state: IncidentState) => Found | undefined,
  ): Promise<Committed> {
    return this.committing.commit<IncidentState>({
      request,
      permission: 'annotate',
      body,
      streamId: streams.incident(incidentId),
      fold: incidentFold,
      hides: (state) => !mayEnter(request.caller, state),
      decide: (state, context) => {
        const found = find(state);
        if (found === undefined) return { accepted: false, refusal: NOT_COMPUTED };
        const command = commandOn(found, suggestionId, decision);
        const refusal = ownerFault(command, state, context.read(streams.members, membersFold));
        return refusal === null ? decide(command, state) : { accepted: false, refusal };
      },
      answer: (state) => answerOf(state, suggestionId),
    });
  }
}

/** Never leaves this file: the decision is retried. */
const NOT_COMPUTED = {
  code: 'suggestion-unknown',
  detail: 'Its suggestions have not been computed yet.',
} as const;

function* foundIn(state: IncidentState, id: string): Steps<Found> {
  if (state.status === 'unopened') return null;
  const incident = yield* incidentViewSteps(state, () => undefined);
  return yield* suggestionIn(incident, state.suggestions, id);
}

function commandOn(found: Found, suggestionId: string, decision: Decision): IncidentCommand {
  const suggestion = found?.suggested ?? null;
  if (decision.outcome === 'dismissed') {
    return { type: 'DismissSuggestion', suggestionId, suggestion, reason: decision.reason };
  }
  const { reason, owner, disputeId } = decision;
  return {
    type: 'AcceptSuggestion',
    suggestionId,
    suggestion,
    ...(reason !== undefined && { reason }),
    ...(found?.dispute !== undefined && {
      dispute: { id: disputeId, fields: { ...found.dispute, ...(owner !== undefined && { owner }) } },
    }),
  };
}

function answerOf(state: IncidentState, id: string): WriteAnswer & { disputeId?: string } {
  const decided = state.status === 'unopened' ? undefined : state.suggestions.get(id);
  if (decided === undefined) throw new Error('a suggestion is missing after it was decided');
  const { revision, position, disputeId } = decided;
  return { id, revision, position, ...(disputeId !== undefined && { disputeId }) };
}
