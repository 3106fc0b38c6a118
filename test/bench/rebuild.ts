import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nextMessage, startProgram } from '@casebook/testing';
import { compileService } from './compiled.js';
import type { Bench, Result, Round } from './rounds.js';
import { alike, mixed, storeIncidents } from './stored-incidents.js';

interface Ran {
  readonly seconds: number;
  readonly replaced: number;
  readonly nodeMicros: number;
  readonly memoryMb: number;
}

const PROGRAM = fileURLToPath(new URL('./rebuild-process.mjs', import.meta.url));
const EACH = 1000;
const ROUNDS = 3;
/** Emmett's rebuild takes more than ten times as long an event, and as long for each. */
const EMMETT_EVENTS = 20_000;

/** So many incidents of so many events, of 100,000 together: a few that hold much of them, and many that hold little. */
const SIZES: readonly (readonly [incidents: number, events: number])[] = [
  [1, 20_000],
  [1, 10_000],
  [2, 5000],
  [5, 2000],
  [12, 1000],
  [50, 200],
  [200, 50],
  [1000, 10],
  [2000, 3],
  [2000, 1],
];

/**
 * The incidents view rebuilt from so many events, beside a raw cursor scan of them with JSON.parse; by turns, each time in a new process.
 * Emmett rebuilds a projection that keeps the same once, from fewer events. Before that, a runner builds it for the first time, in pages of the ledger's order. Incidents of 1,000 events each; and of all sizes.
 */
export async function rebuildBesideScan(bench: Bench, events: number): Promise<void> {
  compileService();
  await rebuildOf(bench, 'rebuild', alike(events / EACH, EACH));
  const sizes = SIZES.flatMap(([incidents, size]) => Array<number>(incidents).fill(size));
  await rebuildOf(
    bench,
    'mixed',
    mixed(
      Array<number[]>(events / 100_000)
        .fill(sizes)
        .flat(),
    ),
  );
}

async function rebuildOf(bench: Bench, measure: string, order: readonly number[]): Promise<void> {
  const workspaceId = measure;
  await storeIncidents(bench.url, workspaceId, order);
  const run = async (how: 'follow' | 'rebuild' | 'scan' | 'emmett'): Promise<Round> => {
    const events = how === 'emmett' ? EMMETT_EVENTS : order.length;
    const before = bench.cpu.micros();
    const program =
      how === 'emmett'
        ? startProgram(new URL('./emmett-rebuild.ts', import.meta.url), [bench.url, String(events)])
        : spawn(process.execPath, [PROGRAM, bench.url, workspaceId, how, 'incidents'], {
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
    measure,
    clients: 1,
    contender,
    median: [...its].sort((a, b) => a.perSecond - b.perSecond)[Math.floor(its.length / 2)]!,
  });
  const emmett = measure === 'rebuild' ? [result('emmett’s rebuild', [await run('emmett')])] : [];
  bench.report([
    result('rebuild', rounds.rebuild),
    result('cursor scan', rounds.scan),
    result('runner', [first]),
    ...emmett,
  ]);
}
