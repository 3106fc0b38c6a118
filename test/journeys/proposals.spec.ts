import { type Client, startTestService, type TestService } from '../support/service.js';

const TEXT =
  'At least nine people were killed on Tuesday, the governor said. Nobody had been warned, she added.';

describe('proposals', () => {
  let service: TestService;
  let analyst: Client;
  let assistant: Client;
  let incident: string;
  let documentId: string;
  beforeAll(async () => {
    service = await startTestService();
    analyst = await service.member('analyst', 'annotator');
    await service.member('assistant', 'annotator', 'Reading assistant');
    const { body } = await service.admin.post('members/assistant/tokens', {
      permissions: ['read', 'propose'],
    });
    assistant = service.client(body.token as string);
    documentId = (await analyst.post('documents', { title: 'Market', text: TEXT })).body.id as string;
    incident = `incidents/${(await analyst.post('incidents', { title: 'Market' })).body.id}`;
    await analyst.post(`${incident}/documents`, { documentId });
  });
  afterAll(() => service.close());

  const claim = (exact: string, more: object = {}) => ({
    command: 'tag-claim',
    body: { anchor: { documentId, exact }, figure: { counts: 'killed', min: 9, max: null }, ...more },
    by: 'Reading assistant',
    tool: 'reader 1.2',
    confidence: 0.8,
  });
  const propose = async (body: object, client = assistant): Promise<string> => {
    const answer = await client.post(`${incident}/proposals`, body);
    expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ revision: 1 })]);
    return answer.body.id as string;
  };
  const decide = (decisions: object[], client = analyst) =>
    client.post(`${incident}/proposals/decisions`, { decisions });

  it('a token for proposals writes nothing else', async () => {
    for (const [path, body] of [
      [`${incident}/claims`, claim('At least nine people').body],
      ['incidents', { title: 'Mine' }],
      [`${incident}/items`, { format: 'casebook', type: 'proposal', content: {} }],
    ] as const)
      expect([path, (await assistant.post(path, body)).status]).toEqual([path, 403]);
    const id = await propose(claim('At least nine people'));
    expect((await decide([{ proposal: id, outcome: 'accepted' }], assistant)).status).toBe(403);
  });

  it('is an item with who proposes it and how sure, found as such, and counts in no analysis', async () => {
    const id = await propose(
      claim('nine people were killed', { statement: 'Nine were killed at the market.' }),
    );
    expect((await analyst.get(`${incident}/items/${id}`)).body).toMatchObject({
      format: 'casebook',
      type: 'proposal',
      title: 'Proposed claim: Nine were killed at the market.',
      content: { by: 'Reading assistant', tool: 'reader 1.2', confidence: 0.8 },
      recordedBy: 'assistant',
    });
    expect((await analyst.get(`${incident}/claims`)).body.items).toEqual([]);
    expect(JSON.stringify((await analyst.get(`${incident}/casualties`)).body)).not.toContain('killed');
    await service.caughtUp();
    const found = await analyst.get('search?q=proposed%20market&kind=item');
    expect(found.body.items.map((each: { id: string }) => each.id)).toContain(id);
  });

  it('of what could not be recorded is refused as the recording would be', async () => {
    const wrong = await assistant.post(`${incident}/proposals`, claim('ten people were killed'));
    expect([wrong.status, wrong.body.type]).toEqual([422, 'urn:casebook:problem:quote-not-found']);
    const strange = await assistant.post(`${incident}/proposals`, {
      command: 'tag-claim',
      body: { colour: 'blue' },
    });
    expect(strange.status).toBe(400);
  });

  it('accepted, it is recorded by who accepts it, and says who proposed it; as it is or changed', async () => {
    const [plain, changed] = [
      await propose(claim('the governor said')),
      await propose(claim('Nobody had been warned')),
    ];
    const { body } = await decide([
      { proposal: plain, outcome: 'accepted' },
      { proposal: changed, outcome: 'accepted', changes: { figure: null, statement: 'No warning.' } },
    ]);
    expect(
      body.decisions.map(({ outcome, kind }: { outcome: string; kind: string }) => [outcome, kind]),
    ).toEqual([
      ['accepted', 'claim'],
      ['accepted', 'claim'],
    ]);
    const recorded = await analyst.get(`${incident}/claims/${body.decisions[1].id}`);
    expect(recorded.body).toMatchObject({
      statement: 'No warning.',
      recordedBy: 'analyst',
      origin: { format: 'casebook', id: changed, attributedTo: { name: 'Reading assistant' } },
    });
    expect(recorded.body).not.toHaveProperty('figure');
    expect((await analyst.get(`${incident}/items/${plain}`)).body.status).toBe('retracted');

    const twice = await decide([{ proposal: plain, outcome: 'declined' }]);
    expect(twice.body.decisions[0]).toMatchObject({ outcome: 'refused', problem: { status: 409 } });

    const undone = await analyst.post('undo', { correlationId: body.correlationId, reason: 'Too quick.' });
    expect([undone.status, undone.body.conflicts]).toEqual([200, []]);
    expect((await analyst.get(`${incident}/items/${plain}`)).body.status).toBe('active');
    const again = await decide([{ proposal: plain, outcome: 'declined' }]);
    expect(again.body.decisions).toEqual([{ proposal: plain, outcome: 'declined' }]);
  });

  it('one that is refused does not keep the others from being decided', async () => {
    const good = await propose(claim('on Tuesday'));
    const { body } = await decide([
      { proposal: '018f48ec-f580-74c7-a138-51b3c22f3c2b', outcome: 'accepted' },
      { proposal: good, outcome: 'accepted', changes: { anchor: { documentId, exact: 'not there' } } },
      { proposal: good, outcome: 'accepted' },
    ]);
    expect(body.decisions.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'refused',
      'refused',
      'accepted',
    ]);
  });
});
