import { type Answer, type Client, startTestService, type TestService } from '../support/service.js';

/** Alice works on one service process and Bob on another; both on one incident. */
describe('two people change one thing', () => {
  let service: TestService;
  let admin: Client;
  let alice: Client;
  let bob: Client;
  let incident: string;
  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
    alice = await service.member('alice', 'annotator');
    bob = (await service.another()).client((await service.member('bob', 'annotator')).token);
    incident = `incidents/${(await alice.post('incidents', { title: 'Rockets' })).body.id}`;
  });
  afterAll(() => service.close());

  const seen = (revision: number, more: Record<string, string> = {}) => ({
    'if-match': `"${revision}"`,
    ...more,
  });
  const MERGE = { prefer: 'respond-async, Merge' };
  const attack = async (fields: object): Promise<string> =>
    `${incident}/attacks/${(await alice.post(`${incident}/attacks`, fields)).body.id}`;

  it('a 412 says what changed since, by whom, field by field, and that the change would merge', async () => {
    const path = await attack({ summary: 'A blast', claimedBy: 'nobody' });
    await bob.patch(path, { summary: 'Two blasts', reason: 'A second crater.' }, seen(1));
    const conflict = await alice.patch(path, { claimedBy: 'the Circle' }, seen(1));
    expect(conflict.status).toBe(412);
    expect(conflict.headers.get('etag')).toBe('"2"');
    expect(conflict.body).toMatchObject({
      expected: 1,
      current: 2,
      mergeable: true,
      conflicts: [],
      changes: [
        {
          actor: 'bob',
          type: 'AttackRevised',
          reason: 'A second crater.',
          changes: [{ field: 'summary', before: 'A blast', after: 'Two blasts' }],
        },
      ],
    });
    expect(conflict.body.detail).toContain('Changed by bob;');
    expect((await alice.get(path)).body).toMatchObject({ revision: 2, claimedBy: 'nobody' });

    for (const summary of ['Three blasts', 'Four blasts']) await service.admin.patch(path, { summary });
    const later = await alice.patch(path, { claimedBy: 'the Circle' }, seen(1));
    expect(later.body.detail).toContain('Changed by bob, admin;');
  });

  it('a revision that there never was is not said to have been changed by somebody', async () => {
    const document = (await alice.post('documents', { title: 'Report', text: 'Never seen twice.' })).body;
    for (const [path, change] of [
      [await attack({ summary: 'A blast' }), { summary: 'x' }],
      [`documents/${document.id}`, { publisher: 'x' }],
    ] as const) {
      for (const headers of [seen(9), seen(9, MERGE)]) {
        const answer = await alice.patch<any>(path, change, headers);
        expect([answer.status, answer.body.expected, answer.body.current]).toEqual([412, 9, 1]);
        expect(answer.body.detail).toContain('never had a revision 9');
        expect(answer.body.detail).not.toContain('somebody');
      }
    }
  });

  it('a 412 names the fields that both changed, with the base, theirs and yours', async () => {
    const path = await attack({ summary: 'A blast' });
    await bob.patch(path, { summary: 'Two blasts', claimedBy: 'x' }, seen(1));
    for (const headers of [seen(1), seen(1, MERGE)]) {
      const conflict = await alice.patch(path, { summary: 'Three blasts', weapons: ['mortar'] }, headers);
      expect(conflict.status).toBe(412);
      expect(conflict.body).toMatchObject({
        mergeable: false,
        conflicts: [{ field: 'summary', base: 'A blast', theirs: 'Two blasts', yours: 'Three blasts' }],
      });
    }
    expect((await alice.get(path)).body).toMatchObject({ revision: 2, summary: 'Two blasts' });
  });

  it('with Prefer: merge, changes of different fields are both kept, and the answer says so', async () => {
    const path = await attack({ summary: 'A blast', claimedBy: 'nobody' });
    await bob.patch(path, { summary: 'Two blasts' }, seen(1));
    const headers = seen(1, { ...MERGE, 'idempotency-key': 'merged-once' });
    const answer = await alice.patch(path, { claimedBy: 'the Circle' }, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('preference-applied')).toBe('merge');
    expect(answer.headers.get('etag')).toBe('"3"');
    expect(answer.body).toMatchObject({
      revision: 3,
      merged: { base: 1, theirs: ['summary'], yours: ['claimedBy'], combined: [] },
    });
    await bob.patch(path, { weapons: ['rocket'] });
    const again = await alice.patch(path, { claimedBy: 'the Circle' }, headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(answer.body);
    expect((await bob.get(path)).body).toMatchObject({ summary: 'Two blasts', claimedBy: 'the Circle' });
  });

  it('with Prefer: merge and nobody in between, nothing is said of a merge', async () => {
    const path = await attack({ summary: 'A blast' });
    const answer = await alice.patch(path, { summary: 'Two blasts' }, seen(1, MERGE));
    expect([answer.status, answer.headers.get('preference-applied'), answer.body.merged]).toEqual([
      200,
      null,
      undefined,
    ]);
  });

  it('evidence of both is brought together', async () => {
    const text = 'Nine people were killed. Twelve were wounded.';
    const { body: document } = await alice.post('documents', { title: 'Report', text });
    await alice.post(`${incident}/documents`, { documentId: document.id });
    const claim = async (exact: string): Promise<string> =>
      (await alice.post(`${incident}/claims`, { anchor: { documentId: document.id, exact } })).body
        .id as string;
    const [killed, wounded] = [await claim('Nine people were killed.'), await claim('Twelve were wounded.')];
    const path = await attack({ summary: 'A blast' });
    await bob.patch(path, { evidence: [killed] }, seen(1));
    const answer = await alice.patch(path, { evidence: [wounded] }, seen(1, MERGE));
    expect(answer.body.merged).toEqual({
      base: 1,
      theirs: ['evidence'],
      yours: ['evidence'],
      combined: ['evidence'],
    });
    expect((await alice.get(path)).body.evidence).toEqual([killed, wounded]);
  });

  it('parts of a warning’s specificity that different hands judge are all kept, with a merge and without', async () => {
    const { body: made } = await alice.post(`${incident}/warnings`, {
      summary: 'A note',
      specificity: { when: 'vague' },
    });
    const path = `${incident}/warnings/${made.id}`;
    await bob.patch(path, { specificity: { where: 'stated' } });
    await alice.patch(path, { specificity: { who: 'none' } });
    expect((await bob.get(path)).body.specificity).toEqual({ when: 'vague', where: 'stated', who: 'none' });
    await bob.patch(path, { specificity: { when: 'stated', who: null } }, seen(3));
    const conflict = await alice.patch(path, { specificity: { how: 'none' } }, seen(3));
    expect(conflict.body).toMatchObject({ mergeable: true, conflicts: [] });
    const merged = await alice.patch(path, { specificity: { how: 'none' } }, seen(3, MERGE));
    expect(merged.body.merged).toMatchObject({ theirs: ['specificity'], combined: ['specificity'] });
    const all = { when: 'stated', where: 'stated', how: 'none' };
    expect((await bob.get(path)).body.specificity).toEqual(all);
    const undone = await alice.post('undo', { positions: [merged.body.position], reason: 'Misread.' });
    expect(undone.status).toBe(200);
    expect((await bob.get(path)).body.specificity).toEqual({ when: 'stated', where: 'stated' });
  });

  it('a toll is a part of the casualties, and given whole; so are a place and a date', async () => {
    const path = await attack({
      summary: 'A blast',
      casualties: { killed: { low: 7, best: 9 }, wounded: { best: 30 } },
      place: { name: 'The market', country: 'Halvane' },
    });
    await bob.patch(path, { casualties: { killed: { best: 11 } }, place: { name: 'The quarry' } });
    expect((await alice.get(path)).body).toMatchObject({
      casualties: { killed: { best: 11 }, wounded: { best: 30 } },
      place: { name: 'The quarry' },
    });
    expect((await alice.get(path)).body.casualties.killed.low).toBeUndefined();
    expect((await alice.get(path)).body.place.country).toBeUndefined();
  });

  it('without If-Match the last writer wins field by field, and both stay in the history', async () => {
    const path = await attack({ summary: 'A blast', claimedBy: 'nobody' });
    await Promise.all([
      bob.patch(path, { summary: 'Bob’s blast', weapons: ['rocket'] }),
      alice.patch(path, { summary: 'Alice’s blast', claimedBy: 'the Circle' }),
    ]);
    const now = (await alice.get(path)).body;
    expect(now).toMatchObject({ revision: 3, weapons: ['rocket'], claimedBy: 'the Circle' });
    const changes = (await alice.get(`${incident}/history?limit=500`)).body.items as {
      annotationId: string;
      actor: string;
    }[];
    expect(
      changes
        .filter(({ annotationId }) => annotationId === now.id)
        .map(({ actor }) => actor)
        .sort(),
    ).toEqual(['alice', 'alice', 'bob']);
  });

  it('the same holds for incidents, documents, members and retractions', async () => {
    const own = `incidents/${(await alice.post('incidents', { title: 'Own' })).body.id}`;
    await bob.patch(own, { title: 'Bob’s' }, seen(1));
    const merged = await alice.patch(own, { summary: 'A summary' }, seen(1, MERGE));
    expect(merged.body.merged).toMatchObject({ theirs: ['title'], yours: ['summary'] });

    const document = `documents/${(await alice.post('documents', { title: 'T', text: 'A text.' })).body.id}`;
    await bob.patch(document, { publisher: 'Bob' }, seen(1));
    const conflict = await alice.patch(document, { publisher: 'Alice' }, seen(1));
    expect(conflict.body).toMatchObject({
      conflicts: [{ field: 'publisher', base: null, theirs: 'Bob', yours: 'Alice' }],
      changes: [{ actor: 'bob' }],
    });
    expect((await alice.patch(document, { language: 'en' }, seen(1, MERGE))).body.merged).toMatchObject({
      theirs: ['publisher'],
      yours: ['language'],
    });

    await service.member('carol', 'reader');
    await admin.patch('members/carol', { name: 'Carol A.' }, seen(1));
    expect((await admin.patch('members/carol', { name: 'Carol B.' }, seen(1))).body).toMatchObject({
      type: 'urn:casebook:problem:revision-mismatch',
      conflicts: [{ field: 'name', base: 'carol', theirs: 'Carol A.', yours: 'Carol B.' }],
    });
    expect((await admin.patch('members/carol', { role: 'annotator' }, seen(1, MERGE))).body.revision).toBe(3);
    expect((await admin.post('members/carol/removal', {}, seen(1))).status).toBe(412);

    const path = await attack({ summary: 'A blast' });
    await bob.patch(path, { summary: 'Two blasts' });
    const retraction = await alice.post(`${path}/retraction`, { reason: 'Gone.' }, seen(1, MERGE));
    expect([retraction.status, retraction.body.mergeable]).toEqual([412, false]);
  });

  it('every write that changes what has revisions honours If-Match, and every other refuses it', async () => {
    const { admin } = service;
    const { paths, components } = (await admin.get('/openapi.json')).body;
    const incident = `incidents/${(await admin.post('incidents', { title: 'Closed and opened' })).body.id}`;
    const attack = (await admin.post(`${incident}/attacks`, { summary: 'A blast' })).body.id as string;
    const dispute = async (): Promise<string> =>
      (await admin.post(`${incident}/disputes`, { question: 'Was it?', targets: [attack] })).body.id;
    const [open, withdrawn] = [await dispute(), await dispute()];
    await admin.post(`${incident}/disputes/${withdrawn}/withdrawal`);
    await service.member('stale', 'reader');
    const document = (await admin.post('documents', { title: 'Stale', text: 'Stale.' })).body.id as string;
    const stale: [string, string, unknown][] = [
      ['PATCH', incident, { title: 'x' }],
      ['POST', `${incident}/closure`, {}],
      ['POST', `${incident}/restriction`, { members: ['admin'] }],
      ['PATCH', `${incident}/attacks/${attack}`, { summary: 'x' }],
      ['POST', `${incident}/attacks/${attack}/retraction`, { reason: 'x' }],
      ['POST', `${incident}/disputes/${open}/resolution`, { outcome: 'unresolvable', reason: 'x' }],
      ['POST', `${incident}/disputes/${open}/withdrawal`, {}],
      ['POST', `${incident}/disputes/${withdrawn}/reopening`, {}],
      ['PATCH', `documents/${document}`, { title: 'x' }],
      ['PATCH', 'members/stale', { name: 'x' }],
      ['POST', 'members/stale/removal', {}],
      ['PATCH', 'settings', { requireIfMatch: true }],
    ];
    for (const [method, path, body] of stale) {
      const { status } = await admin.request(method, path, body, { 'if-match': '"999"' });
      expect([method, path, status]).toEqual([method, path, 412]);
    }
    // The tag that a read of the thing gave is taken by each of them: it is about the same thing.
    for (const [method, path, body] of stale) {
      const thing = method === 'PATCH' ? path : path.slice(0, path.lastIndexOf('/'));
      const tag = (await admin.get(thing)).headers.get('etag') ?? '';
      const { status } = await admin.request(method, path, body, { 'if-match': tag });
      expect([method, path, tag, status]).not.toEqual([method, path, tag, 412]);
    }
    await admin.patch('settings', { requireIfMatch: false }, { 'if-match': '*' });

    let refused = 0;
    for (const [template, operations] of Object.entries<Record<string, any>>(paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const takes = operation.parameters?.some(({ name }: { name: string }) => name === 'If-Match');
        if (method === 'get' || takes || !template.includes('{workspace}/')) continue;
        const schema = operation.requestBody?.content?.['application/json']?.schema?.$ref?.split('/').at(-1);
        if (operation.requestBody !== undefined && schema === undefined) continue;
        const path = template
          .replace('{workspace}', 'default')
          .replace('{member}', 'nobody')
          .replace('{document}', `sha256:${'0'.repeat(64)}`)
          .replaceAll(/\{\w+\}/g, '01990f3e-6b1e-7000-8000-000000000000');
        const sent = schema && (components.schemas[schema].example as unknown);
        const answer = await admin.request(method.toUpperCase(), path, sent, { 'if-match': '"1"' });
        expect([template, answer.status, answer.body.type]).toEqual([
          template,
          400,
          'urn:casebook:problem:bad-precondition',
        ]);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(12);
  });

  it('sixty-four writers in two processes on one incident block nobody and lose nothing', async () => {
    const path = await attack({ summary: 'A blast' });
    const fields = ['claimedBy', 'weapons', 'actors', 'occurredAt'] as const;
    const value = (field: (typeof fields)[number], at: number) =>
      field === 'claimedBy'
        ? `by ${at}`
        : field === 'occurredAt'
          ? { asPrinted: `on ${at}` }
          : [`${field} ${at}`];
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) => {
        const field = fields[at % fields.length] as (typeof fields)[number];
        return (at % 2 === 0 ? alice : bob).patch(path, { [field]: value(field, at) });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.map(({ body }: Answer) => body.revision as number).sort((a, b) => a - b)).toEqual(
      answers.map((_, at) => at + 2),
    );
    const merges = await Promise.all(
      fields.map((field, at) => (at % 2 === 0 ? alice : bob).patch(path, { [field]: null }, seen(65, MERGE))),
    );
    expect(merges.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const now = (await alice.get(path)).body;
    expect([now.revision, ...fields.map((field) => now[field])]).toEqual([
      69,
      ...fields.map(() => undefined),
    ]);
  });
});

describe('a workspace that demands If-Match', () => {
  let service: TestService;
  let admin: Client;
  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
  });
  afterAll(() => service.close());

  it('refuses changes without it in every process at once, and nothing that makes something new', async () => {
    const annotator = await service.member('alice', 'annotator');
    const incident = `incidents/${(await annotator.post('incidents', { title: 'One' })).body.id}`;
    const other = (await service.another()).client(annotator.token);
    expect((await other.patch(incident, { title: 'Two' })).status).toBe(200);

    expect((await annotator.patch('settings', { requireIfMatch: true })).status).toBe(403);
    const before = await annotator.get('settings');
    expect(before.body).toEqual({ requireIfMatch: false, revision: 1 });
    expect(before.headers.get('etag')).toMatch(/^"1\./);
    expect(
      (await admin.patch('settings', { requireIfMatch: true, reason: 'We are many.' })).body.revision,
    ).toBe(2);
    expect((await annotator.get('settings')).body).toEqual({ requireIfMatch: true, revision: 2 });

    const attack = await other.post(`${incident}/attacks`, { summary: 'A blast' });
    expect(attack.status).toBe(201);
    const path = `${incident}/attacks/${attack.body.id}`;
    const raised = await other.post(`${incident}/disputes`, {
      question: 'Was it?',
      targets: [attack.body.id],
    });
    const dispute = `${incident}/disputes/${raised.body.id}`;
    for (const refused of [
      await other.patch(path, { summary: 'x' }),
      await other.post(`${path}/retraction`, { reason: 'x' }),
      await other.patch(incident, { title: 'x' }),
      await admin.post(`${incident}/closure`),
      await admin.post(`${incident}/reopening`),
      await admin.post(`${incident}/restriction`, { members: ['admin'] }),
      await admin.post(`${incident}/unrestriction`),
      await admin.post(`${dispute}/resolution`, { outcome: 'unresolvable', reason: 'x' }),
      await other.post(`${dispute}/withdrawal`),
      await other.post(`${dispute}/reopening`),
      await admin.patch('members/alice', { name: 'x' }),
      await admin.patch('settings', { requireIfMatch: false }),
    ]) {
      expect([refused.status, refused.body.type]).toEqual([
        428,
        'urn:casebook:problem:precondition-required',
      ]);
    }
    const command = { command: 'revise-attack', incidentId: incident.slice(10), id: attack.body.id };
    const batch = { mode: 'atomic', commands: [{ ...command, body: { summary: 'x' } }] };
    const inBatch = await other.post<any>('batches', batch);
    // A batch takes no If-Match, so it is told of what it takes.
    expect([inBatch.status, inBatch.body.detail]).toEqual([428, expect.stringContaining('ifMatch')]);
    expect((await other.patch(path, { summary: 'x' }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await other.patch(path, { summary: 'y' }, { 'if-match': '*' })).status).toBe(200);
    expect((await admin.patch('settings', { requireIfMatch: false }, { 'if-match': '"1"' })).status).toBe(
      412,
    );
    expect((await admin.patch('settings', { requireIfMatch: false }, { 'if-match': '"2"' })).status).toBe(
      200,
    );
    expect((await other.patch(path, { summary: 'z' })).status).toBe(200);
    const told = (await admin.get('audit?type=WorkspaceConfigured')).body.items as { sentence: string }[];
    expect(told.map(({ sentence }) => sentence)).toEqual([
      'admin set up the workspace (requireIfMatch), because: We are many.',
      'admin set up the workspace (requireIfMatch).',
    ]);
  });
});
