import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { migrate } from '@casebook/postgres';
import { startOwnServer } from '@casebook/testing';
import pg from 'pg';
import { apart } from './apart.js';
import { casebook } from './casebook.js';
import { MAX_CONNECTIONS } from './contender.js';
import { consoleInBrowser } from './console.js';
import { emmett, emmettWithProjection } from './emmett.js';
import { exchangeOf } from './exchange.js';
import { liveEvents } from './fan-out.js';
import { goalsTable } from './goals.js';
import { commandsOverHttp, emmettOverHttp, emmettWithViewOverHttp } from './http.js';
import { oneHotIncident, spread } from './incidents.js';
import { hostileHands } from './hostile.js';
import { importOf } from './import.js';
import { layerByLayer } from './layers.js';
import { messageDb } from './message-db.js';
import { oneProcess, twoProcesses } from './processes.js';
import { pastBesideNow } from './past.js';
import { proofsAt } from './proofs.js';
import { raw } from './raw.js';
import { rebuildBesideScan } from './rebuild.js';
import { type Bench, inTurn, type Result } from './rounds.js';
import { searchOf } from './search.js';
import { ServerCpu } from './server-cpu.js';
import { beside } from './stored.js';
import { verifyOf } from './verify.js';

/** A service just started is compiled while it answers its first thousands of requests, at two to three times the cost of each later one. */
const warmed = (bench: Bench): Bench => ({
  ...bench,
  plan: { ...bench.plan, warmUpMs: Math.max(bench.plan.warmUpMs, 5_000) },
});

/** Each measure, and how it is taken. `--quick` takes the first alone; `stored` fills gigabytes and is taken with `--large` alone. */
const MEASURES: Record<string, (bench: Bench) => Promise<void>> = {
  async append(bench) {
    for (const clients of [1, 16, 64, 256]) await inTurn(bench, 'append', clients, [casebook, raw, emmett]);
  },
  'message-db': (bench) => inTurn(bench, 'message-db', 64, [casebook, messageDb]),
  view: (bench) => inTurn(bench, 'view', 64, [spread, emmettWithProjection]),
  hot: (bench) => inTurn(bench, 'hot', 64, [spread, oneHotIncident]),
  processes: (bench) => inTurn(bench, 'processes', 64, [oneProcess, twoProcesses]),
  async read(bench) {
    for (const clients of [1, 16]) {
      await inTurn(warmed(bench), 'read', clients, [apart('casebookReads'), apart('emmettReads')]);
      await inTurn(warmed(bench), 'fold', clients, [apart('casebookFolds'), apart('emmettFolds')]);
    }
  },
  async http(bench) {
    for (const clients of [1, 16, 64, 256])
      await inTurn(warmed(bench), 'http', clients, [commandsOverHttp, emmett]);
  },
  async peers(bench) {
    for (const clients of [1, 16, 64, 256]) {
      await inTurn(warmed(bench), 'peers', clients, [
        commandsOverHttp,
        emmettWithViewOverHttp,
        emmettOverHttp,
      ]);
    }
  },
  layers: (bench) => layerByLayer(warmed(bench)),
  async 'fan-out'(bench) {
    for (const readers of [1, 100, 1000]) await inTurn(bench, 'fan-out', readers, [liveEvents]);
  },
  import: (bench) => importOf(bench, bench.plan.rounds > 3 ? 100_000 : 20_000),
  exchange: (bench) => exchangeOf(bench, bench.plan.rounds > 3 ? 100_000 : 5_000),
  proofs: (bench) => inTurn(bench, 'proofs', 1, [proofsAt(10_000), proofsAt(1_000_000)]),
  async past(bench) {
    for (const events of [100, 1000, 20_000]) await pastBesideNow(bench, events);
  },
  async search(bench) {
    for (const annotations of [1000, 100_000, ...(options.large ? [1_000_000] : [])])
      await searchOf(bench, annotations);
  },
  async verify(bench) {
    for (const events of [10_000, 100_000, ...(options.large ? [1_000_000] : [])])
      await verifyOf(bench, events);
  },
  hostile: (bench) => hostileHands(bench),
  console: (bench) => consoleInBrowser(bench),
  rebuild: (bench) => rebuildBesideScan(bench, bench.plan.rounds > 3 ? 1_000_000 : 100_000),
  stored: (bench) => inTurn(bench, 'stored', 64, [beside(10_000), beside(10_000_000)]),
};

/** `npm run bench [-- --quick] [--large] [--only MEASURE,…] [--json FILE]`. Fails on errors only: what the figures mean is for the reader. */
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    large: { type: 'boolean' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const chosen =
  options.only?.split(',') ??
  (options.quick ? ['append'] : Object.keys(MEASURES).filter((name) => name !== 'stored' || options.large));
const plan = options.quick
  ? { rounds: 3, roundMs: 800, warmUpMs: 500 }
  : { rounds: 7, roundMs: 3000, warmUpMs: 2000 };

const results: Result[] = [];
for (const name of chosen) {
  const take = MEASURES[name];
  if (!take) throw new Error(`There is no measure ${name}; there are ${Object.keys(MEASURES).join(', ')}.`);
  // Each measure has a server of its own, so that none pays for what another left behind. Full durability is the server's default.
  const server = await startOwnServer({ settings: { max_connections: '200' } });
  try {
    await migrate(server.url);
    await grownWal(server.url, options.quick ? 24 : 64);
    if (results.length === 0) introduce();
    await take({ url: server.url, cpu: new ServerCpu(server.pid), plan, report });
  } finally {
    await server.discard();
  }
}
console.log(goalsTable(results));
console.log(`\nLoad of the machine over the last 15 minutes: ${loadavg()[2]?.toFixed(1)}.`);
if (options.json !== undefined) {
  const rows = results.map(({ measure, clients, contender, median }) => ({
    measure,
    clients,
    contender,
    perSecond: round(median.perSecond, 1),
    p50Ms: round(median.p50Ms, 3),
    p99Ms: round(median.p99Ms, 3),
    nodeMicros: round(median.nodeMicros, 1),
    postgresMicros: round(median.postgresMicros, 1),
    memoryMb: round(median.memoryMb, 1),
  }));
  writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
}

/**
 * The server as it is once it has run for a while: with files of its write-ahead log (16 MB each) to use again. To make one stops all commits for
 * some 80 ms, on a new server after every 16 MB, and how often that meets a contender would be a matter of how much it writes a second.
 */
async function grownWal(url: string, files: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (let file = 0; file < files; file++) {
      await client.query(`SELECT pg_logical_emit_message(true, 'bench', '')`);
      await client.query('SELECT pg_switch_wal()');
    }
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

function introduce(): void {
  const [first] = cpus();
  console.log(
    `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, Node ${process.version}, embedded PostgreSQL at full durability (fsync and synchronous_commit on).`,
  );
  console.log(
    `${plan.rounds} rounds of ${plan.roundMs} ms each, contenders in turn; medians. ` +
      `raw, emmett and message-db: a connection a client, ${MAX_CONNECTIONS} at most; casebook: one connection under way.\n`,
  );
  console.log(
    line(
      'measure',
      'clients',
      'contender',
      'a second',
      'p50 ms',
      'p99 ms',
      'µs CPU (node + pg)',
      'MB',
      'beside',
    ),
  );
}

function report(taken: readonly Result[]): void {
  results.push(...taken);
  const [first] = taken;
  for (const { measure, clients, contender, median } of taken) {
    const { perSecond, p50Ms, p99Ms, nodeMicros, postgresMicros, memoryMb } = median;
    console.log(
      line(
        measure,
        clients,
        contender,
        Math.round(perSecond),
        p50Ms.toFixed(2),
        p99Ms.toFixed(2),
        `${Math.round(nodeMicros + postgresMicros)} (${Math.round(nodeMicros)} + ${Math.round(postgresMicros)})`,
        Number.isNaN(memoryMb) ? '' : Math.round(memoryMb),
        contender === first?.contender
          ? ''
          : `${first?.contender} is ${round(first!.median.perSecond / perSecond, 2)} times ${contender}`,
      ),
    );
  }
  console.log();
}

function line(...cells: readonly (string | number)[]): string {
  const widths = [10, 8, 18, 10, 8, 8, 20, 5, 0];
  return cells
    .map((cell, i) =>
      i === 0 || i === 2 || i === 8 ? String(cell).padEnd(widths[i]!) : String(cell).padStart(widths[i]!),
    )
    .join('  ');
}

/** `null`, as JSON has it, where there is no figure. */
function round(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : null;
}
