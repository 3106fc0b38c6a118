import { once } from 'node:events';
import { connect } from 'node:net';
import type { Problem } from '@casebook/contracts';
import { sendRaw } from '../../support/raw-http.js';
import { makeWorld, NOWHERE, TEXT, unharmed, type World } from './refused-requests.js';

describe('requests at the edge', () => {
  let world: World;
  let size: number;
  beforeAll(async () => {
    world = await makeWorld();
    size = await world.service.size();
  });
  afterAll(() => world.service.close());

  it('without any token, the answer asks for one', async () => {
    const answer = await fetch(`${world.service.url}/v1/workspaces/default/incidents`);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="casebook"']);
    expect(await answer.json()).toMatchObject({ type: 'urn:casebook:problem:unauthenticated', status: 401 });
  });

  it('a key that was used for another command is refused with both untouched', async () => {
    const { admin } = world.service;
    const headers = { 'idempotency-key': 'one-key' };
    const first = await admin.post('incidents', { title: 'Keyed' }, headers);
    size = await world.service.size();
    const other = await admin.post('incidents', { title: 'Otherwise' }, headers);
    expect([other.status, other.body.type]).toEqual([422, 'urn:casebook:problem:key-reused']);
    const somebodyElse = await world.annotator.post('incidents', { title: 'Keyed' }, headers);
    expect(somebodyElse.status).toBe(422);
    const again = await admin.post('incidents', { title: 'Keyed' }, headers);
    expect([again.status, again.body]).toEqual([201, first.body]);
    await unharmed(world, size);
  });

  it('a command that asks for the present state changes nothing: a second retraction, attachment or equal revision', async () => {
    const { admin } = world.service;
    const { incident, retracted, document, claim, settled } = world;
    const again = [
      await admin.post(`incidents/${incident}/claims/${retracted}/retraction`, { reason: 'Once more' }),
      await admin.post(`incidents/${incident}/documents`, { documentId: document }),
      await admin.patch(`incidents/${incident}/claims/${claim}`, {}),
      await admin.post(`incidents/${incident}/disputes/${settled}/resolution`, {
        outcome: 'prevails',
        prevailing: 0,
        reason: 'Two sources',
      }),
      await admin.post('documents', { title: 'Other details', text: TEXT }),
    ];
    expect(again.map(({ status, body }) => [status, body.id])).toEqual([
      [200, retracted],
      [200, document],
      [200, claim],
      [200, settled],
      [200, document],
    ]);
    expect(again[0]?.body.revision).toBe(2);
    await unharmed(world, size);
  });

  it('times at either end of the calendar are accepted everywhere, with any offset', async () => {
    const { admin } = world.service;
    const incident = `incidents/${world.incident}`;
    const lists = [
      'incidents',
      'documents',
      'members',
      'settings',
      'tags',
      'disputes',
      'activity',
      'audit',
      'search',
    ];
    const asOf = [...lists, incident, `${incident}/history`, `${incident}/graph`].map(
      (path) => `${path}?asOf`,
    );
    const periods = ['audit', 'activity', 'search', 'difference', `${incident}/difference`].map(
      (path) => `${path}?from`,
    );
    const times = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00+05:00'];
    const late = ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59-23:00'];
    for (const time of [...times, ...late]) {
      for (const path of [...asOf, ...periods, 'audit?to', 'activity?to', 'search?to']) {
        const { status } = await admin.get(`${path}=${encodeURIComponent(time)}`);
        const absent = path.startsWith(incident) && path.endsWith('asOf') && times.includes(time);
        expect([path, time, status]).toEqual([path, time, absent ? 404 : 200]);
      }
    }
    for (const time of ['0000-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']) {
      for (const period of [{ from: time }, { to: time }]) {
        const undo = { member: 'ann', ...period, reason: 'None.', dryRun: true };
        expect((await admin.post('undo', undo)).status).toBe(200);
      }
    }
  });

  it('HEAD answers as GET does, without the body', async () => {
    const answer = await world.service.admin.request('HEAD', `incidents/${world.incident}`);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('etag')).toMatch(/^"\d+\.[\w-]{22}"$/);
    const missing = await world.service.admin.request('HEAD', `incidents/${NOWHERE}`);
    expect([missing.status, missing.text]).toEqual([404, '']);
  });

  const POST = 'POST /v1/workspaces/default/incidents HTTP/1.1\r\nHost: x\r\n';
  it.each([
    ['not HTTP at all', 'what is this\r\n\r\n', 400],
    ['an unknown version', 'GET /health/live HTTP/9.9\r\nHost: x\r\n\r\n', 400],
    ['no Host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['an unknown method', 'BREW /health/live HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a header with a NUL', 'GET /health/live HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n', 400],
    ['headers without end', `GET /health/live HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address without end', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    [
      'a length that is not a number',
      `${POST}Content-Type: application/json\r\nContent-Length: ten\r\n\r\n{}`,
      400,
    ],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['a length and chunks', `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    [
      'malformed chunks',
      `${POST}Authorization: Bearer x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
    ],
    [
      'an unknown expectation, which is ignored',
      `${POST}Content-Type: application/json\r\nContent-Length: 2\r\nExpect: the-worst\r\nConnection: close\r\n\r\n{}`,
      401,
    ],
  ])('on the wire: %s', async (_, bytes, status) => {
    const answer = await sendRaw(world.service.url, bytes);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = JSON.parse(answer.body) as Problem;
    expect(problem).toMatchObject({
      status,
      type: expect.stringMatching(/^urn:casebook:problem:/) as string,
    });
    expect(problem.detail).toMatch(/\w{3}/);
    await unharmed(world, size);
  });

  it('a client that disconnects in the middle of its body stores nothing and blocks nothing', async () => {
    const { hostname, port } = new URL(world.service.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`${POST}Authorization: Bearer ${world.service.admin.token}\r\n`);
    socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"title":');
    await unharmed(world, size);
    socket.destroy();
    await unharmed(world, size);
  });
});
