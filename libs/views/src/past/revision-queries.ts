import type {
  ChangeView,
  DocumentEventType,
  IncidentEventType,
  MembersEventType,
  Moment,
  RecordedEvent,
  WorkspaceSettings,
} from '@casebook/contracts';
import {
  describeChange,
  evolve,
  evolveDocument,
  evolveMembers,
  initialDocument,
  initialIncident,
  initialMembers,
} from '@casebook/incident';
import type { DataSource } from 'typeorm';
import { LedgerReads, type ReadEvent } from '../ledger-reads.js';
import { describeDocumentChange, describeMembersChange } from './library-and-member-changes.js';
import { streams } from '../streams.js';

/** A thing with revisions of its own. */
export type Thing =
  | { readonly what: 'incident'; readonly incidentId: string }
  | { readonly what: 'annotation'; readonly incidentId: string; readonly id: string }
  | { readonly what: 'document'; readonly id: string }
  | { readonly what: 'member'; readonly id: string }
  | { readonly what: 'settings' };

/** Reads a thing's content at each of its revisions, and who changed what between two of them. */
export class RevisionQueries {
  private readonly reads: LedgerReads;

  constructor(dataSource: DataSource) {
    this.reads = new LedgerReads(dataSource);
  }

  /**
   * The thing's fields at one of its revisions; `null` if the revision never existed, or was erased by law.
   */
  async fieldsAt(workspaceId: string, thing: Thing, revision: number): Promise<object | null> {
    const follow = followerOf(thing);
    for await (const read of this.reads.stream(workspaceId, streamIdOf(thing), Number.MAX_SAFE_INTEGER)) {
      const now = follow(read, false);
      if (now.revision === revision) return now.fields;
      if (now.revision > revision) return null;
    }
    return null;
  }

  /**
   * The content of the first event about an annotation; `null` if there is none, or it was erased by law.
   * Unlike {@link fieldsAt} it folds nothing.
   */
  async recordedAs(workspaceId: string, incidentId: string, id: string): Promise<object | null> {
    const about = { above: 0, upTo: Number.MAX_SAFE_INTEGER, streamIds: [streams.incident(incidentId)] };
    const [first] = await this.reads.matching(workspaceId, { ...about, subject: id }, 1);
    return first?.event.data ?? null;
  }

  /** The workspace's settings, now or as of a moment; the defaults before it was opened. */
  async settings(workspaceId: string, moment?: Moment): Promise<WorkspaceSettings> {
    const follow = followerOf({ what: 'settings' });
    let settings = initialMembers.settings;
    const upTo = await this.reads.positionOf(workspaceId, moment);
    for await (const read of this.reads.stream(workspaceId, streams.members, upTo)) {
      settings = follow(read, false).fields as typeof settings;
    }
    const { requireIfMatch, importColumns, revision } = settings;
    return { requireIfMatch, ...(importColumns !== undefined && { importColumns }), revision };
  }

  /** Every change of the thing behind a revision, in order. */
  async changesSince(workspaceId: string, thing: Thing, revision: number): Promise<ChangeView[]> {
    const follow = followerOf(thing);
    const found: ChangeView[] = [];
    let before = 0;
    for await (const read of this.reads.stream(workspaceId, streamIdOf(thing), Number.MAX_SAFE_INTEGER)) {
      const now = follow(read, before >= revision);
      if (now.revision > before && before >= revision && now.change !== null) found.push(now.change);
      before = now.revision;
    }
    return found;
  }
}

function streamIdOf(thing: Thing): string {
  switch (thing.what) {
    case 'incident':
    case 'annotation':
      return streams.incident(thing.incidentId);
    case 'document':
      return streams.document(thing.id);
    case 'member':
    case 'settings':
      return streams.members;
  }
}

/** The thing after an event: revision 0 if it does not exist yet. */
interface Followed {
  readonly revision: number;
  readonly fields: object | null;
  /** The event's change, if requested. */
  readonly change: ChangeView | null;
}

/** Folds the thing's stream. Call it with every event of the stream in order. */
function followerOf(thing: Thing): (read: ReadEvent, tell: boolean) => Followed {
  switch (thing.what) {
    case 'incident':
    case 'annotation': {
      let state = initialIncident;
      return ({ event }, tell) => {
        const told = event as RecordedEvent<IncidentEventType>;
        const change = tell ? describeChange(told, state) : null;
        state = evolve(state, told);
        if (state.status === 'unopened') return { revision: 0, fields: null, change };
        if (thing.what === 'incident') return { revision: state.revision, fields: state.details, change };
        const annotation = state.annotations.get(thing.id);
        return { revision: annotation?.revision ?? 0, fields: annotation?.fields ?? null, change };
      };
    }
    case 'document': {
      let state = initialDocument;
      return ({ event, textBytes }, tell) => {
        const told = event as RecordedEvent<DocumentEventType>;
        const change = tell ? describeDocumentChange(told, state, textBytes) : null;
        state = evolveDocument(state, told);
        return state.status === 'unknown'
          ? { revision: 0, fields: null, change }
          : { revision: state.revision, fields: state.details, change };
      };
    }
    case 'member':
    case 'settings': {
      let state = initialMembers;
      return ({ event }, tell) => {
        const told = event as RecordedEvent<MembersEventType>;
        const change = tell ? describeMembersChange(told, state) : null;
        state = evolveMembers(state, told);
        const found = thing.what === 'settings' ? state.settings : state.members.get(thing.id);
        return { revision: found?.revision ?? 0, fields: found ?? null, change };
      };
    }
  }
}
