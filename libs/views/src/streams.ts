import {
  type DecidedEvent,
  decodeEvent,
  type DocumentEventType,
  type IncidentEventType,
  type MembersEventType,
  type RecordedEvent,
  SCHEMA_VERSION,
} from '@casebook/contracts';
import {
  type DocumentState,
  evolve,
  evolveDocument,
  evolveMembers,
  initialDocument,
  initialIncident,
  initialMembers,
  type IncidentState,
  type MembersState,
} from '@casebook/incident';
import type { NewEvent, StreamFold } from '@casebook/ledger';

/** The stream that the events of each thing are in: one an incident, one a document, one for all members of the workspace. */
export const streams = {
  incident: (id: string): string => `incident:${id}`,
  document: (id: string): string => `document:${id}`,
  members: 'members',
} as const;

/** An incident's fold: what commands are decided on, views are rendered from and as-of reads answer with. */
export const incidentFold: StreamFold<IncidentState> = {
  name: 'incident',
  initial: initialIncident,
  evolve: (state, event) => evolve(state, decodeEvent(event) as RecordedEvent<IncidentEventType>),
};

/** A document's fold: all that is known of it but its text, which no state keeps. */
export const documentFold: StreamFold<DocumentState> = {
  name: 'document',
  initial: initialDocument,
  evolve: (state, event) => evolveDocument(state, decodeEvent(event) as RecordedEvent<DocumentEventType>),
};

/** The member list's fold, tokens included. */
export const membersFold: StreamFold<MembersState> = {
  name: 'members',
  initial: initialMembers,
  evolve: (state, event) => evolveMembers(state, decodeEvent(event) as RecordedEvent<MembersEventType>),
};

/** A decided event as the ledger takes it: in today's schema version of its type. */
export const newEvent = ({ type, subject, data }: DecidedEvent): NewEvent => ({
  type,
  schemaVersion: SCHEMA_VERSION[type],
  subject,
  payload: data as unknown as NewEvent['payload'],
});
