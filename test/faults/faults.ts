import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseProxy, isCommit } from '../support/database-proxy.js';
import type { DurableService } from '../support/durable-service.js';
import type { ServiceProcess } from '../support/service-process.js';
import type { Random } from './random.js';

/** One process of the service behind proxies to the database that faults can cut. */
export class Slot {
  private constructor(
    private readonly service: DurableService,
    /** Names both proxies. */
    private readonly databaseUrl: string,
    public proxy: DatabaseProxy,
    /** Leads nowhere until there is a standby. */
    private spare: DatabaseProxy,
    private current: ServiceProcess,
  ) {}

  static async start(service: DurableService): Promise<Slot> {
    const [proxy, spare] = [
      await DatabaseProxy.to(service.databaseUrl),
      await DatabaseProxy.to(service.databaseUrl),
    ];
    spare.closed = true;
    const url = proxy.url.replace('@', `@${new URL(spare.url).host},`);
    return new Slot(service, url, proxy, spare, await service.process(url));
  }

  /** Connections are to the server behind the other proxy from now on, once it is the primary. */
  move(databaseUrl: string): void {
    [this.proxy, this.spare] = [this.spare, this.proxy];
    this.proxy.redirect(databaseUrl);
    this.proxy.closed = false;
    this.spare.closed = true;
  }

  get url(): string {
    return this.current.url;
  }
  get pid(): number {
    return this.current.program.pid!;
  }

  async killAndStart(): Promise<void> {
    await this.current.kill();
    this.current = await this.service.process(this.databaseUrl);
  }

  async close(): Promise<void> {
    await this.current.kill();
    await Promise.all([this.proxy, this.spare].map((proxy) => proxy.close()));
  }
}

export interface Ground {
  readonly service: DurableService;
  readonly slots: readonly Slot[];
  readonly random: Random;
}

/** What goes wrong in a round; ends with everything as it was before. */
export interface Fault {
  readonly what: string;
  readonly run: (this: void, ground: Ground) => Promise<void>;
}

/** Faults by name, each one a row of docs/reliability.md. */
export const FAULTS = {
  'kill-service': {
    what: 'SIGKILL of a service process, and a new one in its place',
    run: ({ slots, random }) => random.of(slots).killAndStart(),
  },
  'kill-all-services': {
    what: 'SIGKILL of all service processes at once',
    run: async ({ slots }) => {
      await Promise.all(slots.map((slot) => slot.killAndStart()));
    },
  },
  'kill-postgres': {
    what: 'SIGKILL of the PostgreSQL postmaster',
    run: async ({ service }) => {
      const { pid } = service.server;
      process.kill(pid, 'SIGKILL');
      await until(async () => service.server.pid !== pid && (await answers(service)));
    },
  },
  'kill-backend': {
    what: 'SIGKILL of a PostgreSQL backend, upon which the server restarts itself',
    run: async ({ service, random }) => {
      const backends = childrenOf(service.server.pid);
      if (backends.length > 0) kill(random.of(backends), 'SIGKILL');
      await until(() => answers(service));
    },
  },
  'freeze-service': {
    what: 'SIGSTOP of a service process for up to 4 s',
    run: async ({ slots, random }) => {
      const { pid } = random.of(slots);
      await frozen([pid], 500 + random.below(3500));
    },
  },
  'freeze-postgres': {
    what: 'SIGSTOP of PostgreSQL, all its processes, for up to 4 s',
    run: async ({ service, random }) => {
      const { pid } = service.server;
      await frozen([pid, ...childrenOf(pid)], 500 + random.below(3500));
    },
  },
  'cut-connections': {
    what: 'All connections of a service process to the database cut at once, five times',
    run: async ({ slots, random }) => {
      for (let n = 0; n < 5; n += 1) {
        random.of(slots).proxy.cutAll();
        await delay(random.below(200));
      }
    },
  },
  'cut-at-a-byte': {
    what: 'Connections cut in the middle of what the service sends, at pieces chosen at random',
    run: ({ slots, random }) =>
      interfering(slots, 2000, () =>
        random.next() < 0.01 ? random.of(['cut-before', 'cut-after'] as const) : 'pass',
      ),
  },
  'drop-commit-answers': {
    what: 'Commits that arrive while their answers are dropped',
    run: ({ slots, random }) =>
      interfering(slots, 2000, (bytes) =>
        isCommit(bytes) && random.next() < 0.1 ? random.of(['cut-after', 'hold'] as const) : 'pass',
      ),
  },
  'refuse-connections': {
    what: 'The database refuses every connection of a service process for up to 3 s',
    run: async ({ slots, random }) => {
      const { proxy } = random.of(slots);
      proxy.closed = true;
      proxy.cutAll();
      await delay(500 + random.below(2500));
      proxy.closed = false;
    },
  },
  'vanish-database': {
    what: 'The database’s host vanishes for a service process: nothing arrives, no connection ends, for up to 8 s',
    run: async ({ slots, random }) => {
      const { proxy } = random.of(slots);
      proxy.vanished = true;
      await delay(2000 + random.below(6000));
      proxy.vanished = false;
      proxy.cutAll();
    },
  },
  'fail-over': {
    what: 'The primary is lost for good, and its synchronous standby promoted up to 2 s later',
    run: async ({ service, slots, random }) => {
      await service.standBy();
      const url = service.standbyUrl;
      await delay(random.below(1000));
      await service.losePrimary();
      for (const slot of slots) slot.move(url);
      await delay(random.below(2000));
      await service.promote();
      await until(() => answers(service));
    },
  },
  'fill-connections': {
    what: 'Somebody else takes all connections of PostgreSQL for 2 s',
    run: async ({ service }) => {
      const taken: pg.Client[] = [];
      try {
        for (;;) {
          const client = new pg.Client({ connectionString: service.server.url });
          client.on('error', () => undefined);
          await client.connect();
          taken.push(client);
        }
      } catch {
        await delay(2000);
      } finally {
        await Promise.all(taken.map((client) => client.end().catch(() => undefined)));
      }
    },
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

async function interfering(
  slots: readonly Slot[],
  milliseconds: number,
  interfere: DatabaseProxy['interfere'],
): Promise<void> {
  for (const { proxy } of slots) proxy.interfere = interfere;
  await delay(milliseconds);
  for (const { proxy } of slots) {
    proxy.interfere = () => 'pass';
    // Those whose answer is held back.
    proxy.cutAll();
  }
}

async function frozen(pids: readonly number[], milliseconds: number): Promise<void> {
  for (const pid of pids) kill(pid, 'SIGSTOP');
  await delay(milliseconds);
  for (const pid of pids) kill(pid, 'SIGCONT');
}

/** It may have ended by itself meanwhile. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(pid: number): number[] {
  if (process.platform !== 'linux') {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number);
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
}

function parentOf(pid: number): number | null {
  try {
    // The command stands in brackets and may hold anything.
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await holds().catch(() => false)) return;
    await delay(50);
  }
  throw new Error('it did not come back within a minute');
}

const answers = async ({ pool }: DurableService): Promise<boolean> =>
  (await pool.query('SELECT 1')).rowCount === 1;
