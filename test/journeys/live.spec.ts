import { LiveReader } from '../support/live-reader.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

describe('the live feed', () => {
  let service: TestService;
  let admin: Client;
  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
  });
  afterAll(() => service.close());

  const open = (title: string) => admin.post('incidents', { title });
  const head = async (): Promise<number> => (await open('marker')).body.position as number;

  it('gives each event once, in order, as CloudEvents, from a position on and as they come', async () => {
    const reader = await LiveReader.open(service.url, admin.token, 'events?after=0');
    expect(reader.status).toBe(200);
    const last = (await open('One')).body.position as number;
    await reader.until(() => reader.events.at(-1)?.id === last);
    expect(reader.events.map(({ id }) => id)).toEqual(Array.from({ length: last }, (_, at) => at + 1));
    expect(reader.events.at(-1)).toMatchObject({
      event: 'IncidentOpened',
      data: {
        specversion: '1.0',
        type: 'casebook.IncidentOpened',
        sequence: String(last).padStart(16, '0'),
        data: { title: 'One' },
      },
    });
    reader.close();
  });

  it('resumes behind Last-Event-ID without a gap and without a repeat, also from another process', async () => {
    const before = await head();
    const missed = (await open('while away')).body.position as number;
    const other = await service.another();
    const reader = await LiveReader.open(other.url, admin.token, 'events', {
      'last-event-id': String(before),
    });
    await reader.until(() => reader.events.length > 0);
    expect(reader.events.map(({ id }) => id)).toEqual([missed]);
    const next = (await open('by the first process')).body.position as number;
    await reader.until(() => reader.events.at(-1)?.id === next);
    expect(reader.events.map(({ id }) => id)).toEqual([missed, next]);
    reader.close();
  });

  it('loses nothing where the connection breaks before a first event came: it says at once where to come back to', async () => {
    const incident = (await open('Quiet')).body.id as string;
    const path = `events?incidentId=${incident}`;
    const first = await LiveReader.open(service.url, admin.token, path);
    await first.until(() => first.lastEventId !== undefined);
    await open('Another, which is not asked for');
    first.close();
    const missed = await admin.patch(`incidents/${incident}`, { summary: 'While away.' });
    const second = await LiveReader.open((await service.another()).url, admin.token, path, {
      'last-event-id': first.lastEventId!,
    });
    await second.until(() => second.events.length > 0);
    expect(second.events.map(({ id }) => id)).toEqual([missed.body.position]);
    second.close();
  });

  it('is for those who accept it, and the page for those who do not', async () => {
    const kinds: [string, string][] = [
      ['text/event-stream', 'text/event-stream'],
      ['Text/Event-Stream; charset=utf-8, application/json;q=0.5', 'text/event-stream'],
      ['application/json, text/event-stream;q=0.1', 'application/json'],
      ['application/json;q=0.1, text/event-stream', 'text/event-stream'],
      ['text/event-stream;q=0', 'application/json'],
      ['application/json, text/event-stream; q=0.000', 'application/json'],
      ['text/event-stream-of-another-kind', 'application/json'],
      ['*/*', 'application/json'],
    ];
    for (const [accept, type] of kinds) {
      const end = new AbortController();
      const answer = await fetch(new URL('/v1/workspaces/default/events', service.url), {
        headers: { authorization: `Bearer ${admin.token}`, accept },
        signal: end.signal,
      });
      expect([accept, answer.headers.get('content-type')]).toEqual([accept, `${type}; charset=utf-8`]);
      end.abort();
    }
  });

  it('filters by incident and by type', async () => {
    const incident = await open('Followed');
    const at = incident.body.position as number;
    const byIncident = await LiveReader.open(
      service.url,
      admin.token,
      `events?after=${at}&incidentId=${incident.body.id}`,
    );
    const byType = await LiveReader.open(service.url, admin.token, `events?after=${at}&type=AttackRecorded`);
    await open('Another');
    await admin.post(`incidents/${incident.body.id}/attacks`, { summary: 'An attack' });
    await Promise.all([
      byIncident.until(() => byIncident.events.length > 0),
      byType.until(() => byType.events.length > 0),
    ]);
    expect(byIncident.events.map(({ event }) => event)).toEqual(['AttackRecorded']);
    expect(byType.events.map(({ event }) => event)).toEqual(['AttackRecorded']);
    byIncident.close();
    byType.close();
  });

  it('refuses a Last-Event-ID that is none, and one that is beyond the ledger', async () => {
    for (const id of ['x', '-1', '999999999']) {
      const answer = await admin.get('events', { accept: 'text/event-stream', 'last-event-id': id });
      expect([id, answer.status, answer.headers.get('content-type')]).toEqual([
        id,
        400,
        'application/problem+json; charset=utf-8',
      ]);
    }
  });

  it('names the parameter where that is what lies beyond the ledger', async () => {
    for (const parameter of ['after', 'cursor']) {
      const { status, body } = await admin.get(`events?${parameter}=1000000`, {
        accept: 'text/event-stream',
      });
      expect([status, body.errors]).toEqual([
        400,
        [{ parameter, detail: expect.stringMatching(/^is beyond the end of this ledger/) }],
      ]);
    }
  });

  it('ends for a member whose token is revoked', async () => {
    const visitor = await service.member('visitor', 'reader');
    const reader = await LiveReader.open(service.url, visitor.token, 'events');
    const [token] = (await admin.get('members/visitor/tokens')).body.items as { id: string }[];
    await admin.post(`tokens/${token!.id}/revocation`);
    await reader.until(() => reader.ended);
    expect(reader.events.filter(({ event }) => event === 'TokenRevoked')).toEqual([]);
  });

  it('ends for a member who is removed', async () => {
    const leaver = await service.member('leaver', 'reader');
    const reader = await LiveReader.open(service.url, leaver.token, 'events');
    expect((await admin.post('members/leaver/removal')).status).toBe(200);
    await reader.until(() => reader.ended);
    expect(reader.events).toEqual([]);
  });

  it('ends for a member who may see less than before, for it was let in as somebody who saw more', async () => {
    await service.member('cleared', 'reader');
    await service.member('overseer', 'auditor');
    for (const [member, less] of [
      ['cleared', { clearance: 'green' }],
      ['overseer', { role: 'reader' }],
    ] as const) {
      const { token } = (await admin.post(`members/${member}/tokens`)).body as { token: string };
      const reader = await LiveReader.open(service.url, token, 'events');
      await admin.patch(`members/${member}`, less);
      await reader.until(() => reader.ended);
      expect(reader.events).toEqual([]);
    }
  });

  it('a reader that stalls harms nobody, and gets all of it when it goes on', async () => {
    const from = await head();
    const stalled = await LiveReader.open(service.url, admin.token, `events?after=${from}`);
    stalled.pause();
    const quick = await LiveReader.open(service.url, admin.token, `events?after=${from}`);
    const summary = 'x'.repeat(9_000);
    let last = 0;
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, at) => admin.post('incidents', { title: `${round}/${at}`, summary })),
      );
      last = Math.max(last, ...answers.map(({ body }) => body.position as number));
    }
    await quick.until(() => quick.events.at(-1)?.id === last);
    stalled.resume();
    await stalled.until(() => stalled.events.at(-1)?.id === last);
    const expected = Array.from({ length: last - from }, (_, at) => from + at + 1);
    expect(quick.events.map(({ id }) => id)).toEqual(expected);
    expect(stalled.events.map(({ id }) => id)).toEqual(expected);
    quick.close();
    stalled.close();
  });

  it('reaches a thousand readers, each event to every one', async () => {
    const from = await head();
    const readers: LiveReader[] = [];
    // Some at a time: more than the server's backlog would wait for their connections to be tried again.
    while (readers.length < 1000) {
      const some = Array.from({ length: 100 }, () =>
        LiveReader.open(service.url, admin.token, `events?after=${from}`),
      );
      readers.push(...(await Promise.all(some)));
    }
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => open(`to all ${at}`)));
    const last = Math.max(...answers.map(({ body }) => body.position as number));
    await Promise.all(readers.map((reader) => reader.until(() => reader.events.at(-1)?.id === last)));
    for (const reader of readers) {
      expect(reader.events.length).toBe(last - from);
      reader.close();
    }
  });
});
