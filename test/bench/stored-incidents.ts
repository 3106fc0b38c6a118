import { createHash } from 'node:crypto';
import pg from 'pg';

/** The incident that is the `n`th of a stored workspace, from 0. */
export function storedIncidentId(workspaceId: string, n: number): string {
  const hex = createHash('md5').update(`${workspaceId} ${n}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Incidents that are worked on at the same time, so that their events lie between each other's in the ledger. */
const AT_ONCE = 64;

/** Which incident each event is of: all of one size, so many at a time worked on in turn. */
export function alike(incidents: number, eventsEach: number): number[] {
  const together = Math.min(AT_ONCE, incidents);
  return Array.from({ length: incidents * eventsEach }, (_, n) => {
    const round = Math.floor(n / (together * eventsEach));
    return round * together + (n % together);
  });
}

/**
 * The same of incidents of these sizes: each is worked on evenly for a part of the time, the longer the larger it is, from the beginning for the
 * largest and from anywhere for the others.
 */
export function mixed(sizes: readonly number[]): number[] {
  const largest = Math.max(...sizes);
  const events = sizes.flatMap((size, incident) => {
    const lasts = Math.min(1, 0.01 + size / largest);
    // Spread alike in every run: parts of the golden ratio.
    const from = ((incident * 0.618_033_988_75) % 1) * (1 - lasts);
    return Array.from({ length: size }, (_, i) => ({ incident, at: from + (lasts * i) / size }));
  });
  return events.sort((a, b) => a.at - b.at).map(({ incident }) => incident);
}

/**
 * Fills a workspace with whole incidents straight in SQL: opened, then claims, every fifth of them revised at once, with the payloads that
 * the service records. Every fold and view takes them; their hashes are random bytes, so the ledger would not verify.
 *
 * @param order which incident each event is of, numbered from 0.
 * @param statement of each claim: SQL, in which `n` is the event's number.
 */
export async function storeIncidents(
  url: string,
  workspaceId: string,
  order: readonly number[],
  statement = `'The ministry put the number of killed at forty or more.'`,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const count = order.length;
    // Of each incident: its latest version, and the event before, which a revision is about.
    const latest = new Map<number, { version: number; n: number }>();
    const PART = 100_000;
    for (let from = 0; from < count; from += PART) {
      const part = order.slice(from, from + PART);
      const versions: number[] = [];
      const about: number[] = [];
      part.forEach((incident, i) => {
        const before = latest.get(incident);
        const version = (before?.version ?? 0) + 1;
        versions.push(version);
        about.push(version % 5 === 0 ? before!.n : from + i);
        latest.set(incident, { version, n: from + i });
      });
      await client.query(
        `INSERT INTO events (position, recorded_at, event_id, stream_version, command_index, schema_version, workspace_id, stream_id,
           type, actor_id, subject, command_id, correlation_id, command_digest, payload_commitment, leaf_hash, payload_salt, payload)
         SELECT n + 1, '2024-01-01T00:00:00Z'::timestamptz + n * interval '1 millisecond', id, version, 0, 1, $1, 'incident:' || incident,
           CASE WHEN version = 1 THEN 'IncidentOpened' WHEN version % 5 = 0 THEN 'ClaimRevised' ELSE 'ClaimTagged' END,
           'member-' || n % 64,
           CASE WHEN version = 1 THEN incident::text
             ELSE overlay(lpad(to_hex(about), 12, '0') PLACING '-' FROM 9 FOR 0) || '-7000-8000-' || left(md5($1), 12) END,
           id::text, 'request-' || n % 64, hash, hash, hash, substr(hash, 1, 16),
           CASE WHEN version = 1 THEN '{"title":"River market"}'
             WHEN version % 5 = 0 THEN '{"changes":{"statement":"The ministry put the number of killed at ' || n || '."},"reason":"A later count."}'
             ELSE json_build_object('anchor', json_build_object('documentId', 'sha256:' || encode(hash, 'hex'), 'end', 101,
                 'exact', 'at least forty people were killed in the blast, the ministry said on Tuesday',
                 'prefix', 'According to officials ', 'start', 25, 'suffix', ', while witnesses spoke of'),
               'modality', 'stated', 'quotation', 'verbatim',
               'statement', ${statement}, 'tags', '["toll","official"]'::json)::text END
         FROM (SELECT n, sha256(int8send(n)) AS hash, uuidv7() AS id, version, about, md5($1::text || ' ' || incident)::uuid AS incident
               FROM (SELECT $2::bigint + at - 1 AS n, incident, version, about
                     FROM unnest($3::int[], $4::int[], $5::bigint[]) WITH ORDINALITY AS u (incident, version, about, at)) AS placed) AS made`,
        [workspaceId, from, part, versions, about],
      );
    }
    await client.query(
      `INSERT INTO ledger_heads (workspace_id, size, frontier, last_recorded_at)
       SELECT $1, $2, string_agg(sha256(int8send(bit)), ''), now()
       FROM generate_series(0, 62) AS bit WHERE ($2::bigint >> bit) & 1 = 1`,
      [workspaceId, count],
    );
    await client.query('VACUUM (ANALYZE) events');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}
