import {
  type DocumentEventType,
  type ErasureEventType,
  eventKindOf,
  type IncidentDifference,
  type MembersEventType,
  type Moment,
  type RecordedEvent,
  type ThingDifference,
  type WorkspaceDifference,
  type WorkspaceDifferenceItem,
} from '@casebook/contracts';
import {
  type DocumentState,
  evolveDocument,
  evolveErasures,
  evolveMembers,
  initialDocument,
  initialErasures,
  initialMembers,
  type MembersState,
} from '@casebook/incident';
import type { DataSource } from 'typeorm';
import { type ChangeQueries, MomentsReversed } from './change-queries.js';
import { add, changeInBetween, fieldDifferences } from './difference.js';
import type { HistoryQueries } from './history-queries.js';
import { LedgerReads, type ReadEvent } from '../ledger-reads.js';
import { PAGE_BYTES, BadCursor, decodeCursor, encodeCursor } from '../paging.js';
import { changedFields } from './revised.js';
import { streamOf } from '../streams.js';
import { describerOf } from './describers.js';
import { inSlices, type Steps } from '../time-slice.js';

/** Maximum ledger positions that one page scans: it may be short or empty while `next` is not null. */
const MOST_LOOKED_AT = 20_000;
/** A page ends after this many changes, whatever its limit of items. */
const MOST_TOLD = 1_000;

export interface WorkspaceDifferenceRequest {
  readonly from: Moment;
  /** If left out: the head at the time of the first page. */
  readonly to?: Moment | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The changes of a whole workspace between two moments: stream after stream, in the order of their first
 * change, so that a page reads only what it shows. What is hidden from the reader is neither shown nor
 * counted.
 */
export class WorkspaceDifferences {
  private readonly reads: LedgerReads;

  constructor(
    private readonly dataSource: DataSource,
    private readonly histories: HistoryQueries,
    private readonly changes: ChangeQueries,
  ) {
    this.reads = new LedgerReads(dataSource);
  }

  /** @throws MomentsReversed, BadCursor */
  async difference(
    workspaceId: string,
    { from: earlier, to: later, cursor, limit }: WorkspaceDifferenceRequest,
  ): Promise<WorkspaceDifference> {
    const [told, end] =
      cursor === undefined
        ? [undefined, undefined]
        : (decodeCursor(cursor, ['number', 'number']) as [number, number]);
    const [from, to] = await Promise.all([
      this.histories.momentOf(workspaceId, earlier),
      this.histories.momentOf(
        workspaceId,
        end === undefined ? (later ?? { position: Number.MAX_SAFE_INTEGER }) : { position: end },
      ),
    ]);
    if (from.position > to.position) throw new MomentsReversed();
    // The cursor belongs to a difference that ends later. One that runs to the head ends at the head of its
    // first page.
    if (end !== undefined && later !== undefined) {
      const { position } = await this.histories.momentOf(workspaceId, later);
      if (position < end) throw new BadCursor();
    }
    const above = Math.max(from.position, told ?? 0);
    const windowEnd = Math.min(to.position, above + MOST_LOOKED_AT);
    const first = await this.firstChanged(
      workspaceId,
      { above, upTo: windowEnd, since: from.position },
      limit + 1,
    );
    const items: WorkspaceDifferenceItem[] = [];
    let changes = 0;
    let bytes = 0;
    let last = above;
    for (const { streamId, position } of first.slice(0, limit)) {
      if (changes >= MOST_TOLD || bytes >= PAGE_BYTES) break;
      const item = await this.ofStream(workspaceId, streamId, from.position, to.position);
      if (item !== null) items.push(item);
      changes += item?.changes.length ?? 0;
      bytes += await inSlices(lengthOf(item));
      last = position;
    }
    const isAll = last === first.at(-1)?.position || first.length === 0;
    const reached = isAll ? windowEnd : last;
    return { from, to, items, next: reached < to.position ? encodeCursor([reached, to.position]) : null };
  }

  /** The streams whose first event after `since` is in this range, with its position. */
  private async firstChanged(
    workspaceId: string,
    { above, upTo, since }: { above: number; upTo: number; since: number },
    limit: number,
  ): Promise<{ streamId: string; position: number }[]> {
    return this.dataSource.query<{ streamId: string; position: number }[]>(
      // Looking up the previous event of the stream takes one index probe; grouping would read the whole range for every page.
      `SELECT e.stream_id AS "streamId", e.position FROM events e
       WHERE e.workspace_id = $1 AND e.position > $2 AND e.position <= $3
         AND coalesce((SELECT p.position FROM events p WHERE p.workspace_id = e.workspace_id AND p.stream_id = e.stream_id
                       AND p.stream_version = e.stream_version - 1), 0) <= $4
       ORDER BY e.position LIMIT $5`,
      [workspaceId, above, upTo, since, limit],
    );
  }

  private async ofStream(
    workspaceId: string,
    streamId: string,
    from: number,
    to: number,
  ): Promise<WorkspaceDifferenceItem | null> {
    const stream = streamOf(streamId);
    switch (stream?.kind) {
      case 'incident': {
        const difference = await this.changes.difference(workspaceId, stream.id, {
          from: { position: from },
          to: { position: to },
        });
        // It may have been restricted just now.
        return difference && incidentItem(difference);
      }
      case 'document': {
        const told = await this.folded(workspaceId, streamId, [from, to], initialDocument, {
          evolve: (state, event) => evolveDocument(state, event as RecordedEvent<DocumentEventType>),
          fieldsOf: documentFields,
        });
        return { what: 'document', documentId: stream.id, ...told };
      }
      case 'members': {
        const told = await this.folded(workspaceId, streamId, [from, to], initialMembers, {
          evolve: (state, event) => evolveMembers(state, event as RecordedEvent<MembersEventType>),
          fieldsOf: memberFields,
        });
        return { what: 'members', ...told };
      }
      case 'erasures': {
        const told = await this.folded(workspaceId, streamId, [from, to], initialErasures, {
          evolve: (state, event) => evolveErasures(state, event as RecordedEvent<ErasureEventType>),
          fieldsOf: () => null,
        });
        return { what: 'erasures', changes: told.changes };
      }
      case undefined:
        throw new Error(`the stream ${streamId} is of a kind unknown to this program`);
    }
  }

  /** The net effect of a stream's events after `from` on their subjects, with each event described. */
  private async folded<S>(
    workspaceId: string,
    streamId: string,
    [from, to]: readonly [number, number],
    initial: S,
    {
      evolve,
      fieldsOf,
    }: {
      readonly evolve: (state: S, event: ReadEvent['event']) => S;
      /** The known fields of a thing; `null` if there is nothing. */
      readonly fieldsOf: (state: S, subject: string, kind: ThingDifference['kind']) => Fields | null;
    },
  ): Promise<{ things: ThingDifference[]; changes: IncidentDifference['changes'] }> {
    const describeEvent = describerOf(streamId);
    const changes: IncidentDifference['changes'] = [];
    const touched = new Map<
      string,
      { kind: ThingDifference['kind']; was: Fields | null; by: number[]; touches: Map<string, number[]> }
    >();
    let state = initial;
    for await (const read of this.reads.stream(workspaceId, streamId, to)) {
      const { position, subject, type } = read.event;
      const isBetween = position > from;
      const change = describeEvent(read, isBetween);
      const before = state;
      state = evolve(state, read.event);
      if (!isBetween) continue;
      if (change !== null) changes.push(changeInBetween(change));
      const kind = kindOf(type);
      const was = fieldsOf(before, subject, kind);
      const is = fieldsOf(state, subject, kind);
      if (was === null && is === null) continue;
      const thing = touched.get(subject) ?? {
        kind,
        was,
        by: [],
        touches: new Map<string, number[]>(),
      };
      touched.set(subject, thing);
      thing.by.push(position);
      for (const field of changedFields(was ?? {}, is ?? {})) {
        add(thing.touches, field, position);
      }
    }
    return {
      things: [...touched].map(([id, { kind, was, by, touches }]) => ({
        id,
        kind,
        change: was === null ? 'added' : 'changed',
        fields: fieldDifferences(was ?? {}, fieldsOf(state, id, kind) ?? {}, touches),
        by,
      })),
      changes,
    };
  }
}

/** The length of an item as JSON. */
function* lengthOf(item: WorkspaceDifferenceItem | null): Steps<number> {
  const { annotations = [], changes = [], ...rest } = (item ?? {}) as Partial<IncidentDifference>;
  let length = JSON.stringify(rest).length;
  for (const each of [...annotations, ...changes]) {
    length += JSON.stringify(each).length;
    yield 1;
  }
  return length;
}

function incidentItem({ from: _, to: __, ...difference }: IncidentDifference): WorkspaceDifferenceItem {
  return { what: 'incident', ...difference };
}

const kindOf = (type: string): ThingDifference['kind'] => {
  const kind = eventKindOf(type);
  return kind === 'document' || kind === 'member' || kind === 'token' ? kind : 'workspace';
};

const documentFields = (state: DocumentState): Fields | null =>
  state.status === 'unknown' ? null : { ...state.details };

/** A member, a token without its digest, or the workspace's own fields. */
function memberFields(
  { status: standing, title, settings, members, tokens }: MembersState,
  subject: string,
  kind: ThingDifference['kind'],
): Fields | null {
  switch (kind) {
    case 'member': {
      const member = members.get(subject);
      if (member === undefined) return null;
      const { name, role, clearance, identity, status } = member;
      return given({ name, role, clearance, identity, status });
    }
    case 'token': {
      const token = tokens.get(subject);
      if (token === undefined) return null;
      const { memberId, label, permissions, expiresAt, revokedAt } = token;
      return given({ memberId, label, permissions, expiresAt, revokedAt });
    }
    case 'workspace':
      return standing === 'unopened'
        ? null
        : given({ title, requireIfMatch: settings.requireIfMatch, importColumns: settings.importColumns });
    case 'document':
      return null;
  }
}

const given = (fields: object): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
