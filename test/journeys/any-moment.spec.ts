import { type Client, startTestService, type TestService } from '../support/service.js';

/** Reads of any moment over HTTP: what changed in between, and who made each field. */
describe('any view, at any moment', () => {
  let service: TestService;
  let alice: Client;
  let judy: Client;
  let rita: Client;
  let incident: string;
  let path: string;
  let claim: string;
  let documentId: string;
  /** Positions of the writes, by what they did. */
  const at: Record<string, number> = {};
  const done = async (what: string, answer: Promise<{ status: number; text: string; body: any }>) => {
    const { status, text, body } = await answer;
    if (status >= 300) throw new Error(text);
    at[what] = body.position;
    return body.id as string;
  };

  beforeAll(async () => {
    service = await startTestService();
    [alice, judy, rita] = await Promise.all([
      service.member('alice', 'annotator'),
      service.member('judy', 'adjudicator'),
      service.member('rita', 'reader'),
    ]);
    documentId = await done(
      'imported',
      alice.post('documents', { title: 'Wire report', text: 'Nine people were killed on Tuesday.' }),
    );
    incident = await done('opened', alice.post('incidents', { title: 'River market' }));
    path = `incidents/${incident}`;
    await done('attached', alice.post(`${path}/documents`, { documentId }));
    claim = await done(
      'tagged',
      alice.post(`${path}/claims`, {
        anchor: { documentId, exact: 'Nine people were killed' },
        statement: 'Nine died.',
        tags: ['toll'],
      }),
    );
    await done(
      'revised',
      judy.patch(`${path}/claims/${claim}`, {
        statement: 'Nine were killed.',
        modality: 'stated',
        reason: 'In the words of the report.',
      }),
    );
    await done('cleared', judy.patch(`${path}/claims/${claim}`, { modality: null }));
    await done(
      'renamed',
      judy.patch(path, { title: 'The river market', summary: 'What happened on Tuesday.' }),
    );
    await done('retracted', alice.post(`${path}/claims/${claim}/retraction`, { reason: 'Said twice.' }));
    await done('described', alice.patch(`documents/${documentId}`, { publisher: 'The Courier' }));
  });
  afterAll(() => service.close());

  it('a difference tells field by field what changed, by which events, and who did it in sentences', async () => {
    const { status, body } = await rita.get(`${path}/difference?from=${at['tagged']}&to=${at['described']}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      incidentId: incident,
      from: { position: at['tagged'], at: expect.stringMatching(/Z$/) },
      to: { position: at['described'] },
      opened: false,
      fields: [
        { field: 'summary', before: null, after: 'What happened on Tuesday.', by: [at['renamed']] },
        { field: 'title', before: 'River market', after: 'The river market', by: [at['renamed']] },
      ],
      documents: [
        {
          id: documentId,
          change: 'described',
          fields: [{ field: 'publisher', before: null, after: 'The Courier', by: [at['described']] }],
        },
      ],
      annotations: [
        {
          id: claim,
          kind: 'claim',
          change: 'retracted',
          revision: { before: 1, after: 4 },
          // The modality was stated and cleared again: net, nothing.
          fields: [
            { field: 'retraction', before: null, by: [at['retracted']] },
            { field: 'statement', before: 'Nine died.', after: 'Nine were killed.', by: [at['revised']] },
            { field: 'status', before: 'active', after: 'retracted', by: [at['retracted']] },
          ],
          by: [at['revised'], at['cleared'], at['retracted']],
        },
      ],
    });
    expect(body.changes.map(({ sentence }: { sentence: string }) => sentence)).toEqual([
      'judy revised the claim “Nine died.” (modality, statement), because: In the words of the report.',
      'judy revised the claim “Nine were killed.” (modality).',
      'judy revised the incident (summary, title).',
      'alice retracted the claim “Nine were killed.”, because: Said twice.',
      'alice corrected what is known of the document “Wire report” (publisher).',
    ]);
  });

  it('a difference may be asked by time, up to now, and from before the beginning', async () => {
    const history = (await rita.get(`${path}/history`)).body.items as { position: number; at: string }[];
    const opened = history.find(({ position }) => position === at['opened'])!;
    const { body } = await rita.get(`${path}/difference?from=2001-01-01T00:00:00Z`);
    expect(body).toMatchObject({ from: { position: 0, at: null }, opened: true });
    expect(body.annotations).toMatchObject([
      { id: claim, change: 'added', revision: { before: null, after: 4 } },
    ]);
    const later = await rita.get(`${path}/difference?from=${encodeURIComponent(opened.at)}`);
    expect(later.body.from.position).toBeGreaterThanOrEqual(at['opened']!);
  });

  it('blame names for each field the event, member, time and reason that made its value', async () => {
    const { status, body } = await rita.get(`${path}/annotations/${claim}/blame`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: claim, kind: 'claim', revision: 4, recordedBy: 'alice', erased: [] });
    const fields = Object.fromEntries(body.fields.map((each: { field: string }) => [each.field, each]));
    expect(fields).toMatchObject({
      anchor: { madeBy: { position: at['tagged'], actor: 'alice', type: 'ClaimTagged' } },
      statement: {
        value: 'Nine were killed.',
        madeBy: { position: at['revised'], actor: 'judy', reason: 'In the words of the report.' },
      },
      modality: { value: null, madeBy: { position: at['cleared'], actor: 'judy', type: 'ClaimRevised' } },
      tags: { value: ['toll'], madeBy: { position: at['tagged'] } },
      status: { value: 'retracted', madeBy: { position: at['retracted'], reason: 'Said twice.' } },
    });
    const events = (await rita.get('events?limit=500')).body.items as { position: number; id: string }[];
    for (const { madeBy } of body.fields) {
      expect(madeBy.eventId).toBe(events.find(({ position }) => position === madeBy.position)!.id);
    }
    const then = (await rita.get(`${path}/annotations/${claim}/blame?asOf=${at['tagged']}`)).body;
    expect([then.revision, then.position]).toEqual([1, at['tagged']]);
    expect(new Set(then.fields.map(({ madeBy }: any) => madeBy.position))).toEqual(new Set([at['tagged']]));
  });

  it('what was erased by law is neither a difference nor blamed on anybody, but is said to be missing', async () => {
    const other = await done(
      'commented',
      alice.post(`${path}/comments`, { targetId: claim, body: 'Call the witness.' }),
    );
    await done('secret', alice.patch(`${path}/comments/${other}`, { body: 'Her number is 555-0100.' }));
    await done('plain', alice.patch(`${path}/comments/${other}`, { body: 'Called.' }));
    const erasure = await service.admin.post('erasures', {
      positions: [at['secret']],
      reason: 'A private number.',
      legalBasis: 'GDPR Art. 17',
    });
    expect(erasure.status).toBe(201);
    const blame = await rita.get(`${path}/annotations/${other}/blame`);
    expect(blame.body.erased).toEqual([at['secret']]);
    const body = blame.body.fields.find(({ field }: any) => field === 'body');
    expect(body).toMatchObject({ value: 'Called.', madeBy: { position: at['plain'] } });
    const between = await rita.get(`${path}/difference?from=${at['commented']}&to=${at['plain']}`);
    expect(between.body.annotations).toMatchObject([
      { fields: [{ field: 'body', before: 'Call the witness.', after: 'Called.', by: [at['plain']] }] },
    ]);
    expect(between.body.changes[0].sentence).toContain('(what was said was erased)');
    for (const { text } of [blame, between]) expect(text).not.toContain('555-0100');
  });

  it('of an incident that is restricted to others nothing is told: not what changed, nor by whom', async () => {
    const bob = await service.member('bob', 'annotator');
    const hidden = (await judy.post('incidents', { title: 'Informer' })).body.id as string;
    const secret = (await judy.post(`incidents/${hidden}/comments`, { targetId: hidden, body: 'Careful.' }))
      .body.id as string;
    await judy.post(`incidents/${hidden}/restriction`, { members: ['judy'] });
    for (const address of [
      `incidents/${hidden}/difference?from=0`,
      `incidents/${hidden}/annotations/${secret}/blame`,
    ]) {
      const answers = await Promise.all([bob.get(address), judy.get(address)]);
      expect(answers.map(({ status }) => status)).toEqual([404, 200]);
      for (const word of ['Informer', 'Careful']) expect(answers[0].text).not.toContain(word);
    }
    // A time that falls on a hidden event is told as that of the last event that this reader sees.
    const size = await service.size();
    const seen = (await bob.get('events?limit=500')).body.items.at(-1) as { recordedAt: string };
    const { body } = await bob.get(`${path}/difference?from=1`);
    expect(body.to).toEqual({ position: size, at: seen.recordedAt });
  });
});
