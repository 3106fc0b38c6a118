import { startTestService, type TestService } from '../support/service.js';

describe('first steps over HTTP', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it('a document is imported, a claim tagged, revised and retracted, and the incident as it was is still there', async () => {
    const { admin } = service;
    const text = 'At least nine people were killed on Tuesday. “Nine,” the governor said.\r\n';
    const document = await admin.post('documents', { title: 'Blast', text });
    expect([document.status, document.body]).toMatchObject([201, { revision: 1 }]);
    expect((await admin.post('documents', { title: 'Again', text })).status).toBe(200);
    expect((await admin.get(`documents/${document.body.id}/text`)).text).toBe(text);

    const incident = await admin.post('incidents', { title: 'River market' });
    expect(incident.status).toBe(201);
    const path = `incidents/${incident.body.id}`;
    expect((await admin.post(`${path}/documents`, { documentId: document.body.id })).status).toBe(201);
    const claim = await admin.post(`${path}/claims`, {
      anchor: { documentId: document.body.id, exact: 'At least nine people were killed' },
      tags: ['casualties'],
      figure: { counts: 'killed', min: 9, asPrinted: 'At least nine' },
    });
    expect([claim.status, claim.headers.get('etag')]).toEqual([201, '"1"']);
    const revised = await admin.patch(
      `${path}/claims/${claim.body.id}`,
      { statement: 'Nine or more died' },
      { 'if-match': '"1"' },
    );
    expect([revised.status, revised.body.revision, revised.headers.get('etag')]).toEqual([200, 2, '"2"']);
    const conflict = await admin.patch(
      `${path}/claims/${claim.body.id}`,
      { statement: 'Ten died' },
      { 'if-match': '"1"' },
    );
    expect(conflict.status).toBe(412);
    expect(conflict.body).toMatchObject({
      expected: 1,
      current: 2,
      changes: [{ actor: 'admin', type: 'ClaimRevised' }],
    });
    const retracted = await admin.post(`${path}/claims/${claim.body.id}/retraction`, { reason: 'Misread' });
    expect(retracted.status).toBe(200);

    const now = await admin.get(path);
    expect(now.body).toMatchObject({
      title: 'River market',
      status: 'open',
      claims: [{ id: claim.body.id, status: 'retracted', revision: 3 }],
    });
    const then = await admin.get(`${path}?asOf=${revised.body.position}`);
    expect(then.body.claims).toMatchObject([
      { status: 'active', revision: 2, statement: 'Nine or more died', anchor: { start: 0, end: 32 } },
    ]);
    const history = await admin.get(`${path}/history`);
    expect(history.body.items.map((each: { type: string }) => each.type)).toEqual([
      'IncidentOpened',
      'DocumentAttached',
      'ClaimTagged',
      'ClaimRevised',
      'ClaimRetracted',
    ]);
    expect((await admin.get('audit')).body.items.length).toBeGreaterThan(6);
    expect((await admin.get('events?after=2&limit=2')).body.items).toMatchObject([
      { position: 3 },
      { position: 4 },
    ]);
  });

  it('problems for what does not exist, for every caller', async () => {
    const { admin, url } = service;
    for (const [method, path, status] of [
      ['GET', '/nowhere', 404],
      ['DELETE', '/v1/workspaces/default/incidents', 405],
      ['GET', '/v1/workspaces/other/incidents', 403],
      ['GET', '/v1/workspaces/default/incidents/01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d', 404],
    ] as const) {
      const answer = await admin.request(method, path);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        status,
        'application/problem+json; charset=utf-8',
      ]);
      expect(answer.body).toMatchObject({
        status,
        type: expect.stringMatching(/^urn:casebook:problem:/) as string,
      });
    }
    expect((await fetch(`${url}/v1/workspaces/default/incidents`)).status).toBe(401);
  });
});
