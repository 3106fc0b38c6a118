import { enter } from '../support/corpus.js';
import { importItems, itemsOf, type ItemReport } from '../support/imports.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const uuid = (n: number): string => `5f8a1b2c-0000-4000-8000-${String(n).padStart(12, '0')}`;
const attribute = (n: number, more: object = {}) => ({
  id: String(n),
  event_id: '7',
  uuid: uuid(n),
  type: 'ip-dst',
  category: 'Network activity',
  to_ids: true,
  timestamp: '1603642920',
  value: '198.51.100.1',
  ...more,
});
const event = (n: number, more: object = {}) => ({
  id: '7',
  uuid: uuid(n),
  info: 'Rockets at Tarrick',
  date: '2020-10-25',
  timestamp: 1603642920,
  published: false,
  Orgc: { id: '1', name: 'CERT-T', uuid: uuid(900) },
  Tag: [{ name: 'tlp:amber' }],
  ...more,
});

describe('an import of events of MISP', () => {
  let service: TestService;
  let alice: Client;
  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
  });
  afterAll(() => service.close());

  const open = async (): Promise<string> =>
    `incidents/${(await enter(alice, 'incidents', { title: 'Tarrick' })).id}`;
  const send = (incident: string, body: unknown, query = '') =>
    importItems(alice, incident, body, { type: 'application/json', query: `?from=misp${query}` });
  const told = (items: readonly ItemReport[]) => items.map(({ source, outcome }) => [source, outcome]);
  const urn = (n: number): string => `urn:uuid:${uuid(n)}`;

  it('takes the answer to a search: attributes, objects with their attributes, reports, and the events', async () => {
    const incident = await open();
    const body = {
      response: [
        {
          Event: event(1, {
            Attribute: [
              attribute(2),
              attribute(3, { type: 'link', value: 'https://example.org/a', timestamp: 1603642920 }),
            ],
            Object: [
              {
                uuid: uuid(4),
                name: 'file',
                timestamp: '1603642920',
                Attribute: [attribute(5, { type: 'filename', value: 'x.exe' })],
              },
            ],
            EventReport: [{ uuid: uuid(6), name: 'Summary', content: '# Rockets' }],
          }),
        },
        { Event: event(10, { Attribute: [], Object: [] }) },
      ],
    };
    const { items, end } = await send(incident, body);
    expect(told(items)).toEqual([2, 3, 4, 6, 1, 10].map((n) => [urn(n), 'kept']));
    expect(items[4]!.why).toContain('TLP:AMBER');
    expect(end).toMatchObject({ complete: true, kept: 6 });
    const kept = await itemsOf(alice, incident);
    const of = (n: number) => kept.find(({ origin }) => origin.canonical === urn(n));
    expect(of(2)).toMatchObject({
      type: 'attribute',
      title: 'ip-dst: 198.51.100.1',
      content: attribute(2),
      origin: { modified: '2020-10-25T16:22:00.000Z' },
    });
    expect(of(3)).toMatchObject({ about: ['https://example.org/a'] });
    expect(of(4)).toMatchObject({ type: 'object', title: 'file: x.exe' });
    expect(of(1)).toMatchObject({
      type: 'event',
      title: 'Rockets at Tarrick',
      origin: { attributedTo: { name: 'CERT-T' }, created: '2020-10-25' },
    });
    const before = await service.size();
    expect(new Set(told((await send(incident, body)).items).map(([, outcome]) => outcome))).toEqual(
      new Set(['known']),
    );
    expect(await service.size()).toBe(before);
  });

  it.each([
    ['one event', (n: number): unknown => ({ Event: event(n, { Attribute: [attribute(n + 1)] }) })],
    ['an event by itself', (n: number): unknown => event(n, { Attribute: [attribute(n + 1)] })],
    ['a list of events', (n: number): unknown => [{ Event: event(n, { Attribute: [attribute(n + 1)] }) }]],
    [
      'the answer for one event',
      (n: number): unknown => ({ response: { Event: event(n, { Attribute: [attribute(n + 1)] }) } }),
    ],
    [
      'a search of attributes',
      (n: number): unknown => ({ response: { Attribute: [attribute(n), attribute(n + 1)] } }),
    ],
  ])('takes %s', async (_, body) => {
    const { items } = await send(await open(), body(20));
    expect(told(items).toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1))).toEqual([
      [urn(20), 'kept'],
      [urn(21), 'kept'],
    ]);
  });

  it('takes the words of taxonomies along to STIX: TLP, Admiralty, estimative language', async () => {
    const incident = await open();
    await send(incident, {
      response: {
        Attribute: [
          attribute(30, {
            Tag: [{ name: 'tlp:white' }, { name: 'admiralty-scale:information-credibility="2"' }],
          }),
          attribute(31, {
            Tag: [{ name: 'TLP:RED' }, { name: 'estimative-language:likelihood-probability="very-likely"' }],
          }),
          attribute(32, {
            Tag: [{ name: 'admiralty-scale:information-credibility="6"' }, { name: 'tlp:ex:chr' }],
          }),
        ],
      },
    });
    const { objects } = JSON.parse((await alice.get(`${incident}/export/stix`)).text) as {
      objects: Record<string, any>[];
    };
    const notes = objects.filter(({ type }) => type === 'note');
    expect(notes.map(({ confidence, object_marking_refs: refs }) => [confidence, refs?.[0]])).toEqual([
      [70, 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487'],
      [85, 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1'],
      [undefined, undefined],
    ]);
    expect(notes[0]!['labels']).toEqual(['tlp:white', 'admiralty-scale:information-credibility="2"']);
  });

  it('refuses other input, and reports each part that cannot be kept', async () => {
    const incident = await open();
    for (const body of [{}, { errors: ['no'] }, [7], [{}]]) {
      const { items } = await send(incident, body);
      expect(told(items)).toEqual([[undefined, 'refused']]);
      expect(items[0]!.why).toContain('no MISP event');
    }
    expect((await send(incident, { response: [] })).items).toEqual([]);
    const { items } = await send(incident, {
      Event: event(40, { Attribute: ['x', attribute(41, { comment: 'x'.repeat(70_000) }), attribute(42)] }),
    });
    expect(told(items).map(([, outcome]) => outcome)).toEqual(['refused', 'refused', 'kept', 'kept']);
  });

  it('is undone as one', async () => {
    const incident = await open();
    const { end } = await send(incident, { Event: event(50, { Attribute: [attribute(51)] }) });
    const undone = await alice.post('undo', { correlationId: end.import, reason: 'Another team’s.' });
    expect([undone.status, undone.body.undone.length]).toEqual([200, 2]);
  });
});
