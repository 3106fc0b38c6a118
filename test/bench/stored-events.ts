import pg from 'pg';

/**
 * Fills a workspace with events straight in SQL: rows of the size, shape and index keys of real ones, over streams of 100 events
 * each (`incident-1`, …), and a head of that size. Their hashes are random bytes, so the ledger appends to them and proves with them as
 * ever, but they would not verify. The indexes are filled row by row, as they are by real appends.
 */
export async function storeEvents(url: string, workspaceId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const PART = 100_000;
    for (let from = 1; from <= count; from += PART) {
      await client.query(
        `INSERT INTO events (position, recorded_at, event_id, stream_version, command_index, schema_version, workspace_id, stream_id,
           type, actor_id, subject, command_id, correlation_id, command_digest, payload_commitment, leaf_hash, payload_salt, payload)
         SELECT n, '2024-01-01T00:00:00Z'::timestamptz + n * interval '1 millisecond', id, (n - 1) % 100 + 1, 0, 1, $1,
           'incident-' || (n - 1) / 100 + 1, 'ClaimTagged', 'member-' || n % 64, 'claim-' || n, id::text, 'request-' || n % 64,
           hash, hash, hash, substr(hash, 1, 16),
           json_build_object('claimId', 'claim-' || n, 'documentId', 'sha256:' || encode(hash, 'hex'),
             'exact', 'at least forty people were killed in the blast, the ministry said on Tuesday',
             'prefix', 'according to officials ', 'suffix', ', while witnesses spoke of', 'start', n, 'end', n + 76,
             'statement', 'The ministry put the number of killed at forty or more.', 'tags', '["toll","official"]'::json)::text
         FROM (SELECT n, sha256(int8send(n)) AS hash, uuidv7() AS id FROM generate_series($2::bigint, $3::bigint) AS n) AS made`,
        [workspaceId, from, Math.min(count, from + PART - 1)],
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
