import { setTimeout as delay } from 'node:timers/promises';
import { enter } from '../support/corpus.js';
import { type Answer, type Client, startTestService, type TestService } from '../support/service.js';

const key = (name: string) => ({ 'idempotency-key': name });

/* One command, one key, one answer: for ever, and in whichever process. */
describe('an Idempotency-Key', () => {
  let service: TestService;
  let admin: Client;
  /** The same member, in another process. */
  let elsewhere: Client;
  let incident: string;

  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
    elsewhere = (await service.another()).client(admin.token);
    incident = (await enter(admin, 'incidents', { title: 'Harbour' })).id;
  });
  afterAll(() => service.close());

  const replayed = (answer: Answer): boolean => answer.headers.get('idempotency-replayed') === 'true';

  it('gives the first answer in every process, also in one that starts later', async () => {
    const before = await service.size();
    const first = await admin.post('incidents', { title: 'Once' }, key('once'));
    expect([first.status, replayed(first)]).toEqual([201, false]);
    const later = (await service.another()).client(admin.token);
    for (const client of [admin, elsewhere, later]) {
      const again = await client.post('incidents', { title: 'Once' }, key('once'));
      expect([again.status, again.body, replayed(again)]).toEqual([201, first.body, true]);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    }
    expect(await service.size()).toBe(before + 1);
  });

  it('gives it still when what it recorded was changed and taken back since', async () => {
    const path = `incidents/${incident}/comments`;
    const body = { targetId: incident, body: 'First.' };
    const made = await admin.post(path, body, key('comment'));
    const revise = { body: 'Second.' };
    const revised = await admin.patch(`${path}/${made.body.id}`, revise, key('revise'));
    const retract = { reason: 'Wrong.' };
    const retracted = await elsewhere.post(`${path}/${made.body.id}/retraction`, retract, key('retract'));
    expect([made.status, revised.status, retracted.status]).toEqual([201, 200, 200]);
    const size = await service.size();
    expect((await elsewhere.post(path, body, key('comment'))).body).toEqual(made.body);
    expect((await elsewhere.patch(`${path}/${made.body.id}`, revise, key('revise'))).body).toEqual(
      revised.body,
    );
    expect((await admin.post(`${path}/${made.body.id}/retraction`, retract, key('retract'))).body).toEqual(
      retracted.body,
    );
    expect(await service.size()).toBe(size);
  });

  it('issues one token: the secret is in the first answer alone', async () => {
    const first = await admin.post('members/admin/tokens', { label: 'laptop' }, key('token'));
    const again = await elsewhere.post('members/admin/tokens', { label: 'laptop' }, key('token'));
    const { token, ...rest } = first.body;
    expect([first.status, typeof token]).toEqual([201, 'string']);
    expect([again.status, again.body]).toEqual([201, rest]);
    expect((await service.client(token).get('tags')).status).toBe(200);
  });

  it('opens one workspace: the secret is in the first answer alone, and a workspace that another key opened is taken', async () => {
    const open = (client: Client, name: string, title?: string) =>
      client.post('/v1/workspaces', { id: 'desk-two', ...(title !== undefined && { title }) }, key(name));
    const first = await open(admin, 'open-desk');
    const again = await open(elsewhere, 'open-desk');
    const { token, ...rest } = first.body;
    expect([first.status, typeof token]).toEqual([201, 'string']);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([
      201,
      rest,
      'true',
    ]);
    expect(await service.size('desk-two')).toBe(3);
    expect((await service.client(token).get('/v1/workspaces/desk-two/tags')).status).toBe(200);
    const [titled, other] = [await open(admin, 'open-desk', 'Two'), await open(admin, 'open-desk-again')];
    expect([titled.status, titled.body.type]).toEqual([422, 'urn:casebook:problem:key-reused']);
    expect([other.status, other.body.type]).toEqual([409, 'urn:casebook:problem:workspace-exists']);
  });

  it('with another body, address or member is refused with 422 and records nothing', async () => {
    await admin.post('incidents', { title: 'Mine' }, key('mine'));
    const bob = await service.member('bob', 'annotator');
    const size = await service.size();
    for (const answer of [
      await admin.post('incidents', { title: 'Another' }, key('mine')),
      await elsewhere.post('incidents', { title: 'Another' }, key('mine')),
      await admin.post('documents', { title: 'Mine', text: 'Text.' }, key('mine')),
      await bob.post('incidents', { title: 'Mine' }, key('mine')),
    ]) {
      expect([answer.status, answer.body.type]).toEqual([422, 'urn:casebook:problem:key-reused']);
    }
    expect(await service.size()).toBe(size);
  });

  it('with the same body is another command under another address of the same thing', async () => {
    const { id } = await enter(admin, 'incidents', { title: 'Closed once' });
    expect((await admin.post(`incidents/${id}/closure`, {}, key('close'))).status).toBe(200);
    for (const client of [admin, elsewhere]) {
      const reopened = await client.post(`incidents/${id}/reopening`, {}, key('close'));
      expect([reopened.status, reopened.body.type]).toEqual([422, 'urn:casebook:problem:key-reused']);
    }
    expect((await admin.get(`incidents/${id}`)).body.status).toBe('closed');
  });

  it('stays free where the command was refused', async () => {
    const path = `incidents/${incident}/comments`;
    const nobody = '01990000-0000-7000-8000-00000000dead';
    const refused = await admin.post(path, { targetId: nobody, body: 'Of what?' }, key('free'));
    expect(refused.status).toBe(422);
    const made = await elsewhere.post(path, { targetId: incident, body: 'Of this.' }, key('free'));
    expect(made.status).toBe(201);
  });

  it('of a command that is still running is answered with 409, and with the answer once there is one', async () => {
    const holder = await service.database.ownerPool.connect();
    await holder.query('BEGIN');
    await holder.query(`SELECT 1 FROM ledger_heads WHERE workspace_id = 'default' FOR UPDATE`);
    const first = admin.post('incidents', { title: 'Slow' }, key('slow'));
    let second: Answer;
    try {
      // The second may overtake the first on its way in, and then it is the one that waits.
      await delay(200);
      second = await admin.post('incidents', { title: 'Slow' }, key('slow'));
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    expect([second.status, second.body.type, second.headers.get('retry-after')]).toEqual([
      409,
      'urn:casebook:problem:key-in-progress',
      '1',
    ]);
    const { status, body } = await first;
    expect(status).toBe(201);
    expect((await admin.post('incidents', { title: 'Slow' }, key('slow'))).body).toEqual(body);
  });

  it('sent by many at once to two processes is recorded once', async () => {
    const before = await service.size();
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const client = n % 2 === 0 ? admin : elsewhere;
        for (;;) {
          const answer = await client.post('incidents', { title: 'Together' }, key('together'));
          if (answer.status !== 409) return answer;
          await delay(20);
        }
      }),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(answers.filter((answer) => !replayed(answer))).toHaveLength(1);
    expect(await service.size()).toBe(before + 1);
  });
});
