import { eventLine } from '@casebook/exchange';
import { Ledger, provesInclusion, verifyLedger } from '@casebook/ledger';
import { enter } from '../support/corpus.js';
import { dumpOf, tablesWith } from '../support/plaintext.js';
import { LiveReader } from '../support/live-reader.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const LAW = { reason: 'The person asked for it.', legalBasis: 'GDPR Art. 17(1)(d)' };
const SECRET = 'Quagmire Cobalt the seventh';
const TEXT = `A harbour warning. Witnesses heard ${SECRET} say that nine were killed.`;

/** Everything that the database and the service give out which could hold the text. */
async function placesWith(service: TestService, text: string): Promise<string[]> {
  const places = await tablesWith(service.database.ownerPool, text);
  if ((await dumpOf(service.database.ownerPool)).includes(text)) places.push('dump');
  const ledger = new Ledger(service.database.pool);
  const events = await ledger.readAll('default', { limit: 10_000 });
  if (events.map(eventLine).join('\n').includes(text)) places.push('export');
  const size = events.length;
  for (let tile = 0; tile * 256 < size; tile += 1) {
    const width = Math.min(256, size - tile * 256);
    const path = `ledger/tile/entries/${String(tile).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
    if ((await service.admin.get(path)).text.includes(text)) places.push(path);
  }
  for (const path of ['audit?limit=200', 'events?limit=200', 'documents', 'incidents', 'members']) {
    if ((await service.admin.get(path)).text.includes(text)) places.push(path);
  }
  return places;
}

const leafHashes = async (service: TestService): Promise<string[]> =>
  (await new Ledger(service.database.pool).readAll('default', { limit: 10_000 })).map(({ leafHash }) =>
    leafHash.toString('hex'),
  );

describe('erasing by law', () => {
  let service: TestService;
  let admin: Client;
  let annotator: Client;
  let other: Awaited<ReturnType<TestService['another']>>;
  let document: string;
  let incident: string;
  let claim: { id: string; position: number };

  const size = () => service.size();
  const soundAndReplayed = async (): Promise<void> => {
    await service.caughtUp();
    expect((await verifyLedger(service.database.pool, 'default'))?.lies).toEqual([]);
    for (const { view, differences } of await service.replay())
      expect([view, differences]).toEqual([view, []]);
  };

  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
    annotator = await service.member('alice', 'annotator', 'Alice Ferrand');
    other = await service.another();
    document = (await enter(admin, 'documents', { title: `What ${SECRET} said`, text: TEXT })).id;
    incident = (await enter(admin, 'incidents', { title: 'Harbour' })).id;
    await enter(admin, `incidents/${incident}/documents`, { documentId: document });
    claim = await enter(annotator, `incidents/${incident}/claims`, {
      anchor: { documentId: document, exact: `${SECRET} say that nine` },
      statement: 'Nine were killed.',
      asserters: [{ name: 'a witness', kind: 'anonymous' }],
      quotation: 'verbatim',
      modality: 'stated',
      tags: ['toll', 'harbour'],
    });
    await service.caughtUp();
  });
  afterAll(() => service.close());

  it('takes a comment out of every table, tile, export and dump, and keeps that it was made', async () => {
    const marker = 'Perfidious Lighthouse';
    const key = { 'idempotency-key': 'comment-once' };
    const body = { targetId: claim.id, body: `Ask ${marker}, 5 "Quay" Street.` };
    const path = `incidents/${incident}/comments`;
    const made = await annotator.post(path, body, key);
    expect(made.status).toBe(201);
    const revised = await annotator.patch(
      `${path}/${made.body.id}`,
      { body: `Ask ${marker} again.` },
      { 'if-match': '"1"' },
    );
    expect(revised.status).toBe(200);
    await service.caughtUp();
    // It is where it is looked for, or the test would find nothing for the wrong reason.
    expect(await placesWith(service, marker)).toEqual(
      expect.arrayContaining([
        'public.events',
        'incidents_v1.annotations',
        'revisions_v1.revisions',
        'search_v2.entries',
        'dump',
        'export',
      ]),
    );
    const elsewhere = other.client(annotator.token);
    expect((await elsewhere.get(`${path}/${made.body.id}`)).text).toContain(marker);
    const leaves = await leafHashes(service);

    const answer = await admin.post('erasures', { subject: made.body.id, ...LAW });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      positions: [made.body.position, revised.body.position],
      quotedAt: [],
      position: leaves.length + 1,
    });
    expect(await placesWith(service, marker)).toEqual([]);
    // Nor its words, as the search has them.
    expect(await placesWith(service, marker.split(' ')[0]!.toLowerCase())).toEqual([]);
    expect((await leafHashes(service)).slice(0, leaves.length)).toEqual(leaves);
    await soundAndReplayed();

    for (const client of [annotator, elsewhere]) {
      const gone = await client.get(`${path}/${made.body.id}`);
      expect(gone.body).toMatchObject({ id: made.body.id, status: 'erased', revision: 2 });
      expect(gone.text).not.toContain(marker);
    }
    const { items } = (await admin.get('audit?type=PayloadErased')).body;
    expect(items[0].sentence).toBe(
      `admin erased by law (${LAW.legalBasis}) what 2 events about ${made.body.id} said, because: ${LAW.reason}`,
    );
    // The key gives the first answer for ever; with the salt went the means to compare bodies, but not authors, nor what was written to.
    const again = await annotator.post(path, body, key);
    expect([again.status, again.body]).toEqual([201, { ...made.body, position: made.body.position }]);
    const elsewherePath = `incidents/${(await enter(admin, 'incidents', { title: 'Another' })).id}/comments`;
    for (const reused of [
      await admin.post(path, body, key),
      await other.client(admin.token).post(path, body, key),
      await annotator.post(elsewherePath, body, key),
      await annotator.post('documents', { title: 'Another', text: 'Another text.' }, key),
      await annotator.post('incidents', { title: 'Another' }, { ...key }),
    ]) {
      expect([reused.status, reused.body.type]).toEqual([422, 'urn:casebook:problem:key-reused']);
    }
    expect(await size()).toBe(leaves.length + 2);
  });

  it('leaves every proof as it was', async () => {
    const { items } = (await admin.get('audit?type=PayloadErased')).body;
    const erased = items[0].changes[0].after[0] as number;
    const proof = (await admin.get(`ledger/inclusion/${erased}`)).body;
    const [event] = (await admin.get(`events?after=${erased - 1}&limit=1`)).body.items;
    expect(event).toMatchObject({ position: erased, data: null });
    const { root } = (await new Ledger(service.database.pool).head('default'))!;
    const hashes = (proof.hashes as string[]).map((hash) => Buffer.from(hash, 'base64'));
    const leaf = Buffer.from(event.leafHash as string, 'hex');
    expect([proof.size, proof.index]).toEqual([await size(), erased - 1]);
    expect(provesInclusion(hashes, leaf, erased - 1, proof.size as number, root)).toBe(true);
  });

  it('of a document says which events still quote it, and erases them too when asked to', async () => {
    const first = await admin.post('erasures', { subject: document, ...LAW });
    expect(first.status).toBe(201);
    expect(first.body.quotedAt).toEqual([claim.position]);
    expect(first.body.positions.length).toBeGreaterThan(0);
    for (const client of [admin, other.client(admin.token)]) {
      expect((await client.get(`documents/${document}/text`)).status).toBe(404);
      const left = await client.get(`documents/${document}`);
      expect(left.body).toMatchObject({ id: document, erased: true });
      expect(left.text).not.toContain(SECRET);
      // The first of the two processes proved a quote in the text, and remembers it.
      for (const exact of [`${SECRET} say that nine`, 'nothing that it says']) {
        const quoted = await client.post(`incidents/${incident}/claims`, {
          anchor: { documentId: document, exact },
        });
        expect([quoted.status, quoted.body.type]).toEqual([409, 'urn:casebook:problem:document-erased']);
        expect(quoted.text).not.toContain('witness');
      }
    }
    expect(await placesWith(service, SECRET)).toEqual(expect.arrayContaining(['public.events']));

    const second = await admin.post('erasures', { subject: document, includeQuotes: true, ...LAW });
    expect([second.status, second.body.positions, second.body.quotedAt]).toEqual([201, [claim.position], []]);
    expect(await placesWith(service, SECRET)).toEqual([]);
    await soundAndReplayed();
    const third = await admin.post('erasures', { subject: document, includeQuotes: true, ...LAW });
    expect([third.status, third.body.positions]).toEqual([200, []]);
  });

  it('of a document keeps its text from being imported, attached, described and read again', async () => {
    const body = { title: 'Ferry list', text: 'The ferry list names Oriel Brandt.' };
    const { id } = await enter(admin, 'documents', body);
    await enter(admin, 'documents', { title: 'Kept', text: 'Kept.' });
    const erasure = await admin.post('erasures', { subject: id, ...LAW });
    const before = await size();
    const late = (await enter(admin, 'incidents', { title: 'Ferry' })).id;
    for (const client of [admin, other.client(admin.token)]) {
      for (const refused of [
        await client.post('documents', body),
        await client.post(`incidents/${late}/documents`, { documentId: id }),
        await client.patch(`documents/${id}`, { title: 'Ferry' }),
        await client.post('batches', { mode: 'atomic', commands: [{ command: 'import-document', body }] }),
      ]) {
        expect([refused.status, refused.body.type]).toEqual([409, 'urn:casebook:problem:document-erased']);
        expect(refused.body.erasedAt).toBe(erasure.body.position);
        expect(refused.body.detail).toContain(`erased by law, at position ${erasure.body.position}`);
        expect(refused.body.detail).not.toMatch(/import it first/i);
      }
      const text = await client.get(`documents/${id}/text`);
      expect([text.status, text.body.detail]).toEqual([404, expect.stringContaining('erased by law')]);
      for (const path of ['documents', `documents?asOf=${before}`]) {
        const { items } = (await client.get(path)).body;
        expect(items.find((each: any) => each.id === id)).toMatchObject({ erased: true });
        expect(items.find((each: any) => each.title === 'Kept')).not.toHaveProperty('erased');
      }
    }
    expect(await size()).toBe(before + 1);
    await soundAndReplayed();
  });

  it('a writer of another process goes on from what is left', async () => {
    const made = await enter(other.client(annotator.token), `incidents/${incident}/comments`, {
      targetId: incident,
      body: 'Still at work.',
    });
    expect((await admin.get(`incidents/${incident}/comments/${made.id}`)).body.body).toBe('Still at work.');
    await soundAndReplayed();
  });

  it('of a member takes the name and leaves the role: no workspace loses its admin by it', async () => {
    await service.member('mallory', 'adjudicator', 'Mallory Ashdown');
    await admin.patch('members/mallory', { role: 'reader', clearance: 'green' });
    for (const [id, role] of [
      ['admin', 'admin'],
      ['alice', 'annotator'],
      ['mallory', 'reader'],
    ] as const) {
      const answer = await admin.post('erasures', { subject: id, ...LAW });
      expect(answer.status).toBe(201);
      expect((await other.client(admin.token).get(`members/${id}`)).body).toMatchObject({
        name: id,
        role,
        status: 'active',
        ...(id === 'mallory' && { clearance: 'green' }),
      });
      expect((await admin.post('erasures', { subject: id, ...LAW })).status).toBe(200);
    }
    expect(await placesWith(service, 'Mallory Ashdown')).toEqual([]);
    expect(await placesWith(service, 'Alice Ferrand')).toEqual([]);
    await soundAndReplayed();
    expect((await admin.post('members', { id: 'bob', name: 'Bob', role: 'reader' })).status).toBe(201);
  });

  it('of a token ends it', async () => {
    const issued = (await admin.post('members/alice/tokens', { label: 'Alice’s old telephone' })).body;
    expect((await admin.get(`events?after=${issued.position - 1}&limit=1`)).body.items[0].data).toEqual({
      memberId: 'alice',
      label: 'Alice’s old telephone',
    });
    const client = service.client(issued.token);
    expect((await client.get('tags')).status).toBe(200);
    await admin.post('erasures', { positions: [issued.position], ...LAW });
    expect((await client.get('tags')).status).toBe(401);
    expect(await placesWith(service, 'Alice’s old telephone')).toEqual([]);
    await soundAndReplayed();
  });

  it('and a new title of a document change what a read says, so a client that kept it is given it anew', async () => {
    const report = (await enter(admin, 'documents', { title: 'Report', text: 'Kept by a client.' })).id;
    const path = `incidents/${(await enter(admin, 'incidents', { title: 'Kept' })).id}`;
    await enter(admin, `${path}/documents`, { documentId: report });
    const attack = await enter(admin, `${path}/attacks`, { summary: SECRET });
    const paths = [path, `${path}/attacks/${attack.id}`, `${path}?asOf=${attack.position}`];
    const kept = await Promise.all(paths.map((each) => admin.get(each)));
    const askedAgain = () =>
      Promise.all(
        paths.map((each, index) =>
          admin.get(each, { 'if-none-match': kept[index]!.headers.get('etag') ?? '' }),
        ),
      );
    expect((await askedAgain()).map(({ status }) => status)).toEqual([304, 304, 304]);

    await admin.patch(`documents/${report}`, { title: 'The report' });
    const [retitled] = await askedAgain();
    expect([retitled?.status, retitled?.body.documents[0].title]).toEqual([200, 'The report']);

    await admin.post('erasures', { subject: attack.id, ...LAW });
    for (const answer of await askedAgain()) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(SECRET);
    }
    // It is at the revision that it was at, and so its tag is one that a change may name.
    const tag = (await admin.get(path)).headers.get('etag') ?? '';
    expect((await admin.patch(path, { title: 'Still kept' }, { 'if-match': tag })).status).toBe(200);
    expect((await admin.get(path, { 'if-none-match': '*' })).status).toBe(304);
  });

  it('hides at once from who follows live what counts as stricter since', async () => {
    const amber = await service.member('amber', 'annotator');
    await admin.patch('members/amber', { clearance: 'amber' });
    const green = (await enter(admin, 'documents', { title: 'G', text: 'Green once.', tlp: 'green' })).id;
    const path = `incidents/${(await enter(admin, 'incidents', { title: 'Followed' })).id}`;
    await enter(admin, `${path}/documents`, { documentId: green });
    const reader = await LiveReader.open(service.url, amber.token, `events?after=${await size()}`);
    try {
      const seen = await enter(admin, `${path}/attacks`, { summary: 'Seen' });
      await reader.until(() => reader.events.length > 0);
      await admin.post('erasures', { subject: green, ...LAW });
      expect((await amber.get(path)).status).toBe(404);
      // Nor is it there for an incident of her own.
      const own = (await enter(amber, 'incidents', { title: 'Own' })).id;
      const attached = await amber.post(`incidents/${own}/documents`, { documentId: green });
      expect([attached.status, attached.body.type]).toEqual([422, 'urn:casebook:problem:reference-unknown']);
      const unseen = await enter(admin, `${path}/attacks`, { summary: 'Not seen' });
      const last = await enter(admin, 'incidents', { title: 'For all' });
      await reader.until(() => reader.events.some(({ id }) => id === last.position));
      const ids = reader.events.map(({ id }) => id);
      expect(ids).toContain(seen.position);
      expect(ids).not.toContain(unseen.position);
    } finally {
      reader.close();
    }
  });

  it('leaves to a key its first answer, for batches, undoings, tokens and quotes too, in every process', async () => {
    const report = (await enter(admin, 'documents', { title: 'Q', text: 'Nine fell. Ten rose.' })).id;
    const [one, two] = await Promise.all(
      ['One', 'Two'].map(async (title) => `incidents/${(await enter(admin, 'incidents', { title })).id}`),
    );
    await enter(admin, `${one}/documents`, { documentId: report });
    const attack = await enter(admin, `${one}/attacks`, { summary: 'Rockets' });
    const more = await enter(admin, `${two}/attacks`, { summary: 'More rockets' });
    const most = await enter(admin, `${one}/attacks`, { summary: 'Most rockets' });
    const anchor = { documentId: report, exact: 'Nine fell.' };
    const incidentId = one!.slice('incidents/'.length);
    const requests: [string, object][] = [
      [`${one}/claims`, { anchor }],
      [
        'batches',
        {
          mode: 'atomic',
          commands: [
            { command: 'revise-attack', incidentId, id: attack.id, body: { summary: 'Nine rockets' } },
            { command: 'revise-attack', incidentId, id: attack.id, body: { summary: 'Nine rockets' } },
            { command: 'make-comment', incidentId, body: { targetId: attack.id, body: 'Nine?' } },
            { command: 'tag-claim', incidentId, body: { anchor: { ...anchor, exact: 'Ten rose.' } } },
          ],
        },
      ],
      ['members/alice/tokens', { label: 'lent' }],
    ];
    const answers: any[] = [];
    for (const [index, [path, body]] of requests.entries()) {
      answers.push(await admin.post<any>(path, body, { 'idempotency-key': `erased-${index}` }));
    }
    const undo = { positions: [more.position, most.position], reason: 'No.' };
    const undone = await admin.post<any>('undo', undo, { 'idempotency-key': 'erased-undo' });
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 201]);
    expect(undone.body.undone).toHaveLength(2);

    for (const subject of [report, attack.id, more.id, answers[2].body.id]) {
      await admin.post('erasures', { subject, includeQuotes: true, ...LAW });
    }
    const before = await size();
    for (const client of [admin, (await service.another()).client(admin.token)]) {
      for (const [index, [path, body]] of requests.entries()) {
        const again = await client.post<any>(path, body, { 'idempotency-key': `erased-${index}` });
        const { token: _token, ...first } = answers[index].body;
        expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([
          answers[index].status,
          'true',
        ]);
        const results = (told: any) => told.results?.map(({ answer }: any) => answer) ?? told;
        expect(results(again.body)).toEqual(results(first));
      }
      const again = await client.post<any>('undo', undo, { 'idempotency-key': 'erased-undo' });
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    }
    expect(await size()).toBe(before);
  });

  it('of an annotation names the dispute that was made of its words, and erases it too when asked to', async () => {
    const marker = 'Velvet Anchorage';
    const report = (await enter(admin, 'documents', { title: 'Toll', text: 'Nine fell. Ten fell.' })).id;
    const path = `incidents/${(await enter(admin, 'incidents', { title: 'Toll' })).id}`;
    await enter(admin, `${path}/documents`, { documentId: report });
    const figures = await Promise.all(
      [9, 10].map((count) => {
        const exact = count === 9 ? 'Nine fell.' : 'Ten fell.';
        const figure = { counts: 'killed', min: count, max: count, asPrinted: exact };
        return enter(admin, `${path}/claims`, { anchor: { documentId: report, exact }, figure });
      }),
    );
    const evidence = figures.map(({ id }) => id);
    const attack = await enter(admin, `${path}/attacks`, { summary: `The ${marker} blast`, evidence });
    const { suggestions } = (await admin.get(`${path}/suggestions`)).body;
    const { id } = suggestions.find(({ kind }: { kind: string }) => kind === 'contradictory-figures');
    const accepted = (await admin.post<any>(`${path}/suggestions/${id}/acceptance`, {})).body;
    await service.caughtUp();

    const first = await admin.post('erasures', { subject: attack.id, ...LAW });
    expect(first.body.quotedAt).toEqual([accepted.position - 1, accepted.position]);
    const second = await admin.post('erasures', { subject: attack.id, includeQuotes: true, ...LAW });
    expect(second.body.positions).toEqual([accepted.position - 1, accepted.position]);
    expect(await placesWith(service, marker)).toEqual([]);
    await soundAndReplayed();
  });

  it('of an event by its position names the copy that an undo wrote back, and no event that says something else', async () => {
    const marker = 'Cinnabar Trellis';
    const path = `incidents/${(await enter(admin, 'incidents', { title: 'Undone' })).id}`;
    const attack = await enter(admin, `${path}/attacks`, {
      summary: `The ${marker} blast`,
      occurredAt: { edtf: '2024-01-18' },
      eventType: 'bombing-explosion',
    });
    const revise = async (changes: object) =>
      (await admin.patch(`${path}/attacks/${attack.id}`, changes)).body.position as number;
    const changed = await revise({ summary: 'A blast', eventType: 'unknown' });
    const chosen = await revise({ eventType: 'bombing-explosion' });
    const undone = await admin.post('undo', { positions: [chosen, changed], reason: 'It was right.' });
    const [beside, back] = undone.body.undone.map(({ change }: any) => change.position as number);
    await service.caughtUp();

    const first = await admin.post('erasures', { positions: [attack.position], ...LAW });
    expect([first.body.positions, first.body.quotedAt]).toEqual([[attack.position], [back]]);
    expect(await placesWith(service, marker)).not.toEqual([]);
    const second = await admin.post('erasures', { positions: [back], includeQuotes: true, ...LAW });
    // Both were recorded with the reason of the undo.
    expect([second.body.positions, second.body.quotedAt]).toEqual([[beside, back], []]);
    expect(await placesWith(service, marker)).toEqual([]);
    await soundAndReplayed();
  });

  it('is refused to everybody but admins, for what is not there, and for an erasure itself', async () => {
    const before = await size();
    const erasure = (await admin.get('audit?type=PayloadErased')).body.items[0].position as number;
    expect((await annotator.post('erasures', { positions: [1], ...LAW })).status).toBe(403);
    const refused = async (body: object): Promise<unknown> => {
      const { status, body: problem } = await admin.post('erasures', { ...LAW, ...body });
      return [status, problem.type];
    };
    expect(await refused({ positions: [before + 1] })).toEqual([404, 'urn:casebook:problem:event-unknown']);
    expect(await refused({ subject: 'nobody' })).toEqual([404, 'urn:casebook:problem:event-unknown']);
    expect(await refused({ positions: [erasure] })).toEqual([409, 'urn:casebook:problem:event-not-erasable']);
    for (const body of [{}, { positions: [] }, { positions: [1, 1] }, { positions: [1], subject: 'x' }]) {
      expect(await refused(body)).toEqual([400, 'urn:casebook:problem:invalid-request']);
    }
    expect((await admin.post('erasures', { positions: [1], reason: 'Because.' })).status).toBe(400);
    expect(await size()).toBe(before);
  });

  it('with a key is recorded once, whichever process it is sent to', async () => {
    const made = await enter(admin, `incidents/${incident}/comments`, { targetId: incident, body: 'Once.' });
    const body = { positions: [made.position], ...LAW };
    const key = { 'idempotency-key': 'erase-once' };
    const answers = await Promise.all(
      [admin, other.client(admin.token), admin].map((client) => client.post('erasures', body, key)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const reused = await admin.post('erasures', { ...body, reason: 'Another.' }, key);
    expect(reused.status).toBe(422);
  });
});
