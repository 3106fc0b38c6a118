import { type Client, startTestService, type TestService } from '../../support/service.js';

const FIRST = [
  'Blast at the river market',
  'At least nine people were killed on Tuesday, the governor said.',
  'Two officers speak of a letter. The letter arrived on Friday.',
  'Nobody has claimed the blast so far.',
  'The bridge is closed.',
].join('\n\n');
const SECOND = [
  'Correction: an earlier edition misspelt the name of the governor.',
  'Blast at the river market',
  'At least eleven people were killed on Tuesday, the governor said.',
  'Two officers speak of a letter. The letter arrived on Friday.',
  'The bridge is closed. The bridge is closed.',
].join('\n\n');

describe('a new edition of a document', () => {
  let service: TestService;
  let analyst: Client;
  let [first, second, incident]: string[] = [];
  const claims = new Map<string, string>();
  beforeAll(async () => {
    service = await startTestService();
    analyst = await service.member('analyst', 'annotator');
    first = (await analyst.post('documents', { title: 'Market', text: FIRST })).body.id as string;
    incident = `incidents/${(await analyst.post('incidents', { title: 'Market' })).body.id}`;
    await analyst.post(`${incident}/documents`, { documentId: first });
    for (const exact of [
      'The letter arrived on Friday.',
      'At least nine people were killed on Tuesday',
      'Nobody has claimed the blast so far.',
      'The bridge is closed.',
      'Blast at the river market',
    ]) {
      const { body } = await analyst.post(`${incident}/claims`, { anchor: { documentId: first, exact } });
      claims.set(exact, body.id as string);
    }
    const gone = claims.get('Blast at the river market');
    await analyst.post(`${incident}/claims/${gone}/retraction`, { reason: 'No claim.' });
  });
  afterAll(() => service.close());

  const carry = (body: object, client = analyst) =>
    client.post(`${incident}/documents/${second}/carry-over`, body);
  const anchorOf = async (exact: string) =>
    (await analyst.get(`${incident}/claims/${claims.get(exact)}`)).body.anchor as {
      documentId: string;
      exact: string;
    };
  const OUTCOMES = [
    ['The letter arrived on Friday.', 'carried'],
    ['At least nine people were killed on Tuesday', 're-anchored'],
    ['Nobody has claimed the blast so far.', 'orphaned'],
    ['The bridge is closed.', 'ambiguous'],
  ] as const;

  it('supersedes one that there is, and not itself', async () => {
    const unknown = await analyst.post('documents', {
      title: 'Market',
      text: SECOND,
      supersedes: `sha256:${'0'.repeat(64)}`,
    });
    expect([unknown.status, unknown.body.errors]).toEqual([
      404,
      [expect.objectContaining({ pointer: '/supersedes' })],
    ]);
    second = (await analyst.post('documents', { title: 'Market, corrected', text: SECOND })).body
      .id as string;
    expect((await carry({})).body).toMatchObject({
      type: 'urn:casebook:problem:field-required',
      field: 'supersedes',
    });
    expect((await analyst.patch(`documents/${second}`, { supersedes: second })).status).toBe(404);
    expect((await analyst.patch(`documents/${second}`, { supersedes: first })).status).toBe(200);
    expect((await analyst.get(`documents/${second}`)).body).toMatchObject({ supersedes: first });
  });

  it('a dry run reports what would become of each claim, and records nothing', async () => {
    const size = await service.size();
    const { status, body } = await carry({ dryRun: true });
    expect([status, await service.size()]).toEqual([200, size]);
    expect(body).toMatchObject({ from: first, to: second, dryRun: true });
    expect(body.claims).toHaveLength(OUTCOMES.length);
    for (const [exact, outcome] of OUTCOMES)
      expect(body.claims).toContainEqual(expect.objectContaining({ id: claims.get(exact), outcome }));
  });

  it('takes the claims over by their quotes, tells how far each moved, and can be undone as one', async () => {
    const { body } = await carry({ reason: 'The paper corrected its report.' });
    for (const [exact, outcome] of OUTCOMES) {
      expect(body.claims).toContainEqual(expect.objectContaining({ id: claims.get(exact), outcome }));
      expect((await anchorOf(exact)).documentId).toBe(
        outcome === 'carried' || outcome === 're-anchored' ? second : first,
      );
    }
    const reanchored = body.claims.find(({ outcome }: { outcome: string }) => outcome === 're-anchored');
    expect(reanchored.distance).toEqual({ moved: expect.any(Number), edits: expect.any(Number) });
    expect((await anchorOf('At least nine people were killed on Tuesday')).exact).toMatch(
      /eleven people were killed/,
    );
    expect(
      (await analyst.get(`${incident}/claims/${claims.get('Blast at the river market')}`)).body.anchor
        .documentId,
    ).toBe(first);

    const again = await carry({});
    expect(again.body.claims.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual([
      'ambiguous',
      'orphaned',
    ]);

    const undone = await analyst.post('undo', { correlationId: body.correlationId, reason: 'Too early.' });
    expect([undone.status, undone.body.conflicts]).toEqual([200, []]);
    for (const [exact] of OUTCOMES) expect(await anchorOf(exact)).toMatchObject({ documentId: first, exact });
    expect(
      (await analyst.get(`${incident}/documents`)).body.items.map(({ id }: { id: string }) => id),
    ).toEqual([first]);
  });

  it('a member who may not see the previous edition cannot name it', async () => {
    const gwen = await service.member('gwen', 'annotator');
    await service.admin.patch('members/gwen', { clearance: 'green' });
    const red = (await analyst.post('documents', { title: 'Red', text: 'Red words.', tlp: 'red' })).body
      .id as string;
    const { status } = await gwen.post('documents', {
      title: 'Guess',
      text: 'Green words.',
      supersedes: red,
    });
    expect(status).toBe(404);
  });

  it('in a closed incident nothing moves', async () => {
    await service.admin.post(`${incident}/closure`);
    expect((await carry({})).body.type).toBe('urn:casebook:problem:incident-closed');
  });
});
