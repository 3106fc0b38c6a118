import type { EventView, IncidentView } from '@casebook/contracts';
import { enter } from '../support/corpus.js';
import { LiveReader } from '../support/live-reader.js';
import { type Client, startTestService, type TestService } from '../support/service.js';
import { ServiceProcess } from '../support/service-process.js';

const WRITERS = 64;
const EACH = 8;

describe('two service processes on one database', () => {
  let service: TestService;
  let programs: ServiceProcess[];
  /** A client of each process, of one member. */
  let clients: Client[];
  let urls: string[];
  let document: string;
  let shared: string;

  beforeAll(async () => {
    service = await startTestService();
    programs = await Promise.all([1, 2].map(() => ServiceProcess.start(service.database.url)));
    urls = programs.map(({ url }) => url);
    clients = urls.map((url) => service.client(service.admin.token, url));
    document = (
      await enter(service.admin, 'documents', { title: 'Text', text: 'At least nine were killed.' })
    ).id;
    shared = (await enter(service.admin, 'incidents', { title: 'Everybody works on this one' })).id;
    await enter(service.admin, `incidents/${shared}/documents`, { documentId: document });
  });
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()));
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
    const size = await service.size();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => clientOf(n).post('incidents', { title: 'Once' }, headers)),
    );
    const recorded = answers.filter(({ status }) => status < 300);
    expect(answers.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([]);
    expect(recorded.every(({ status }) => status === 201)).toBe(true);
    expect(new Set(recorded.map(({ body }) => body.id)).size).toBe(1);
    expect(await service.size()).toBe(size + 1);
  });

  it('a change that one process refused as stale is merged by the other', async () => {
    const bob = service.client((await service.member('bob', 'annotator')).token, urls[1]);
    const { id } = await enter(clientOf(0), `incidents/${shared}/attacks`, { summary: 'A blast' });
    const path = `incidents/${shared}/attacks/${id}`;
    expect((await bob.patch(path, { summary: 'Two blasts' }, { 'if-match': '"1"' })).status).toBe(200);

    const stale = await clientOf(0).patch(path, { claimedBy: 'nobody' }, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    expect(stale.body).toMatchObject({
      expected: 1,
      current: 2,
      mergeable: true,
      conflicts: [],
      changes: [{ actor: 'bob', changes: [{ field: 'summary', before: 'A blast', after: 'Two blasts' }] }],
    });
    const merging = { 'if-match': '"1"', prefer: 'merge', 'idempotency-key': 'merged-elsewhere' };
    const merged = await clientOf(1).patch(path, { claimedBy: 'nobody' }, merging);
    expect([merged.status, merged.headers.get('preference-applied')]).toEqual([200, 'merge']);
    expect(merged.body.merged).toEqual({
      base: 1,
      theirs: ['summary'],
      yours: ['claimedBy'],
      combined: [],
    });
    const size = await service.size();
    const again = await clientOf(0).patch(path, { claimedBy: 'nobody' }, merging);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(merged.body);
    expect(await service.size()).toBe(size);
    expect((await clientOf(0).get(path)).body).toMatchObject({
      revision: 3,
      summary: 'Two blasts',
      claimedBy: 'nobody',
    });
  });

  it('a batch of one process, previewed for undoing there, is undone by the other in one commit', async () => {
    const before = (await clientOf(1).get<IncidentView>(`incidents/${shared}`)).body;
    const size = await service.size();
    const batch = await clientOf(0).post('batches', {
      mode: 'atomic',
      commands: [
        { command: 'record-attack', as: 'attack', incidentId: shared, body: { summary: 'In a batch' } },
        { command: 'make-comment', incidentId: shared, body: { targetId: '$attack', body: 'Which?' } },
        { command: 'raise-dispute', incidentId: shared, body: { question: 'Who?', targets: ['$attack'] } },
      ],
    });
    expect(batch.status).toBe(200);
    const positions = [size + 1, size + 2, size + 3];
    expect(batch.body.results.map(({ answer }: any) => answer.position)).toEqual(positions);
    const recorded = (await clientOf(1).get<IncidentView>(`incidents/${shared}`)).body;
    expect(recorded.disputes).toHaveLength(before.disputes.length + 1);

    const undo = { positions, reason: 'The wrong incident.' };
    const preview = await clientOf(0).post('undo', { ...undo, dryRun: true });
    expect([preview.status, preview.body.conflicts]).toEqual([200, []]);
    expect(await service.size()).toBe(size + 3);
    const key = { 'idempotency-key': 'undone-elsewhere' };
    const undone = await clientOf(1).post('undo', undo, key);
    const sentences = ({ body }: typeof undone) => body.undone.map(({ change }: any) => change.sentence);
    expect(sentences(undone)).toEqual(sentences(preview));
    expect(undone.body.undone.map(({ change }: any) => change.position)).toEqual([
      size + 4,
      size + 5,
      size + 6,
    ]);
    const again = await clientOf(0).post('undo', undo, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(undone.body);
    expect(await service.size()).toBe(size + 6);

    const standing = ({ attacks, comments, disputes }: IncidentView) =>
      [...attacks, ...comments, ...disputes].filter(({ status }) => status !== 'retracted');
    const after = (await clientOf(0).get<IncidentView>(`incidents/${shared}`)).body;
    expect(standing(after)).toEqual(standing(before));
  });

  it('a reader who changes the process between writes of both has every event once', async () => {
    const from = await service.size();
    const write = (n: number) =>
      enter(clientOf(n), `incidents/${shared}/attacks`, { summary: `Followed ${n}` });
    const seen: number[] = [];
    let last = from;
    for (let turn = 0; turn < 4; turn += 1) {
      // Written while nobody reads, and while the reader comes and reads, through both processes at the same time.
      await Promise.all([write(turn), write(turn + 1)]);
      const coming = LiveReader.open(urls[turn % 2] ?? '', service.admin.token, 'events', {
        'last-event-id': String(last),
      });
      const written = await Promise.all(Array.from({ length: 8 }, (_, n) => write(n)));
      const reader = await coming;
      expect(reader.status).toBe(200);
      // It goes away in the middle of what was written, but in the last turn.
      const own = written.map(({ position }) => position).sort((a, b) => a - b);
      const until = (turn === 3 ? own.at(-1) : own[3]) ?? 0;
      await reader.until(() => (reader.events.at(-1)?.id ?? 0) >= until);
      reader.close();
      const ids = reader.events.map(({ id }) => id);
      seen.push(...ids);
      last = ids.at(-1) ?? last;
    }
    const size = await service.size();
    expect(seen).toEqual(Array.from({ length: size - from }, (_, at) => from + 1 + at));
  });

  it('a token that one process revoked is dead in the other with the next request', async () => {
    await enter(service.admin, 'members', { id: 'gone', name: 'Gone', role: 'annotator' });
    for (const [revoking, using] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const issued = (await clientOf(revoking).post('members/gone/tokens')).body as {
        id: string;
        token: string;
      };
      const gone = service.client(issued.token, urls[using]);
      // Used there before, so that the other process has it in mind.
      expect((await gone.get(`incidents/${shared}`)).status).toBe(200);
      expect((await gone.post(`incidents/${shared}/attacks`, { summary: 'Seen' })).status).toBe(201);
      expect((await clientOf(revoking).post(`tokens/${issued.id}/revocation`)).status).toBe(200);
      const size = await service.size();
      expect((await gone.get(`incidents/${shared}`)).status).toBe(401);
      expect((await gone.post(`incidents/${shared}/attacks`, { summary: 'Seen' })).status).toBe(401);
      expect(await service.size()).toBe(size);
    }
  });

  it('the live views, in either process, are what a replay of the ledger gives', async () => {
    for (const { differences } of await service.replay()) expect(differences).toEqual([]);
    const [one, other] = await Promise.all(
      [0, 1].map((n) => clientOf(n).get<IncidentView>(`incidents/${shared}`)),
    );
    expect(one?.body).toEqual(other?.body);
    const { rows } = await service.database.ownerPool.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM events WHERE stream_id = $1 AND type = 'AttackRecorded'`,
      [`incident:${shared}`],
    );
    expect(one?.body.attacks).toHaveLength(rows[0]?.count ?? 0);
    const asOf = await clientOf(1).get<IncidentView>(`incidents/${shared}?asOf=${await service.size()}`);
    expect(asOf.body).toEqual(one?.body);
  });
});
