import { retryingFetch } from './retrying-fetch.js';

/** Answers in turn; an error breaks the connection. */
function answering(...answers: (Response | Error)[]) {
  const sent: { method: string; key: string | null; body: string }[] = [];
  const send = async (request: Request): Promise<Response> => {
    sent.push({
      method: request.method,
      key: request.headers.get('idempotency-key'),
      body: await request.text(),
    });
    const answer = answers.shift();
    if (answer === undefined) throw new Error('sent more often than there are answers');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, fetch: retryingFetch({ fetch: send, firstWait: 1, longestWait: 4 }) };
}
const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ type: `urn:casebook:problem:${code}`, title: code, status }), {
    status,
    headers,
  });
const write = (headers: Record<string, string> = {}): Request =>
  new Request('http://casebook.test/v1', { method: 'POST', body: '{"title":"One"}', headers });

describe('a request that is sent again', () => {
  it('a write has the same key and the same body each time', async () => {
    const { sent, fetch } = answering(
      new TypeError('fetch failed'),
      problem(503, 'unavailable'),
      problem(409, 'key-in-progress'),
      problem(429, 'rate-limited', { 'retry-after': '0' }),
      new Response('{}', { status: 201 }),
    );
    expect((await fetch(write())).status).toBe(201);
    expect(sent.map(({ body }) => body)).toEqual(Array.from({ length: 5 }, () => '{"title":"One"}'));
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(sent[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('two writes have two keys, and a key of the caller’s is kept', async () => {
    const { sent, fetch } = answering(...Array.from({ length: 3 }, () => new Response('{}')));
    await fetch(write());
    await fetch(write());
    await fetch(write({ 'idempotency-key': 'mine' }));
    expect(new Set(sent.map(({ key }) => key)).size).toBe(3);
    expect(sent[2]?.key).toBe('mine');
  });

  it('a read has no key', async () => {
    const { sent, fetch } = answering(problem(502, 'gateway'), new Response('{}'));
    await fetch(new Request('http://casebook.test/v1'));
    expect(sent).toEqual([
      { method: 'GET', key: null, body: '' },
      { method: 'GET', key: null, body: '' },
    ]);
  });

  it('what was refused is not sent again', async () => {
    for (const refused of [
      problem(409, 'incident-closed'),
      problem(422, 'quote-not-found'),
      problem(500, 'internal-error'),
    ]) {
      const { sent, fetch } = answering(refused);
      expect(await fetch(write())).toBe(refused);
      expect(sent.length).toBe(1);
    }
  });

  it('comes to an end: with the last answer, or the last error', async () => {
    const busy = answering(...Array.from({ length: 6 }, () => problem(503, 'unavailable')));
    expect((await busy.fetch(write())).status).toBe(503);
    expect(busy.sent.length).toBe(6);
    const gone = answering(...Array.from({ length: 6 }, () => new TypeError('fetch failed')));
    await expect(gone.fetch(write())).rejects.toThrow('fetch failed');
    expect(gone.sent.length).toBe(6);
  });

  it('is not sent again once the caller has given it up', async () => {
    const stop = new AbortController();
    let sent = 0;
    const fetch = retryingFetch({
      firstWait: 60_000,
      fetch: () => {
        sent += 1;
        queueMicrotask(() => stop.abort(new Error('given up')));
        return Promise.resolve(problem(503, 'unavailable'));
      },
    });
    await expect(
      fetch(new Request('http://casebook.test/v1', { method: 'POST', body: '{}', signal: stop.signal })),
    ).rejects.toThrow('given up');
    expect(sent).toBe(1);
  });

  it('is given up while it is being sent, and not sent again', async () => {
    const stop = new AbortController();
    let sent = 0;
    const fetch = retryingFetch({
      firstWait: 1,
      async fetch() {
        sent += 1;
        stop.abort(new Error('given up'));
        throw stop.signal.reason;
      },
    });
    await expect(fetch(new Request('http://casebook.test/v1', { signal: stop.signal }))).rejects.toThrow(
      'given up',
    );
    expect(sent).toBe(1);
  });
});
