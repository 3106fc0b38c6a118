import type { IncidentCommand } from './commands.js';
import { accept, because, type IncidentDecision, refuse, unchanged } from './decision.js';
import { isKind, type OpenedIncident } from './state.js';

export function attach(
  { documentId, reason }: Extract<IncidentCommand, { type: 'AttachDocument' }>,
  state: OpenedIncident,
): IncidentDecision {
  return state.documents.has(documentId)
    ? unchanged()
    : accept({ type: 'DocumentAttached', subject: documentId, data: { documentId, ...because(reason) } });
}

export function detach(
  command: Extract<IncidentCommand, { type: 'DetachDocument' }>,
  state: OpenedIncident,
): IncidentDecision {
  const { documentId, reason } = command;
  if (!state.documents.has(documentId)) {
    return refuse('document-not-attached', 'The document is not attached to this incident.', { documentId });
  }
  const claims = [...state.annotations.values()]
    .filter(
      (each) =>
        isKind(each, 'claim') && each.status === 'active' && each.fields?.anchor.documentId === documentId,
    )
    .map((each) => each.id);
  return claims.length > 0
    ? refuse(
        'document-in-use',
        `${claims.length === 1 ? 'A claim quotes' : `${claims.length} claims quote`} this document. Retract ${claims.length === 1 ? 'it' : 'them'} before you detach the document.`,
        {
          claims: claims.slice(0, 100),
        },
      )
    : accept({ type: 'DocumentDetached', subject: documentId, data: { documentId, reason } });
}
