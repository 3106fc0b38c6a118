/**
 * Goes once over every event of a workspace, in a process of its own, and tells how long that took and the memory it needed at most. The
 * program is the compiled one, as it is run: to compile it along would weigh more than all else.
 */
const [url = '', workspaceId = '', work = '', view = ''] = process.argv.slice(2);
const { lookForGarbageSooner } = await import('../../dist/apps/cli/src/garbage.js');
const { createPool } = await import('../../dist/libs/postgres/src/index.js');
const { rebuildView, Runner } = await import('../../dist/libs/projections/src/index.js');
const { projections } = await import('../../dist/libs/views/src/index.js');

const pool = createPool({ url, role: 'casebook_service', statementTimeoutMs: 0 });
const projection = projections.find((each) => each.view.name === view);
const cpuBefore = process.cpuUsage();
const start = performance.now();
let replaced = 0;
let events = 0;
switch (work) {
  case 'rebuild':
    // As the command does: apps/cli/src/rebuild.ts.
    lookForGarbageSooner();
    ({ replaced, events } = await rebuildView(pool, workspaceId, projection));
    break;
  case 'follow': {
    const runner = new Runner(pool, { projections: [projection], followers: [] });
    await runner.catchUp(workspaceId);
    await runner.close();
    break;
  }
  case 'scan':
    await scan();
    break;
}
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
await pool.end();
process.send({
  seconds,
  replaced,
  events,
  nodeMicros: user + system,
  memoryMb: process.resourceUsage().maxRSS / 1024,
});
process.disconnect();

/** The least that any replay has to do: every row through a cursor in the ledger's order, every payload parsed. */
async function scan() {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(
    `DECLARE events_in_order NO SCROLL CURSOR FOR
     SELECT position, stream_id, stream_version, type, schema_version, subject, actor_id, recorded_at, payload
     FROM events WHERE workspace_id = '${workspaceId}' ORDER BY position`,
  );
  let title = 0;
  for (;;) {
    const { rows } = await client.query('FETCH 2000 FROM events_in_order');
    if (rows.length === 0) break;
    for (const { payload } of rows) if ('title' in JSON.parse(payload)) title += 1;
  }
  if (title === 0) throw new Error('no incident was opened');
  await client.query('COMMIT');
  client.release();
}
