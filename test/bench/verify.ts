import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createPool } from '@casebook/postgres';
import { nextMessage } from '@casebook/testing';
import { Runner } from '@casebook/projections';
import { projections } from '@casebook/views';
import { compileService } from './compiled.js';
import { PROBE, type Usage } from './http.js';
import { IncidentWork } from './incidents.js';
import type { Bench } from './rounds.js';

const CLI = fileURLToPath(new URL('../../apps/cli/casebook.mjs', import.meta.url));
const WRITERS = 64;
const EACH = 1000;

/** `casebook verify` of so many events: claims in incidents of a thousand, decided and hashed as the service does, with all views up to the head. */
export async function verifyOf(bench: Bench, events: number): Promise<void> {
  compileService();
  const workspaceId = `verified-${events}`;
  // Room for the incidents that are worked on at the same time, or every batch reads some of them again.
  const work = await IncidentWork.open(bench.url, workspaceId, { maxCachedEvents: 2 * WRITERS * EACH });
  let left = events;
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, client) => {
      while (left > 0) {
        const [incidentId] = await work.openIncidents(1);
        for (let claim = 0; claim < EACH && left > 0; claim += 1, left -= 1)
          await work.tag(incidentId!, client);
      }
    }),
  );
  await work.close();
  const pool = createPool({ url: bench.url, role: 'casebook_service', statementTimeoutMs: 0 });
  await new Runner(pool, { projections: projections.filter(({ mode }) => mode === 'following') }).catchUp(
    workspaceId,
  );
  await pool.end();

  const before = bench.cpu.micros();
  const start = performance.now();
  const program = spawn(process.execPath, ['--import', PROBE, CLI, 'verify', '--workspace', workspaceId], {
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    env: { ...process.env, DATABASE_URL: bench.url },
  });
  const ended = new Promise<number | null>((resolve) => program.once('exit', resolve));
  let used: Usage | undefined;
  const asking = setInterval(() => {
    if (!program.connected || program.listenerCount('message') > 0) return;
    void nextMessage<Usage>(program).then(
      (usage) => (used = usage),
      () => undefined,
    );
    program.send('usage');
  }, 250);
  const status = await ended;
  clearInterval(asking);
  if (status !== 0) throw new Error(`casebook verify ended with ${status}`);
  const milliseconds = performance.now() - start;
  bench.report([
    {
      measure: 'verify',
      clients: events,
      contender: 'casebook verify',
      median: {
        perSecond: (1000 * events) / milliseconds,
        p50Ms: milliseconds,
        p99Ms: milliseconds,
        nodeMicros: (used?.micros ?? NaN) / events,
        postgresMicros: (bench.cpu.micros() - before) / events,
        memoryMb: used?.mostMb ?? NaN,
      },
    },
  ]);
}
