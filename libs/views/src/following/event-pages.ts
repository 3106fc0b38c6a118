import { setImmediate } from 'node:timers/promises';
import { type FoldableEvent, type JsonObject, withinBytes } from '@casebook/ledger';
import type { Pool, PoolClient, QueryArrayConfig } from 'pg';

/** Where runners and rebuilds read and write: connections of the serving role. */
export type Database = Pick<Pool | PoolClient, 'query'>;

/** Texts may take megabytes each, so a page is bounded by bytes as well; one event it always has. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** A FoldableEvent. The numbers in one field: to take a field out of an answer costs Node half a microsecond, whatever is in it. */
const COLUMNS = `concat_ws(' ', e.position, e.stream_version, e.schema_version, (extract(epoch FROM e.recorded_at) * 1000)::bigint),
  e.stream_id, e.type, e.subject, e.actor_id, e.payload`;

/**
 * An event as it was read, not parsed yet: as text it takes a third of the memory. Nothing is put around it, since whoever keeps it would
 * keep that too, and whatever V8 has to move costs time. {@link headerOf} and {@link foldableEvent} read it.
 */
export type UnparsedEvent = [
  numbers: string,
  streamId: string,
  type: string,
  subject: string | null,
  actorId: string,
  payload: string | null,
  streamEnd?: string | null,
];

const AS_TEXT = {
  rowMode: 'array',
  types: { getTypeParser: () => (text: string) => text },
} as const satisfies Partial<QueryArrayConfig>;

const page = (order: string, where: string, more = ''): string => `
  SELECT ${COLUMNS}${more} FROM (SELECT * FROM events e WHERE ${where} ORDER BY ${order} LIMIT $4) e
  ORDER BY ${order} LIMIT ${withinBytes(where, order, { limit: '$4', maxBytes: PAGE_BYTES })}`;

const WHERE_IN_ORDER = 'e.workspace_id = $1 AND e.position > $2 AND e.position <= $3';
const IN_ORDER = page('e.position', WHERE_IN_ORDER);
const OF_STREAM = page(
  'e.stream_version',
  'e.workspace_id = $1 AND e.stream_id = $2 AND e.stream_version > $5 AND e.stream_version <= $3',
);
const OF_STREAMS = page(
  'e.stream_id, e.stream_version',
  'e.workspace_id = $1 AND (e.stream_id, e.stream_version) > ($2, $5) AND e.position <= $3 AND e.stream_id = ANY ($6)',
);
/** Asked once a stream: where its last event is. */
const IN_ORDER_WITH_ENDS = page(
  'e.position',
  WHERE_IN_ORDER,
  `, CASE WHEN e.stream_version = 1 THEN
       (SELECT last.position FROM events last WHERE last.workspace_id = $1 AND last.stream_id = e.stream_id AND last.position <= $3
        ORDER BY last.stream_version DESC LIMIT 1) END`,
);

/** Events above `after`, up to and with `upTo`, in the ledger's order: at most `limit`, fewer where they are large, none at the end. */
export async function pageInOrder(
  database: Database,
  workspaceId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<FoldableEvent[]> {
  return (await read(database, IN_ORDER, [workspaceId, after, upTo, limit])).map(foldableEvent);
}

/** Events of one stream above a version, up to and with another, in order. */
export async function pageOfStream(
  database: Database,
  workspaceId: string,
  { streamId, after, upTo, limit }: { streamId: string; after: number; upTo: number; limit: number },
): Promise<FoldableEvent[]> {
  return (await read(database, OF_STREAM, [workspaceId, streamId, upTo, limit, after])).map(foldableEvent);
}

interface EventHeader {
  readonly position: number;
  readonly streamId: string;
  readonly streamVersion: number;
  /** About; 0 where it was erased. */
  readonly payloadBytes: number;
  /** Of the first event of a stream that `pagesInOrder` gave: the position of its last one, up to `upTo`. NaN of any other. */
  readonly streamEnd: number;
}

export function headerOf([numbers, streamId, , , , payload, streamEnd]: UnparsedEvent): EventHeader {
  const afterPosition = numbers.indexOf(' ');
  return {
    position: Number(numbers.slice(0, afterPosition)),
    streamId,
    streamVersion: Number.parseInt(numbers.slice(afterPosition + 1), 10),
    payloadBytes: payload?.length ?? 0,
    streamEnd: streamEnd == null ? NaN : Number(streamEnd),
  };
}

/** Events up to and with position `upTo` in the ledger's order, in pages; the next page is read while one is worked on. */
export async function* pagesInOrder(
  database: Database,
  workspaceId: string,
  { upTo, limit }: { upTo: number; limit: number },
): AsyncGenerator<UnparsedEvent[], void, void> {
  yield* pagewise((last) =>
    read(database, IN_ORDER_WITH_ENDS, [workspaceId, last?.position ?? 0, upTo, limit]),
  );
}

/** Events of these streams up to and with position `upTo`, stream after stream, in pages like those of `pagesInOrder`. */
export async function* pagesOfStreams(
  database: Database,
  workspaceId: string,
  { streamIds, upTo, limit }: { streamIds: readonly string[]; upTo: number; limit: number },
): AsyncGenerator<UnparsedEvent[], void, void> {
  yield* pagewise((last) =>
    read(database, OF_STREAMS, [
      workspaceId,
      last?.streamId ?? '',
      upTo,
      limit,
      last?.streamVersion ?? 0,
      streamIds,
    ]),
  );
}

async function* pagewise(
  behind: (last: EventHeader | undefined) => Promise<UnparsedEvent[]>,
): AsyncGenerator<UnparsedEvent[], void, void> {
  let next = behind(undefined);
  for (;;) {
    const events = await next;
    const last = events.at(-1);
    if (last === undefined) return;
    for (const event of events) shareTexts(event);
    next = behind(headerOf(last));
    // Whoever stops early hears of no fault of a page that nobody wants.
    next.catch(() => undefined);
    // It is on its way once the event loop has had its turn: until then, whatever is done with this page keeps it waiting.
    await setImmediate();
    yield events;
  }
}

async function read(database: Database, text: string, values: unknown[]): Promise<UnparsedEvent[]> {
  // Without a name: a plan made once for any limit expects a tenth of the table, and may read all of it for every page.
  return (await database.query<UnparsedEvent>({ ...AS_TEXT, text, values })).rows;
}

/** Texts that many events share, each kept once: an event that is remembered would keep copies of its own. */
const shared = new Map<string, string>();
const MOST_SHARED = 4096;

function once(text: string): string {
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size >= MOST_SHARED) shared.clear();
  shared.set(text, text);
  return text;
}

function shareTexts(event: UnparsedEvent): void {
  event[1] = once(event[1]);
  event[2] = once(event[2]);
  event[4] = once(event[4]);
}

export function foldableEvent([
  numbers,
  streamId,
  type,
  subject,
  actorId,
  payload,
]: UnparsedEvent): FoldableEvent {
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
