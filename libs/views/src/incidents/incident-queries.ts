import {
  type AnnotationKind,
  type AnnotationStatus,
  type AnnotationView,
  eachKind,
  type IncidentSummary,
  type IncidentView,
  type PathOf,
  PATHS,
  type TagCount,
} from '@casebook/contracts';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { AnnotationRow, AttachmentRow, DocumentRow, IncidentRow, TagRow } from '../entities.js';
import { decodeCursor, type Page, pageOf, type PageRequest } from '../paging.js';
import type { AttachmentView } from '../rendering.js';
import { type Key, pageByTitle } from '../search/titles.js';
import { headerOf, wholeIncident } from './whole-incident.js';

export interface IncidentFilter extends PageRequest {
  readonly status?: 'open' | 'closed';
  /** Words of the title, read as in search. */
  readonly q?: string;
}

export interface AnnotationFilter extends PageRequest {
  readonly status?: AnnotationStatus;
  readonly recordedBy?: string;
  /** A claim's tag, exactly as typed. */
  readonly tag?: string;
  /** The document of a claim. */
  readonly documentId?: string;
  /** The target of a dispute or comment, the parent of a reply, or an end of a link. */
  readonly targetId?: string;
  /** A claim's modality. */
  readonly modality?: string;
}

export interface TagFilter extends PageRequest {
  readonly incidentId?: string;
  readonly prefix?: string;
}

/** Reads incidents as they are now. Every answer comes from one snapshot and includes every write answered before it. */
export class IncidentQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The whole incident; `null` if the workspace has none with this id. */
  incident(workspaceId: string, incidentId: string): Promise<IncidentView | null> {
    return wholeIncident(this.dataSource, workspaceId, incidentId);
  }

  /** Newest first. A page may be short while `next` is not null. */
  async incidents(workspaceId: string, filter: IncidentFilter): Promise<Page<IncidentSummary>> {
    const { q, status, cursor, limit } = filter;
    const list = (behind: Key | undefined): SelectQueryBuilder<IncidentRow> => {
      const query = this.dataSource
        .getRepository(IncidentRow)
        .createQueryBuilder('i')
        .where('i.workspaceId = :workspaceId', { workspaceId })
        .orderBy('i.recordedAt', 'DESC')
        .addOrderBy('i.id', 'DESC');
      if (status !== undefined) query.andWhere('i.status = :status', { status });
      if (behind !== undefined)
        query.andWhere('(i.recordedAt, i.id) < (:recordedAt, :id)', { recordedAt: behind[0], id: behind[1] });
      return query;
    };
    const first =
      cursor === undefined ? undefined : (decodeCursor(cursor, ['instant', 'uuid']) as [string, string]);
    return pageByTitle(list, { q, first, limit }, summaryOf);
  }

  /** In the order of recording; `null` if the incident does not exist. */
  async annotations(
    workspaceId: string,
    incidentId: string,
    kind: AnnotationKind,
    filter: AnnotationFilter,
  ): Promise<Page<AnnotationView> | null> {
    const query = this.dataSource
      .getRepository(AnnotationRow)
      .createQueryBuilder('a')
      .select('a.recordedPosition', 'recordedPosition')
      .addSelect('a.body', 'body')
      .where('a.workspaceId = :workspaceId AND a.incidentId = :incidentId AND a.kind = :kind', {
        workspaceId,
        incidentId,
        kind,
      })
      .orderBy('a.recordedPosition')
      .limit(filter.limit + 1);
    const { status, recordedBy, modality, documentId, tag, targetId, cursor } = filter;
    if (status !== undefined) query.andWhere('a.status = :status', { status });
    if (recordedBy !== undefined) query.andWhere('a.recordedBy = :recordedBy', { recordedBy });
    if (modality !== undefined) query.andWhere('a.modality = :modality', { modality });
    if (documentId !== undefined) query.andWhere('a.documentId = :documentId', { documentId });
    if (tag !== undefined) query.andWhere(':tag = ANY (a.tags)', { tag });
    if (targetId !== undefined) query.andWhere(':targetId = ANY (a.targets)', { targetId });
    if (cursor !== undefined)
      query.andWhere('a.recordedPosition > :last', { last: decodeCursor(cursor, ['number'])[0] });
    const rows = await query.getRawMany<{ recordedPosition: number; body: string }>();
    if (rows.length === 0 && !(await this.has(workspaceId, incidentId))) return null;
    return pageOf(
      rows,
      filter.limit,
      ({ body }) => JSON.parse(body) as AnnotationView,
      ({ recordedPosition }) => [recordedPosition],
    );
  }

  /** `null` if the annotation does not exist or is of another kind. */
  async annotation(
    workspaceId: string,
    incidentId: string,
    kind: AnnotationKind,
    id: string,
  ): Promise<AnnotationView | null> {
    const row = await this.dataSource
      .getRepository(AnnotationRow)
      .findOneBy({ workspaceId, id, incidentId, kind });
    return row && (JSON.parse(row.body) as AnnotationView);
  }

  /** The attached documents in the order of attachment; `null` if the incident does not exist. */
  async documents(
    workspaceId: string,
    incidentId: string,
    { cursor, limit }: PageRequest,
  ): Promise<Page<AttachmentView> | null> {
    const query = this.dataSource
      .getRepository(AttachmentRow)
      .createQueryBuilder('a')
      .leftJoin(DocumentRow, 'd', 'd.workspaceId = a.workspaceId AND d.id = a.documentId')
      .select('a.documentId', 'id')
      .addSelect('d.title', 'title')
      .addSelect('d.publisher', 'publisher')
      .addSelect('a.attachedBy', 'attachedBy')
      .addSelect('a.attachedAt', 'attachedAt')
      .where('a.workspaceId = :workspaceId AND a.incidentId = :incidentId', { workspaceId, incidentId })
      .orderBy('a.attachedAt')
      .addOrderBy('a.documentId')
      .limit(limit + 1);
    if (cursor !== undefined) {
      const [attachedAt, documentId] = decodeCursor(cursor, ['instant', 'string']);
      query.andWhere('(a.attachedAt, a.documentId) > (:attachedAt, :documentId)', { attachedAt, documentId });
    }
    const rows = await query.getRawMany<StoredAttachment>();
    if (rows.length === 0 && !(await this.has(workspaceId, incidentId))) return null;
    return pageOf(
      rows,
      limit,
      ({ id, title, publisher, attachedBy, attachedAt }) => ({
        id,
        ...(title !== null && { title }),
        ...(publisher !== null && { publisher }),
        attachedBy,
        attachedAt: attachedAt.toISOString(),
      }),
      ({ attachedAt, id }) => [attachedAt.toISOString(), id],
    );
  }

  /** Tags in use by active claims, in code point order. */
  async tags(workspaceId: string, { incidentId, prefix, cursor, limit }: TagFilter): Promise<Page<TagCount>> {
    const query = this.dataSource
      .getRepository(TagRow)
      .createQueryBuilder('t')
      .select('t.tag', 'tag')
      .addSelect('sum(t.claims)', 'count')
      .where('t.workspaceId = :workspaceId', { workspaceId })
      .groupBy('t.tag')
      .orderBy('t.tag')
      .limit(limit + 1);
    if (incidentId !== undefined) query.andWhere('t.incidentId = :incidentId', { incidentId });
    if (prefix !== undefined) {
      // In code point order, tags with the prefix are contiguous: start at the prefix and stop at the first that does not match.
      query.andWhere('t.tag >= :prefix AND starts_with(t.tag, :prefix)', { prefix });
    }
    if (cursor !== undefined) query.andWhere('t.tag > :last', { last: decodeCursor(cursor, ['string'])[0] });
    const rows = await query.getRawMany<{ tag: string; count: number }>();
    return pageOf(
      rows,
      limit,
      ({ tag, count }) => ({ tag, count }),
      ({ tag }) => [tag],
    );
  }

  /** Active annotations of every kind in the order of recording, from the `offset`th on, and their total number. */
  async standing(
    workspaceId: string,
    incidentId: string,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly items: AnnotationView[]; readonly total: number }> {
    const standing = () =>
      this.dataSource
        .getRepository(AnnotationRow)
        .createQueryBuilder('a')
        .where(
          "a.workspaceId = :workspaceId AND a.incidentId = :incidentId AND a.status NOT IN ('retracted', 'erased')",
          { workspaceId, incidentId },
        );
    const rows = await standing()
      .select('a.body', 'body')
      .orderBy('a.recordedPosition')
      .offset(offset)
      .limit(limit)
      .getRawMany<{ body: string }>();
    return {
      items: rows.map(({ body }) => JSON.parse(body) as AnnotationView),
      total: await standing().getCount(),
    };
  }

  /** These annotations of an incident, whatever their kinds; unknown ones are left out. */
  async annotationsById(
    workspaceId: string,
    incidentId: string,
    ids: readonly string[],
  ): Promise<AnnotationView[]> {
    if (ids.length === 0) return [];
    const rows = await this.dataSource
      .getRepository(AnnotationRow)
      .createQueryBuilder('a')
      .select('a.body', 'body')
      .where('a.workspaceId = :workspaceId AND a.incidentId = :incidentId AND a.id = ANY (:ids)', {
        workspaceId,
        incidentId,
        ids,
      })
      .getRawMany<{ body: string }>();
    return rows.map(({ body }) => JSON.parse(body) as AnnotationView);
  }

  /** The streams hidden from the reader: restricted ones, and those marked above the reader's clearance. */
  async hiddenStreams(): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ stream_id: string }[]>(
      'SELECT stream_id FROM access.hidden_streams',
    );
    return new Set(rows.map(({ stream_id }) => stream_id));
  }

  /** Whether the incident exists for the reader. */
  has(workspaceId: string, id: string): Promise<boolean> {
    return this.dataSource.getRepository(IncidentRow).existsBy({ workspaceId, id });
  }
}

interface StoredAttachment {
  readonly id: string;
  readonly title: string | null;
  readonly publisher: string | null;
  readonly attachedBy: string;
  readonly attachedAt: Date;
}

function summaryOf(row: IncidentRow): IncidentSummary {
  const counted: Record<PathOf, number> = row;
  return { ...headerOf(row), counts: eachKind((kind) => counted[PATHS[kind]]) };
}
