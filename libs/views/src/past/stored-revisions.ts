import { TimeSlice } from '@casebook/ledger';
import type { AnnotationKind, AnnotationView, ChangeView, IncidentSummary } from '@casebook/contracts';
import type { Attachment } from '@casebook/incident';
import type { DataSource } from 'typeorm';
import { readWhole } from '../large-reads.js';
import { WHOLE_BYTES } from '../paging.js';
import { mapInSlices } from '../time-slice.js';
import type { Revised } from './revised.js';
import { revisionsView } from './revisions-view.js';
import { streams } from '../streams.js';

/** The parts of an incident at a moment. */
export interface IncidentParts {
  readonly header: Omit<IncidentSummary, 'counts'>;
  readonly attachments: readonly Attachment[];
  /** In the order in which they were recorded. */
  readonly annotations: readonly AnnotationView[];
}

/** The same without the annotations themselves: the position of the latest revision of each, by kind, in the order of recording. */
export interface IncidentIndex extends Omit<IncidentParts, 'annotations'> {
  readonly index: ReadonlyMap<AnnotationKind, readonly number[]>;
}

/** The view's position, and whether that covers the requested stream. */
interface Reach {
  /** It includes every event up to here. */
  readonly position: number;
  /** It has every event of the requested stream. */
  readonly complete: boolean;
}

const VIEW = `view = '${revisionsView.name}' AND version = ${revisionsView.version}`;

/**
 * Reads the view of every revision. It follows the ledger, so it may lack the newest events: it then returns
 * `undefined`, and the caller folds the stream instead. Its rows never change, so its answers need no common
 * snapshot.
 */
export class StoredRevisions {
  constructor(private readonly dataSource: DataSource) {}

  /** `null`: it was not opened yet. `undefined`: not known here. */
  async incident(
    workspaceId: string,
    incidentId: string,
    position: number,
  ): Promise<IncidentParts | null | undefined> {
    const streamId = streams.incident(incidentId);
    const reach = await this.reach(workspaceId, streamId);
    if (!reach.complete && reach.position < position) return undefined;
    const at = [workspaceId, streamId, position];
    return readWhole<IncidentParts | null>(
      async (most) => {
        const rows = await this.dataSource.query<PartRow[]>(PARTS, [...at, most]);
        if (rows.length > 0) return partsOf(rows);
        return (await this.had(workspaceId, streamId, position)) ? undefined : null;
      },
      () => this.bytesOf(PARTS_SIZE, at),
    );
  }

  /** `null`: it was not opened yet. `undefined`: not known here. {@link annotationsAt} reads the annotations. */
  async index(
    workspaceId: string,
    incidentId: string,
    position: number,
  ): Promise<IncidentIndex | null | undefined> {
    const streamId = streams.incident(incidentId);
    const reach = await this.reach(workspaceId, streamId);
    if (!reach.complete && reach.position < position) return undefined;
    const [row] = await this.dataSource.query<
      { last: number | null; header: string; attachments: string | null; index: string | null }[]
    >(
      // NOT IN, because it is always one hash table: NOT EXISTS was planned as a scan for each row with old statistics.
      `SELECT max(r.position) AS last,
         max(r.body) FILTER (WHERE r.kind = 'incident') AS header,
         '[' || string_agg(r.body, ',') FILTER (WHERE r.kind = 'attachment') || ']' AS attachments,
         '[' || string_agg('["' || r.kind || '",' || r.position || ']', ',' ORDER BY r.recorded_position)
           FILTER (WHERE r.kind NOT IN ('incident', 'attachment', 'other')) || ']' AS index
       FROM revisions_v1.revisions r
       WHERE r.workspace_id = $1 AND r.stream_id = $2 AND r.position <= $3
         AND r.position NOT IN (SELECT s.position FROM revisions_v1.superseded s
                                WHERE s.workspace_id = $1 AND s.stream_id = $2 AND s.until <= $3)`,
      [workspaceId, streamId, position],
    );
    if (row?.last == null) return null;
    const index = new Map<AnnotationKind, number[]>();
    for (const [kind, at] of JSON.parse(row.index ?? '[]') as [AnnotationKind, number][]) {
      const known = index.get(kind);
      if (known === undefined) index.set(kind, [at]);
      else known.push(at);
    }
    return {
      header: { ...(JSON.parse(row.header) as IncidentParts['header']), position: row.last },
      attachments: JSON.parse(row.attachments ?? '[]') as Attachment[],
      index,
    };
  }

  /** The annotations after the events at these positions, in the order of the list. */
  async annotationsAt(workspaceId: string, positions: readonly number[]): Promise<AnnotationView[]> {
    const rows = await this.dataSource.query<{ position: number; body: string }[]>(
      'SELECT position, body FROM revisions_v1.revisions WHERE workspace_id = $1 AND position = ANY ($2::bigint[])',
      [workspaceId, positions],
    );
    const bodies = new Map(rows.map(({ position, body }) => [Number(position), body]));
    return positions
      .map((position) => bodies.get(position))
      .filter((body) => body !== undefined)
      .map((body) => JSON.parse(body) as AnnotationView);
  }

  /** `null`: it was not recorded yet, or is of another kind. `undefined`: not known here. */
  async annotation(
    workspaceId: string,
    incidentId: string,
    kind: AnnotationKind,
    id: string,
    position: number,
  ): Promise<AnnotationView | null | undefined> {
    const streamId = streams.incident(incidentId);
    const reach = await this.reach(workspaceId, streamId);
    if (!reach.complete && reach.position < position) return undefined;
    const [row] = await this.dataSource.query<{ body: string }[]>(
      `SELECT body FROM revisions_v1.revisions
       WHERE workspace_id = $1 AND stream_id = $2 AND position <= $3 AND subject = $4 AND kind = $5
       ORDER BY position DESC LIMIT 1`,
      [workspaceId, streamId, position, id, kind],
    );
    return row === undefined ? null : (JSON.parse(row.body) as AnnotationView);
  }

  /**
   * The changes of a stream above a position, up to and including `upTo`, in order, at most `limit`; of one
   * subject only if given. `null` if the stream does not, or did not, exist; `undefined` if the view lacks
   * it.
   */
  async changes(
    workspaceId: string,
    streamId: string,
    {
      after,
      upTo,
      limit,
      subject,
    }: { after: number; upTo: number; limit: number; subject?: string | undefined },
  ): Promise<ChangeView[] | null | undefined> {
    const reach = await this.reach(workspaceId, streamId);
    const rows = await this.dataSource.query<{ change: string }[]>(
      `SELECT change FROM revisions_v1.revisions
       WHERE workspace_id = $1 AND stream_id = $2 AND position > $3 AND position <= $4 AND ($5::text IS NULL OR subject = $5)
       ORDER BY position LIMIT $6`,
      [workspaceId, streamId, after, upTo, subject ?? null, limit],
    );
    if (rows.length < limit && !reach.complete && reach.position < upTo) return undefined;
    if (rows.length === 0 && !(await this.had(workspaceId, streamId, upTo))) return null;
    return rows.map(({ change }) => JSON.parse(change) as ChangeView);
  }

  /**
   * The change of each event of an incident's stream, and its annotation afterwards, in order. `undefined` if
   * the view lacks it.
   */
  async between(
    workspaceId: string,
    streamId: string,
    { above, upTo, subject }: { above: number; upTo: number; subject?: string | undefined },
  ): Promise<Revised[] | undefined> {
    const reach = await this.reach(workspaceId, streamId);
    if (!reach.complete && reach.position < upTo) return undefined;
    const asked = [workspaceId, streamId, above, upTo, subject ?? null];
    return readWhole(
      async (most) => {
        if ((await this.bytesOf(BETWEEN_SIZE, asked)) > most) return undefined;
        const rows = await this.dataSource.query<RevisedRow[]>(BETWEEN, asked);
        return mapInSlices(rows, revisedOf);
      },
      () => this.bytesOf(BETWEEN_SIZE, asked),
    );
  }

  private async bytesOf(size: string, values: unknown[]): Promise<number> {
    const [row] = await this.dataSource.query<{ bytes: number }[]>(size, values);
    return row?.bytes ?? 0;
  }

  /**
   * The changes of the events at these positions, without those that the view lacks. Erasures are left out
   * too: what one says depends on the reader, so it is read from the events.
   */
  async changesAt(workspaceId: string, positions: readonly number[]): Promise<ChangeView[]> {
    const rows = await this.dataSource.query<{ change: string }[]>(
      'SELECT change FROM revisions_v1.revisions WHERE workspace_id = $1 AND position = ANY ($2::bigint[]) AND stream_id <> $3',
      [workspaceId, positions, streams.erasures],
    );
    return rows.map(({ change }) => JSON.parse(change) as ChangeView);
  }

  private async had(workspaceId: string, streamId: string, position: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      'SELECT FROM revisions_v1.revisions WHERE workspace_id = $1 AND stream_id = $2 AND position <= $3 LIMIT 1',
      [workspaceId, streamId, position],
    );
    return rows.length > 0;
  }

  private async reach(workspaceId: string, streamId: string): Promise<Reach> {
    const [row] = await this.dataSource.query<{ position: number | null; last: number | null }[]>(
      `SELECT (SELECT position FROM view_progress WHERE workspace_id = $1 AND ${VIEW}) AS position,
         (SELECT position FROM events WHERE workspace_id = $1 AND stream_id = $2 ORDER BY stream_version DESC LIMIT 1) AS last`,
      [workspaceId, streamId],
    );
    const position = row?.position ?? 0;
    return { position, complete: (row?.last ?? 0) <= position };
  }
}

interface PartRow {
  readonly position: number;
  readonly kind: string;
  readonly body: string | null;
}

/**
 * NOT IN, because it is always one hash table: NOT EXISTS was planned as a scan for each row with old
 * statistics (20,000 events: 14 s, not 0.1 s).
 */
const HELD = `r.workspace_id = $1 AND r.stream_id = $2 AND r.position <= $3
  AND r.position NOT IN (SELECT s.position FROM revisions_v1.superseded s
                         WHERE s.workspace_id = $1 AND s.stream_id = $2 AND s.until <= $3)`;

/**
 * The parts of an incident at a moment, with annotations in the order of recording. No rows if all revisions up to
 * then exceed $4 bytes, whether they held at the moment or not; if $4 is the limit of one answer, only those that
 * held count.
 */
const PARTS = `
  SELECT r.position, r.kind, r.body FROM revisions_v1.revisions r
  WHERE ${HELD} AND ($4::int8 >= ${WHOLE_BYTES} OR (
    SELECT coalesce(sum(octet_length(a.body)), 0) FROM revisions_v1.revisions a
    WHERE a.workspace_id = $1 AND a.stream_id = $2 AND a.position <= $3) <= $4::int8)
  ORDER BY r.recorded_position`;

const PARTS_SIZE = `SELECT sum(octet_length(r.body))::int8 AS bytes FROM revisions_v1.revisions r WHERE ${HELD}`;

async function partsOf(rows: readonly PartRow[]): Promise<IncidentParts> {
  const slice = new TimeSlice();
  const attachments: Attachment[] = [];
  const annotations: AnnotationView[] = [];
  let header: IncidentParts['header'] | undefined;
  let last = 0;
  for (const { kind, body, position } of rows) {
    last = Math.max(last, position);
    if (body === null) continue;
    if (kind === 'incident') header = JSON.parse(body) as IncidentParts['header'];
    else if (kind === 'attachment') attachments.push(JSON.parse(body) as Attachment);
    else annotations.push(JSON.parse(body) as AnnotationView);
    if (slice.isOver) await slice.giveWay();
  }
  if (header === undefined) throw new Error('an incident has no revision of its own');
  return { header: { ...header, position: last }, attachments, annotations };
}

const BETWEEN_ROWS = `revisions_v1.revisions
  WHERE workspace_id = $1 AND stream_id = $2 AND position > $3 AND position <= $4 AND ($5::text IS NULL OR subject = $5)`;

const BETWEEN_SIZE = `SELECT sum(octet_length(change) + coalesce(octet_length(body), 0))::int8 AS bytes FROM ${BETWEEN_ROWS}`;

const BETWEEN = `
  SELECT subject, change, CASE WHEN kind NOT IN ('incident', 'attachment', 'other') THEN body END AS body
  FROM ${BETWEEN_ROWS} ORDER BY position`;

interface RevisedRow {
  readonly subject: string;
  readonly change: string;
  readonly body: string | null;
}

const revisedOf = ({ subject, change, body }: RevisedRow): Revised => ({
  subject,
  change: JSON.parse(change) as ChangeView,
  annotation: body === null ? null : (JSON.parse(body) as AnnotationView),
});
