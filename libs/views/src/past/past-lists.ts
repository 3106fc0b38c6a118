import {
  type AnnotationKind,
  type AnnotationView,
  type DocumentEventType,
  type DocumentView,
  type IncidentSummary,
  type IncidentView,
  type MembersEventType,
  type MemberView,
  type Moment,
  PATHS,
  type RecordedEvent,
  type TagCount,
  type TokenView,
} from '@casebook/contracts';
import {
  type Annotation,
  evolveDocument,
  evolveMembers,
  initialDocument,
  initialMembers,
  type MembersState,
} from '@casebook/incident';
import type { DataSource } from 'typeorm';
import type { HistoryQueries } from './history-queries.js';
import type {
  AnnotationFilter,
  IncidentFilter,
  IncidentQueries,
  TagFilter,
} from '../incidents/incident-queries.js';
import { filterColumns } from '../incidents/incidents-view.js';
import { LedgerReads } from '../ledger-reads.js';
import type { DocumentFilter, LibraryQueries } from '../library/library-queries.js';
import { decodeCursor, type Page, pageOf, type PageRequest } from '../paging.js';
import { type AttachmentView, documentView, markedErased, memberView, tokenView } from '../rendering.js';
import { titleTest } from '../search/titles.js';
import { streams } from '../streams.js';

/** Maximum changed incidents or documents that one answer replays; its page may be short then. */
const MOST_REPLAYED = 500;

/**
 * Lists as of a past moment. Items unchanged since then come from the current view; the others are read as of
 * the moment, one by one. So the cost depends on what changed since, and the list equals the one answered
 * then, except for what is hidden or erased now.
 */
export class PastLists {
  private readonly reads: LedgerReads;

  constructor(
    private readonly dataSource: DataSource,
    private readonly incidents: IncidentQueries,
    private readonly library: LibraryQueries,
    private readonly histories: HistoryQueries,
  ) {
    this.reads = new LedgerReads(dataSource);
  }

  /** Newest first. A page may be short or empty while `next` is not null. */
  async incidentList(
    workspaceId: string,
    { q, status, cursor, limit }: IncidentFilter,
    moment: Moment,
  ): Promise<Page<IncidentSummary>> {
    const has = q === undefined ? () => true : titleTest(q);
    const { position, at } = await this.histories.momentOf(workspaceId, moment);
    return this.replayed<IncidentSummary>(
      at,
      { cursor, limit },
      {
        page: (page) => this.incidents.incidents(workspaceId, page),
        keyOf: ({ recordedAt, id }) => [recordedAt, id],
        then: async (now) => {
          if (now.position <= position) return now;
          const incident = await this.histories.asOf(workspaceId, now.id, { position });
          return incident && summaryOf(incident);
        },
        matching: ({ title, status: was }) => (status === undefined || was === status) && has(title),
      },
    );
  }

  /** Newest first. A page may be short or empty while `next` is not null. */
  async documentList(
    workspaceId: string,
    { q, publisher, language, cursor, limit }: DocumentFilter,
    moment: Moment,
  ): Promise<Page<DocumentView>> {
    const has = q === undefined ? () => true : titleTest(q);
    const { position, at } = await this.histories.momentOf(workspaceId, moment);
    return this.replayed<DocumentView>(
      at,
      { cursor, limit },
      {
        page: (page) => this.library.documents(workspaceId, page),
        keyOf: ({ recordedAt, id }) => [recordedAt, id],
        then: (now) => (now.position <= position ? now : this.document(workspaceId, now.id, { position })),
        matching: (item) =>
          has(item.title) &&
          (publisher === undefined || item.publisher === publisher) &&
          (language === undefined ||
            `${item.language ?? ''}-`.toLowerCase().startsWith(`${language}-`.toLowerCase())),
      },
    );
  }

  /** `null` if it was not imported by then. */
  async document(workspaceId: string, id: string, moment: Moment): Promise<DocumentView | null> {
    const { position } = await this.histories.momentOf(workspaceId, moment);
    let state = initialDocument;
    for await (const read of this.reads.stream(workspaceId, streams.document(id), position)) {
      state = evolveDocument(state, read.event as RecordedEvent<DocumentEventType>);
    }
    if (state.status === 'unknown') return null;
    // The fold does not read the text; the text never changes, so its current length is used.
    const now = await this.library.document(workspaceId, id);
    if (now === null) return null;
    return markedErased({ ...documentView(state), bytes: now.bytes, codePoints: now.codePoints });
  }

  /** In the order of recording; `null` if the incident did not exist. */
  async annotations(
    workspaceId: string,
    incidentId: string,
    kind: AnnotationKind,
    { cursor, limit, ...filter }: AnnotationFilter,
    moment: Moment,
  ): Promise<Page<AnnotationView> | null> {
    const incident = await this.histories.asOf(workspaceId, incidentId, moment);
    if (incident === null) return null;
    const all = (incident[PATHS[kind]] as AnnotationView[]).filter((each) => isFound(each, filter));
    // The cursor is that of the current list: the position at which the last item was recorded.
    const recorded = await this.recordedPositions(
      workspaceId,
      all.map(({ id }) => id),
      incidentId,
    );
    const after = cursor === undefined ? 0 : Number(decodeCursor(cursor, ['number'])[0]);
    const behind = all.filter(({ id }) => (recorded.get(id) ?? 0) > after);
    return pageOf(
      behind,
      limit,
      (each) => each,
      ({ id }) => [recorded.get(id) ?? 0],
    );
  }

  /** In the order of attachment; `null` if the incident did not exist. */
  async attachments(
    workspaceId: string,
    incidentId: string,
    { cursor, limit }: PageRequest,
    moment: Moment,
  ): Promise<Page<AttachmentView> | null> {
    const incident = await this.histories.asOf(workspaceId, incidentId, moment);
    if (incident === null) return null;
    const [attachedAt = '', documentId = ''] =
      cursor === undefined ? [] : (decodeCursor(cursor, ['instant', 'string']) as string[]);
    const behind = incident.documents.filter(
      (each) => each.attachedAt > attachedAt || (each.attachedAt === attachedAt && each.id > documentId),
    );
    return pageOf(
      behind,
      limit,
      (each) => each,
      (each) => [each.attachedAt, each.id],
    );
  }

  /** Tags in use by claims active then, in code point order. */
  async tags(
    workspaceId: string,
    { incidentId, prefix = '', cursor, limit }: TagFilter,
    moment: Moment,
  ): Promise<Page<TagCount>> {
    const { position } = await this.histories.momentOf(workspaceId, moment);
    const counts = new Map<string, number>();
    const count = (tag: string, claims: number): void =>
      void counts.set(tag, (counts.get(tag) ?? 0) + claims);
    const rows = await this.dataSource.query<{ tag: string; claims: number }[]>(
      `SELECT t.tag, sum(t.claims)::int AS claims
       FROM incidents_v1.tags t JOIN incidents_v1.incidents i ON i.workspace_id = t.workspace_id AND i.id = t.incident_id
       WHERE t.workspace_id = $1 AND i.position <= $2 AND ($3::uuid IS NULL OR i.id = $3) GROUP BY t.tag`,
      [workspaceId, position, incidentId ?? null],
    );
    for (const { tag, claims } of rows) count(tag, claims);
    for (const id of await this.changedSince(workspaceId, position, incidentId)) {
      const incident = await this.histories.asOf(workspaceId, id, { position });
      for (const claim of incident?.claims ?? []) {
        if (claim.status === 'active') for (const tag of claim.tags ?? []) count(tag, 1);
      }
    }
    const after = cursor === undefined ? null : String(decodeCursor(cursor, ['string'])[0]);
    const found = [...counts]
      .filter(([tag]) => tag.startsWith(prefix) && (after === null || byCodePoints(tag, after) > 0))
      .sort(([a], [b]) => byCodePoints(a, b));
    return pageOf(
      found,
      limit,
      ([tag, claims]) => ({ tag, count: claims }),
      ([tag]) => [tag],
    );
  }

  /** The members active then, ordered by id. */
  async members(
    workspaceId: string,
    { cursor, limit }: PageRequest,
    moment: Moment,
  ): Promise<Page<MemberView>> {
    const after = cursor === undefined ? '' : String(decodeCursor(cursor, ['string'])[0]);
    const { members } = await this.membersAt(workspaceId, moment);
    const found = [...members.values()]
      .filter(({ id, status }) => status === 'active' && id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return pageOf(found, limit, memberView, ({ id }) => [id]);
  }

  /** A current or former member as of then; `null` if there was none. */
  async member(workspaceId: string, id: string, moment: Moment): Promise<MemberView | null> {
    const member = (await this.membersAt(workspaceId, moment)).members.get(id);
    return member === undefined ? null : memberView(member);
  }

  /** The tokens of a member in order of issue, with their status as of then. */
  async tokens(workspaceId: string, memberId: string, moment: Moment): Promise<TokenView[]> {
    const { tokens } = await this.membersAt(workspaceId, moment);
    return [...tokens.values()]
      .filter((token) => token.memberId === memberId)
      .sort((a, b) => (a.issuedAt === b.issuedAt ? (a.id < b.id ? -1 : 1) : a.issuedAt < b.issuedAt ? -1 : 1))
      .map(tokenView);
  }

  private async membersAt(workspaceId: string, moment: Moment): Promise<MembersState> {
    const { position } = await this.histories.momentOf(workspaceId, moment);
    let state = initialMembers;
    for await (const { event } of this.reads.stream(workspaceId, streams.members, position)) {
      state = evolveMembers(state, event as RecordedEvent<MembersEventType>);
    }
    return state;
  }

  /** Pages through the current list, which has every item of that moment in the same order, and shows each item as it was. */
  private async replayed<T>(
    at: string | null,
    { cursor, limit }: { cursor: string | undefined; limit: number },
    list: {
      readonly page: (
        page: PageRequest,
      ) => Promise<Page<T & { readonly recordedAt: string; readonly position: number }>>;
      readonly keyOf: (item: T) => readonly string[];
      readonly then: (now: T & { readonly position: number }) => T | null | Promise<T | null>;
      readonly matching: (item: T) => boolean;
    },
  ): Promise<Page<T>> {
    const found: T[] = [];
    let next = cursor;
    let looked = 0;
    while (at !== null) {
      const page = await list.page({ limit: limit + 1, ...(next !== undefined && { cursor: next }) });
      const items: T[] = [];
      for (const now of page.items) {
        const then = now.recordedAt > at ? null : await list.then(now);
        if (then !== null) items.push(then);
      }
      found.push(...items.filter(list.matching));
      looked += page.items.length;
      if (found.length > limit || page.next === null) break;
      next = page.next;
      if (looked >= MOST_REPLAYED) return { items: found, next };
    }
    return pageOf(found, limit, (item) => item, list.keyOf);
  }

  private async changedSince(
    workspaceId: string,
    position: number,
    incidentId: string | undefined,
  ): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM incidents_v1.incidents WHERE workspace_id = $1 AND position > $2 AND ($3::uuid IS NULL OR id = $3)`,
      [workspaceId, position, incidentId ?? null],
    );
    return rows.map(({ id }) => id);
  }

  private async recordedPositions(
    workspaceId: string,
    ids: readonly string[],
    incidentId: string,
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await this.dataSource.query<{ id: string; recorded_position: number }[]>(
      `SELECT id, recorded_position FROM incidents_v1.annotations
       WHERE workspace_id = $1 AND incident_id = $2 AND id = ANY ($3::uuid[])`,
      [workspaceId, incidentId, ids],
    );
    return new Map(rows.map(({ id, recorded_position }) => [id, recorded_position]));
  }
}

const byCodePoints = (a: string, b: string): number => Buffer.from(a).compare(Buffer.from(b));

function summaryOf({ documents: _, ...incident }: IncidentView): IncidentSummary {
  const counts = Object.fromEntries(
    Object.entries(PATHS).map(([kind, path]) => [
      kind,
      incident[path].filter(({ status }) => status !== 'retracted' && status !== 'erased').length,
    ]),
  );
  const header = Object.fromEntries(
    Object.entries(incident).filter(([name]) => !(Object.values(PATHS) as string[]).includes(name)),
  ) as Omit<IncidentSummary, 'counts'>;
  return { ...header, counts };
}

/** Whether the columns of the current view would match. */
function isFound(
  annotation: AnnotationView,
  { status, recordedBy, tag, documentId, targetId, modality }: Omit<AnnotationFilter, keyof PageRequest>,
): boolean {
  const columns = filterColumns({
    kind: annotation.kind,
    fields: annotation.status === 'erased' ? null : annotation,
  } as unknown as Annotation);
  return (
    (status === undefined || annotation.status === status) &&
    (recordedBy === undefined || annotation.recordedBy === recordedBy) &&
    (modality === undefined || columns.modality === modality) &&
    (documentId === undefined || columns.document_id === documentId) &&
    (tag === undefined || columns.tags?.includes(tag) === true) &&
    (targetId === undefined || columns.targets?.includes(targetId) === true)
  );
}
