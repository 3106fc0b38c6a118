import { ANNOTATION_EVENTS, type AnnotationChange, type EventType } from './events.js';
import type { AnnotationKind } from './kinds/index.js';

/** The subject of an event. `attachment`: a document in an incident; `document`: one in the library. */
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
  /** What the event does to its subject. */
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
    | 'erased'
    | 'kept';
  /** The event may hide an incident or a document from some members, or show it. */
  readonly changesVisibility?: true;
}

/** The subject and the change of each event. A new event does not compile until it is listed here; code that classifies events reads this table. */
export const EVENT_FACTS: Readonly<Record<EventType, EventFact>> = {
  ...ANNOTATION_EVENTS,
  // The incident may be restricted in the same commit, by an event on the next page.
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
  OriginalKept: { kind: 'document', change: 'kept' },
  WorkspaceOpened: { kind: 'workspace', change: 'opened' },
  WorkspaceConfigured: { kind: 'workspace', change: 'revised' },
  WorkspaceRestored: { kind: 'workspace', change: 'restored' },
  MemberAdded: { kind: 'member', change: 'added' },
  MemberRevised: { kind: 'member', change: 'revised' },
  MemberRemoved: { kind: 'member', change: 'removed' },
  TokenIssued: { kind: 'token', change: 'issued' },
  TokenRevoked: { kind: 'token', change: 'revoked' },
  // What was erased counts as strictest.
  PayloadErased: { kind: 'erasure', change: 'erased', changesVisibility: true },
};

/** `undefined` for a type that this version does not know. */
export const factOf = (type: string): EventFact | undefined =>
  Object.hasOwn(EVENT_FACTS, type) ? EVENT_FACTS[type as EventType] : undefined;
export const eventKindOf = (type: string): EventKind | undefined => factOf(type)?.kind;
