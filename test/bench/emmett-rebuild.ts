import { rebuildPostgreSQLProjections } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { claimPayload } from './contender.js';
import { type ClaimTagged, createProjectionTables, emmettStore, incidentsProjection } from './emmett.js';

/*
 * Emmett's own rebuild of the projection that keeps what our view keeps, in a process of its own.
 *
 * node emmett-rebuild.ts DATABASE_URL EVENTS; answers by IPC as rebuild-process.mjs does.
 */
const [url = '', count = '0'] = process.argv.slice(2);
const EACH = 1000;
const events = Number(count);

await createProjectionTables(url);
const pool = new pg.Pool({ connectionString: url, max: 2 });
const { store, close } = await emmettStore(url, 1);
const { rows } = await pool.query<{ stored: number }>(
  `SELECT count(*)::int AS stored FROM emt_messages WHERE stream_id LIKE 'rebuilt-%'`,
);
for (let from = rows[0]?.stored ?? 0; from < events; from += EACH) {
  await store.appendToStream<ClaimTagged>(
    `rebuilt-${from}`,
    Array.from({ length: EACH }, (_, turn) => ({ type: 'ClaimTagged', data: claimPayload(from, turn) })),
  );
}
await pool.query('TRUNCATE emmett_incidents, emmett_annotations');

const cpuBefore = process.cpuUsage();
const start = performance.now();
const consumer = rebuildPostgreSQLProjections({
  connectionString: url,
  pulling: { batchSize: 1000 },
  projection: incidentsProjection,
});
await consumer.start();
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const rebuilt = await pool.query<{ rows: number }>('SELECT count(*)::int AS rows FROM emmett_annotations');
await consumer.close();
await close();
await pool.end();
process.send!({
  seconds,
  replaced: events - (rebuilt.rows[0]?.rows ?? 0),
  nodeMicros: user + system,
  memoryMb: process.resourceUsage().maxRSS / 1024,
});
process.disconnect();
