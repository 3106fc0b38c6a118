/** One way of doing the same work, under load by many clients at once. */
export interface Contender {
  readonly name: string;
  /** Every client asks again as soon as it is answered, for about so long; all of them are answered when this resolves. */
  drive(clients: number, milliseconds: number): Promise<Driven>;
  close(): Promise<void>;
}

/** What a contender's clients met. */
export interface Driven {
  /** Of each answered request, in milliseconds, in no order. */
  readonly latencies: readonly number[];
  readonly seconds: number;
  /** Processor time of the contender's Node processes (not of those that only make load), in microseconds. */
  readonly nodeMicros: number;
  /** Resident memory of the contender's largest process of its own, in MB, where it has one. */
  readonly memoryMb?: number;
}

/** @param url of the database. */
export type Opener = (url: string, clients: number) => Promise<Contender>;

/** Connections of the contenders that use one a client: more than this made each of them slower on two to eight cores. */
export const MAX_CONNECTIONS = 32;

/** What every contender records: an event about the size of a tagged claim, about 400 bytes of JSON. */
export function claimPayload(client: number, turn: number): Record<string, string | number | string[]> {
  return {
    claimId: `claim-${client}-${turn}`,
    documentId: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    exact: 'at least forty people were killed in the blast, the ministry said on Tuesday',
    prefix: 'according to officials ',
    suffix: ', while witnesses spoke of',
    start: 1200 + turn,
    end: 1276 + turn,
    statement: 'The ministry put the number of killed at forty or more.',
    quotation: 'verbatim',
    modality: 'stated',
    tags: ['toll', 'official'],
  };
}

/** A contender whose clients are in this process. `act` does one thing for this client (0, 1, 2, …) and resolves when it is done. */
export function inThisProcess(
  name: string,
  act: (client: number) => Promise<unknown>,
  close: () => Promise<void>,
): Contender {
  return { name, close, drive: (clients, milliseconds) => driveHere(act, clients, milliseconds) };
}

/** The load of {@link Contender.drive}, made in this process. */
export async function driveHere(
  act: (client: number) => Promise<unknown>,
  clients: number,
  milliseconds: number,
): Promise<Driven> {
  const latencies: number[] = [];
  const before = process.cpuUsage();
  const start = performance.now();
  const end = start + milliseconds;
  const client = async (index: number): Promise<void> => {
    for (let now = performance.now(); now < end;) {
      await act(index);
      const answered = performance.now();
      latencies.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  const { user, system } = process.cpuUsage(before);
  return { latencies, seconds: (performance.now() - start) / 1000, nodeMicros: user + system };
}
