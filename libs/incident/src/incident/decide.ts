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
 * - Annotations are recorded in an open incident only; a closed one is read, or reopened.
 * - A claim stands in a document that is attached to the incident, at a quote that was proved against its text.
 * - Evidence is claims of the same incident that have not been retracted when they are named.
 * - A link ties a warning, or an earlier attack, to an attack of the same incident.
 * - A dispute points at annotations, other than itself, that have not been retracted. While it is open or reopened it may be revised, settled or
 *   withdrawn; once settled or withdrawn it may only be reopened.
 * - A comment is on an annotation or on the incident; a reply is to a comment on the same thing.
 * - Nothing is removed: a retraction says that an annotation no longer stands, and why. A retracted annotation is not revised. Only the
 *   undoing of a retraction reinstates it, as it was.
 * - A revision says whole what it changes; of a field that has parts (specificity, casualties), each part.
 * - A revision cannot clear a field that the annotation is meaningless without.
 * - An incident may be restricted to named members from its opening on, open or closed. Who may see it is judged by whoever reads the state.
 * - A suggestion is computed from the annotations as they stand, and comes with the command. It is accepted or dismissed, and the latest
 *   decision holds. Accepting may raise a dispute, once.
 * - An id names one annotation for ever: recording it again changes nothing.
 * - Asking for what is already so changes nothing and records nothing, whatever revision the client has seen. Any other change
 *   with an expected revision is made at that revision only, or merged with what was changed since where that was asked for.
 * - What was erased by law is gone: an erased annotation keeps its id, its revisions and its status, and is not revised.
 */
/** Decides one command. Time, ids and actor come from outside; nothing here reads a clock or makes an id. */
export function decide(command: IncidentCommand, state: IncidentState): IncidentDecision {
  if (command.type === 'OpenIncident') {
    return state.status === 'unopened' ? accept(...opening(command)) : unchanged();
  }
  if (state.status === 'unopened') {
    return refuse(
      'incident-unknown',
      'There is no such incident in this workspace. GET …/incidents lists those that there are.',
    );
  }
  if (state.status === 'closed' && !DECIDED_WHILE_CLOSED.has(command.type)) {
    return refuse(
      'incident-closed',
      'The incident is closed. Reopen it (POST …/reopening) to go on working on it.',
    );
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
