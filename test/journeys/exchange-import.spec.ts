import { comparableAnnotations } from '../support/comparable-exports.js';
import { enter } from '../support/corpus.js';
import { type EndReport, importItems, type ItemReport } from '../support/imports.js';
import { ALL_KINDS_TEXT, incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

describe('an import of what other tools made', () => {
  let service: TestService;
  let alice: Client;
  let document: string;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    const details = { title: 'Blast', text: ALL_KINDS_TEXT, url: 'https://example.org/blast' };
    document = (await alice.post('documents', details)).body.id as string;
  });
  afterAll(() => service.close());

  const open = async (attached = true): Promise<string> => {
    const path = `incidents/${(await enter(alice, 'incidents', { title: 'Another' })).id}`;
    if (attached) await enter(alice, `${path}/documents`, { documentId: document });
    return path;
  };
  const send = (
    incident: string,
    body: unknown,
    { type = 'application/ld+json', query = '', client = alice } = {},
  ): Promise<{ items: ItemReport[]; end: EndReport }> => importItems(client, incident, body, { type, query });
  const outcomes = ({ items }: { items: ItemReport[] }) => items.map(({ outcome }) => outcome);
  const eventsOf = (incident: string) => alice.get(`${incident}/history?limit=500`);

  it('takes its own export into another incident, and exports the same again', async () => {
    const made = await incidentOfAllKinds(alice);
    await alice.post(`incidents/${made['incident']}/attacks/${made['attack']}/retraction`, { reason: 'No.' });
    await service.admin.post(`incidents/${made['incident']}/disputes/${made['dispute']}/resolution`, {
      outcome: 'prevails',
      prevailing: 1,
      reason: 'Two sources.',
    });
    const exported = (await alice.get(`incidents/${made['incident']}/export/web-annotation`)).text;
    const there = await open(false);
    const first = await send(there, exported, { client: service.admin });
    expect(outcomes(first)).toEqual([
      ...Array<string>(2).fill('recorded'),
      'kept',
      ...Array<string>(7).fill('recorded'),
    ]);
    const again = (await alice.get(`${there}/export/web-annotation`)).text;
    expect(comparableAnnotations(again)).toEqual(comparableAnnotations(exported));

    const before = await service.size();
    expect(outcomes(await send(there, exported))).toEqual(Array(10).fill('known'));
    expect(outcomes(await send(`incidents/${made['incident']}`, exported))).toEqual(Array(10).fill('known'));
    expect(await service.size()).toBe(before);
  });

  it('is undone as one thing, and can be taken in again', async () => {
    const incident = await open();
    const { end } = await send(incident, [
      { id: 'urn:x:1', type: 'Annotation', target: 'http://www.example.com/' },
      { id: 'urn:x:2', type: 'Annotation', bodyValue: 'Nine', target: quoteOf('“nine” people', 9) },
    ]);
    const undone = await alice.post('undo', { correlationId: end.import, reason: 'The wrong file.' });
    expect([undone.status, undone.body.undone.length]).toEqual([200, 2]);
    expect((await alice.get(`${incident}/claims?status=active`)).body.items).toEqual([]);
  });

  it('of Web Annotations: survives the habits of the tools that write them', async () => {
    const incident = await open();
    const report = await send(incident, {
      type: 'AnnotationCollection',
      total: 9,
      first: {
        type: 'AnnotationPage',
        items: [
          { id: 'urn:x:1', type: 'Annotation', bodyValue: 'Nine', target: quoteOf('“nine” people', 9) },
          // UTF-16 units, behind a character of two.
          { id: 'urn:x:2', type: ['Annotation'], target: [quoteOf('the agency wrote', 95)] },
          { id: 'urn:x:3', type: 'Annotation', target: quoteOf('said the governor', 2) },
          { id: 'urn:x:4', type: 'Annotation', target: quoteOf('said the governer', 40) },
          { id: 'urn:x:5', type: 'Annotation', target: quoteOf('At least') },
          { id: 'urn:x:6', type: 'Annotation', target: quoteOf('nobody was hurt there') },
          {
            id: 'urn:x:7',
            type: 'Annotation',
            body: { type: 'Choice', items: [{ type: 'TextualBody', value: 'First' }, { id: 'urn:y:1' }] },
            target: 'http://www.example.com/index.html',
            creator: { id: 'https://example.org/ana', name: 'Ana' },
          },
          { id: 'urn:x:8', type: 'Annotation', motivation: 'replying', bodyValue: 'Why?', target: 'urn:x:1' },
          'https://example.org/annotations/9',
        ],
      },
    });
    expect(report.items.map(({ outcome, kind, distance }) => [outcome, kind, distance])).toEqual([
      ['recorded', 'claim', undefined],
      ['recorded', 'claim', undefined],
      ['re-anchored', 'claim', { moved: expect.any(Number) as number, edits: 0 }],
      ['re-anchored', 'claim', { moved: expect.any(Number) as number, edits: 1 }],
      ['ambiguous', 'item', undefined],
      ['orphaned', 'item', undefined],
      ['kept', 'item', undefined],
      ['recorded', 'comment', undefined],
      ['refused', undefined, undefined],
    ]);
    expect(report.items[8]?.why).toContain('addresses are not fetched');
    expect(report.end).toMatchObject({ complete: true, items: 9, recorded: 3, refused: 1 });
    const kept = (await alice.get(`${incident}/items`)).body.items as {
      title?: string;
      about: string[];
      origin: object;
    }[];
    expect(kept.find(({ title }) => title === 'First')).toMatchObject({
      about: ['http://www.example.com/index.html'],
      origin: { attributedTo: { id: 'https://example.org/ana', name: 'Ana' } },
      recordedBy: 'alice',
    });
  });

  it('of Hypothesis: claims, replies before what they reply to, and page notes', async () => {
    const incident = await open();
    const row = (id: string, more: object) => ({
      id,
      created: '2031-03-05T09:11:00.123456+00:00',
      updated: '2031-03-05T09:12:00.123456+00:00',
      user: 'acct:ana@hypothes.is',
      user_info: { display_name: 'Ana' },
      uri: 'https://example.org/blast#top',
      group: '__world__',
      tags: [],
      text: '',
      ...more,
    });
    const selector = [
      { type: 'RangeSelector', startContainer: '/p[1]', startOffset: 0, endContainer: '/p[1]', endOffset: 3 },
      { type: 'TextPositionSelector', start: 1009, end: 1022 },
      {
        type: 'TextQuoteSelector',
        exact: '“nine” people',
        prefix: 'At least ',
        suffix: ' were killed\u00a0',
      },
    ];
    const target = [{ source: 'https://example.org/blast#top', selector }];
    const report = await send(
      incident,
      {
        total: 3,
        rows: [
          row('r2', {
            text: 'Who says so?',
            references: ['r1'],
            target: [{ source: 'https://example.org/blast' }],
          }),
          row('r1', { text: 'Nine', tags: ['toll'], target }),
          row('r3', { text: 'A page note', target: [{ source: 'https://example.org/blast' }] }),
        ],
      },
      { type: 'application/json', query: '?from=hypothesis' },
    );
    expect(report.items.map(({ source, outcome, kind }) => [source, outcome, kind])).toEqual([
      ['r2', 'recorded', 'comment'],
      ['r1', 're-anchored', 'claim'],
      ['r3', 'kept', 'item'],
    ]);
    const [claim] = (await alice.get(`${incident}/claims`)).body.items;
    expect(claim).toMatchObject({
      statement: 'Nine',
      tags: ['toll'],
      anchor: { exact: '“nine” people', start: 9 },
      origin: { format: 'hypothesis', id: 'r1', attributedTo: { id: 'acct:ana@hypothes.is', name: 'Ana' } },
    });
    const [comment] = (await alice.get(`${incident}/comments`)).body.items;
    expect(comment).toMatchObject({ targetId: claim.id, body: 'Who says so?' });
  });

  it('of Recogito: in its own form and as the W3C has it, without a document', async () => {
    const incident = await open();
    const creator = { id: 'u1', name: 'Ana' };
    const report = await send(
      incident,
      [
        {
          id: 'a1',
          bodies: [
            { id: 'b1', annotation: 'a1', purpose: 'commenting', value: 'Nine' },
            { id: 'b2', annotation: 'a1', purpose: 'tagging', value: 'toll' },
          ],
          target: {
            annotation: 'a1',
            selector: [{ quote: '“nine” people', start: 9, end: 22 }],
            creator,
            created: '2031-03-05T09:11:00.000Z',
          },
        },
        {
          '@context': 'http://www.w3.org/ns/anno.jsonld',
          id: '#a2',
          type: 'Annotation',
          body: [{ type: 'TextualBody', purpose: 'commenting', value: 'The agency' }],
          target: {
            selector: [
              { type: 'TextQuoteSelector', exact: 'the agency wrote' },
              { type: 'TextPositionSelector', start: 95, end: 111 },
            ],
          },
        },
      ],
      { type: 'application/json', query: '?from=recogito' },
    );
    expect(report.items.map(({ outcome, kind }) => [outcome, kind])).toEqual([
      ['recorded', 'claim'],
      ['recorded', 'claim'],
    ]);
  });

  it('as a dry run tells the same, and records nothing', async () => {
    const incident = await open();
    const body = [
      { id: 'urn:x:1', type: 'Annotation', bodyValue: 'Nine', target: quoteOf('“nine” people', 9) },
      { id: 'urn:x:2', type: 'Annotation', bodyValue: 'Why?', target: 'urn:x:1' },
      { id: 'urn:x:3', type: 'Annotation', target: 'http://www.example.com/' },
    ];
    const before = await service.size();
    const dry = await send(incident, body, { query: '?dryRun=true' });
    expect([await service.size(), dry.end.dryRun]).toEqual([before, true]);
    const real = await send(incident, body);
    expect(real.items).toEqual(dry.items);
    expect((await eventsOf(incident)).body.items).toHaveLength(2 + 3);
  });

  it('of a broken input records exactly what the report says', async () => {
    const incident = await open();
    const one = JSON.stringify({ id: 'urn:x:1', type: 'Annotation', target: 'http://www.example.com/' });
    for (const [body, items] of [
      [`[${one}`, ['kept']],
      [`[${one}, {"type": "Annotation"`, ['known']],
      [`{"items": [${one}]} behind`, ['known']],
      ['', []],
      ['['.repeat(200), []],
    ] as const) {
      const report = await send(incident, body);
      const { end } = report;
      expect([body.slice(0, 20), end.complete, end.problem?.type]).toEqual([
        body.slice(0, 20),
        false,
        'urn:casebook:problem:malformed-json',
      ]);
      expect(outcomes(report)).toEqual(items);
    }
    const refused = await send(incident, `[{"id": 1, "id": 2}, {"a": "${'x'.repeat(1024 * 1024)}"}, 7]`);
    expect(outcomes(refused)).toEqual(['refused', 'refused', 'refused']);
  });

  it('is refused where its type is none that is known', async () => {
    const incident = await open();
    const refused = await alice.post(`${incident}/import`, {});
    expect([refused.status, refused.body.detail]).toEqual([415, expect.stringContaining('from=hypothesis')]);
  });

  const quoteOf = (exact: string, start?: number) => ({
    source: `https://elsewhere.example/v1/workspaces/x/documents/${document}/text`,
    selector: [
      { type: 'TextQuoteSelector', exact },
      ...(start === undefined ? [] : [{ type: 'TextPositionSelector', start, end: start + exact.length }]),
    ],
  });
});
