import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { pino } from 'pino';
import {
  createApplication,
  openResources,
  openWithAdmin,
  type Protection,
  Refusals,
} from '../../apps/api/src/index.js';
import { startTestService, type TestService } from '../support/service.js';

interface Guarded {
  readonly url: string;
  readonly token: string;
  readonly database: TestDatabase;
  /** Every line of the log, as it was written. */
  readonly log: string[];
  call(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** A service with limits and a log, on a database of its own. */
async function startGuarded(protection: Partial<Protection>): Promise<Guarded> {
  const database = await createTestDatabase();
  const ground = await openResources(database.url, {
    poolSize: 4,
    home: temporaryHome(),
    origin: 'casebook.test',
    signingSecrets: [Buffer.alloc(32, 7)],
  });
  const log: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString());
      done();
    },
  });
  const app = await createApplication(ground, pino({ level: 'trace', base: null }, sink), {
    protection: { corsOrigins: [], requestsPerMinute: 0, refusalsPerMinute: 0, ...protection },
  });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const opened = await openWithAdmin(ground.ledger, {
    workspaceId: 'default',
    admin: { id: 'admin', name: 'Administrator' },
    correlationId: 'test',
  });
  if (opened === null) throw new Error('the workspace was there already');
  return {
    url,
    token: opened.token,
    database,
    log,
    call: (path, init = {}) =>
      fetch(new URL(path, `${url}/v1/workspaces/default/`), {
        ...init,
        headers: { authorization: `Bearer ${opened.token}`, ...init.headers },
      }),
    async close() {
      await app.close();
      await ground.close();
      await database.drop();
    },
  };
}

const codeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { type: string }).type.replace('urn:casebook:problem:', '');

describe('limits', () => {
  it('one token may send so many requests in a minute, and learns how many are left and when to continue', async () => {
    const service = await startGuarded({ requestsPerMinute: 5 });
    try {
      const left: (string | null)[] = [];
      for (let at = 0; at < 5; at += 1) {
        const answer = await service.call('settings');
        expect(answer.status).toBe(200);
        expect(answer.headers.get('ratelimit-limit')).toBe('5');
        left.push(answer.headers.get('ratelimit-remaining'));
      }
      expect(left).toEqual(['4', '3', '2', '1', '0']);
      const refused = await service.call('settings');
      expect([refused.status, refused.headers.get('content-type')]).toEqual([
        429,
        'application/problem+json; charset=utf-8',
      ]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await codeOf(refused)).toBe('rate-limited');
      // Whoever watches the service is never refused, and another token has its own count.
      for (let at = 0; at < 10; at += 1) expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
      expect((await service.call('settings', { headers: { authorization: 'Bearer another' } })).status).toBe(
        401,
      );
    } finally {
      await service.close();
    }
  });

  it('what costs more counts as several requests, and a body by its length', async () => {
    const service = await startGuarded({ requestsPerMinute: 1, burst: 100 });
    try {
      const left = async (answer: Promise<Response>): Promise<[number, number]> => {
        const { status, headers } = await answer;
        return [status, Number(headers.get('ratelimit-remaining'))];
      };
      const post = (length: number): Promise<Response> =>
        service.call('incidents', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ title: 'Harbour' }).padEnd(length),
        });
      const taken: number[] = [];
      let before = 100;
      for (const request of [
        () => service.call('settings'),
        () => service.call('incidents'),
        () => service.call('search?q=harbour'),
        () => post(100),
        () => post(64 * 1024),
      ]) {
        const [status, after] = await left(request());
        expect(status).toBeLessThan(300);
        taken.push(before - after);
        before = after;
      }
      expect(taken).toEqual([1, 2, 20, 1, 5]);
      const [searches] = [
        await Promise.all(Array.from({ length: 5 }, () => service.call('search?q=harbour'))),
      ];
      expect(searches.map(({ status }) => status)).toContain(429);
      expect((await service.call('settings')).status).toBe(200);
    } finally {
      await service.close();
    }
  });

  it('one token is one, however its header is spelt', async () => {
    const service = await startGuarded({ requestsPerMinute: 3 });
    try {
      const spelt = ['Bearer ', 'bearer ', 'BEARER ', 'Bearer  ', 'bEARER   '];
      const statuses: number[] = [];
      for (const scheme of spelt) {
        const headers = { authorization: `${scheme}${service.token}` };
        statuses.push((await service.call('settings', { headers })).status);
      }
      expect(statuses).toEqual([200, 200, 200, 429, 429]);
    } finally {
      await service.close();
    }
  });

  it('an invented token is no caller of its own where no token is looked at', async () => {
    const service = await startGuarded({ requestsPerMinute: 3 });
    try {
      const statuses: number[] = [];
      for (const path of ['/openapi.json', '/nowhere', '/openapi.json', '/nowhere', '/openapi.json']) {
        const headers = { authorization: `Bearer casebook_${randomBytes(16).toString('hex')}` };
        statuses.push((await service.call(path, { headers })).status);
      }
      expect(statuses).toEqual([200, 404, 200, 429, 429]);
    } finally {
      await service.close();
    }
  });

  it('who guesses tokens is not let in by what everybody is answered', async () => {
    const service = await startGuarded({ refusalsPerMinute: 4 });
    try {
      const guesses: number[] = [];
      for (let at = 0; at < 6; at += 1) {
        const headers = { authorization: `Bearer casebook_${randomBytes(16).toString('hex')}` };
        expect((await service.call('/health/live', { headers })).status).toBe(200);
        guesses.push((await service.call('incidents', { headers })).status);
      }
      expect(guesses).toEqual([401, 401, 401, 401, 429, 429]);
    } finally {
      await service.close();
    }
  });

  it('who guesses tokens is stopped; who was let in before goes on from the same address', async () => {
    const service = await startGuarded({ refusalsPerMinute: 4 });
    try {
      expect((await service.call('incidents')).status).toBe(200);
      const guesses: number[] = [];
      for (let at = 0; at < 7; at += 1) {
        const authorization = `Bearer casebook_${randomBytes(16).toString('hex')}`;
        guesses.push((await service.call('incidents', { headers: { authorization } })).status);
      }
      expect(guesses).toEqual([401, 401, 401, 401, 429, 429, 429]);
      expect((await service.call('incidents')).status).toBe(200);
    } finally {
      await service.close();
    }
  });
});

describe('browsers', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it('must not run, frame, sniff or pass on anything', async () => {
    const { headers } = await service.admin.get('incidents');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('the page at /docs keeps within its policy: no script in it, and nothing from elsewhere', async () => {
    const page = await fetch(`${service.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const html = await page.text();
    for (const [, attributes = '', text = ''] of html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)) {
      expect([attributes, text.trim()]).toEqual([expect.stringMatching(/src="\.\/docs\//), '']);
    }
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/\son\w+=/);
  });

  it('pages of another origin get nothing, unless the origin is in the settings', async () => {
    const preflight = { origin: 'https://desk.example.org', 'access-control-request-method': 'POST' };
    const closed = await fetch(`${service.url}/v1/workspaces`, { method: 'OPTIONS', headers: preflight });
    expect([closed.status, closed.headers.get('access-control-allow-origin')]).toEqual([405, null]);

    const open = await startGuarded({ corsOrigins: ['https://desk.example.org'] });
    try {
      const allowed = await fetch(`${open.url}/v1/workspaces`, { method: 'OPTIONS', headers: preflight });
      expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
        204,
        'https://desk.example.org',
      ]);
      expect(allowed.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Idempotency-Key/);
      const read = await open.call('incidents', { headers: { origin: 'https://desk.example.org' } });
      expect(read.headers.get('access-control-allow-origin')).toBe('https://desk.example.org');
      expect(read.headers.get('access-control-allow-credentials')).toBeNull();
      expect(read.headers.get('access-control-expose-headers')).toMatch(/ETag/);
      const other = await open.call('incidents', { headers: { origin: 'https://elsewhere.example' } });
      expect(other.headers.get('access-control-allow-origin')).toBeNull();
      // A wrong address and a wrong method are still told apart.
      expect((await fetch(`${open.url}/nowhere`)).status).toBe(404);
      expect((await fetch(`${open.url}/v1/workspaces`, { method: 'DELETE' })).status).toBe(405);
    } finally {
      await open.close();
    }
  });
});

describe('refused attempts', () => {
  it('are shown to overseers, counted, without a secret, and leave the ledger as it was', async () => {
    const service = await startTestService();
    try {
      const reader = await service.member('rea', 'reader');
      const auditor = await service.member('aud', 'auditor');
      const size = await service.size();
      for (let at = 0; at < 3; at += 1) await reader.post('incidents', { title: 'Not mine to open' });
      const guessed = 'casebook_a-token-that-somebody-guessed';
      await service.client(guessed).get('members');
      await service.client(guessed).get('/v1/workspaces/nobodys/members');
      const refused = await reader.get('refusals');
      expect(refused.status).toBe(403);
      expect(await service.size()).toBe(size);

      let items: Record<string, unknown>[] = [];
      while (items.length < 3) {
        items = (await auditor.get<{ items: Record<string, unknown>[] }>('refusals')).body.items;
      }
      const told = items.map(({ code, method, route, member, count }) => [
        code,
        method,
        route,
        member,
        count,
      ]);
      expect(told).toEqual(
        expect.arrayContaining([
          ['unauthenticated', 'GET', '/v1/workspaces/:workspace/members', undefined, 1],
          ['not-permitted', 'GET', '/v1/workspaces/:workspace/refusals', 'rea', 1],
        ]),
      );
      const opening = items.filter(({ method }) => method === 'POST');
      expect(opening.reduce((sum, { count }) => sum + Number(count), 0)).toBe(3);
      expect(new Set(opening.map(({ route, member }) => `${String(route)} ${String(member)}`))).toEqual(
        new Set(['/v1/workspaces/:workspace/incidents rea']),
      );
      expect(JSON.stringify(items)).not.toContain(guessed);
      // What comes after some of them were written is counted on top of these.
      const openings = async () =>
        (await auditor.get<{ items: { method: string; count: number }[] }>('refusals')).body.items.filter(
          ({ method }) => method === 'POST',
        );
      const before = JSON.stringify(await openings());
      await reader.post('incidents', { title: 'Still not mine to open' });
      let after = await openings();
      while (JSON.stringify(after) === before) after = await openings();
      expect(after.reduce((sum, { count }) => sum + count, 0)).toBe(4);
      // Made-up workspaces make no rows.
      const { rows } = await service.database.ownerPool.query<{ workspace_id: string }>(
        'SELECT DISTINCT workspace_id FROM access_refusals',
      );
      expect(rows).toEqual([{ workspace_id: 'default' }]);
      // In pages, as they come.
      const first = (await auditor.get('refusals?limit=1')).body;
      const second = (await auditor.get(`refusals?limit=1&cursor=${first.next as string}`)).body;
      items = (await auditor.get<{ items: Record<string, unknown>[] }>('refusals')).body.items;
      expect([first.items[0], second.items[0]]).toEqual(items.slice(0, 2));
    } finally {
      await service.close();
    }
  });

  it('are kept to the latest of each workspace', async () => {
    const service = await startTestService();
    try {
      for (const [workspace, at] of [1, 2, 3, 4, 5].flatMap((each) => [
        ['default', each],
        ['desk-two', each],
      ])) {
        await service.database.ownerPool.query(
          `INSERT INTO access_refusals
             (workspace_id, minute, code, method, route, address, member_id, count, first_at, last_at)
           VALUES ($1, now(), 'not-permitted', 'GET', '/' || $2::text, '', '', 1, now(), now())`,
          [workspace, at],
        );
      }
      const refusals = service.application.get(Refusals);
      const kept = async () =>
        (await refusals.list('default', { limit: 10 })).items.map(({ route }) => route);
      await refusals.trim('default', 5);
      expect(await kept()).toEqual(['/5', '/4', '/3', '/2', '/1']);
      await refusals.trim('default', 2);
      expect(await kept()).toEqual(['/5', '/4']);
      expect((await refusals.list('desk-two', { limit: 10 })).items).toHaveLength(5);
    } finally {
      await service.close();
    }
  });

  it('include those over the limit of requests', async () => {
    const service = await startGuarded({ requestsPerMinute: 1 });
    try {
      await service.call('settings');
      expect((await service.call('settings')).status).toBe(429);
      let rows: unknown[] = [];
      while (rows.length === 0) {
        ({ rows } = await service.database.ownerPool.query(
          'SELECT code, workspace_id, method, count FROM access_refusals',
        ));
      }
      expect(rows).toEqual([{ code: 'rate-limited', workspace_id: 'default', method: 'GET', count: 1 }]);
    } finally {
      await service.close();
    }
  });

  it('are shown within an answered batch or import as well', async () => {
    const service = await startTestService();
    try {
      const ann = await service.member('ann', 'annotator');
      const incident = (await ann.post('incidents', { title: 'Hers' })).body.id as string;
      const batch = await ann.post('batches', {
        mode: 'each',
        commands: [
          { command: 'close-incident', incidentId: incident },
          { command: 'record-attack', incidentId: incident, body: { summary: 'Rockets' } },
        ],
      });
      expect(batch.body.results.map(({ status }: { status: number }) => status)).toEqual([403, 201]);

      const issued = (await service.admin.post('members/ann/tokens', {})).body;
      const line = (key: string) =>
        `${JSON.stringify({ key, command: 'record-attack', body: { summary: key } })}\n`;
      async function* body() {
        yield Buffer.from(line('first'));
        while ((await ann.get(`incidents/${incident}/attacks`)).body.items.length < 2);
        await service.admin.post(`tokens/${issued.id}/revocation`, {});
        yield Buffer.from(line('second'));
      }
      const answer = await fetch(
        new URL(`/v1/workspaces/default/incidents/${incident}/import`, service.url),
        {
          method: 'POST',
          headers: { authorization: `Bearer ${issued.token}`, 'content-type': 'application/x-ndjson' },
          body: body(),
          duplex: 'half',
        } as unknown as RequestInit,
      );
      expect(await answer.text()).toContain('not-permitted');

      let items: Record<string, unknown>[] = [];
      while (items.length < 2) items = (await service.admin.get('refusals')).body.items;
      expect(items.map(({ code, route, member, count }) => [code, route, member, count])).toEqual([
        ['not-permitted', '/v1/workspaces/:workspace/incidents/:incident/import', 'ann', 1],
        ['not-permitted', '/v1/workspaces/:workspace/batches', 'ann', 1],
      ]);
    } finally {
      await service.close();
    }
  });
});

describe('secrets', () => {
  it('are in no line of the log and in no answer, whatever fails', async () => {
    const service = await startGuarded({ requestsPerMinute: 1_000 });
    try {
      const given: string[] = [service.token];
      const answers: string[] = [];
      const json = { 'content-type': 'application/json' };
      const send = async (path: string, init?: RequestInit): Promise<string> => {
        const text = await (await service.call(path, init)).text();
        return text;
      };
      const post = (path: string, body: unknown) =>
        send(path, { method: 'POST', headers: json, body: JSON.stringify(body) });
      answers.push(await post('members', { id: 'ann', name: 'Ann', role: 'annotator' }));
      const { token } = JSON.parse(await post('members/ann/tokens', {})) as { token: string };
      given.push(token);
      const guessed = 'casebook_guessed-by-somebody-0123456789';
      given.push(guessed);
      for (const authorization of [`Bearer ${guessed}`, `Basic ${guessed}`, `Bearer ${token}`]) {
        for (const path of ['incidents', 'members', 'nowhere', '%zz', '/v1/workspaces/other/incidents'])
          answers.push(await send(path, { headers: { authorization } }));
        answers.push(
          await send('members', { method: 'POST', headers: { ...json, authorization }, body: '{"id":' }),
        );
      }
      // A token in an address is none, and is not kept in the log either.
      for (const name of ['access_token', 'apiToken', 'q', guessed])
        await send(`incidents?${name}=${token}`, { headers: { authorization: '' } });
      // Nor is a token of an identity provider, nor what an address calls a secret itself.
      const foreign = ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJub3JhIn0.c2lnbmVk', 'a-word-that-opens'];
      given.push(...foreign);
      await send(`incidents?q=${foreign[0]}`);
      for (const name of ['password', 'client_secret', 'Authorization'])
        await send(`incidents?limit=1&${name}=${foreign[1]}&cursor=1`);
      // A statement that fails inside of the service: its table is gone for a moment.
      await service.database.ownerPool.query('ALTER TABLE incidents_v1.incidents RENAME TO elsewhere');
      const failed = await service.call('incidents');
      answers.push(await failed.text());
      await service.database.ownerPool.query('ALTER TABLE incidents_v1.elsewhere RENAME TO incidents');
      expect(failed.status).toBe(500);

      const log = service.log.join('');
      expect(log).toContain('"refused"');
      expect(log).toContain('incidents');
      const { password } = new URL(service.database.url);
      for (const secret of [...given, ...(password === '' ? [] : [decodeURIComponent(password)])]) {
        expect(log.includes(secret)).toBe(false);
        expect(answers.join('').includes(secret)).toBe(false);
      }
      expect(answers.join('')).not.toMatch(/SELECT|relation|QueryFailedError|node_modules|\.ts:\d/);
    } finally {
      await service.close();
    }
  });
});

describe('a service that stops', () => {
  it('answers the request that is under way and the one behind it, and ends the connection with the last answer', async () => {
    const service = await startTestService();
    try {
      const server = service.application.getHttpServer();
      const { hostname, port } = new URL(service.url);
      const head = (request: string, ...lines: string[]): string =>
        [
          `${request} HTTP/1.1`,
          'Host: desk',
          `Authorization: Bearer ${service.admin.token}`,
          ...lines,
          '',
          '',
        ].join('\r\n');
      const body = JSON.stringify({ title: 'The last one' });
      const asked = once(server, 'request');
      const socket = connect(Number(port), hostname);
      const post = head(
        'POST /v1/workspaces/default/incidents',
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      );
      socket.write(post + body.slice(0, 5));
      await asked;
      const closed = service.application.close();
      while (server.listening) await new Promise((resolve) => setImmediate(resolve));
      socket.write(body.slice(5) + head('GET /v1/workspaces/default/incidents'));
      const [first = '', second = ''] = (await text(socket)).split(/(?=HTTP\/1\.1)/);
      await closed;
      expect(first).toMatch(/^HTTP\/1\.1 201 /);
      expect(second).toMatch(/^HTTP\/1\.1 200 /);
      expect([first, second].map((answer) => /^connection: close\r$/im.test(answer))).toEqual([false, true]);
    } finally {
      await service.close();
    }
  });
});
