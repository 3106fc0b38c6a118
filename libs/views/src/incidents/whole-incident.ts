import type { AnnotationView, IncidentSummary, IncidentView } from '@casebook/contracts';
import type { DataSource } from 'typeorm';
import type { IncidentRow } from '../entities.js';
import { readWhole } from '../large-reads.js';
import { prepared } from '../prepared.js';
import { type AttachmentView, incidentOf } from '../rendering.js';
import { mapInSlices } from '../time-slice.js';

/** An incident with all its annotations; `null` if the workspace has none with this id. */
export function wholeIncident(
  dataSource: DataSource,
  workspaceId: string,
  incidentId: string,
): Promise<IncidentView | null> {
  let bytes = 0;
  return readWhole<IncidentView | null>(
    async (most) => {
      const rows = await prepared<WholeIncidentRow>(dataSource, {
        ...WHOLE_INCIDENT,
        values: [workspaceId, incidentId, most],
      });
      const header = rows.find((row): row is HeaderRow => row[0] === null);
      if (header === undefined) return null;
      bytes = header[3];
      return bytes > most ? undefined : assembled(header, rows);
    },
    () => Promise.resolve(bytes),
  );
}

async function assembled(
  [, ofHeader, ofDocuments]: HeaderRow,
  rows: readonly WholeIncidentRow[],
): Promise<IncidentView> {
  const header = JSON.parse(ofHeader) as StoredHeader;
  const bodies = rows.flatMap(([body]) => body ?? []);
  const annotations = await mapInSlices(bodies, (body) => JSON.parse(body) as AnnotationView);
  return incidentOf(
    headerOf({
      ...header,
      recordedBy: header.recorded_by,
      recordedAt: new Date(header.recorded_at),
      revisedBy: header.revised_by,
      revisedAt: new Date(header.revised_at),
      restrictedTo: header.restricted_to,
    }),
    JSON.parse(ofDocuments) as AttachmentView[],
    annotations,
  );
}

/**
 * One statement, so one snapshot. Each annotation is a row: as a single value, which the database must build, copy
 * and send whole, this took three times as long. The header is one of the rows, in no particular place.
 * The annotations are left out if they exceed $3 bytes in total.
 */
const WHOLE_INCIDENT = {
  name: 'casebook-whole-incident',
  rowMode: 'array',
  text: `
    WITH size AS MATERIALIZED (
      SELECT coalesce(sum(octet_length(body)), 0)::int8 AS bytes FROM incidents_v1.annotations WHERE workspace_id = $1 AND incident_id = $2)
    SELECT NULL AS body, to_json(i)::text AS header,
      (SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
           'id', a.document_id, 'title', d.title, 'publisher', d.publisher, 'attachedBy', a.attached_by,
           'attachedAt', to_char(a.attached_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
         ORDER BY a.attached_at, a.document_id), '[]')::text
       FROM incidents_v1.attachments a
       LEFT JOIN library_v1.documents d ON d.workspace_id = a.workspace_id AND d.id = a.document_id
       WHERE a.workspace_id = i.workspace_id AND a.incident_id = i.id) AS documents,
      (SELECT bytes FROM size) AS bytes
    FROM incidents_v1.incidents i WHERE i.workspace_id = $1 AND i.id = $2
    UNION ALL
    SELECT n.body, NULL, NULL, NULL FROM (
      SELECT body FROM incidents_v1.annotations
      WHERE workspace_id = $1 AND incident_id = $2 AND (SELECT bytes FROM size) <= $3::int8 ORDER BY kind, recorded_position) n`,
} as const;

type HeaderRow = readonly [body: null, header: string, documents: string, bytes: number];
type WholeIncidentRow = readonly [body: string, header: null, documents: null, bytes: null] | HeaderRow;

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

export function headerOf(
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
