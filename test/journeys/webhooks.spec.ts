import { Receiver } from '../../apps/api/src/webhooks/receiver.fixture.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const UNKNOWN = '01a20655-3d04-7eea-9335-8b9286dcf167';

describe('webhooks', () => {
  let service: TestService;
  let admin: Client;
  let receiver: Receiver;
  beforeAll(async () => {
    service = await startTestService({ webhookNetworks: ['127.0.0.0/8'] });
    ({ admin } = service);
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    receiver = await Receiver.open();
  });
  afterEach(async () => {
    for (const { id } of (await admin.get('webhooks')).body.items)
      expect((await admin.request('DELETE', `webhooks/${id}`)).status).toBe(204);
    await receiver.close();
  });

  const make = async (client = admin) => {
    const made = await client.post('webhooks', { url: receiver.url });
    expect(made.status).toBe(201);
    return made.body;
  };
  const types = (): string[] => receiver.received.map(({ body }) => JSON.parse(body).type);

  it('an event is sent as soon as it is recorded, and the secret is shown once', async () => {
    const { id, secret, position } = await make();
    expect(secret).toMatch(/^whsec_/u);
    expect(position).toBe(await service.size());
    await admin.post('incidents', { title: 'Rockets at Tarrick' });
    await receiver.arrived(1);
    expect(types()).toEqual(['casebook.IncidentOpened']);
    const { body, text } = await admin.get('webhooks');
    expect(body.items).toMatchObject([{ id, url: receiver.url, member: 'admin', status: 'active' }]);
    expect(text).not.toContain(secret);
  });

  it('what its maker may not see is not sent, as a page of events does not have it', async () => {
    const narrow = await admin.post('members', {
      id: 'green-admin',
      name: 'G',
      role: 'admin',
      clearance: 'green',
    });
    expect(narrow.status).toBe(201);
    const { token } = (await admin.post('members/green-admin/tokens')).body;
    await make(service.client(token as string));
    await admin.post('documents', { title: 'Cable', text: 'Nobody was told.', tlp: 'red' });
    await admin.post('documents', { title: 'Notice', text: 'Everybody was told.' });
    await receiver.arrived(1);
    expect(types()).toEqual(['casebook.DocumentImported']);
    expect(receiver.received[0]!.body).toContain('Notice');
    expect(receiver.received.map(({ body }) => body).join('\n')).not.toContain('Cable');
  });

  it('a token that is narrowed to less than overseeing makes a webhook that oversees nothing', async () => {
    await admin.post('members', { id: 'insider', name: 'Insider', role: 'annotator' });
    const { token } = (await admin.post('members/admin/tokens', { permissions: ['read', 'administer'] }))
      .body;
    await make(service.client(token as string));
    await admin.post('incidents', { title: 'Source talks', restrictedTo: ['insider'] });
    await admin.post('incidents', { title: 'Plain' });
    await receiver.arrived(1);
    expect(receiver.received.map(({ body }) => body).join('\n')).not.toContain('Source talks');
  });

  it('begins again behind a position, and has dead letters', async () => {
    const { id } = await make();
    const size = await service.size();
    const again = await admin.post(`webhooks/${id}/redelivery`, { after: size - 2 });
    expect(again.body).toMatchObject({ id, status: 'active', position: size - 2 });
    await receiver.arrived(2);
    expect(receiver.positions).toEqual([size - 1, size]);
    expect((await admin.get(`webhooks/${id}/dead-letters`)).body).toEqual({ items: [], next: null });
  });

  it.each([
    ['http://hooks.example.org/', /https/u],
    ['https://10.1.2.3/', /not on the public internet/u],
    ['https://a:b@hooks.example.org/', /a user or password/u],
    ['ftp://hooks.example.org/', /https/u],
    ['nonsense', /https/u],
  ])('%s is refused', async (url, detail) => {
    const { status, body } = await admin.post('webhooks', { url });
    expect([status, body.errors]).toEqual([
      400,
      [{ pointer: '/url', detail: expect.stringMatching(detail) as string }],
    ]);
  });

  it('is unknown where it is not, or belongs to another workspace', async () => {
    for (const answer of [
      await admin.request('DELETE', `webhooks/${UNKNOWN}`),
      await admin.post(`webhooks/${UNKNOWN}/redelivery`, { after: 0 }),
      await admin.get(`webhooks/${UNKNOWN}/dead-letters`),
    ])
      expect([answer.status, answer.body.type]).toEqual([404, 'urn:casebook:problem:not-found']);
  });

  it('a workspace has twenty at most', async () => {
    for (let made = 0; made < 20; made += 1) await make();
    const { status, body } = await admin.post('webhooks', { url: receiver.url });
    expect([status, body.errors[0].detail]).toEqual([400, expect.stringContaining('at most 20') as string]);
  });
});
