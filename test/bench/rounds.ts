import type { Contender, Opener } from './contender.js';
import type { ServerCpu } from './server-cpu.js';

/** One round of one contender, or the median of several. */
export interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time for each thing done, in microseconds: of Node, and of PostgreSQL (NaN where it cannot be read). */
  readonly nodeMicros: number;
  readonly postgresMicros: number;
  /** NaN where the contender has no process of its own. */
  readonly memoryMb: number;
}

export interface Plan {
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
}

export interface Result {
  readonly measure: string;
  readonly clients: number;
  readonly contender: string;
  readonly median: Round;
}

/** What a measure is taken on, and whom it tells. */
export interface Bench {
  /** The database of most measures, migrated. */
  readonly url: string;
  readonly cpu: ServerCpu;
  readonly plan: Plan;
  readonly report: (results: readonly Result[]) => void;
}

/**
 * The contenders take turns, round by round, so that whatever else the machine does meets all of them alike; a round each before
 * that counts for nothing.
 */
export async function inTurn(
  bench: Bench,
  measure: string,
  clients: number,
  openers: readonly Opener[],
): Promise<void> {
  const { url, cpu, plan } = bench;
  const contenders: Contender[] = [];
  try {
    for (const open of openers) contenders.push(await open(url, clients));
    const rounds = new Map<Contender, Round[]>(contenders.map((contender) => [contender, []]));
    for (const contender of contenders) await contender.drive(clients, plan.warmUpMs);
    for (let round = 0; round < plan.rounds; round++) {
      for (const [contender, its] of rounds) its.push(await oneRound(contender, clients, plan.roundMs, cpu));
    }
    bench.report(
      contenders.map((contender) => ({
        measure,
        clients,
        contender: contender.name,
        median: medians(rounds.get(contender)!),
      })),
    );
  } finally {
    for (const contender of contenders) await contender.close();
  }
}

async function oneRound(
  contender: Contender,
  clients: number,
  milliseconds: number,
  cpu: ServerCpu,
): Promise<Round> {
  const before = cpu.micros();
  const { latencies, seconds, nodeMicros, memoryMb = NaN } = await contender.drive(clients, milliseconds);
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    perSecond: latencies.length / seconds,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    nodeMicros: nodeMicros / latencies.length,
    postgresMicros: (cpu.micros() - before) / latencies.length,
    memoryMb,
  };
}

/** Each figure's median over the rounds. */
function medians(rounds: readonly Round[]): Round {
  const of = (figure: keyof Round): number =>
    quantile(
      rounds.map((round) => round[figure]).sort((a, b) => a - b),
      0.5,
    );
  return {
    perSecond: of('perSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    nodeMicros: of('nodeMicros'),
    postgresMicros: of('postgresMicros'),
    memoryMb: of('memoryMb'),
  };
}

/** Nearest rank, of values in ascending order. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
}
