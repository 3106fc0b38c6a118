import type { AcceptSuggestion, DismissSuggestion, Json, WriteAnswer } from '@casebook/contracts';
import { decide, type IncidentCommand, type IncidentState } from '@casebook/incident';
import { incidentFold, incidentView, membersFold, streams, suggestionIn } from '@casebook/views';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { mayEnter, ownerFault } from '../access/visibility.js';
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

/**
 * Suggestions are computed at commit time on the current incident, so nobody accepts an outdated one unseen.
 */
@CommandHandler(SuggestionWrite)
export class SuggestionHandler implements ICommandHandler<SuggestionWrite> {
  constructor(@Inject(Committing) private readonly committing: Committing) {}

  execute({ request, incidentId, suggestionId, decision, body }: SuggestionWrite): Promise<Committed> {
    return this.committing.commit<IncidentState>({
      request,
      permission: 'annotate',
      body,
      streamId: streams.incident(incidentId),
      fold: incidentFold,
      hides: (state) => !mayEnter(request.caller, state),
      decide: (state, context) => {
        const command = commandOn(state, suggestionId, decision);
        const refusal = ownerFault(command, state, context.read(streams.members, membersFold));
        return refusal === null ? decide(command, state) : { accepted: false, refusal };
      },
      answer: (state) => answerOf(state, suggestionId),
    });
  }
}

function commandOn(state: IncidentState, suggestionId: string, decision: Decision): IncidentCommand {
  const found =
    state.status === 'unopened'
      ? null
      : suggestionIn(
          incidentView(state, () => undefined),
          state.suggestions,
          suggestionId,
        );
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
  if (decided === undefined) throw new Error('a suggestion that was decided about is not');
  const { revision, position, disputeId } = decided;
  return { id, revision, position, ...(disputeId !== undefined && { disputeId }) };
}
