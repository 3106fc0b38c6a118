import type { Contender } from './contender.js';
import type { ServerCpu } from './server-cpu.js';

/** One round of one contender. */
export interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time an event in microseconds: of this process, and of PostgreSQL (NaN where it cannot be read). */
  readonly nodeMicros: number;
  readonly postgresMicros: number;
}

/** Every client appends again as soon as it is answered, for about so long; all of them are answered when this resolves. */
export async function load(
  contender: Contender,
  clients: number,
  milliseconds: number,
  cpu: ServerCpu,
): Promise<Round> {
  const latencies: number[] = [];
  const nodeBefore = process.cpuUsage();
  const serverBefore = cpu.micros();
  const start = performance.now();
  const end = start + milliseconds;
  const client = async (index: number): Promise<void> => {
    for (let now = performance.now(); now < end;) {
      await contender.append(index);
      const answered = performance.now();
      latencies.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  const seconds = (performance.now() - start) / 1000;
  const node = process.cpuUsage(nodeBefore);
  latencies.sort((a, b) => a - b);
  return {
    perSecond: latencies.length / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    nodeMicros: (node.user + node.system) / latencies.length,
    postgresMicros: (cpu.micros() - serverBefore) / latencies.length,
  };
}

/** Each figure's median over the rounds. */
export function medians(rounds: readonly Round[]): Round {
  const of = (figure: (round: Round) => number): number =>
    quantile(
      rounds.map(figure).sort((a, b) => a - b),
      0.5,
    );
  return {
    perSecond: of((round) => round.perSecond),
    p50Ms: of((round) => round.p50Ms),
    p99Ms: of((round) => round.p99Ms),
    nodeMicros: of((round) => round.nodeMicros),
    postgresMicros: of((round) => round.postgresMicros),
  };
}

/** Nearest rank, of values in ascending order. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
}
