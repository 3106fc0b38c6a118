import type {
  ChangeView,
  DocumentEventType,
  ErasureEventType,
  IncidentEventType,
  MembersEventType,
  RecordedEvent,
} from '@casebook/contracts';
import {
  describeChange,
  type DocumentState,
  type ErasuresState,
  evolve,
  evolveDocument,
  evolveErasures,
  evolveMembers,
  initialDocument,
  initialErasures,
  initialIncident,
  initialMembers,
  type IncidentState,
  type MembersState,
} from '@casebook/incident';
import type { ReadEvent } from '../ledger-reads.js';
import {
  describeDocumentChange,
  describeErasure,
  describeMembersChange,
} from './library-and-member-changes.js';
import { streamOf } from '../streams.js';

/**
 * Folds one stream and describes an event's change on request. Call it with every event of the stream in
 * order, whether or not its description is wanted.
 */
export function describerOf(streamId: string): (read: ReadEvent, wanted: boolean) => ChangeView | null {
  const stream = streamOf(streamId);
  switch (stream?.kind) {
    case 'incident':
      return describer(initialIncident, describe.incident, evolve);
    case 'document':
      return describer(initialDocument, describe.document, evolveDocument);
    case 'members':
      return describer(initialMembers, describe.members, evolveMembers);
    case 'erasures':
      return describer(initialErasures, describe.erasures, evolveErasures);
    case undefined:
      throw new Error(`the stream ${streamId} is of a kind unknown to this program`);
  }
}

/** An event's change, from the state before it. The event lacks an imported text. */
export const describe = {
  incident: ({ event }: ReadEvent, before: IncidentState): ChangeView =>
    describeChange(event as RecordedEvent<IncidentEventType>, before),
  document: ({ event, textBytes }: ReadEvent, before: DocumentState): ChangeView =>
    describeDocumentChange(event as RecordedEvent<DocumentEventType>, before, textBytes),
  members: ({ event }: ReadEvent, before: MembersState): ChangeView =>
    describeMembersChange(event as RecordedEvent<MembersEventType>, before),
  erasures: ({ event }: ReadEvent, _before: ErasuresState): ChangeView =>
    describeErasure(event as RecordedEvent<ErasureEventType>),
};

function describer<
  S,
  E extends RecordedEvent<IncidentEventType | DocumentEventType | MembersEventType | ErasureEventType>,
>(
  initial: S,
  describeEvent: (read: ReadEvent, before: S) => ChangeView,
  evolveState: (state: S, event: E) => S,
): (read: ReadEvent, wanted: boolean) => ChangeView | null {
  let state = initial;
  return (read, wanted) => {
    const change = wanted ? describeEvent(read, state) : null;
    state = evolveState(state, read.event as E);
    return change;
  };
}
