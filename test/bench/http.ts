import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nextMessage, startProgram } from '@casebook/testing';
import type { Contender, Driven, Opener } from './contender.js';
import { createProjectionTables } from './emmett.js';
import type { HttpLoad, HttpLoaded } from './http-load.js';

/** What the probe can be asked (probe.mjs). */
type Question = 'usage' | 'collected' | 'profile' | { readonly writeTo: string };

export interface Usage {
  /** Processor time. */
  readonly micros: number;
  /** Resident, and the most that was so far. */
  readonly memoryMb: number;
  readonly mostMb: number;
  /** In use in the heap of the main thread. */
  readonly heapMb: number;
  /** The longest that the event loop was held since it was asked before. */
  readonly heldMs: number;
}

export const PROBE = new URL('./probe.mjs', import.meta.url).href;

const QUOTE = 'at least forty people were killed in the blast, the ministry said on Tuesday';
/** About the length of a short article. */
const TEXT = `According to officials ${QUOTE}, while witnesses spoke of more. ${'The road to the market was closed until the evening, and the wounded were brought to two hospitals. '.repeat(40)}`;

/** The admin's, in every service of this run. */
const TOKEN = `casebook_${randomBytes(32).toString('base64url')}`;

const CLAIM = JSON.stringify({
  anchor: { documentId: '', exact: QUOTE },
  statement: 'The ministry put the number of killed at forty or more.',
  quotation: 'verbatim',
  modality: 'stated',
  tags: ['toll', 'official'],
});

const LISTENING = /^Casebook is listening on (\S+)/m;

/** What users start, in a process of its own with the settings that it has by itself, but that its log goes nowhere and nothing is limited; and an admin's token. */
export class Service {
  readonly token = TOKEN;
  private documentId = '';

  private constructor(
    private readonly program: ChildProcess,
    readonly url: string,
  ) {}

  static async start(databaseUrl: string): Promise<Service> {
    const program = spawn(
      process.execPath,
      ['--import', PROBE, fileURLToPath(new URL('../../apps/cli/casebook.mjs', import.meta.url)), 'serve'],
      {
        stdio: ['ignore', 'pipe', openSync('/dev/null', 'w'), 'ipc'],
        env: {
          ...process.env,
          PORT: '0',
          DATABASE_URL: databaseUrl,
          CASEBOOK_CORPUS: 'off',
          CASEBOOK_RATE_LIMIT: '0',
          CASEBOOK_FEED_LIMIT: '0',
          CASEBOOK_ADMIN_TOKEN: TOKEN,
          CASEBOOK_SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
        },
      },
    );
    const service = new Service(program, await addressOf(program));
    service.documentId = (await service.post('documents', JSON.stringify({ title: 'Blast', text: TEXT }))).id;
    return service;
  }

  /** The body of a request that tags a claim. */
  get claim(): string {
    return CLAIM.replace('"documentId":""', `"documentId":"${this.documentId}"`);
  }

  /** Paths to which the claims of new incidents are posted. */
  openIncidents(count: number): Promise<string[]> {
    return Promise.all(
      Array.from({ length: count }, async () => {
        const { id } = await this.post('incidents', JSON.stringify({ title: 'River market' }));
        await this.post(`incidents/${id}/documents`, JSON.stringify({ documentId: this.documentId }));
        return `/v1/workspaces/default/incidents/${id}/claims`;
      }),
    );
  }

  async post(path: string, body: string): Promise<{ id: string; position: number }> {
    const answer = await fetch(new URL(path, `${this.url}/v1/workspaces/default/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body,
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as { id: string; position: number };
  }

  /** Until the views that follow have all that was recorded: what they had left would be done in the turn of the next contender. */
  async caughtUp(): Promise<void> {
    const { position } = await this.post('incidents', JSON.stringify({ title: 'The last one' }));
    const headers = {
      authorization: `Bearer ${this.token}`,
      'ledger-position-at-least': String(position),
      prefer: 'wait=10',
    };
    for (let status = 503; status === 503;) {
      const answer = await fetch(`${this.url}/v1/workspaces/default/search?q=market&limit=1`, { headers });
      const text = await answer.text();
      if (!answer.ok && answer.status !== 503) throw new Error(text);
      ({ status } = answer);
    }
  }

  usage(): Promise<Usage> {
    return this.ask('usage');
  }

  /** The same, after all garbage of the main thread was collected. */
  usageCollected(): Promise<Usage> {
    return this.ask('collected');
  }

  /** Writes to `file` what the service did, sample by sample, while `work` was done. */
  async profile(file: string, work: () => Promise<unknown>): Promise<void> {
    await this.ask('profile');
    await work();
    await this.ask({ writeTo: file });
  }

  private ask<T>(question: Question): Promise<T> {
    const answer = nextMessage<T>(this.program);
    this.program.send(question);
    return answer;
  }

  stop(): Promise<void> {
    return ended(this.program);
  }
}

/** The clients, in a process of their own. */
export class HttpClients {
  private constructor(private readonly program: ChildProcess) {}

  static async start(): Promise<HttpClients> {
    const program = startProgram(new URL('./http-load.ts', import.meta.url));
    await nextMessage(program);
    return new HttpClients(program);
  }

  async drive(load: HttpLoad): Promise<Pick<Driven, 'latencies' | 'seconds'>> {
    const answer = nextMessage<HttpLoaded>(this.program);
    this.program.send(load);
    const loaded = await answer;
    if ('failure' in loaded) throw new Error(loaded.failure);
    return loaded;
  }

  close(): Promise<void> {
    return ended(this.program);
  }
}

/**
 * Claims tagged over HTTP: token, validation, proof of the quote, decision, durable commit, incident view, answer, log line. The processor time
 * is that of the views that follow as well, until they have all of it.
 */
export const commandsOverHttp: Opener = async (databaseUrl): Promise<Contender> => {
  const service = await Service.start(databaseUrl);
  const clients = await HttpClients.start();
  return {
    name: 'casebook over HTTP',
    async drive(connections, milliseconds): Promise<Driven> {
      const paths = await service.openIncidents(connections);
      const { url, token, claim: body } = service;
      const before = await service.usage();
      const driven = await clients.drive({ url, token, paths, body, milliseconds });
      await service.caughtUp();
      const after = await service.usage();
      return { ...driven, nodeMicros: after.micros - before.micros, memoryMb: after.memoryMb };
    },
    async close() {
      await clients.close();
      await service.stop();
    },
  };
};

/** The same work by what somebody would build instead: Emmett over Express, in a process of its own (emmett-over-express.ts). */
const emmettOverExpress =
  (projection: 'with' | 'without'): Opener =>
  async (databaseUrl): Promise<Contender> => {
    await createProjectionTables(databaseUrl);
    const program = startProgram(
      new URL('./emmett-over-express.ts', import.meta.url),
      [databaseUrl, projection],
      {
        env: { ...process.env, NODE_OPTIONS: `--import ${PROBE}` },
      },
    );
    const url = await nextMessage<string>(program);
    const clients = await HttpClients.start();
    let turn = 0;
    return {
      name: `emmett ${projection} view`,
      async drive(connections, milliseconds): Promise<Driven> {
        turn += 1;
        const paths = Array.from({ length: connections }, (_, at) => `/incidents/${turn}-${at}/claims`);
        const before = await usageOf(program);
        const driven = await clients.drive({ url, token: TOKEN, paths, body: CLAIM, milliseconds });
        const after = await usageOf(program);
        return { ...driven, nodeMicros: after.micros - before.micros, memoryMb: after.memoryMb };
      },
      async close() {
        await clients.close();
        await ended(program);
      },
    };
  };
export const emmettOverHttp = emmettOverExpress('without');
export const emmettWithViewOverHttp = emmettOverExpress('with');

function usageOf(program: ChildProcess): Promise<Usage> {
  const answer = nextMessage<Usage>(program);
  program.send('usage');
  return answer;
}

/** Its address, once it tells it; an error when it ends before. */
function addressOf(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = '';
    program.stdout?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      const url = LISTENING.exec(told)?.[1];
      if (url !== undefined) resolve(url);
    });
    program.once('exit', () => reject(new Error(`The service ended before it listened: ${told}`)));
  });
}

/** Ends a program that ends when its parent lets go of it. */
export function ended(program: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    program.once('exit', () => resolve());
    program.disconnect();
  });
}
