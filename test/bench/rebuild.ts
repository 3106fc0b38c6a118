import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nextMessage } from '@casebook/testing';
import { compileService } from './compiled.js';
import type { Bench, Result, Round } from './rounds.js';
import { storeIncidents } from './stored-incidents.js';

interface Ran {
  readonly seconds: number;
  readonly replaced: number;
  readonly nodeMicros: number;
  readonly memoryMb: number;
}

const PROGRAM = fileURLToPath(new URL('./rebuild-process.mjs', import.meta.url));
const EACH = 1000;
const ROUNDS = 3;

/**
 * The incidents view rebuilt from so many events, beside a raw cursor scan of them with JSON.parse; by turns, each time in a new process.
 * Before that, a runner builds it for the first time, in pages of the ledger's order.
 */
export async function rebuildBesideScan(bench: Bench, events: number): Promise<void> {
  const workspaceId = 'rebuilt';
  compileService();
  await storeIncidents(bench.url, workspaceId, events / EACH, EACH);
  const run = async (how: string): Promise<Round> => {
    const before = bench.cpu.micros();
    const program = spawn(process.execPath, [PROGRAM, bench.url, workspaceId, how, 'incidents'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ran = await nextMessage<Ran>(program);
    if (ran.replaced > 0) throw new Error(`${ran.replaced} rows of a view that nobody touched were wrong`);
    return {
      perSecond: events / ran.seconds,
      p50Ms: ran.seconds * 1000,
      p99Ms: ran.seconds * 1000,
      nodeMicros: ran.nodeMicros / events,
      postgresMicros: (bench.cpu.micros() - before) / events,
      memoryMb: ran.memoryMb,
    };
  };
  const first = await run('follow');
  const rounds: Record<'rebuild' | 'scan', Round[]> = { rebuild: [], scan: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.rebuild.push(await run('rebuild'));
    rounds.scan.push(await run('scan'));
  }
  const result = (contender: string, its: readonly Round[]): Result => ({
    measure: 'rebuild',
    clients: 1,
    contender,
    median: [...its].sort((a, b) => a.perSecond - b.perSecond)[Math.floor(its.length / 2)]!,
  });
  bench.report([
    result('rebuild', rounds.rebuild),
    result('cursor scan', rounds.scan),
    result('runner', [first]),
  ]);
}
