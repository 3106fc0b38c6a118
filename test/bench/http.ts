import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { nextMessage, startProgram } from '@casebook/testing';
import type { Contender, Driven, Opener } from './contender.js';
import type { HttpLoad } from './http-load.js';

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

/** A running service in a process of its own, with an admin's token. */
export class Service {
  readonly token = TOKEN;
  private documentId = '';

  private constructor(
    private readonly program: ChildProcess,
    readonly url: string,
  ) {}

  static async start(databaseUrl: string): Promise<Service> {
    const program = startProgram(new URL('./service-process.ts', import.meta.url), [databaseUrl, TOKEN]);
    const { url } = await nextMessage<{ url: string }>(program);
    const service = new Service(program, url);
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

  async usage(): Promise<{ micros: number; memoryMb: number }> {
    const answer = nextMessage<{ micros: number; memoryMb: number }>(this.program);
    this.program.send('usage');
    return answer;
  }

  stop(): Promise<void> {
    return ended(this.program);
  }
}

/** Claims tagged over HTTP: token, validation, proof of the quote, decision, durable commit, incident view, answer, log line. */
export const commandsOverHttp: Opener = async (databaseUrl): Promise<Contender> => {
  const service = await Service.start(databaseUrl);
  const generator = startProgram(new URL('./http-load.ts', import.meta.url));
  await nextMessage(generator);
  return {
    name: 'casebook over HTTP',
    async drive(clients, milliseconds): Promise<Driven> {
      const paths = await service.openIncidents(clients);
      const { url, token, claim: body } = service;
      const before = await service.usage();
      const answer = nextMessage<{ failure?: string; latencies: number[]; seconds: number }>(generator);
      generator.send({ url, token, paths, body, milliseconds } satisfies HttpLoad);
      const { failure, latencies, seconds } = await answer;
      if (failure !== undefined) throw new Error(failure);
      const after = await service.usage();
      return { latencies, seconds, nodeMicros: after.micros - before.micros, memoryMb: after.memoryMb };
    },
    async close() {
      await ended(generator);
      await service.stop();
    },
  };
};

/** Ends a program that ends when its parent lets go of it. */
export function ended(program: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    program.once('exit', () => resolve());
    program.disconnect();
  });
}
