import { type FoldableEvent, type JsonObject, withinBytes } from '@casebook/ledger';
import type { Pool, PoolClient, QueryArrayConfig } from 'pg';

/** The connections on which runners and rebuilds read and write, in the serving role. */
export type Database = Pick<Pool | PoolClient, 'query'>;

/** Texts may take megabytes each, so bytes bound a page too; it holds at least one event. */
const PAGE_BYTES = 4 * 1024 * 1024;

/**
 * A FoldableEvent, with its numbers in one field: reading a field from an answer costs Node half a
 * microsecond, whatever its size.
 */
const COLUMNS = `concat_ws(' ', e.position, e.stream_version, e.schema_version, (extract(epoch FROM e.recorded_at) * 1000)::bigint),
  e.stream_id, e.type, e.subject, e.actor_id, e.payload`;

type EventRow = [
  numbers: string,
  streamId: string,
  type: string,
  subject: string | null,
  actorId: string,
  payload: string | null,
];

const AS_TEXT = {
  rowMode: 'array',
  types: { getTypeParser: () => (text: string) => text },
} as const satisfies Partial<QueryArrayConfig>;

/**
 * A query for these columns of events `e`: at most `limit` (an expression) that meet a condition, fewer if
 * they are large.
 */
export const pageOf = (columns: string, order: string, where: string, limit: string): string => `
  SELECT ${columns} FROM (SELECT * FROM events e WHERE ${where} ORDER BY ${order} LIMIT ${limit}) e
  ORDER BY ${order} LIMIT ${withinBytes(where, order, { limit, maxBytes: PAGE_BYTES })}`;

const IN_ORDER = pageOf(
  COLUMNS,
  'e.position',
  'e.workspace_id = $1 AND e.position > $2 AND e.position <= $3',
  '$4',
);
const OF_STREAM = pageOf(
  COLUMNS,
  'e.stream_version',
  'e.workspace_id = $1 AND e.stream_id = $2 AND e.stream_version > $5 AND e.stream_version <= $3',
  '$4',
);

/**
 * Events above `after`, up to and including `upTo`, in ledger order: at most `limit`, fewer if they are
 * large, none at the end.
 */
export async function pageInOrder(
  database: Database,
  workspaceId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<FoldableEvent[]> {
  return read(database, IN_ORDER, [workspaceId, after, upTo, limit]);
}

/** Events of one stream above a version, up to and including another, in order. */
export async function pageOfStream(
  database: Database,
  workspaceId: string,
  { streamId, after, upTo, limit }: { streamId: string; after: number; upTo: number; limit: number },
): Promise<FoldableEvent[]> {
  return read(database, OF_STREAM, [workspaceId, streamId, upTo, limit, after]);
}

async function read(database: Database, text: string, values: unknown[]): Promise<FoldableEvent[]> {
  // Unnamed: a generic plan for any limit expects a tenth of the table, and may read all of it for every
  // page.
  return (await database.query<EventRow>({ ...AS_TEXT, text, values })).rows.map(foldableEvent);
}

/** Interns texts that many events share, which cached events would otherwise duplicate. */
const shared = new Map<string, string>();
const MOST_SHARED = 4096;

export function once(text: string): string {
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size >= MOST_SHARED) shared.clear();
  shared.set(text, text);
  return text;
}

function foldableEvent([numbers, streamId, type, subject, actorId, payload]: EventRow): FoldableEvent {
  const [position, streamVersion, schemaVersion, recordedAt] = numbers.split(' ');
  return {
    position: Number(position),
    streamId: once(streamId),
    streamVersion: Number(streamVersion),
    type: once(type),
    schemaVersion: Number(schemaVersion),
    subject,
    payload: payload === null ? null : (JSON.parse(payload) as JsonObject),
    actorId: once(actorId),
    recordedAt: new Date(Number(recordedAt)).toISOString(),
  };
}
