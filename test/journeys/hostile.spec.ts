import { connect } from 'node:net';
import { LiveReader } from '../support/live-reader.js';
import { type Client, startTestService, type TestService } from '../support/service.js';
import { ServiceProcess } from '../support/service-process.js';

/*
 * What one hostile or heavy hand does, and what everybody else has of it: by what is counted, never by how long it takes. How long the event
 * loop is held is measured by `npm run bench -- --only hostile`.
 */

const MIB = 1024 * 1024;
const WORDS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel'];

/** The status of a request of which the head alone is sent: an answer cannot be to a body that never came. */
function headOnly(url: string, method: string, path: string, headers: string[] = []): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      const lines = [`${method} ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...headers];
      socket.write(`${lines.join('\r\n')}\r\nContent-Length: ${10 * MIB}\r\n\r\n[`);
    });
    socket.once('data', (chunk) => {
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(String(chunk))?.[1]));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('hostile and heavy hands', () => {
  let service: TestService;
  let ann: Client;
  let rea: Client;
  let program: ServiceProcess;
  /** A process of its own on the same database. */
  let apart: string;
  beforeAll(async () => {
    service = await startTestService();
    ann = await service.member('ann', 'annotator');
    rea = await service.member('rea', 'reader');
    program = await ServiceProcess.start(service.database.url);
    ({ url: apart } = program);
  });
  afterAll(async () => {
    await program.stop();
    await service.close();
  });

  const open = async (): Promise<string> => (await ann.post('incidents', { title: 'Hostile' })).body.id;
  /** How many times the service says that it is alive while something else is done. */
  async function aliveDuring(url: string, work: Promise<unknown>): Promise<number> {
    const watch = { over: false, alive: 0 };
    void work.finally(() => (watch.over = true)).catch(() => undefined);
    while (!watch.over) {
      if ((await fetch(`${url}/health/live`)).status === 200) watch.alive += 1;
    }
    await work;
    return watch.alive;
  }

  describe('a body', () => {
    it('of somebody without a token, or who may not send it, is not waited for, on any route', async () => {
      const { paths } = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
        paths: Record<string, Record<string, { security?: unknown[] }>>;
      };
      const routes = Object.entries(paths).flatMap(([path, methods]) =>
        ['post', 'patch', 'put']
          .filter((method) => methods[method]?.security !== undefined)
          .map((method) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'default')] as const),
      );
      expect(routes.length).toBeGreaterThan(40);
      for (const [method, path] of routes) {
        expect([path, await headOnly(service.url, method, path)]).toEqual([path, 401]);
        const reader = [`Authorization: Bearer ${rea.token}`];
        expect([path, await headOnly(service.url, method, path, reader)]).toEqual([path, 403]);
      }
      expect(await headOnly(service.url, 'POST', '/v1/nowhere')).toBe(404);
      expect(await headOnly(service.url, 'POST', '/v1/workspaces/default/search')).toBe(405);
    });

    it('has its route’s bytes and JSON values, and no more; a document has 10 MiB', async () => {
      const parsed: number[] = [];
      const { parse } = JSON;
      JSON.parse = (text: string, ...more: []) => {
        parsed.push(text.length);
        return parse(text, ...more) as unknown;
      };
      try {
        const title = 'x'.repeat(100);
        const tooLong = await ann.post('incidents', `{"title":"${title}"}`.padEnd(MIB + 1));
        const values = `[${'{},'.repeat(200_000)}{}]`;
        const tooMany = await ann.post('incidents', values);
        const disputed = await ann.post(`incidents/${await open()}/disputes`, `{"positions":${values}}`);
        expect([tooLong.status, tooMany.status, disputed.status]).toEqual([413, 413, 413]);
        expect(tooMany.body.detail).toContain('more than 10000 JSON values');
        expect(Math.max(...parsed)).toBeLessThan(100_000);
        const long = await ann.post('documents', { title: 'Long', text: '"'.repeat(4 * MIB) });
        expect(long.status).toBe(201);
      } finally {
        JSON.parse = parse;
      }
    });
  });

  describe('a search', () => {
    it('of eight words that are repeated ten thousand times is ranked, and everybody’s reads go on', async () => {
      const incidentId = await open();
      const { body: attack } = await ann.post(`incidents/${incidentId}/attacks`, { summary: 'Disputed' });
      const statement = Array.from({ length: 1700 }, (_, at) => WORDS[at % 8])
        .join(' ')
        .slice(0, 9_990);
      const body = {
        question: 'Which?',
        targets: [attack.id as string],
        positions: Array.from({ length: 6 }, () => ({ statement })),
      };
      for (let batch = 0; batch < 4; batch += 1) {
        const commands = Array.from({ length: 10 }, () => ({ command: 'raise-dispute', incidentId, body }));
        expect((await ann.post('batches', { mode: 'atomic', commands })).status).toBe(200);
      }
      await service.caughtUp();
      const searches = await Promise.all(
        Array.from({ length: 10 }, () => rea.get(`search?q=${WORDS.join('+')}+${WORDS.join('+')}`)),
      );
      for (const { status, body: found } of searches)
        expect([status, found.counts?.found]).toEqual([200, 40]);
    });

    it('that takes longer than it may says so, and holds up no other read, nor the readiness', async () => {
      const owner = await service.database.ownerPool.connect();
      try {
        await owner.query('BEGIN; LOCK TABLE search_v2.entries IN ACCESS EXCLUSIVE MODE');
        const searches = Promise.all(
          Array.from({ length: 12 }, async () => {
            const answer = await fetch(`${service.url}/v1/workspaces/default/search?q=alpha`, {
              headers: { authorization: `Bearer ${rea.token}` },
            });
            return { status: answer.status, body: (await answer.json()) as { detail: string } };
          }),
        );
        for (let at = 0; at < 5; at += 1) {
          expect((await rea.get('incidents?limit=1')).status).toBe(200);
          expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
        }
        const answers = await searches;
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422, 503]));
        for (const { status, body } of answers) {
          expect(body.detail).not.toContain('cannot be reached');
          expect(body.detail).toMatch(status === 422 ? /2 s for a search/ : /were busy for too long/);
        }
      } finally {
        await owner.query('ROLLBACK');
        owner.release();
      }
      expect((await rea.get('search?q=alpha')).status).toBe(200);
    });
  });

  describe('the ledger with documents of 4 MiB', () => {
    let from = 0;
    beforeAll(async () => {
      from = await service.size();
      for (const letter of ['a', 'b', 'c', 'd', 'e'])
        await ann.post('documents', { title: letter, text: letter.repeat(4 * MIB) });
      await service.caughtUp();
    });

    it('is paged without their texts, in both processes', async () => {
      for (const url of [service.url, apart]) {
        const page = await service.client(rea.token, url).get(`events?after=${from}`);
        expect(page.body.items).toHaveLength(5);
        expect(page.text.length).toBeLessThan(10_000);
        const { text } = page.body.items[0].data;
        expect(text).toMatchObject({ digest: expect.stringMatching(/^sha256:/) as unknown, bytes: 4 * MIB });
        expect((await service.client(rea.token, url).get(text.href)).text).toHaveLength(4 * MIB);
      }
    });

    it('is followed by sixty who do not read: what is held for them does not grow with it, and others are served', async () => {
      const warm = await LiveReader.open(apart, rea.token, 'events?after=0');
      await warm.until(() => warm.events.length >= from + 5);
      warm.close();
      const before = await program.memory();
      const stalled = await Promise.all(
        Array.from({ length: 60 }, (_, at) =>
          LiveReader.open(apart, rea.token, `events?after=0${at % 2 === 0 ? '' : '&type=DocumentImported'}`),
        ),
      );
      for (const reader of stalled) reader.pause();
      const reader = await LiveReader.open(apart, rea.token, `events?after=${from}`);
      await reader.until(() => reader.events.length === 5);
      for (let at = 0; at < 20; at += 1) {
        const { status } = await service.client(rea.token, apart).get('events?after=0&limit=500');
        expect(status).toBe(200);
      }
      expect((await program.memory()) - before).toBeLessThan(100 * MIB);
      for (const each of [...stalled, reader]) each.close();
    });
  });

  it('an import of nothing but refusals is answered briefly, while others are served', async () => {
    const incident = await open();
    const importing = fetch(`${apart}/v1/workspaces/default/incidents/${incident}/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ann.token}`, 'content-type': 'application/x-ndjson' },
      body: '{}\n'.repeat(200_000),
    }).then((answer) => answer.text());
    expect(await aliveDuring(apart, importing)).toBeGreaterThan(0);
    const report = await importing;
    expect(report.length).toBeLessThan(MIB);
    expect(JSON.parse(report.trimEnd().split('\n').at(-1)!)).toMatchObject({
      complete: false,
      refused: 1000,
    });
  });

  it('a batch of misquotes in a document of 4 MiB lets others in between them', async () => {
    const incidentId = await open();
    const documentId = (await ann.post('documents', { title: 'a', text: 'a'.repeat(4 * MIB) })).body.id;
    await ann.post(`incidents/${incidentId}/documents`, { documentId });
    const body = { anchor: { documentId: documentId as string, exact: `${'a'.repeat(127)}b` } };
    const commands = Array.from({ length: 20 }, () => ({ command: 'tag-claim', incidentId, body }));
    const tagging = service.client(ann.token, apart).post('batches', { mode: 'each', commands });
    expect(await aliveDuring(apart, tagging)).toBeGreaterThan(4);
    const { results } = (await tagging).body;
    expect(new Set(results.map(({ status }: { status: number }) => status))).toEqual(new Set([422]));
  });

  it('lists of large annotations end by bytes, and all of them come', async () => {
    const incidentId = await open();
    const { body: attack } = await ann.post(`incidents/${incidentId}/attacks`, { summary: 'Disputed' });
    const body = {
      question: 'Which?',
      targets: [attack.id as string],
      positions: Array.from({ length: 6 }, () => ({ statement: 'word '.repeat(1990) })),
    };
    const from = await service.size();
    const commands = Array.from({ length: 60 }, () => ({ command: 'raise-dispute', incidentId, body }));
    expect((await ann.post('batches', { mode: 'atomic', commands })).status).toBe(200);
    await service.caughtUp();
    for (const path of [
      `incidents/${incidentId}/disputes?limit=200`,
      `disputes?limit=200&incidentId=${incidentId}`,
      `audit?limit=200&incidentId=${incidentId}&after=${from}`,
      `incidents/${incidentId}/history?limit=200&after=${from}`,
      `events?limit=200&after=${from}`,
    ]) {
      let found = 0;
      let pages = 0;
      for (let next: string | null = ''; next !== null; pages += 1) {
        const page: { body: any; text: string } = await rea.get(
          `${path}${next === '' ? '' : `&cursor=${next}`}`,
        );
        expect(page.text.length).toBeLessThan(1.5 * MIB);
        found += page.body.items.length as number;
        ({ next } = page.body);
      }
      expect([path, found, pages > 1]).toEqual([path, 60, true]);
    }
    const tooLarge = await ann.post(`incidents/${incidentId}/disputes`, {
      ...body,
      positions: Array.from({ length: 50 }, () => body.positions[0]),
    });
    expect([tooLarge.status, tooLarge.body.detail]).toEqual([400, expect.stringContaining('65536 bytes')]);
  });

  it('a refusal to read a bundle of envelopes does not say that an auditor may', async () => {
    const incident = await open();
    await service.admin.post(`incidents/${incident}/restriction`, { members: ['admin'] });
    const refused = await rea.get(`ledger/tile/entries/000.p/${await service.size()}`);
    expect(refused.status).toBe(403);
    expect(refused.body.detail).not.toContain('auditor');
  });
});
