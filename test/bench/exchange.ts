import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { Service } from './http.js';
import type { Bench } from './rounds.js';

/** What is exported, by what follows `…/export/`, and how that is imported again. */
const FORMATS: readonly {
  readonly name: string;
  readonly importedAs?: readonly [type: string, query: string];
}[] = [
  { name: 'web-annotation', importedAs: ['application/ld+json', ''] },
  { name: 'stix', importedAs: ['application/stix+json;version=2.1', ''] },
  { name: 'csv?kind=claims', importedAs: ['text/csv', '?kind=claims'] },
  { name: 'xlsx' },
  { name: 'prov' },
];
const LINES_A_PART = 100;

/**
 * Exports one incident of so many claims in each format that is streamed, and imports it into an empty one: annotations a second, and
 * the most memory that the service had. Each has a service process of its own, so that none pays for another.
 */
export async function exchangeOf(bench: Bench, annotations: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-exchange-'));
  try {
    const path = await withService(bench, async (service) => {
      const [claims = ''] = await service.openIncidents(1);
      const body = lines(JSON.parse(service.claim), annotations);
      await imported(service, claims, { type: 'application/x-ndjson', query: '', body });
      return claims;
    });
    for (const { name, importedAs } of FORMATS) {
      const file = join(folder, name.replace(/\W/g, '-'));
      await measured(bench, `export ${name}`, annotations, (service) => exported(service, path, name, file));
      if (importedAs === undefined) continue;
      const [type, query] = importedAs;
      await measured(bench, `import ${name}`, annotations, async (service) => {
        const [claims = ''] = await service.openIncidents(1);
        await imported(service, claims, { type, query, body: createReadStream(file) });
      });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withService<T>(bench: Bench, work: (service: Service) => Promise<T>): Promise<T> {
  const service = await Service.start(bench.url);
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}

async function measured(
  bench: Bench,
  contender: string,
  annotations: number,
  work: (service: Service) => Promise<void>,
): Promise<void> {
  await withService(bench, async (service) => {
    const { micros: before } = await service.usage();
    const postgresBefore = bench.cpu.micros();
    const started = performance.now();
    await work(service);
    const seconds = (performance.now() - started) / 1000;
    const { micros, mostMb } = await service.usage();
    bench.report([
      {
        measure: 'exchange',
        clients: 1,
        contender,
        median: {
          perSecond: annotations / seconds,
          p50Ms: NaN,
          p99Ms: NaN,
          nodeMicros: (micros - before) / annotations,
          postgresMicros: (bench.cpu.micros() - postgresBefore) / annotations,
          memoryMb: mostMb,
        },
      },
    ]);
  });
}

async function* lines(claim: unknown, count: number): AsyncGenerator<string, void, void> {
  for (let n = 0; n < count; n += LINES_A_PART)
    yield await Promise.resolve(
      Array.from(
        { length: Math.min(LINES_A_PART, count - n) },
        (_, index) => `${JSON.stringify({ key: `line-${n + index}`, command: 'tag-claim', body: claim })}\n`,
      ).join(''),
    );
}

const headersOf = ({ token }: Service): Record<string, string> => ({ authorization: `Bearer ${token}` });

async function exported(service: Service, claims: string, name: string, file: string): Promise<void> {
  const outgoing = request(new URL(claims.replace(/claims$/, `export/${name}`), service.url), {
    headers: headersOf(service),
  });
  outgoing.end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`The export ${name} was answered ${answer.statusCode}`);
  await pipeline(answer, createWriteStream(file));
}

async function imported(
  service: Service,
  claims: string,
  {
    type,
    query,
    body,
  }: { readonly type: string; readonly query: string; readonly body: AsyncIterable<unknown> },
): Promise<void> {
  const outgoing = request(new URL(claims.replace(/claims$/, `import${query}`), service.url), {
    method: 'POST',
    headers: { ...headersOf(service), 'content-type': type },
  });
  const sent = pipeline(body as AsyncIterable<Buffer | string>, outgoing);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  let last = '';
  for await (const line of createInterface({ input: answer })) last = line;
  await sent;
  const { complete, refused } = JSON.parse(last) as { complete?: boolean; refused?: number };
  if (complete !== true || refused !== 0) throw new Error(`The import ended with ${last}`);
}
