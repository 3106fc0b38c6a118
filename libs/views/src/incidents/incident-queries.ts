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
import { decodeCursor, type Page, pageOf, type PageRequest, refuseTooMuch } from '../paging.js';
import { prepared } from '../prepared.js';
import { type AttachmentView, incidentOf } from '../rendering.js';
import { type Key, pageByTitle } from '../search/titles.js';

export interface IncidentFilter extends PageRequest {
  readonly status?: 'open' | 'closed';
  /** Words of the title, as the search reads them. */
  readonly q?: string;
}

export interface AnnotationFilter extends PageRequest {
  readonly status?: AnnotationStatus;
  readonly recordedBy?: string;
  /** A claim's tag, exactly as typed. */
  readonly tag?: string;
  /** The document that a claim stands in. */
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

/** Reads incidents as they are now. Every answer is of one snapshot and holds all that was answered to a writer before it. */
export class IncidentQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The whole incident; `null` if the workspace has none with this id. */
  async incident(workspaceId: string, incidentId: string): Promise<IncidentView | null> {
    const rows = await prepared<WholeIncidentRow>(this.dataSource, {
      ...WHOLE_INCIDENT,
      values: [workspaceId, incidentId],
    });
    refuseTooMuch(rows.map(([body]) => body));
    let header: StoredHeader | undefined;
    let documents: AttachmentView[] = [];
    const annotations: AnnotationView[] = [];
    for (const [body, ofHeader, ofDocuments] of rows) {
      if (body !== null) annotations.push(JSON.parse(body) as AnnotationView);
      else {
        header = JSON.parse(ofHeader) as StoredHeader;
        documents = JSON.parse(ofDocuments) as AttachmentView[];
      }
    }
    if (header === undefined) return null;
    return incidentOf(
      headerOf({
        ...header,
        recordedBy: header.recorded_by,
        recordedAt: new Date(header.recorded_at),
        revisedBy: header.revised_by,
        revisedAt: new Date(header.revised_at),
        restrictedTo: header.restricted_to,
      }),
      documents,
      annotations,
    );
  }

  /** The newest first. A page may be short while `next` is not null. */
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

  /** Tags in use by standing claims, in the order of their code points. */
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
      // The order is that of code points, so what begins with the prefix lies together: from it on, and no longer than it fits.
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

/**
 * One statement, so one snapshot. Each annotation is a row: as a single value, which the database must build,
 * copy and send whole, they took three times as long. The header is one of the rows, in no particular place.
 */
const WHOLE_INCIDENT = {
  name: 'casebook-whole-incident',
  rowMode: 'array',
  text: `
    SELECT NULL AS body, to_json(i)::text AS header,
      (SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
           'id', a.document_id, 'title', d.title, 'publisher', d.publisher, 'attachedBy', a.attached_by,
           'attachedAt', to_char(a.attached_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
         ORDER BY a.attached_at, a.document_id), '[]')::text
       FROM incidents_v1.attachments a
       LEFT JOIN library_v1.documents d ON d.workspace_id = a.workspace_id AND d.id = a.document_id
       WHERE a.workspace_id = i.workspace_id AND a.incident_id = i.id) AS documents
    FROM incidents_v1.incidents i WHERE i.workspace_id = $1 AND i.id = $2
    UNION ALL
    SELECT n.body, NULL, NULL FROM (
      SELECT body FROM incidents_v1.annotations WHERE workspace_id = $1 AND incident_id = $2 ORDER BY kind, recorded_position) n`,
} as const;

type WholeIncidentRow =
  [body: string, header: null, documents: null] | [body: null, header: string, documents: string];

interface StoredHeader {
  readonly id: string;
  readonly title: string | null;
  readonly summary: string | null;
  readonly status: 'open' | 'closed';
  readonly revision: number;
  readonly recorded_by: string;
  readonly recorded_at: string;
  readonly revised_by: string;
  readonly revised_at: string;
  readonly position: number;
  readonly restricted_to: string[] | null;
}

interface StoredAttachment {
  readonly id: string;
  readonly title: string | null;
  readonly publisher: string | null;
  readonly attachedBy: string;
  readonly attachedAt: Date;
}

function headerOf(
  row: Pick<
    IncidentRow,
    | 'id'
    | 'title'
    | 'summary'
    | 'status'
    | 'revision'
    | 'recordedBy'
    | 'recordedAt'
    | 'revisedBy'
    | 'revisedAt'
    | 'position'
    | 'restrictedTo'
  >,
): Omit<IncidentSummary, 'counts'> {
  const { id, title, summary, status, revision, recordedBy, recordedAt, revisedBy, revisedAt, position } =
    row;
  return {
    id,
    ...(title !== null && { title }),
    ...(summary !== null && { summary }),
    status,
    ...(row.restrictedTo !== null && { restrictedTo: row.restrictedTo }),
    revision,
    recordedBy,
    recordedAt: recordedAt.toISOString(),
    revisedBy,
    revisedAt: revisedAt.toISOString(),
    position,
  };
}

function summaryOf(row: IncidentRow): IncidentSummary {
  const counted: Record<PathOf, number> = row;
  return { ...headerOf(row), counts: eachKind((kind) => counted[PATHS[kind]]) };
}
