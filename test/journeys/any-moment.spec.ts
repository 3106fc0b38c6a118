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

  it('a difference of the whole workspace covers every incident, document and member, and hides what is hidden', async () => {
    const from = at['described']!;
    const lena = await service.member('lena', 'annotator');
    await service.admin.patch('members/lena', { clearance: 'green', reason: 'New here.' });
    const sealed = (await judy.post('incidents', { title: 'Sealed thing' })).body.id as string;
    await judy.post(`incidents/${sealed}/restriction`, { members: ['judy'] });
    await judy.post('documents', { title: 'Red paper', text: 'Nobody may know.', tlp: 'red' });
    await alice.patch(path, { summary: 'Market, Tuesday.' });
    const [hers, all] = await Promise.all([
      lena.get(`difference?from=${from}`),
      judy.get(`difference?from=${from}`),
    ]);
    expect([hers.status, all.status]).toEqual([200, 200]);
    const whats = (answer: typeof hers) => answer.body.items.map(({ what }: { what: string }) => what);
    expect(whats(all)).toEqual(['members', 'incident', 'document', 'incident']);
    expect(whats(hers)).toEqual(['members', 'incident']);
    for (const word of ['Sealed', 'Red paper', sealed]) {
      expect(all.text).toContain(word);
      expect(hers.text).not.toContain(word);
    }
    expect(hers.body.items[1]).toMatchObject({
      incidentId: incident,
      fields: [{ field: 'summary', before: 'What happened on Tuesday.', after: 'Market, Tuesday.' }],
      changes: [{ sentence: 'alice revised the incident (summary).' }],
    });
    const paged = await judy.get(`difference?from=${from}&limit=3`);
    const next = /<([^>]+)>; rel="next"/.exec(paged.headers.get('link') ?? '')?.[1] ?? '';
    expect((await judy.get(next)).body).toMatchObject({
      to: paged.body.to,
      items: [{ incidentId: incident }],
      next: null,
    });
    const reversed = await judy.get(`difference?from=${from}&to=1`);
    expect([reversed.status, reversed.body.errors[0].parameter]).toEqual([400, 'to']);
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

  it('nothing is shown of an incident that is restricted to others: not what changed, nor by whom', async () => {
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

  describe('the position that an answer reflects', () => {
    const positionOf = ({ headers }: { headers: Headers }) => Number(headers.get('ledger-position'));
    /** Not by the client, for whom every 5xx is a failure. */
    const raw = (address: string, headers: Record<string, string>) =>
      fetch(`${service.url}/v1/workspaces/default/${address}`, {
        headers: { authorization: `Bearer ${rita.token}`, ...headers },
      });

    it('is in every read, and in every write that recorded something', async () => {
      const size = await service.size();
      for (const address of [
        'incidents',
        path,
        `documents/${documentId}/text`,
        'ledger/checkpoint',
        'events',
      ]) {
        expect([address, positionOf(await rita.get(address))]).toEqual([address, size]);
      }
      const written = await alice.post(`${path}/comments`, { targetId: incident, body: 'Seen.' });
      expect([positionOf(written), written.body.position]).toEqual([size + 1, size + 1]);
      const batch = await alice.post('batches', {
        mode: 'atomic',
        commands: [
          { command: 'make-comment', incidentId: incident, body: { targetId: incident, body: 'One.' } },
          { command: 'make-comment', incidentId: incident, body: { targetId: incident, body: 'Two.' } },
        ],
      });
      expect(positionOf(batch)).toBe(size + 3);
      const missing = await rita.get(`incidents/${documentId.slice(7, 15)}-0000-7000-8000-000000000000`);
      expect([missing.status, positionOf(missing)]).toEqual([404, size + 3]);
    });

    it('is in writes that name none: refused ones, previews, imports, rebuilds', async () => {
      const comment = await alice.post(`${path}/comments`, { targetId: incident, body: 'Twice.' });
      const size = await service.size();
      const refused = await alice.post(`${path}/comments`, {
        targetId: claim.replace(/^.{8}/, '00000000'),
        body: 'x',
      });
      expect(refused.status).toBe(422);
      const invalid = await alice.post(`${path}/comments`, {});
      const undo = { positions: [comment.body.position], reason: 'Said twice.' };
      const preview = await alice.post('undo', { ...undo, dryRun: true });
      expect(preview.body.undone).toHaveLength(1);
      for (const answer of [refused, invalid, preview]) expect(positionOf(answer)).toBe(size);
      const undone = await alice.post('undo', undo);
      expect([positionOf(undone), undone.body.undone[0].change.position]).toEqual([size + 1, size + 1]);
      const imported = await alice.post(`${path}/import`, '', { 'content-type': 'application/x-ndjson' });
      expect([imported.status, positionOf(imported)]).toEqual([200, size + 1]);
      // Of a process that has not written or read before, too.
      const other = await service.another();
      const afresh = await other.client(alice.token).post(`${path}/comments`, {});
      expect([afresh.status, positionOf(afresh)]).toEqual([400, size + 1]);
      const stranger = await raw(path, { authorization: 'Bearer nobody' });
      expect([stranger.status, stranger.headers.get('ledger-position')]).toEqual([401, null]);
    });

    it('may be asked for: a read waits for what another process has yet to record', async () => {
      const other = await service.another();
      const size = await service.size();
      const waiting = other
        .client(rita.token)
        .get(path, { 'ledger-position-at-least': String(size + 1), prefer: 'respond-async, wait=30' });
      const written = await alice.post(`${path}/comments`, { targetId: incident, body: 'Now.' });
      const answer = await waiting;
      expect([answer.status, written.body.position]).toEqual([200, size + 1]);
      expect(positionOf(answer)).toBeGreaterThanOrEqual(size + 1);
      expect(answer.body.comments.at(-1)).toMatchObject({ id: written.body.id });
    });

    it('is refused after a bounded wait where it is not reached, with how far it is', async () => {
      const size = await service.size();
      const answer = await raw(path, { 'ledger-position-at-least': String(size + 1000), prefer: 'wait=0' });
      expect([answer.status, answer.headers.get('retry-after'), positionOf(answer)]).toEqual([
        503,
        '1',
        size,
      ]);
      expect(await answer.json()).toMatchObject({
        type: 'urn:casebook:problem:position-not-reached',
        position: size,
        needed: size + 1000,
      });
      const there = await raw(path, { 'ledger-position-at-least': String(size), prefer: 'wait=0' });
      expect(there.status).toBe(200);
    });

    it('is a position, or the request is not valid', async () => {
      for (const position of ['', '-1', 'now', '1, 2', '9'.repeat(17), '9007199254740993']) {
        const answer = await raw(path, { 'ledger-position-at-least': position });
        const { errors } = (await answer.json()) as { errors: { header: string }[] };
        expect([position, answer.status, errors[0]?.header]).toEqual([
          position,
          400,
          'Ledger-Position-At-Least',
        ]);
      }
    });
  });

  describe('a memento (RFC 7089)', () => {
    const LINK = (relation: string) => new RegExp(`<([^>]+)>; rel="${relation}"`);

    it('is negotiated by time, and names its own address, its time and the original', async () => {
      const history = (await rita.get(`${path}/history`)).body.items as { position: number; at: string }[];
      const last = history.at(-1)!;
      const second = new Date(Math.ceil(Date.parse(last.at) / 1000) * 1000).toUTCString();
      const answer = await rita.get(path, { 'accept-datetime': second });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('vary')).toMatch(/accept-datetime/);
      const datetime = answer.headers.get('memento-datetime')!;
      expect(Date.parse(datetime)).toBeLessThanOrEqual(Date.parse(second));
      const links = answer.headers.get('link')!;
      expect(LINK('original timegate').exec(links)?.[1]).toBe(`/v1/workspaces/default/${path}`);
      expect(LINK('timemap').exec(links)?.[1]).toBe(`/v1/workspaces/default/${path}/timemap`);
      const memento = LINK('memento').exec(links)?.[1] ?? '';
      expect(memento).toBe(answer.headers.get('content-location'));
      const itself = await rita.get(memento);
      expect([itself.body, itself.headers.get('memento-datetime')]).toEqual([answer.body, datetime]);
      expect(itself.headers.get('content-location')).toBeNull();
      // Asked for its own time again, it is found again.
      const again = await rita.get(path, { 'accept-datetime': datetime });
      expect(again.headers.get('content-location')).toBe(memento);
    });

    it('is of the position that was asked for, whatever Accept-Datetime says; the original is none', async () => {
      const answer = await rita.get(`${path}?asOf=${at['tagged']}`, {
        'accept-datetime': 'Sat, 31 Jan 2026 09:30:00 GMT',
      });
      expect(answer.body.claims).toMatchObject([{ id: claim, revision: 1 }]);
      expect(answer.headers.get('ledger-position')).toBe(String(at['tagged']));
      const original = await rita.get(path);
      expect(original.headers.get('memento-datetime')).toBeNull();
      expect(original.headers.get('link')).toMatch(LINK('original timegate'));
      expect(original.headers.get('vary')).toMatch(/accept-datetime/);
    });

    it('of a time before the beginning it is the first one (§4.5.3); asOf before it there is none', async () => {
      const early = { 'accept-datetime': 'Thu, 31 May 2007 20:35:00 GMT' };
      const firsts: [string, number][] = [
        [path, at['opened']!],
        [`${path}/claims`, at['opened']!],
        [`${path}/claims/${claim}`, at['tagged']!],
        [`documents/${documentId}`, at['imported']!],
        ['incidents', 1],
        ['settings', 1],
      ];
      for (const [address, position] of firsts) {
        const answer = await rita.get(address, early);
        expect([address, answer.status]).toEqual([address, 200]);
        expect(answer.headers.get('content-location')).toBe(
          `/v1/workspaces/default/${address}?asOf=${position}`,
        );
        expect(Date.parse(answer.headers.get('memento-datetime')!)).toBeGreaterThan(Date.parse('2026-01-01'));
        expect(answer.headers.get('vary')).toMatch(/accept-datetime/);
        expect((await rita.get(`${address}?asOf=${position}`)).body).toEqual(answer.body);
      }
      expect((await rita.get(`members/judy`, early)).body).toMatchObject({ id: 'judy', role: 'adjudicator' });
      expect((await rita.get(`${path}?asOf=${at['opened']! - 1}`)).status).toBe(404);
      const unknown = await rita.get('incidents/01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d', early);
      expect([unknown.status, unknown.headers.get('memento-datetime')]).toEqual([404, null]);
      expect((await rita.get('documents/%00', early)).status).toBe(400);
    });

    it('is asked for by a date as HTTP has it, or the request is not valid', async () => {
      for (const value of [
        'yesterday',
        '2026-01-31T09:30:00Z',
        'Mon, 31 Jan 2026 09:30:00 GMT',
        'Sat, 31 Jan 2026 09:30:00 UTC',
        'Tue, 30 Feb 2026 09:30:00 GMT',
      ]) {
        const { status, body } = await rita.get(path, { 'accept-datetime': value });
        expect([value, status, body.errors?.[0]?.header]).toEqual([value, 400, 'Accept-Datetime']);
      }
    });

    it('all of them are in the TimeMap, page by page', async () => {
      const history = (await rita.get(`${path}/history`)).body.items as { position: number }[];
      const positions: number[] = [];
      let address: string | undefined = `${path}/timemap?limit=4`;
      while (address !== undefined) {
        const { status, text, headers } = (await rita.get(address)) as {
          status: number;
          text: string;
          headers: Headers;
        };
        expect([status, headers.get('content-type')]).toEqual([200, 'application/link-format']);
        for (const [, position] of text.matchAll(
          /\?asOf=(\d+)>; rel="[a-z ]*memento"; datetime="[^"]+ GMT"/g,
        )) {
          positions.push(Number(position));
        }
        address = LINK('timemap').exec(text)?.[1];
      }
      expect(positions).toEqual(history.map(({ position }) => position));
      const hidden = (await judy.post('incidents', { title: 'Sealed' })).body.id as string;
      await judy.post(`incidents/${hidden}/restriction`, { members: ['judy'] });
      expect((await rita.get(`incidents/${hidden}/timemap`)).status).toBe(404);
      expect((await judy.get(`incidents/${hidden}/timemap`)).status).toBe(200);
    });
  });

  it('lists are as they were, and every page of one is of the same moment', async () => {
    const asOf = at['attached']!;
    const named = (address: string) => rita.get(`${address}${address.includes('?') ? '&' : '?'}asOf=${asOf}`);
    expect((await named('incidents')).body.items).toMatchObject([
      { id: incident, title: 'River market', counts: { claim: 0 } },
    ]);
    expect((await named('incidents?q=summary')).body.items).toEqual([]);
    expect((await named(`${path}/claims`)).body.items).toEqual([]);
    expect((await named('documents')).body.items[0].publisher).toBeUndefined();
    expect((await named(`documents/${documentId}`)).body).toMatchObject({
      title: 'Wire report',
      revision: 1,
    });
    expect((await named('tags')).body.items).toEqual([]);
    expect((await rita.get(`tags?asOf=${at['tagged']}`)).body.items).toEqual([{ tag: 'toll', count: 1 }]);
    const first = await named('members?limit=2');
    expect(first.body.items).toHaveLength(2);
    await service.admin.post('members', { id: 'zoe', name: 'Zoe', role: 'reader' });
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(next).toContain(`asOf=${asOf}`);
    const ids = [...first.body.items, ...(await rita.get(next)).body.items].map(
      ({ id }: { id: string }) => id,
    );
    expect(ids).toEqual(['admin', 'alice', 'judy', 'rita']);
    expect((await named('members/zoe')).status).toBe(404);
  });
});
