import { type Client, startTestService, type TestService } from '../support/service.js';

describe('a text that is imported again', () => {
  let service: TestService;
  let [alice, gwen]: Client[] = [];
  const text = 'At least nine were killed.';
  const first = { title: 'Market', publisher: 'The Courier', tlp: 'green', text };
  let id: string;
  const again = (client: Client | undefined, details: object) =>
    client!.post('documents', { ...first, ...details });

  beforeAll(async () => {
    service = await startTestService();
    [alice, gwen] = await Promise.all([
      service.member('alice', 'annotator'),
      service.member('gwen', 'annotator'),
    ]);
    expect((await service.admin.patch('members/gwen', { clearance: 'green' })).status).toBe(200);
    const imported = await alice.post('documents', first);
    expect(imported.status).toBe(201);
    expect(imported.body).not.toHaveProperty('differs');
    id = imported.body.id as string;
  });
  afterAll(() => service.close());

  it('with the same details, or fewer: nothing differs', async () => {
    for (const details of [{}, { publisher: undefined, tlp: undefined }]) {
      const { status, body } = await again(alice, details);
      expect([status, body]).toEqual([200, { id, revision: 1, position: expect.any(Number), differs: {} }]);
    }
  });

  it('with others: the answer says what is recorded in their place, and nothing changes', async () => {
    const { status, body } = await again(alice, { title: 'Blast', tlp: 'red', upstream: 'Agency' });
    expect([status, body.differs]).toEqual([200, { title: 'Market', tlp: 'green', upstream: null }]);
    expect((await alice!.get(`documents/${id}`)).body).toMatchObject({ title: 'Market', tlp: 'green' });
  });

  it('in a batch: the same is said of its command', async () => {
    for (const mode of ['each', 'atomic']) {
      const command = { command: 'import-document', body: { ...first, tlp: 'red' } };
      const { body } = await alice!.post('batches', { mode, commands: [command] });
      expect(body.results[0].answer.differs).toEqual({ tlp: 'green' });
    }
  });

  it('a key that imported it gives the first answer, in which nothing differs', async () => {
    const body = { title: 'Keyed', tlp: 'red', text: 'Keyed.' };
    const headers = { 'idempotency-key': 'one' };
    await alice!.post('documents', body, headers);
    expect((await alice!.post('documents', body, headers)).body).not.toHaveProperty('differs');
  });

  it('who is not cleared for it learns none of its details', async () => {
    expect((await alice!.patch(`documents/${id}`, { tlp: 'amber' })).status).toBe(200);
    const { status, body } = await again(gwen, { title: 'Guess' });
    expect([status, body]).toEqual([200, { id, revision: 2, position: expect.any(Number) }]);
  });
});
