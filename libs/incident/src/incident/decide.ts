import type { DecidedEvent, IncidentEventType } from '@casebook/contracts';
import { record, reinstate, retract, revise } from './annotations.js';
import type { IncidentCommand } from './commands.js';
import { accept, type IncidentDecision, refuse, unchanged } from './decision.js';
import { decideDetails } from './details.js';
import { decideStanding, restore } from './disputes.js';
import { attach, detach } from './documents.js';
import type { IncidentState } from './state.js';
import { decideSuggestion } from './suggestions.js';

/*
 * The rules of an incident:
 *
 * - Annotations can be recorded in an open incident only; a closed one can be read or reopened.
 * - A claim belongs to a document attached to the incident, at a quote proved against its text.
 * - Evidence is claims of the same incident that are not retracted at that moment.
 * - A link ties a warning, or an earlier attack, to an attack of the same incident.
 * - A dispute has other, not retracted annotations as targets. While open or reopened it can be revised, settled or
 *   withdrawn; once settled or withdrawn it can only be reopened.
 * - A comment is on an annotation or on the incident; a reply is to a comment on the same thing.
 * - Nothing is removed: a retraction marks an annotation as retracted, with the reason. A retracted annotation cannot be revised. Only
 *   undoing the retraction reinstates it.
 * - A revision gives each changed field as a whole, or each part of a field with parts (specificity, casualties).
 * - A revision cannot clear a required field.
 * - An incident can be restricted to named members at any time, open or closed. Readers of the state enforce the restriction.
 * - A suggestion is computed from the current annotations and comes with the command. It is accepted or dismissed, and the latest
 *   decision holds. Accepting may raise a dispute, once.
 * - An id belongs to one annotation for ever: recording it again changes nothing.
 * - A command that asks for the present state records nothing, whatever revision the client has seen. Any other change
 *   with an expected revision is made at that revision only, or merged with later changes on request.
 * - An annotation erased by law keeps its id, revision and status, and cannot be revised.
 */
/** Decides one command. Time, ids and actor are inputs; nothing here reads a clock or creates an id. */
export function decide(command: IncidentCommand, state: IncidentState): IncidentDecision {
  if (command.type === 'OpenIncident') {
    return state.status === 'unopened' ? accept(...opening(command)) : unchanged();
  }
  if (state.status === 'unopened') {
    return refuse(
      'incident-unknown',
      'There is no such incident in this workspace. GET …/incidents lists them.',
    );
  }
  if (state.status === 'closed' && !DECIDED_WHILE_CLOSED.has(command.type)) {
    return refuse('incident-closed', 'The incident is closed. Reopen it (POST …/reopening) to continue.');
  }
  switch (command.type) {
    case 'ReviseIncident':
    case 'CloseIncident':
    case 'ReopenIncident':
    case 'RestrictIncident':
    case 'UnrestrictIncident':
      return decideDetails(command, state);
    case 'AttachDocument':
      return attach(command, state);
    case 'DetachDocument':
      return detach(command, state);
    case 'RecordAnnotation':
      return record(command, state);
    case 'ReviseAnnotation':
      return revise(command, state);
    case 'RetractAnnotation':
      return retract(command, state);
    case 'ReinstateAnnotation':
      return reinstate(command, state);
    case 'SettleDispute':
    case 'WithdrawDispute':
    case 'ReopenDispute':
      return decideStanding(command, state);
    case 'RestoreDispute':
      return restore(command, state);
    case 'AcceptSuggestion':
    case 'DismissSuggestion':
      return decideSuggestion(command, state);
  }
}

/** An incident opened for some members only is restricted in the same commit, so nobody else ever sees it. */
function opening({
  incidentId: subject,
  fields,
  restrictedTo,
}: Extract<IncidentCommand, { type: 'OpenIncident' }>): DecidedEvent<IncidentEventType>[] {
  return [
    { type: 'IncidentOpened', subject, data: fields },
    ...(restrictedTo === undefined
      ? []
      : [{ type: 'IncidentRestricted' as const, subject, data: { members: [...restrictedTo].sort() } }]),
  ];
}

const DECIDED_WHILE_CLOSED: ReadonlySet<IncidentCommand['type']> = new Set([
  'CloseIncident',
  'ReopenIncident',
  'RestrictIncident',
  'UnrestrictIncident',
] as const);
