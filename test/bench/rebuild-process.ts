import { createPool } from '@casebook/postgres';
import { projections, rebuildView, Runner } from '@casebook/views';

/** Goes once over every event of a workspace, in a process of its own, and tells how long that took and the memory it needed at most. */
const [url = '', workspaceId = '', how = ''] = process.argv.slice(2);
const pool = createPool({ url, role: 'casebook_service', statementTimeoutMs: 0 });
const start = performance.now();
let replaced = 0;
const incidents = projections.find(({ view }) => view.name === 'incidents')!;
switch (how) {
  case 'rebuild':
    replaced = (await rebuildView(pool, workspaceId, incidents)).replaced;
    break;
  case 'follow': {
    const runner = new Runner(pool, { projections: [incidents], followers: [] });
    await runner.catchUp(workspaceId);
    await runner.close();
    break;
  }
  case 'scan':
    await scan();
    break;
}
const seconds = (performance.now() - start) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
await pool.end();
process.send!({ seconds, replaced, nodeMicros: userCPUTime + systemCPUTime, memoryMb: maxRSS / 1024 });
process.disconnect();

/** The least that any replay has to do: every row through a cursor in the ledger's order, every payload parsed. */
async function scan(): Promise<void> {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(
    `DECLARE events_in_order NO SCROLL CURSOR FOR
     SELECT position, stream_id, stream_version, type, schema_version, subject, actor_id, recorded_at, payload
     FROM events WHERE workspace_id = '${workspaceId}' ORDER BY position`,
  );
  let title = 0;
  for (;;) {
    const { rows } = await client.query<{ payload: string }>('FETCH 2000 FROM events_in_order');
    if (rows.length === 0) break;
    for (const { payload } of rows) if ('title' in (JSON.parse(payload) as object)) title += 1;
  }
  if (title === 0) throw new Error('no incident was opened');
  await client.query('COMMIT');
  client.release();
}
