import {
  ANNOTATION_EVENTS,
  type AnnotationEventType,
  type AnnotationKind,
  type FieldsOf,
  type IncidentEventType,
  isAnnotationEvent,
  type PayloadOf,
  type RecordedEvent,
  type RevisedPayload,
  type SettleDispute,
} from '@casebook/contracts';
import { Map as PersistentMap } from 'immutable';
import { applied } from '../revision.js';
import { because } from './decision.js';
import type { Annotation, IncidentState, OpenedIncident } from './state.js';
import { withDecision } from './suggestions.js';

/** The state after the event. Total: folds every event of the ledger, including those with an erased payload. */
export function evolve(state: IncidentState, event: RecordedEvent<IncidentEventType>): IncidentState {
  if (state.status === 'unopened') {
    return {
      status: 'open',
      id: event.subject,
      details: event.type === 'IncidentOpened' ? event.data : null,
      revision: 1,
      recordedBy: event.actor,
      recordedAt: event.at,
      revisedBy: event.actor,
      revisedAt: event.at,
      position: event.position,
      documents: PersistentMap(),
      annotations: PersistentMap(),
      suggestions: PersistentMap(),
    };
  }
  const next = { ...state, position: event.position };
  if (isAnnotationEvent(event)) return evolveAnnotation(next, event);
  switch (event.type) {
    case 'IncidentOpened':
      return next;
    case 'IncidentRevised':
      return incidentRevised(next, event, {
        details: state.details && applied(state.details, event.data?.changes),
      });
    case 'IncidentClosed':
      return incidentRevised(next, event, { status: 'closed' });
    case 'IncidentReopened':
      return incidentRevised(next, event, { status: 'open' });
    case 'IncidentRestricted':
      // An erased restriction names nobody, so only members who oversee have access.
      return incidentRevised(next, event, { restrictedTo: event.data?.members ?? [] });
    case 'IncidentUnrestricted':
      return incidentRevised(next, event, { restrictedTo: undefined });
    case 'DocumentAttached':
      return {
        ...next,
        documents: state.documents.set(event.subject, {
          documentId: event.subject,
          attachedBy: event.actor,
          attachedAt: event.at,
        }),
      };
    case 'DocumentDetached':
      return { ...next, documents: state.documents.delete(event.subject) };
    case 'SuggestionAccepted':
    case 'SuggestionDismissed':
      return { ...next, suggestions: withDecision(next.suggestions, event) };
  }
}

/** The same for events about annotations, by change instead of kind. */
function evolveAnnotation(next: OpenedIncident, event: RecordedEvent<AnnotationEventType>): OpenedIncident {
  const { kind, change } = ANNOTATION_EVENTS[event.type];
  const { data } = event;
  switch (change) {
    case 'recorded':
      return recorded(next, event, kind, data as FieldsOf[AnnotationKind] | null);
    case 'revised':
      return changed(next, event, ({ fields }) => ({
        fields: fields && applied(fields, (data as RevisedPayload<object> | null)?.changes),
      }));
    case 'retracted':
      return changed(next, event, () => ({
        status: 'retracted',
        retraction: {
          by: event.actor,
          at: event.at,
          ...because((data as { reason?: string } | null)?.reason),
        },
      }));
    case 'reinstated':
      return changed(next, event, ({ standing }) => ({
        status: standing ?? 'active',
        retraction: undefined,
      }));
    case 'settled': {
      const resolution = data as SettleDispute | null;
      return changed(next, event, () => ({
        status: 'resolved',
        standing: 'resolved',
        resolution: resolution ? { ...resolution, decidedBy: event.actor, decidedAt: event.at } : undefined,
      }));
    }
    case 'withdrawn':
      return changed(next, event, () => ({ status: 'withdrawn', standing: 'withdrawn' }));
    case 'reopened':
      return changed(next, event, () => ({
        status: 'reopened',
        standing: 'reopened',
        resolution: undefined,
      }));
    case 'restored': {
      const restored = data as PayloadOf<'DisputeRestored'> | null;
      return changed(next, event, ({ status, standing, resolution }) =>
        restored === null
          ? { status, standing, resolution }
          : { status: restored.standing, standing: restored.standing, resolution: restored.resolution },
      );
    }
  }
}

function incidentRevised(
  next: OpenedIncident,
  event: RecordedEvent,
  change: Partial<OpenedIncident>,
): OpenedIncident {
  return { ...next, ...change, revision: next.revision + 1, revisedBy: event.actor, revisedAt: event.at };
}

function recorded<K extends AnnotationKind>(
  next: OpenedIncident,
  event: RecordedEvent,
  kind: K,
  fields: FieldsOf[K] | null,
): OpenedIncident {
  const isDispute = kind === 'dispute';
  const annotation: Annotation<K> = {
    kind,
    id: event.subject,
    revision: 1,
    status: fields === null ? 'erased' : isDispute ? 'open' : 'active',
    fields,
    recordedBy: event.actor,
    recordedAt: event.at,
    revisedBy: event.actor,
    revisedAt: event.at,
    recordedPosition: event.position,
    position: event.position,
    ...(isDispute && { standing: 'open' }),
  };
  return { ...next, annotations: next.annotations.set(annotation.id, annotation) };
}

function changed(
  next: OpenedIncident,
  event: RecordedEvent,
  change: (annotation: Annotation) => Partial<Annotation>,
): OpenedIncident {
  const before = next.annotations.get(event.subject);
  if (before === undefined) return next;
  const after: Annotation = {
    ...before,
    ...change(before),
    ...(before.fields === null && { status: 'erased' }),
    revision: before.revision + 1,
    revisedBy: event.actor,
    revisedAt: event.at,
    position: event.position,
  };
  return { ...next, annotations: next.annotations.set(after.id, after) };
}
