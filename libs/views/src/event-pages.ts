import type { JsonObject, RecordedEvent } from '@casebook/ledger';
import type { Pool, PoolClient, QueryArrayConfig } from 'pg';

/** Where runners and rebuilds read and write: connections of the serving role. */
export type Database = Pick<Pool | PoolClient, 'query'>;

/** Texts may take megabytes each, so a page is bounded by bytes as well; one event it always has. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** What folds look at: an event without its hashes. */
const COLUMNS = `e.position, e.stream_id, e.stream_version, e.event_id, e.type, e.schema_version, e.subject, e.payload, e.actor_id,
  (extract(epoch FROM e.recorded_at) * 1000)::bigint, e.command_id, e.command_index, e.correlation_id, e.causation_id`;

const AS_TEXT = {
  rowMode: 'array',
  types: { getTypeParser: () => (text: string) => text },
} as const satisfies Partial<QueryArrayConfig>;

const page = (order: string, where: string): string => `
  WITH page AS (
    SELECT e.*, sum(coalesce(octet_length(e.payload), 0)) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) - coalesce(octet_length(e.payload), 0) AS ahead
    FROM (SELECT * FROM events e WHERE ${where} ORDER BY ${order} LIMIT $4) e)
  SELECT ${COLUMNS} FROM page e WHERE ahead < ${PAGE_BYTES} ORDER BY ${order}`;

const IN_ORDER = page('e.position', 'e.workspace_id = $1 AND e.position > $2 AND e.position <= $3');
const BY_STREAM = page(
  'e.stream_id, e.stream_version',
  'e.workspace_id = $1 AND (e.stream_id, e.stream_version) > ($2, $5) AND e.position <= $3',
);
const OF_STREAM = page(
  'e.stream_version',
  'e.workspace_id = $1 AND e.stream_id = $2 AND e.stream_version > $5 AND e.stream_version <= $3',
);

/** Events above `after`, up to and with `upTo`, in the ledger's order: at most `limit`, fewer where they are large, none at the end. */
export function pageInOrder(
  database: Database,
  workspaceId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<RecordedEvent[]> {
  return read(database, IN_ORDER, workspaceId, [after, upTo, limit]);
}

/** Events up to and with position `upTo`, stream after stream, behind version `version` of the stream `streamId`. */
export function pageByStream(
  database: Database,
  workspaceId: string,
  { streamId, version, upTo, limit }: { streamId: string; version: number; upTo: number; limit: number },
): Promise<RecordedEvent[]> {
  return read(database, BY_STREAM, workspaceId, [streamId, upTo, limit, version]);
}

/** Events of one stream above a version, up to and with another, in order. */
export function pageOfStream(
  database: Database,
  workspaceId: string,
  { streamId, after, upTo, limit }: { streamId: string; after: number; upTo: number; limit: number },
): Promise<RecordedEvent[]> {
  return read(database, OF_STREAM, workspaceId, [streamId, upTo, limit, after]);
}

async function read(
  database: Database,
  text: string,
  workspaceId: string,
  values: unknown[],
): Promise<RecordedEvent[]> {
  // Without a name: a plan made once for any limit expects a tenth of the table, and may read all of it for every page.
  const { rows } = await database.query<string[]>({
    ...AS_TEXT,
    text,
    values: [workspaceId, ...values],
  });
  return rows.map((row) => recordedEvent(workspaceId, row));
}

function recordedEvent(workspaceId: string, row: readonly (string | null)[]): RecordedEvent {
  return {
    workspaceId,
    position: Number(row[0]),
    streamId: row[1]!,
    streamVersion: Number(row[2]),
    eventId: row[3]!,
    type: row[4]!,
    schemaVersion: Number(row[5]),
    subject: row[6]!,
    payload: row[7] == null ? null : (JSON.parse(row[7]) as JsonObject),
    actorId: row[8]!,
    recordedAt: new Date(Number(row[9])).toISOString(),
    commandId: row[10]!,
    commandIndex: Number(row[11]),
    correlationId: row[12]!,
    causationId: row[13]!,
  };
}
