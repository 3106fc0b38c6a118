import { answerOf, Casebook, ProblemAnswer } from '@casebook/client';
import { followTheLedger } from '../../libs/client/examples/follow-the-ledger.js';
import { recordAClaim } from '../../libs/client/examples/record-a-claim.js';
import { reviseAfterSomebodyElse } from '../../libs/client/examples/two-hands-on-one-incident.js';
import { startTestService, type TestService } from '../support/service.js';

const workspace = 'default';

describe('the client', () => {
  let service: TestService;
  let token: string;
  beforeAll(async () => {
    service = await startTestService();
    ({ token } = service.admin);
  });
  afterAll(() => service.close());

  it('example: a claim is recorded and read back', async () => {
    const incident = await recordAClaim(service.url, token);
    expect(incident.title).toBe('The blast at the salt market');
    expect(incident.claims).toMatchObject([
      { anchor: { exact: 'nine people were killed', start: 9, end: 32 }, figure: { min: 9 } },
    ]);
  });

  it('example: a revision of something that has changed since is answered with the changes', async () => {
    const other = await service.member('bea', 'annotator');
    const { id } = (await service.admin.post('incidents', { title: 'Two hands' })).body;
    expect(await reviseAfterSomebodyElse(service.url, token, other.token, id as string)).toMatchObject([
      { actor: 'bea', changes: [{ field: 'summary', after: 'As the inquiry found.' }] },
    ]);
  });

  it('example: the ledger is followed from its first event', async () => {
    const size = await service.size();
    const seen = await followTheLedger(service.url, token, size);
    expect(seen.map((line) => Number(line.split(' ')[0]))).toEqual(
      Array.from({ length: size }, (_, at) => at + 1),
    );
    expect(seen[0]).toBe('1 casebook.WorkspaceOpened');
  });

  it('records a write once, though its answer is lost and it is sent again', async () => {
    let lost = 0;
    const casebook = new Casebook({
      url: service.url,
      token,
      firstWait: 1,
      async fetch(request) {
        const answer = await globalThis.fetch(request);
        if (lost < 2) {
          lost += 1;
          await answer.body?.cancel();
          throw new TypeError('the connection broke after the service had recorded it');
        }
        return answer;
      },
    });
    const before = await service.size();
    const sent = await casebook.api.POST('/v1/workspaces/{workspace}/incidents', {
      params: { path: { workspace } },
      body: { title: 'Once' },
    });
    expect([sent.response.status, sent.response.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await service.size()).toBe(before + 1);
  });

  it('tells a refusal as a problem with its code and facts', async () => {
    const { api } = new Casebook({ url: service.url, token });
    const refused = await answerOf(
      api.GET('/v1/workspaces/{workspace}/incidents/{incident}', {
        params: { path: { workspace, incident: '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d' } },
      }),
    ).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemAnswer);
    expect(refused).toMatchObject({ code: 'incident-unknown', status: 404 });
  });

  it('follows over connections that break, without a gap and without a repeat', async () => {
    const after = await service.size();
    let connections = 0;
    const casebook = new Casebook({
      url: service.url,
      token,
      firstWait: 1,
      longestWait: 1,
      async fetch(request) {
        connections += 1;
        const answer = await globalThis.fetch(request);
        return answer.body === null ? answer : new Response(cutAfter(answer.body, 3), answer);
      },
    });
    const count = 20;
    const writing = (async () => {
      for (let at = 0; at < count; at += 1) await service.admin.post('incidents', { title: `Live ${at}` });
    })();
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const { position } of casebook.follow(workspace, { after, signal: stop.signal })) {
      seen.push(position);
      if (seen.length === count) stop.abort();
    }
    await writing;
    expect(seen).toEqual(Array.from({ length: count }, (_, at) => after + at + 1));
    expect(connections).toBeGreaterThan(1);
  });

  it('a feed that its token may not read ends with the problem', async () => {
    const feed = new Casebook({ url: service.url, token: 'casebook_wrong' }).follow(workspace);
    await expect(feed.next()).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
  });
});

/** The same bytes, but that the connection breaks after so many pieces of them. */
function cutAfter(body: ReadableStream<Uint8Array>, pieces: number): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let read = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      read += 1;
      controller.enqueue(value);
      if (read >= pieces) {
        await reader.cancel();
        controller.error(new TypeError('terminated'));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
