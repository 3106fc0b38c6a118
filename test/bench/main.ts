import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { migrate } from '@casebook/postgres';
import { startOwnServer } from '@casebook/testing';
import { measureAppends, type AppendResult } from './append.js';
import { MAX_CONNECTIONS } from './contender.js';
import { ServerCpu } from './server-cpu.js';

/** `npm run bench [-- --quick] [--json FILE]`. Fails on errors only: what the figures mean is for the reader. */
const { values: options } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } });
const plan = options.quick
  ? { rounds: 3, roundMs: 800, warmUpMs: 500 }
  : { rounds: 7, roundMs: 3000, warmUpMs: 2000 };

// Full durability is its default; room for the raw and Emmett connections beside each other.
const server = await startOwnServer({ settings: { max_connections: '200' } });
try {
  await migrate(server.url);
  const [first] = cpus();
  console.log(
    `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, Node ${process.version}, embedded PostgreSQL at full durability.`,
  );
  console.log(
    `${plan.rounds} rounds of ${plan.roundMs} ms each, contenders in turn; medians. ` +
      `raw and emmett: a connection a client, ${MAX_CONNECTIONS} at most; casebook: one connection under way.\n`,
  );
  console.log(
    line('clients', 'contender', 'events/s', 'p50 ms', 'p99 ms', 'µs CPU/event (node + pg)', 'beside'),
  );
  const results = await measureAppends(server.url, new ServerCpu(server.pid), plan, print);
  if (options.json !== undefined) {
    const rows = results.map(({ clients, contender, median }) => ({
      measure: 'append',
      clients,
      contender,
      perSecond: round(median.perSecond, 1),
      p50Ms: round(median.p50Ms, 3),
      p99Ms: round(median.p99Ms, 3),
    }));
    writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
  }
} finally {
  await server.discard();
}

function print(results: readonly AppendResult[]): void {
  const ours = results.find(({ contender }) => contender === 'casebook')!.median;
  for (const { clients, contender, median } of results) {
    const beside =
      contender === 'casebook'
        ? ''
        : `casebook is ${round(ours.perSecond / median.perSecond, 2)} times ${contender}`;
    console.log(
      line(
        clients,
        contender,
        Math.round(median.perSecond),
        median.p50Ms.toFixed(2),
        median.p99Ms.toFixed(2),
        `${Math.round(median.nodeMicros + median.postgresMicros)} (${Math.round(median.nodeMicros)} + ${Math.round(median.postgresMicros)})`,
        beside,
      ),
    );
  }
  console.log();
}

function line(...cells: readonly (string | number)[]): string {
  const widths = [8, 10, 10, 8, 8, 26, 0];
  return cells
    .map((cell, i) =>
      i === 1 || i === 6 ? String(cell).padEnd(widths[i]!) : String(cell).padStart(widths[i]!),
    )
    .join('  ');
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
