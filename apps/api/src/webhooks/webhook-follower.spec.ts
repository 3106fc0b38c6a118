import { createHmac } from 'node:crypto';
import { poolOf } from '@casebook/postgres';
import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { AccessQueries, HistoryQueries } from '@casebook/views';
import { openResources } from '../service.js';
import { commandMembers, openWithAdmin } from '../workspaces.js';
import { Reachable } from './reachable.js';
import { Receiver } from './receiver.fixture.js';
import { WebhookFollower } from './webhook-follower.js';
import { WebhookStore } from './webhook-store.js';

const DESK = 'default';

describe('a webhook', () => {
  let database: TestDatabase;
  let resources: Awaited<ReturnType<typeof openResources>>;
  let store: WebhookStore;
  let receiver: Receiver;
  let members = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    resources = await openResources(database.url, {
      poolSize: 4,
      home: temporaryHome(),
      origin: 'casebook.test',
      signingSecrets: [Buffer.alloc(32, 7)],
    });
    store = new WebhookStore(poolOf(resources.dataSource));
    await openWithAdmin(resources.ledger, {
      workspaceId: DESK,
      admin: { id: 'admin', name: 'Administrator' },
      correlationId: 'test',
    });
  });
  afterAll(async () => {
    await resources.close();
    await database.drop();
  });
  beforeEach(async () => {
    receiver = await Receiver.open();
  });
  afterEach(async () => {
    await receiver.close();
    await database.pool.query('DELETE FROM webhooks');
  });

  /** Two further attempts, at once. */
  const follower = (): WebhookFollower =>
    new WebhookFollower(
      {
        store,
        histories: new HistoryQueries(resources.ledger, resources.reading),
        access: new AccessQueries(resources.dataSource, resources.ledger),
        ledger: resources.ledger,
        reachable: new Reachable(['127.0.0.0/8']),
      },
      [0, 0],
    );
  const head = async (): Promise<number> => (await resources.ledger.head(DESK))!.size;
  /** Records so many events, and gives their positions. */
  const record = async (count: number): Promise<number[]> => {
    const before = await head();
    for (let each = 0; each < count; each += 1) {
      members += 1;
      const member = { id: `member-${members}`, name: 'Member', role: 'reader' as const };
      const command = { workspaceId: DESK, actorId: 'admin', correlationId: 'test' };
      await commandMembers(resources.ledger, command, [{ type: 'AddMember', member }]);
    }
    return Array.from({ length: (await head()) - before }, (_, at) => before + at + 1);
  };
  const make = async (memberId = 'admin') =>
    (await store.make(DESK, { url: receiver.url, memberId, oversees: true }))!;
  const only = async () => (await store.list(DESK))[0]!;

  it('gets every further event once, in order, signed as Standard Webhooks says', async () => {
    const { secret } = await make();
    const positions = await record(3);
    expect(await follower().pass()).toBe(1);
    expect(receiver.positions).toEqual(positions);
    for (const { headers, body } of receiver.received) {
      const id = headers['webhook-id'] as string;
      const signed = `${id}.${headers['webhook-timestamp'] as string}.${body}`;
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      expect(headers['webhook-signature']).toBe(
        `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
      );
      expect(headers['content-type']).toBe('application/cloudevents+json');
      expect(JSON.parse(body)).toMatchObject({ specversion: '1.0', id, type: 'casebook.MemberAdded' });
    }
    expect(await follower().pass()).toBe(0);
    expect(await only()).toMatchObject({ position: await head(), attempts: 0, error: null });
  });

  it('that fails and comes back gets the same event again, and nothing before it', async () => {
    await make();
    const positions = await record(2);
    receiver.answer = (response) => void response.writeHead(500).end();
    await follower().pass();
    expect(await only()).toMatchObject({ attempts: 1, error: 'The receiver answered 500.' });
    receiver.answer = (response) => void response.destroy();
    await follower().pass();
    expect((await only()).error).toMatch(/^There was no answer: /u);
    receiver.answer = (response) => void response.writeHead(202).end();
    await follower().pass();
    const [first, second] = positions;
    expect(receiver.positions).toEqual([first, first, first, second]);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
  });

  it('that keeps failing loses the event to the dead letters, goes on, and gets all again on request', async () => {
    const { id } = await make();
    const positions = await record(2);
    receiver.answer = (response, { body }) =>
      void response
        .writeHead(body.includes(`"sequence":"${String(positions[0]).padStart(16, '0')}"`) ? 500 : 204)
        .end();
    const one = follower();
    for (let pass = 0; pass < 3; pass += 1) await one.pass();
    expect(receiver.positions).toEqual([positions[0], positions[0], ...positions]);
    expect(await store.deadLetters(DESK, id)).toEqual([
      { position: positions[0], failedAt: expect.any(String) as string, error: 'The receiver answered 500.' },
    ]);
    expect(await only()).toMatchObject({ deadLetters: 1, position: await head() });
    receiver.answer = (response) => void response.writeHead(204).end();
    receiver.received.length = 0;
    await store.rewind(DESK, id, positions[0]! - 1);
    await one.pass();
    expect(receiver.positions).toEqual(positions);
    expect(await only()).toMatchObject({ deadLetters: 0, status: 'active' });
  });

  it('that redirects fails, and its target gets nothing', async () => {
    await make();
    await record(1);
    const target = await Receiver.open();
    receiver.answer = (response) => void response.writeHead(307, { location: target.url }).end();
    await follower().pass();
    expect((await only()).error).toBe('The receiver answered 307.');
    expect(target.received).toEqual([]);
    await target.close();
  });

  it('that says it is gone is stopped', async () => {
    await make();
    await record(1);
    receiver.answer = (response) => void response.writeHead(410).end();
    await follower().pass();
    expect(await only()).toMatchObject({ status: 'stopped', error: 'The receiver answered 410.' });
    expect(await follower().pass()).toBe(0);
  });

  it('of a member who was removed is stopped', async () => {
    const [position] = await record(1);
    await make(`member-${members}`);
    await commandMembers(resources.ledger, { workspaceId: DESK, actorId: 'admin', correlationId: 'test' }, [
      { type: 'RemoveMember', id: `member-${members}` },
    ]);
    await follower().pass();
    expect(receiver.received).toEqual([]);
    expect(await only()).toMatchObject({ status: 'stopped', position });
  });

  it('whose receiver hangs while the process stops gets the event from another process', async () => {
    await make();
    const [position] = await record(1);
    receiver.answer = () => undefined;
    const stopping = follower();
    const passing = stopping.pass();
    await receiver.arrived(1);
    await stopping.onApplicationShutdown();
    await passing;
    receiver.answer = (response) => void response.writeHead(204).end();
    expect(await follower().pass()).toBe(1);
    expect(receiver.positions).toEqual([position, position]);
  });

  it('whose process was killed gets the event once the lease has ended, and the dead process changes nothing', async () => {
    await make();
    const [position] = await record(1);
    const [killed] = await store.lease();
    expect(await follower().pass()).toBe(0);
    await database.pool.query(`UPDATE webhooks SET leased_until = now() - interval '1 s'`);
    expect(await follower().pass()).toBe(1);
    expect(receiver.positions).toEqual([position]);
    expect(await store.advance(killed!, 0)).toBe(false);
    expect(await store.bury(killed!, position!, 'late')).toBe(false);
    expect(await only()).toMatchObject({ position, deadLetters: 0 });
  });

  it('is delivered by one of two processes at a time', async () => {
    await make();
    const positions = await record(5);
    await Promise.all([follower().pass(), follower().pass()]);
    expect(receiver.positions).toEqual(positions);
  });
});
