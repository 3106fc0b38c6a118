import { ANNOTATION_EVENTS, type AnnotationChange, type EventType } from './events.js';
import type { AnnotationKind } from './kinds/index.js';

/** What an event is about. `attachment`: a document in an incident; `document`: one in the library. */
export type EventKind =
  | AnnotationKind
  | 'incident'
  | 'attachment'
  | 'suggestion'
  | 'document'
  | 'workspace'
  | 'member'
  | 'token'
  | 'erasure';

export interface EventFact {
  readonly kind: EventKind;
  /** What it does to that. */
  readonly change:
    | AnnotationChange
    | 'opened'
    | 'closed'
    | 'restricted'
    | 'unrestricted'
    | 'attached'
    | 'detached'
    | 'accepted'
    | 'dismissed'
    | 'added'
    | 'removed'
    | 'issued'
    | 'revoked'
    | 'erased';
  /** An incident or a document may come to be hidden from somebody by it, or shown. */
  readonly changesVisibility?: true;
}

/** What each event is about and does. A new event does not compile until it stands here, and whoever sorts events asks this. */
export const EVENT_FACTS: Readonly<Record<EventType, EventFact>> = {
  ...ANNOTATION_EVENTS,
  // It may be restricted in the same commit, whose next event may be on another page.
  IncidentOpened: { kind: 'incident', change: 'opened', changesVisibility: true },
  IncidentRevised: { kind: 'incident', change: 'revised' },
  IncidentClosed: { kind: 'incident', change: 'closed' },
  IncidentReopened: { kind: 'incident', change: 'reopened' },
  IncidentRestricted: { kind: 'incident', change: 'restricted', changesVisibility: true },
  IncidentUnrestricted: { kind: 'incident', change: 'unrestricted', changesVisibility: true },
  DocumentAttached: { kind: 'attachment', change: 'attached', changesVisibility: true },
  DocumentDetached: { kind: 'attachment', change: 'detached' },
  SuggestionAccepted: { kind: 'suggestion', change: 'accepted' },
  SuggestionDismissed: { kind: 'suggestion', change: 'dismissed' },
  DocumentImported: { kind: 'document', change: 'recorded', changesVisibility: true },
  DocumentDescribed: { kind: 'document', change: 'revised', changesVisibility: true },
  WorkspaceOpened: { kind: 'workspace', change: 'opened' },
  WorkspaceConfigured: { kind: 'workspace', change: 'revised' },
  WorkspaceRestored: { kind: 'workspace', change: 'restored' },
  MemberAdded: { kind: 'member', change: 'added' },
  MemberRevised: { kind: 'member', change: 'revised' },
  MemberRemoved: { kind: 'member', change: 'removed' },
  TokenIssued: { kind: 'token', change: 'issued' },
  TokenRevoked: { kind: 'token', change: 'revoked' },
  // What is not known any more is taken for the strictest.
  PayloadErased: { kind: 'erasure', change: 'erased', changesVisibility: true },
};

/** `undefined` for a type that this version does not know. */
export const factOf = (type: string): EventFact | undefined =>
  Object.hasOwn(EVENT_FACTS, type) ? EVENT_FACTS[type as EventType] : undefined;
export const eventKindOf = (type: string): EventKind | undefined => factOf(type)?.kind;
