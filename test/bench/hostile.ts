import { request, type ClientRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Service } from './http.js';
import type { Bench } from './rounds.js';

/** What one hostile or heavy hand does, and what came of it. */
interface Attack {
  readonly name: string;
  /** Not measured. */
  prepare?(this: void, service: Service): Promise<unknown>;
  /** Answers with what it was answered. */
  run(this: void, service: Service, prepared: unknown): Promise<string>;
}

const MIB = 1024 * 1024;

async function ask(
  service: Service,
  method: string,
  path: string,
  options: { body?: string; token?: string | null; type?: string } = {},
): Promise<{ status: number; bytes: number; ms: number; text: string }> {
  const { body, token = service.token, type = 'application/json' } = options;
  const began = performance.now();
  try {
    const answer = await fetch(new URL(path, `${service.url}/v1/workspaces/default/`), {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    return { status: answer.status, bytes: text.length, ms: performance.now() - began, text };
  } catch {
    // A body that is refused before it is read may meet a closed connection.
    return { status: 0, bytes: 0, ms: performance.now() - began, text: '' };
  }
}

const told = ({ status, bytes, ms }: { status: number; bytes: number; ms: number }): string =>
  `${status === 0 ? 'cut off' : status}, ${(bytes / 1e6).toFixed(1)} MB, ${Math.round(ms)} ms`;

const WORDS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel'];
const REPEATED = Array.from({ length: 1700 }, (_, at) => WORDS[at % 8])
  .join(' ')
  .slice(0, 9_990);

/** So many disputes of six positions of nearly 10,000 characters. */
async function disputes(service: Service, count: number): Promise<string> {
  const { id } = await service.post('incidents', JSON.stringify({ title: 'Hostile' }));
  const { id: attack } = await service.post(
    `incidents/${id}/attacks`,
    JSON.stringify({ summary: 'What is in dispute' }),
  );
  const body = {
    question: 'Which?',
    targets: [attack],
    positions: Array.from({ length: 6 }, () => ({ statement: REPEATED })),
  };
  for (let made = 0; made < count; made += 20) {
    const commands = Array.from({ length: 20 }, () => ({ command: 'raise-dispute', incidentId: id, body }));
    await service.post('batches', JSON.stringify({ mode: 'atomic', commands }));
  }
  return id;
}

/** An import of which nothing but the head comes; its status once it has ended. */
function idleImport(service: Service, path: string): Promise<number> {
  return new Promise((resolve) => {
    const client = request(new URL(path, `${service.url}/v1/workspaces/default/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/x-ndjson' },
      agent: false,
    });
    client.on('response', (answer) => {
      answer.resume();
      answer.on('close', () => {
        client.destroy();
        resolve(answer.statusCode ?? 0);
      });
    });
    client.on('error', () => resolve(0));
    client.flushHeaders();
  });
}

/** Clients that ask and then read nothing. */
function stalled(service: Service, count: number, path: string): Promise<ClientRequest[]> {
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ClientRequest>((resolve) => {
          const client = request(new URL(path, `${service.url}/v1/workspaces/default/`), {
            headers: { authorization: `Bearer ${service.token}`, accept: 'text/event-stream' },
            agent: false,
          });
          client.on('response', (answer) => answer.pause());
          client.on('error', () => undefined);
          client.on('socket', () => resolve(client));
          client.end();
        }),
    ),
  );
}

const ATTACKS: readonly Attack[] = [
  {
    name: '1 no token, 10 MB of JSON with \\u, three at once',
    async run(service) {
      const body = `["\\u0061"${',{}'.repeat(3_300_000)}]`;
      const answers = await Promise.all(
        Array.from({ length: 3 }, () => ask(service, 'POST', 'incidents', { body, token: null })),
      );
      return answers.map(told).join('; ');
    },
  },
  {
    name: '1 a dispute of 10 MB of positions',
    prepare: (service) => service.post('incidents', JSON.stringify({ title: 'Hostile' })),
    async run(service, prepared) {
      const body = `{"question":"?","targets":[],"positions":[${'{},'.repeat(3_300_000)}{}]}`;
      const { id } = prepared as { id: string };
      return told(await ask(service, 'POST', `incidents/${id}/disputes`, { body }));
    },
  },
  {
    name: '2 a search of eight repeated words, ten at once',
    async prepare(service) {
      await disputes(service, 400);
      await service.caughtUp();
    },
    async run(service) {
      const path = `search?q=${WORDS.join('+')}`;
      const one = await ask(service, 'GET', path);
      const searches = Promise.all(Array.from({ length: 10 }, () => ask(service, 'GET', path)));
      const read = ask(service, 'GET', 'incidents');
      const statuses = (await searches).map(({ status }) => status);
      return `${told(one)}; ten: ${[...new Set(statuses)].join(', ')}; a read beside: ${told(await read)}`;
    },
  },
  {
    name: '3 60 stalled feeds, 60 filtered, over four documents of 4 MB',
    async prepare(service) {
      for (const letter of ['a', 'b', 'c', 'd']) {
        const text = `${letter} line of text\n`.repeat(290_000).slice(0, 4 * MIB);
        await service.post('documents', JSON.stringify({ title: letter, text }));
      }
      await service.caughtUp();
    },
    async run(service) {
      const clients = [
        ...(await stalled(service, 60, 'events?after=0')),
        ...(await stalled(service, 60, 'events?after=0&type=DocumentImported')),
      ];
      await delay(8_000);
      const { memoryMb } = await service.usage();
      for (const client of clients) client.destroy();
      return `${Math.round(memoryMb)} MB while they stall`;
    },
  },
  {
    name: '4 an import of {} × 1,000,000',
    prepare: (service) => service.post('incidents', JSON.stringify({ title: 'Hostile' })),
    async run(service, prepared) {
      const { id } = prepared as { id: string };
      const body = '{}\n'.repeat(1_000_000);
      return told(
        await ask(service, 'POST', `incidents/${id}/import`, { body, type: 'application/x-ndjson' }),
      );
    },
  },
  {
    name: '5 a batch of 100 misquotes in a document of 4 MiB of a',
    async prepare(service) {
      const { id } = await service.post('incidents', JSON.stringify({ title: 'Hostile' }));
      const text = 'a'.repeat(4 * MIB);
      const document = await service.post('documents', JSON.stringify({ title: 'a', text }));
      await service.post(`incidents/${id}/documents`, JSON.stringify({ documentId: document.id }));
      return { incidentId: id, documentId: document.id };
    },
    async run(service, prepared) {
      const { incidentId, documentId } = prepared as { incidentId: string; documentId: string };
      const body = { anchor: { documentId, exact: `${'a'.repeat(127)}b` } };
      const commands = Array.from({ length: 100 }, () => ({ command: 'tag-claim', incidentId, body }));
      return told(
        await ask(service, 'POST', 'batches', { body: JSON.stringify({ mode: 'each', commands }) }),
      );
    },
  },
  {
    name: '8 lists of large annotations',
    async prepare(service) {
      const incident = await disputes(service, 400);
      await service.caughtUp();
      return incident;
    },
    async run(service, prepared) {
      const paths = [
        'audit?limit=200',
        'disputes?limit=200',
        `incidents/${prepared as string}`,
        `incidents/${prepared as string}/sources`,
        `incidents/${prepared as string}/difference?from=1`,
      ];
      const answers: string[] = [];
      for (const path of paths) answers.push(told(await ask(service, 'GET', path)));
      return answers.join('; ');
    },
  },
  {
    name: '8 ten whole incidents of 24 MB at once',
    prepare: (service) => disputes(service, 400),
    async run(service, prepared) {
      const path = `incidents/${prepared as string}`;
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(service, 'GET', path)));
      return answers.map(({ status }) => status).join(', ');
    },
  },
  {
    name: '11 200 imports that send nothing',
    prepare: (service) => service.post('incidents', JSON.stringify({ title: 'Hostile' })),
    async run(service, prepared) {
      const { id } = prepared as { id: string };
      const began = performance.now();
      const statuses = await Promise.all(
        Array.from({ length: 200 }, () => idleImport(service, `incidents/${id}/import`)),
      );
      return `${[...new Set(statuses)].join(', ')}, the last after ${Math.round(performance.now() - began)} ms`;
    },
  },
];

/** The longest wait of `GET /health/live` while something else goes on, in milliseconds. */
async function longestWait<T>(service: Service, work: () => Promise<T>): Promise<{ lag: number; result: T }> {
  let lag = 0;
  const watch = { over: false };
  const watching = (async () => {
    while (!watch.over) {
      const began = performance.now();
      await fetch(`${service.url}/health/live`).then((answer) => answer.text());
      lag = Math.max(lag, performance.now() - began);
      await delay(2);
    }
  })();
  await delay(200);
  lag = 0;
  const result = await work();
  watch.over = true;
  await watching;
  return { lag, result };
}

/** What each hostile hand costs everybody else: lag, memory and answer, each on a service of its own. */
export async function hostileHands(bench: Bench): Promise<void> {
  for (const { name, prepare, run } of ATTACKS) {
    const service = await Service.start(bench.url);
    try {
      const prepared = await prepare?.(service);
      const before = await service.usageCollected();
      const { lag, result } = await longestWait(service, () => run(service, prepared));
      const { mostMb, heldMs } = await service.usage();
      const after = await service.usageCollected();
      console.log(
        `${name}\n    lag ${Math.round(lag)} ms, loop held ${Math.round(heldMs)} ms; MB before ${Math.round(before.memoryMb)}, at most ${Math.round(mostMb)}, after ${Math.round(after.memoryMb)}; answer: ${result}`,
      );
    } finally {
      await service.stop();
    }
  }
}
