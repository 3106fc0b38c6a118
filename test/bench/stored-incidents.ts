import { createHash } from 'node:crypto';
import pg from 'pg';

/** The incident that is the `n`th of a stored workspace, from 0. */
export function storedIncidentId(workspaceId: string, n: number): string {
  const hex = createHash('md5').update(`${workspaceId} ${n}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Incidents that are worked on at the same time, so that their events lie between each other's in the ledger. */
const AT_ONCE = 64;

/**
 * Fills a workspace with whole incidents straight in SQL: opened, then claims, every fifth of them revised at once, with the payloads that
 * the service records. Every fold and view takes them; their hashes are random bytes, so the ledger would not verify.
 *
 * @param statement of each claim: SQL, in which `n` is the event's number.
 */
export async function storeIncidents(
  url: string,
  workspaceId: string,
  incidents: number,
  eventsEach: number,
  statement = `'The ministry put the number of killed at forty or more.'`,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const together = Math.min(AT_ONCE, incidents);
    const count = incidents * eventsEach;
    const PART = 100_000;
    for (let from = 0; from < count; from += PART) {
      await client.query(
        `INSERT INTO events (position, recorded_at, event_id, stream_version, command_index, schema_version, workspace_id, stream_id,
           type, actor_id, subject, command_id, correlation_id, command_digest, payload_commitment, leaf_hash, payload_salt, payload)
         SELECT n + 1, '2024-01-01T00:00:00Z'::timestamptz + n * interval '1 millisecond', id, version, 0, 1, $1, 'incident:' || incident,
           CASE WHEN version = 1 THEN 'IncidentOpened' WHEN version % 5 = 0 THEN 'ClaimRevised' ELSE 'ClaimTagged' END,
           'member-' || n % 64,
           CASE WHEN version = 1 THEN incident::text
             ELSE overlay(lpad(to_hex(CASE WHEN version % 5 = 0 THEN n - $4::bigint ELSE n END), 12, '0') PLACING '-' FROM 9 FOR 0) || '-7000-8000-' || left(md5($1), 12) END,
           id::text, 'request-' || n % 64, hash, hash, hash, substr(hash, 1, 16),
           CASE WHEN version = 1 THEN '{"title":"River market"}'
             WHEN version % 5 = 0 THEN '{"changes":{"statement":"The ministry put the number of killed at ' || n || '."},"reason":"A later count."}'
             ELSE json_build_object('anchor', json_build_object('documentId', 'sha256:' || encode(hash, 'hex'), 'end', 101,
                 'exact', 'at least forty people were killed in the blast, the ministry said on Tuesday',
                 'prefix', 'According to officials ', 'start', 25, 'suffix', ', while witnesses spoke of'),
               'modality', 'stated', 'quotation', 'verbatim',
               'statement', ${statement}, 'tags', '["toll","official"]'::json)::text END
         FROM (SELECT n, sha256(int8send(n)) AS hash, uuidv7() AS id,
                 (n % ($4::bigint * $5::bigint)) / $4 + 1 AS version, md5($1::text || ' ' || (n / ($4 * $5) * $4 + n % $4))::uuid AS incident
               FROM generate_series($2::bigint, $3::bigint) AS n) AS made`,
        [workspaceId, from, Math.min(count, from + PART) - 1, together, eventsEach],
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
