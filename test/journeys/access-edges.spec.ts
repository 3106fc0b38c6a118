import { Ledger } from '@casebook/ledger';
import { membersFold, newEvent, streams } from '@casebook/views';
import { loggedUrl } from '../../apps/api/src/index.js';
import { LiveReader } from '../support/live-reader.js';
import { sendRaw } from '../support/raw-http.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

describe('at the edge of the service', () => {
  let service: TestService;
  let admin: Client;
  let incident: string;
  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
    incident = (await admin.post('incidents', { title: 'One' })).body.id as string;
  });
  afterAll(() => service.close());

  it('a member whose id an older version accepted can be read, demoted and removed', async () => {
    const id = 'Alice Smith';
    await service.application.get(Ledger).commit({
      workspaceId: 'default',
      actorId: 'operator',
      correlationId: 'older-version',
      body: null,
      parts: [
        {
          streamId: streams.members,
          fold: membersFold,
          decide: () => ({
            accepted: true,
            events: [newEvent({ type: 'MemberAdded', subject: id, data: { name: id, role: 'admin' } })],
          }),
        },
      ],
    });
    const path = `members/${encodeURIComponent(id)}`;
    expect((await admin.get(path)).body).toMatchObject({ id, role: 'admin' });
    expect((await admin.patch(path, { role: 'reader' })).status).toBe(200);
    expect((await admin.post(`${path}/removal`, {})).status).toBe(200);
    expect((await admin.get(path)).body).toMatchObject({ role: 'reader', status: 'removed' });
  });

  it('a guessed token is shown to the admin, whatever workspace name is requested beside it', async () => {
    const guess = service.client('casebook_guessed');
    const names = ['default', '%00', '%F0%9F%92%A3', 'x'.repeat(400), 'default'];
    for (const name of names) await guess.get(`/v1/workspaces/${name}/settings`);
    let count = 0;
    while (count < 2) {
      const { items } = (await admin.get<{ items: { code: string; count: number }[] }>('refusals')).body;
      count = items.reduce((sum, item) => sum + (item.code === 'unauthenticated' ? item.count : 0), 0);
    }
    expect(count).toBe(2);
  });

  it('a request with two Host lines is refused (RFC 9112, 3.2)', async () => {
    const request = (hosts: string) => `GET /health/live HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`;
    expect((await sendRaw(service.url, request('Host: a\r\n'))).status).toBe(200);
    const twice = await sendRaw(service.url, request('Host: a\r\nHost: a\r\n'));
    expect(twice.status).toBe(400);
    expect(twice.body).toContain('several Host headers');
  });

  it.each(['a b', 'a, b', 'a/b', 'member@a', '\u00e9', 'a:80:80', '[::1'])(
    'a request to the host %s is refused (RFC 9112, 3.2)',
    async (host) => {
      const request = `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      const { status, body } = await sendRaw(service.url, request);
      expect([status, body]).toEqual([400, expect.stringContaining('The Host header is not')]);
    },
  );

  it.each(['', 'a', '127.0.0.1:3000', '[::1]:3000', 'casebook_a.example.', 'xn--bcher-kva.example:443'])(
    'a request to the host %j is answered',
    async (host) => {
      const request = `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expect((await sendRaw(service.url, request)).status).toBe(200);
    },
  );

  it.each([
    ['application/json, text/event-stream;q=0.1', 'application/json'],
    ['text/event-stream;q=0.1, application/json;q=0.2', 'application/json'],
    ['text/event-stream;q=0, */*', 'application/json'],
    ['*/*', 'application/json'],
    ['text/event-stream', 'text/event-stream'],
    ['text/event-stream, application/json;q=0.9', 'text/event-stream'],
  ])('Accept: %s gets events as %s', async (accept, type) => {
    const gone = new AbortController();
    const answer = await fetch(new URL('/v1/workspaces/default/events', service.url), {
      headers: { authorization: `Bearer ${admin.token}`, accept },
      signal: gone.signal,
    });
    expect(answer.headers.get('content-type')).toContain(type);
    gone.abort();
  });

  it('If-Match with a tag that no read gave is not a match', async () => {
    const { headers } = await admin.get(`incidents/${incident}`);
    const patch = (tag: string, more = {}) =>
      admin.patch(`incidents/${incident}`, { summary: tag }, { 'if-match': tag, ...more });
    const given = headers.get('etag') ?? '';
    expect(given).toMatch(/^"1\.[\w-]{22}"$/);
    const other = (await admin.post('incidents', { title: 'Two' })).body.id as string;
    const ofAnother = (await admin.get(`incidents/${other}`)).headers.get('etag') ?? '';
    const oneLetterOff = given.replace(/.(?="$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    const otherContent = given.replace(/(?<=\.)./, (letter) => (letter === 'A' ? 'B' : 'A'));
    for (const tag of [
      '"1.bogus"',
      '"1."',
      `"1.${'x'.repeat(23)}"`,
      `"1.${'x'.repeat(22)}"`,
      oneLetterOff,
      otherContent,
      ofAnother,
    ]) {
      expect((await patch(tag)).status).toBe(412);
      expect((await patch(tag, { prefer: 'merge' })).status).toBe(412);
    }
    expect((await patch(given)).status).toBe(200);
  });

  it('a live feed ends when its token does', async () => {
    const member = await service.member('soon-gone', 'reader');
    expect(member.token).toBeTruthy();
    const expiresAt = Date.now() + 3_000;
    const issued = await admin.post('members/soon-gone/tokens', {
      expiresAt: new Date(expiresAt).toISOString(),
    });
    expect(issued.status).toBe(201);
    const reader = await LiveReader.open(service.url, issued.body.token as string, 'events');
    expect(reader.status).toBe(200);
    while (!reader.ended) await new Promise((resolve) => setTimeout(resolve, 50));
    // The feed asks about the token every 15 seconds by itself.
    expect(Date.now() - expiresAt).toBeGreaterThanOrEqual(0);
    expect(Date.now() - expiresAt).toBeLessThan(10_000);
  });
});

describe('a URL in the log', () => {
  it.each([
    ['/v1/workspaces/default/search?q=Jane%20Witness&limit=5', '/v1/workspaces/default/search?q&limit'],
    ['/v1/workspaces/default/claims?tag=Jane=Witness?x&q=', '/v1/workspaces/default/claims?tag&q'],
    ['/health/live', '/health/live'],
    ['/x?casebook_secret=1', '/x?…'],
    ['/x/casebook_secret', '/x/…'],
  ])('of %s is %s', (url, logged) => {
    expect(loggedUrl(url)).toBe(logged);
  });
});
