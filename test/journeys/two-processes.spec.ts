import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { EventView, IncidentView } from '@casebook/contracts';
import { nextMessage, startProgram } from '@casebook/testing';
import { enter } from '../support/corpus.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const WRITERS = 64;
const EACH = 8;

describe('two service processes on one database', () => {
  let service: TestService;
  let programs: ChildProcess[];
  /** A client of each process, of one member. */
  let clients: Client[];
  let document: string;
  let shared: string;

  beforeAll(async () => {
    service = await startTestService();
    programs = [1, 2].map(() =>
      startProgram(new URL('../support/service-process.fixture.ts', import.meta.url), [
        service.database.url,
        '7',
      ]),
    );
    const urls = await Promise.all(programs.map((program) => nextMessage<{ url: string }>(program)));
    clients = urls.map(({ url }) => service.client(service.admin.token, url));
    document = (
      await enter(service.admin, 'documents', { title: 'Text', text: 'At least nine were killed.' })
    ).id;
    shared = (await enter(service.admin, 'incidents', { title: 'Everybody works on this one' })).id;
    await enter(service.admin, `incidents/${shared}/documents`, { documentId: document });
  });
  afterAll(async () => {
    for (const program of programs) program.kill('SIGTERM');
    for (const program of programs) {
      if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
    }
    await service.close();
  });

  const clientOf = (writer: number): Client => {
    const client = clients[writer % clients.length];
    if (client === undefined) throw new Error('no process');
    return client;
  };

  it(`${WRITERS} writers at the same time: every answer has a position of its own, and the ledger has no gap`, async () => {
    const before = await service.size();
    const answered = await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        const client = clientOf(writer);
        const answers: { id: string; position: number; incident: string }[] = [];
        const own = await enter(client, 'incidents', { title: `Of writer ${writer}` });
        answers.push({ ...own, incident: own.id });
        for (let n = 0; n < EACH; n += 1) {
          const incident = n % 2 === 0 ? shared : own.id;
          const body = { summary: `Attack ${n} of writer ${writer}` };
          const made = await enter(client, `incidents/${incident}/attacks`, body);
          answers.push({ ...made, incident });
        }
        return answers;
      }),
    );
    const all = answered.flat();
    const size = await service.size();
    expect(all).toHaveLength(WRITERS * (EACH + 1));
    expect(size).toBe(before + all.length);
    const positions = all.map(({ position }) => position).sort((a, b) => a - b);
    expect(positions).toEqual(Array.from(all, (_, index) => before + 1 + index));
    for (const answers of answered) {
      const own = answers.map(({ position }) => position);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }

    const events: EventView[] = [];
    for (let after = 0; after < size; after += 500) {
      events.push(
        ...(await clientOf(0).get<{ items: EventView[] }>(`events?after=${after}&limit=500`)).body.items,
      );
    }
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
    const bySubject = new Map(events.map(({ subject, position }) => [subject, position]));
    expect(all.filter(({ id, position }) => bySubject.get(id) !== position)).toEqual([]);
    const ofShared = events.filter(({ stream }) => stream === `incident:${shared}`);
    expect(ofShared.map(({ version }) => version)).toEqual(ofShared.map((_, index) => index + 1));
  });

  it('what one process answered, the other shows at once', async () => {
    for (let n = 0; n < 20; n += 1) {
      const [writer, reader] = [clientOf(n), clientOf(n + 1)];
      const { id } = await enter(writer, `incidents/${shared}/claims`, {
        anchor: { documentId: document, exact: 'nine were killed' },
      });
      expect((await reader.get(`incidents/${shared}/claims/${id}`)).body).toMatchObject({ id, revision: 1 });
    }
  });

  it('of two revisions of one revision, one wins, whichever process each comes through', async () => {
    const { id } = await enter(clientOf(0), `incidents/${shared}/attacks`, { summary: 'As first seen' });
    const path = `incidents/${shared}/attacks/${id}`;
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        clientOf(n).patch(path, { summary: `Seen by ${n}` }, { 'if-match': '"1"' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(15);
    expect((await clientOf(1).get(path)).body.revision).toBe(2);
  });

  it('one key through both processes is one command', async () => {
    const headers = { 'idempotency-key': 'through-both' };
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => clientOf(n).post('incidents', { title: 'Once' }, headers)),
    );
    const recorded = answers.filter(({ status }) => status < 300);
    expect(answers.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([]);
    expect(recorded.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(recorded.map(({ body }) => body.id)).size).toBe(1);
  });

  it('the live views, in either process, are what a replay of the ledger gives', async () => {
    for (const { differences } of await service.replay()) expect(differences).toEqual([]);
    const [one, other] = await Promise.all(
      [0, 1].map((n) => clientOf(n).get<IncidentView>(`incidents/${shared}`)),
    );
    expect(one?.body).toEqual(other?.body);
    expect(one?.body.attacks).toHaveLength((WRITERS * EACH) / 2 + 1);
    const asOf = await clientOf(1).get<IncidentView>(`incidents/${shared}?asOf=${await service.size()}`);
    expect(asOf.body).toEqual(one?.body);
  });
});
