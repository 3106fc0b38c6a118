import { createWriteStream, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { isConsistent, openAuditedCheckpoint, type AuditedCheckpoint } from '../support/auditor.js';
import { DurableService } from '../support/durable-service.js';
import { anomaliesIn } from './checker.js';
import { FAULT_NAMES, type FaultName, FAULTS, Slot, until } from './faults.js';
import { FeedReader } from './feed-reader.js';
import type { LedgerEvent } from './history.js';
import { Load } from './load.js';
import { Random } from './random.js';

/*
 * npm run faults -- [--short] [--seed N] [--rounds N] [--only NAME,…] [--journal FILE] [--json FILE]
 *
 * Clients write and read through three processes of the service while something fails, again and again. After
 * each fault: positions without a gap, and a checkpoint consistent with all before it, by an auditor's tool that
 * has no code of ours. At the end of each ledger: every acknowledged write there once, none invented, strict
 * serializability by the checker, the ledger verified, every view equal to its fold, every live reader with every
 * event once. Exit code 1 for the first thing that does not hold.
 */

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    rounds: { type: 'string' },
    only: { type: 'string' },
    journal: { type: 'string' },
    json: { type: 'string' },
  },
});
const SEED = Number(values.seed ?? Date.now() % 1_000_000);
const names = values.only === undefined ? FAULT_NAMES : values.only.split(',').map(faultNamed);
const ROUNDS = Number(values.rounds ?? (values.short ? names.length : 100));
/** Rounds on one ledger: the checks at its end read all of it. */
const ROUNDS_OF_LEDGER = 60;
const PROCESSES = 3;
const CLIENTS = 12;

interface Tally {
  rounds: number;
  acknowledged: number;
  turnedAway: number;
  reads: number;
  readonly faults: Partial<Record<FaultName, number>>;
}

function faultNamed(name: string): FaultName {
  if (name in FAULTS) return name as FaultName;
  throw new Error(`There is no fault ${name}. There are ${FAULT_NAMES.join(', ')}.`);
}

const expectNone = (what: string, found: readonly unknown[]): void => {
  if (found.length > 0) throw new Error(`${what}: ${JSON.stringify(found.slice(0, 5), null, 2)}`);
};

/** An auditor with a memory: each checkpoint must be consistent with the one before. */
class Auditor {
  private last: AuditedCheckpoint | null = null;

  constructor(private readonly token: string) {}

  async look(url: string): Promise<AuditedCheckpoint> {
    const key = (await this.read(url, 'verifier-key')).trim().split('\n')[0]!;
    const checkpoint = openAuditedCheckpoint(await this.read(url, 'checkpoint'), key);
    const { last } = this;
    if (last !== null) {
      if (checkpoint.size < last.size)
        throw new Error(`a checkpoint of ${checkpoint.size} after one of ${last.size}`);
      const path = `consistency?from=${last.size}&to=${checkpoint.size}`;
      const { hashes } = JSON.parse(await this.read(url, path)) as { hashes: string[] };
      const proof = hashes.map((hash) => Buffer.from(hash, 'base64'));
      if (!isConsistent(last, checkpoint, proof))
        throw new Error(`the checkpoint of ${checkpoint.size} is not that of ${last.size} with events added`);
    }
    this.last = checkpoint;
    return checkpoint;
  }

  private async read(url: string, path: string): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      const answer = await fetch(`${url}/v1/workspaces/default/ledger/${path}`, {
        headers: { authorization: `Bearer ${this.token}` },
      });
      const text = await answer.text();
      if (answer.ok) return text;
      if (answer.status !== 503 || tries > 100) throw new Error(`${path}: ${answer.status} ${text}`);
      await delay(100);
    }
  }
}

/** One ledger, with so many faults one after the other. */
async function ledger(
  random: Random,
  seed: number,
  faults: readonly FaultName[],
  tally: Tally,
): Promise<void> {
  const journal = values.journal === undefined ? null : createWriteStream(values.journal, { flags: 'a' });
  const service = await DurableService.start();
  const slots: Slot[] = [];
  const readers: FeedReader[] = [];
  try {
    for (let n = 0; n < PROCESSES; n += 1) slots.push(await Slot.start(service));
    const load = new Load({
      clients: CLIENTS,
      seed,
      token: service.token,
      urls: () => slots.map(({ url }) => url),
      journal: (operation) => journal?.write(`${JSON.stringify(operation)}\n`),
    });
    for (const slot of slots) readers.push(new FeedReader(() => slot.url, service.token));
    const auditor = new Auditor(service.token);
    for (const name of faults) {
      await delay(300 + random.below(700));
      await FAULTS[name].run({ service, slots, random });
      await until(async () => (await Promise.all(slots.map(isReady))).every(Boolean));
      expectNone('wrong answers', load.wrongAnswers);
      expectNone('gaps', await gapsIn(service));
      const { size } = await auditor.look(random.of(slots).url);
      tally.rounds += 1;
      tally.faults[name] = (tally.faults[name] ?? 0) + 1;
      console.log(`${String(tally.rounds).padStart(5)} ${name.padEnd(20)} ${size} events`);
    }
    await load.stop();
    await wholeLedger(service, load, readers, slots);
    const writes = load.history.filter(({ kind }) => kind === 'write');
    const acknowledged = writes.filter(
      (write) => write.kind === 'write' && typeof write.outcome === 'object',
    ).length;
    if (acknowledged < faults.length) throw new Error(`only ${acknowledged} writes were acknowledged`);
    tally.acknowledged += acknowledged;
    tally.reads += load.history.length - writes.length;
    tally.turnedAway += load.turnedAway;
  } finally {
    await Promise.all(readers.map((reader) => reader.stop()));
    for (const slot of slots) await slot.close();
    await service.close();
    journal?.end();
  }
}

/** Everything that must hold once the clients are still. */
async function wholeLedger(
  service: DurableService,
  load: Load,
  readers: readonly FeedReader[],
  slots: readonly Slot[],
): Promise<void> {
  expectNone('wrong answers', load.wrongAnswers);
  const events = await eventsOf(service);
  expectNone('anomalies', anomaliesIn(load.history, events));
  expectNone('lies in the ledger or its views', await service.lies());
  await until(async () => (await Promise.all(slots.map(isReady))).every(Boolean));
  // What was committed last may still be on its way to the readers.
  await delay(2000);
  for (const reader of readers) {
    await reader.stop();
    const wanted = events.map(({ position }) => position);
    if (reader.positions.length !== wanted.length || reader.positions.some((each, n) => each !== wanted[n]))
      throw new Error(
        `a live reader was sent ${reader.positions.length} events of ${wanted.length}, first wrong at ${reader.positions.findIndex((each, n) => each !== wanted[n])}`,
      );
  }
}

async function isReady({ url }: Slot): Promise<boolean> {
  const { ok } = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) });
  return ok;
}

async function gapsIn({ pool }: DurableService): Promise<unknown[]> {
  const { rows } = await pool.query<pg.QueryResultRow>(
    `SELECT count(*)::integer AS events, coalesce(max(position), 0)::integer AS last,
            (SELECT size::integer FROM ledger_heads WHERE workspace_id = 'default') AS head
     FROM events WHERE workspace_id = 'default'
     HAVING count(*) <> coalesce(max(position), 0)
         OR max(position) > (SELECT size FROM ledger_heads WHERE workspace_id = 'default')`,
  );
  return rows;
}

const DEEDS: Readonly<Record<string, LedgerEvent['deed']>> = {
  IncidentOpened: 'open',
  IncidentRevised: 'retitle',
  AttackRecorded: 'attack',
};

async function eventsOf({ pool }: DurableService): Promise<LedgerEvent[]> {
  const { rows } = await pool.query<{
    position: string;
    stream_id: string;
    type: string;
    command_id: string;
    payload: { title?: string; summary?: string; changes?: { title?: string } };
  }>(
    `SELECT position, stream_id, type, command_id, payload::jsonb AS payload FROM events
     WHERE workspace_id = 'default' ORDER BY position`,
  );
  return rows.map(({ position, stream_id, type, command_id, payload }) => {
    const deed = DEEDS[type];
    return {
      position: Number(position),
      key: deed === undefined ? '' : command_id,
      incident: stream_id.replace(/^incident:/, ''),
      deed: deed ?? 'open',
      text: payload.title ?? payload.changes?.title ?? payload.summary ?? '',
    };
  });
}

const random = new Random(SEED);
const tally: Tally = { rounds: 0, acknowledged: 0, turnedAway: 0, reads: 0, faults: {} };
console.log(
  `Seed ${SEED}, ${ROUNDS} rounds. The same again: npm run faults -- --seed ${SEED} --rounds ${ROUNDS}`,
);
const began = performance.now();
try {
  for (let left = ROUNDS; left > 0; left -= ROUNDS_OF_LEDGER) {
    const rounds = Math.min(left, ROUNDS_OF_LEDGER);
    const faults: FaultName[] = [];
    while (faults.length < rounds) faults.push(...random.shuffled(names));
    await ledger(random, SEED + left, faults.slice(0, rounds), tally);
  }
} catch (error) {
  console.error(`\nSeed ${SEED}, after ${tally.rounds} rounds:`, error);
  process.exitCode = 1;
}
const seconds = Math.round((performance.now() - began) / 1000);
console.log(
  `${tally.rounds} rounds in ${seconds} s: ${tally.acknowledged} acknowledged writes, ${tally.reads} reads, ${tally.turnedAway} requests turned away; ${process.exitCode === 1 ? 'NOT everything held' : 'nothing lost, doubled, invented or out of order'}.`,
);
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ seed: SEED, seconds, ...tally }, null, 2));
