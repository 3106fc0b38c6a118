import {
  type DecidedEvent,
  decodeEvent,
  type DocumentEventType,
  type ErasureEventType,
  type MembersEventType,
  type RecordedEvent,
  SCHEMA_VERSION,
} from '@casebook/contracts';
import {
  type DocumentState,
  type ErasuresState,
  evolveDocument,
  evolveErasures,
  evolveMembers,
  initialDocument,
  initialErasures,
  initialMembers,
  type MembersState,
} from '@casebook/incident';
import type { NewEvent, StreamFold } from '@casebook/ledger';

/** The stream of each thing's events: one per incident, one per document, one for all members of the workspace, one for erasures. */
export const streams = {
  incident: (id: string): string => `incident:${id}`,
  document: (id: string): string => `document:${id}`,
  members: 'members',
  erasures: 'erasures',
} as const;

/**
 * The subject of a stream's events, read from its name; `null` for a stream that this version does not know.
 */
export function streamOf(
  streamId: string,
): { kind: 'incident' | 'document' | 'members' | 'erasures'; id: string } | null {
  if (streamId === streams.members || streamId === streams.erasures) return { kind: streamId, id: '' };
  const colon = streamId.indexOf(':');
  const kind = streamId.slice(0, colon);
  return kind === 'incident' || kind === 'document' ? { kind, id: streamId.slice(colon + 1) } : null;
}

/** A document's fold: everything but its text, which no state keeps. */
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

/** Erased subjects, and the erasure of each. */
export const erasuresFold: StreamFold<ErasuresState> = {
  name: 'erasures',
  initial: initialErasures,
  evolve: (state, event) => evolveErasures(state, decodeEvent(event) as RecordedEvent<ErasureEventType>),
};

/** A decided event in the current schema version of its type, for the ledger. */
export const newEvent = ({ type, subject, data }: DecidedEvent): NewEvent => ({
  type,
  schemaVersion: SCHEMA_VERSION[type],
  subject,
  payload: data as unknown as NewEvent['payload'],
});
