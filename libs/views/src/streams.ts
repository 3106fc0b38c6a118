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
import type { FoldableEvent, NewEvent, StreamFold } from '@casebook/ledger';

/** The stream that the events of each thing are in: one an incident, one a document, one for all members of the workspace, one for erasures. */
export const streams = {
  incident: (id: string): string => `incident:${id}`,
  document: (id: string): string => `document:${id}`,
  members: 'members',
  erasures: 'erasures',
} as const;

/** What a stream's events are about, read from its name; `null` for a stream that this version does not know. */
export function streamOf(
  streamId: string,
): { kind: 'incident' | 'document' | 'members' | 'erasures'; id: string } | null {
  if (streamId === streams.members || streamId === streams.erasures) return { kind: streamId, id: '' };
  const colon = streamId.indexOf(':');
  const kind = streamId.slice(0, colon);
  return kind === 'incident' || kind === 'document' ? { kind, id: streamId.slice(colon + 1) } : null;
}

/** The events of each stream, in their order; streams in the order of their first event. */
export function byStream<E extends { readonly streamId: string }>(events: readonly E[]): Map<string, E[]> {
  const groups = new Map<string, E[]>();
  for (const event of events) {
    const group = groups.get(event.streamId);
    if (group === undefined) groups.set(event.streamId, [event]);
    else group.push(event);
  }
  return groups;
}

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

/** What was erased by law, and by which erasure. */
export const erasuresFold: StreamFold<ErasuresState> = {
  name: 'erasures',
  initial: initialErasures,
  evolve: (state, event) => evolveErasures(state, decodeEvent(event) as RecordedEvent<ErasureEventType>),
};

/** Steps of a fold that are remembered at the least: more than a page of events has. */
const REMEMBERED = 2048;

/**
 * A fold that remembers what each of the last events made of the state that it met: a view folds a page, and folds it again when it tells what each
 * event changed, and two views may be made from one fold. What it remembers goes with the events, and does not grow with the stream.
 */
export function foldedOnce<S>(evolve: StreamFold<S>['evolve']): StreamFold<S>['evolve'] {
  type Steps = WeakMap<FoldableEvent, { readonly before: S; readonly after: S }>;
  let latest: Steps = new WeakMap();
  let former: Steps = latest;
  let steps = 0;
  return (before, event) => {
    const known = latest.get(event) ?? former.get(event);
    if (known?.before === before) return known.after;
    const after = evolve(before, event);
    if (steps === REMEMBERED) {
      former = latest;
      latest = new WeakMap();
      steps = 0;
    }
    latest.set(event, { before, after });
    steps += 1;
    return after;
  };
}

/** A decided event as the ledger takes it: in today's schema version of its type. */
export const newEvent = ({ type, subject, data }: DecidedEvent): NewEvent => ({
  type,
  schemaVersion: SCHEMA_VERSION[type],
  subject,
  payload: data as unknown as NewEvent['payload'],
});
