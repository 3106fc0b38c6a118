import { casebook } from './casebook.js';
import type { Contender } from './contender.js';
import { emmett } from './emmett.js';
import { load, medians, type Round } from './load.js';
import { raw } from './raw.js';
import type { ServerCpu } from './server-cpu.js';

export interface AppendResult {
  readonly clients: number;
  readonly contender: string;
  readonly median: Round;
}

const CLIENTS = [1, 16, 64, 256];
const CONTENDERS = [casebook, raw, emmett];

/**
 * Durable appends by 1, 16, 64 and 256 clients. The contenders take turns, round by round, so that whatever else the machine does
 * meets all of them alike; a round each before that counts for nothing.
 */
export async function measureAppends(
  url: string,
  cpu: ServerCpu,
  plan: { rounds: number; roundMs: number; warmUpMs: number },
  onResult: (results: readonly AppendResult[]) => void,
): Promise<AppendResult[]> {
  const results: AppendResult[] = [];
  for (const clients of CLIENTS) {
    const contenders: Contender[] = [];
    for (const make of CONTENDERS) contenders.push(await make(url, clients));
    const rounds = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
    for (const contender of contenders) await load(contender, clients, plan.warmUpMs, cpu);
    for (let round = 0; round < plan.rounds; round++) {
      for (const contender of contenders) {
        rounds.get(contender.name)!.push(await load(contender, clients, plan.roundMs, cpu));
      }
    }
    for (const contender of contenders) await contender.close();
    const ofClients = contenders.map(({ name }) => ({
      clients,
      contender: name,
      median: medians(rounds.get(name)!),
    }));
    results.push(...ofClients);
    onResult(ofClients);
  }
  return results;
}
