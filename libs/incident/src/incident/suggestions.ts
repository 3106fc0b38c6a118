import type { RecordedEvent } from '@casebook/contracts';
import type { IncidentCommand } from './commands.js';
import { accept, because, type IncidentDecision, refuse, unchanged } from './decision.js';
import { referenceFault } from './references.js';
import type { OpenedIncident } from './state.js';

export function decideSuggestion(
  command: Extract<IncidentCommand, { type: 'AcceptSuggestion' | 'DismissSuggestion' }>,
  state: OpenedIncident,
): IncidentDecision {
  const { suggestionId: subject, suggestion, reason } = command;
  if (suggestion === null) {
    return refuse(
      'suggestion-unknown',
      'There is no suggestion with this id, or no longer: the annotations have changed. GET …/suggestions lists the current ones.',
    );
  }
  const before = state.suggestions.get(subject);
  switch (command.type) {
    case 'AcceptSuggestion': {
      if (before?.outcome === 'accepted') return unchanged();
      const data = { suggestion, ...because(reason) };
      const { dispute } = command;
      const raisesNone =
        dispute === undefined || before?.disputeId !== undefined || state.annotations.has(dispute.id);
      if (raisesNone) {
        return accept({ type: 'SuggestionAccepted', subject, data });
      }
      return (
        referenceFault(state, 'dispute', dispute.fields) ??
        accept(
          { type: 'DisputeRaised', subject: dispute.id, data: dispute.fields },
          { type: 'SuggestionAccepted', subject, data: { ...data, disputeId: dispute.id } },
        )
      );
    }
    case 'DismissSuggestion':
      return before?.outcome === 'dismissed'
        ? unchanged()
        : accept({ type: 'SuggestionDismissed', subject, data: { suggestion, reason: command.reason } });
  }
}

/** The decisions about suggestions after this event. Only these two event types change them. */
export function withDecision(
  decisions: OpenedIncident['suggestions'],
  event: RecordedEvent<'SuggestionAccepted' | 'SuggestionDismissed'>,
): OpenedIncident['suggestions'] {
  const before = decisions.get(event.subject);
  const raised = event.type === 'SuggestionAccepted' ? event.data?.disputeId : undefined;
  const disputeId = raised ?? before?.disputeId;
  return decisions.set(event.subject, {
    id: event.subject,
    outcome: event.type === 'SuggestionAccepted' ? 'accepted' : 'dismissed',
    suggestion: event.data?.suggestion ?? null,
    ...(disputeId !== undefined && { disputeId }),
    ...because(event.data?.reason),
    by: event.actor,
    at: event.at,
    revision: (before?.revision ?? 0) + 1,
    position: event.position,
  });
}
