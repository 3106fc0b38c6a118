import { enter } from '../support/corpus.js';
import { importItems, itemsOf, type ItemReport } from '../support/imports.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';
import { hasStixSchemas, stixFaults } from '../support/stix-schemas.js';

type StixObject = Record<string, any> & { readonly id: string; readonly type: string };

const STIX = 'application/stix+json;version=2.1';
const AMBER = 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421';
/** Skipped, and named as skipped, where ../shared/conformance with the schemas of OASIS is not at hand. */
const whereSchemas = hasStixSchemas ? it : it.skip;
const idOf = (type: string, n: number): string =>
  `${type}--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('STIX 2.1', () => {
  let service: TestService;
  let alice: Client;
  let ids: Record<string, string>;
  let path: string;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    ids = await incidentOfAllKinds(alice);
    path = `incidents/${ids['incident']}`;
    await alice.patch(`documents/${ids['document']}`, {
      tlp: 'amber',
      publisher: 'The Harbour Courier',
      published: '2031-03-04',
      upstream: 'Meridian',
    });
  });
  afterAll(() => service.close());

  const bundleOf = async (incident: string, query = ''): Promise<StixObject[]> => {
    const { status, text } = await alice.get(`${incident}/export/stix${query}`);
    expect([status, text]).toEqual([200, expect.any(String)]);
    return (JSON.parse(text) as { objects: StixObject[] }).objects;
  };
  const open = async (): Promise<string> =>
    `incidents/${(await enter(alice, 'incidents', { title: 'Another' })).id}`;
  const send = (incident: string, body: unknown, query = '') =>
    importItems(alice, incident, body, { type: STIX, query });
  const told = (items: readonly ItemReport[]) => items.map(({ outcome, kind }) => [outcome, kind]);
  /** What left for another tool again, by id. */
  const again = async (incident: string): Promise<Map<string, StixObject>> =>
    new Map((await bundleOf(incident)).map((object) => [object.id, object]));

  describe('out', () => {
    whereSchemas('is valid by the schema of each object’s type, and a broken object is not', async () => {
      const faults = stixFaults();
      for (const object of await bundleOf(path)) expect([object, faults(object)]).toEqual([object, []]);
      expect(faults({ type: 'note', id: 'x' } as never)).not.toEqual([]);
    });

    it('says each kind as the type that other tools know', async () => {
      const objects = await bundleOf(path);
      const of = (type: string, wanted: object) =>
        expect(objects.filter((each) => each.type === type)).toContainEqual(
          expect.objectContaining({ spec_version: '2.1', object_marking_refs: [AMBER], ...wanted }),
        );
      const [report] = objects.filter(({ name }) => name === 'Blast at the market');
      expect(report).toMatchObject({ published: '2031-03-04T00:00:00.000Z', object_marking_refs: [AMBER] });
      const publisher = objects.find(({ id }) => id === report!['created_by_ref']);
      expect(publisher).toMatchObject({ name: 'The Harbour Courier', identity_class: 'organization' });
      of('note', {
        content: '=Nine were killed',
        confidence: 70,
        labels: ['toll', 'blessés'],
        authors: ['the governor', 'Meridian'],
        object_refs: [report!.id],
      });
      of('report', { description: 'A third note', report_types: ['threat-report'] });
      of('incident', { name: 'A blast' });
      of('relationship', { relationship_type: 'warned-of' });
      of('opinion', { explanation: 'Nine?', opinion: 'disagree' });
      const grouping = objects.find(({ type }) => type === 'grouping')!;
      of('note', { content: 'Hm.', object_refs: [grouping.id] });
      expect(objects.find(({ id }) => id === AMBER)).toMatchObject({
        name: 'TLP:AMBER',
        created: '2022-10-01T00:00:00.000Z',
      });
    });

    it('names nothing that is not in the bundle, and everything once', async () => {
      const objects = await bundleOf(path);
      const known = new Set(objects.map(({ id }) => id));
      expect(known.size).toBe(objects.length);
      const named = JSON.stringify(objects).match(/"[a-z-]+--[0-9a-f-]{36}"(?!:)/g)!;
      expect(named.filter((name) => !known.has(JSON.parse(name) as string))).toEqual([]);
    });

    it('has the same ids for ever, and a new modified with each revision', async () => {
      const [before] = (await bundleOf(path)).filter(({ type }) => type === 'incident');
      const position = await service.size();
      await alice.patch(`${path}/attacks/${ids['attack']}`, { summary: 'A blast at noon' });
      await service.caughtUp();
      const [after] = (await bundleOf(path)).filter(({ type }) => type === 'incident');
      expect(after).toMatchObject({
        id: before!.id,
        created: before!['created'],
        description: 'A blast at noon',
      });
      expect(Date.parse(after!['modified'] as string)).toBeGreaterThan(
        Date.parse(before!['modified'] as string),
      );
      const [then] = (await bundleOf(path, `?asOf=${position}`)).filter(({ type }) => type === 'incident');
      expect(then).toEqual(before);
    });

    it('publishes the schema of the extension where its definition says', async () => {
      const definition = (await bundleOf(path)).find(({ type }) => type === 'extension-definition')!;
      const schema = await fetch(definition['schema'] as string);
      expect([schema.status, schema.headers.get('content-type')]).toEqual([200, 'application/schema+json']);
      expect(await schema.json()).toMatchObject({ $id: definition['schema'] });
    });
  });

  describe('in', () => {
    const base = {
      spec_version: '2.1',
      created: '2024-01-09T10:00:00.000Z',
      modified: '2024-01-10T10:00:00.000Z',
    };
    const indicator = {
      type: 'indicator',
      id: idOf('indicator', 1),
      ...base,
      name: 'Rocket workshop',
      pattern: "[file:name = 'x']",
      x_opencti_score: 80,
      labels: [],
      extensions: { 'no-id-at-all': { 'odd key': null } },
    };

    it('keeps what it has no kind for, and gives it out again as it came', async () => {
      const incident = await open();
      const objects = [
        {
          type: 'x-mitre-tactic',
          id: idOf('x-mitre-tactic', 1),
          ...base,
          x_mitre_shortname: 'impact',
          revoked: true,
          x_mitre_deprecated: true,
        },
        indicator,
        // Refers to what is not in the bundle, and in a circle.
        {
          type: 'report',
          id: idOf('report', 1),
          ...base,
          name: 'R',
          published: base.created,
          object_refs: [idOf('report', 2), idOf('tool', 9)],
        },
        {
          type: 'report',
          id: idOf('report', 2),
          ...base,
          name: 'S',
          published: base.created,
          object_refs: [idOf('report', 1)],
        },
        {
          type: 'relationship',
          id: idOf('relationship', 1),
          ...base,
          relationship_type: 'uses',
          source_ref: idOf('tool', 9),
          target_ref: indicator.id,
        },
        { type: 'sighting', id: idOf('sighting', 1), ...base, sighting_of_ref: indicator.id, count: 2 },
        {
          type: 'grouping',
          id: idOf('grouping', 1),
          ...base,
          context: 'suspicious-activity',
          object_refs: [indicator.id],
        },
        // Declared by a definition that is not in the bundle.
        {
          type: 'event',
          id: idOf('event', 1),
          ...base,
          status: 'occurred',
          extensions: { [idOf('extension-definition', 1)]: { extension_type: 'new-sdo' } },
        },
        {
          type: 'identity',
          id: 'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff',
          ...base,
          created: '2024-01-09T10:00:00Z',
          name: 'An agency',
        },
        // 2.0: no spec_version, and observables inside.
        {
          type: 'observed-data',
          id: idOf('observed-data', 1),
          created: base.created,
          modified: base.modified,
          number_observed: 1,
          objects: { '0': { type: 'file', name: 'x' } },
        },
        { type: 'ipv4-addr', spec_version: '2.1', id: idOf('ipv4-addr', 1), value: '198.51.100.1' },
        {
          type: 'marking-definition',
          id: 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed',
          created: '2017-01-20T00:00:00.000Z',
          definition_type: 'tlp',
          definition: { tlp: 'red' },
        },
      ];
      const { items, end } = await send(incident, {
        type: 'bundle',
        id: idOf('bundle', 1),
        spec_version: '2.0',
        objects,
      });
      expect(told(items)).toEqual(objects.map(() => ['kept', 'item']));
      expect(items[1]).toMatchObject({
        source: indicator.id,
        why: expect.stringContaining('indicator') as string,
      });
      expect(end).toMatchObject({ complete: true, kept: objects.length });
      const out = await again(incident);
      for (const object of objects) expect(out.get(object.id)).toEqual(object);
      const kept = await itemsOf(alice, incident);
      expect(kept.find(({ type }) => type === 'indicator')).toMatchObject({ title: 'Rocket workshop' });
      expect(kept.find(({ type }) => type === 'relationship')).toMatchObject({
        title: 'tool uses indicator',
        about: [idOf('tool', 9), indicator.id],
      });
      const before = await service.size();
      expect(told((await send(incident, { objects })).items)).toEqual(objects.map(() => ['known', 'item']));
      expect(await service.size()).toBe(before);
    });

    it('makes notes and opinions comments on what they are about, and incidents attacks', async () => {
      const incident = await open();
      const note = {
        type: 'note',
        id: idOf('note', 1),
        ...base,
        content: 'Seen in the quarry.',
        object_refs: [indicator.id, idOf('tool', 9)],
        created_by_ref: idOf('identity', 1),
        authors: ['Ana'],
      };
      const objects = [
        note,
        {
          type: 'opinion',
          id: idOf('opinion', 1),
          ...base,
          explanation: 'Hardly.',
          opinion: 'disagree',
          object_refs: [note.id],
        },
        {
          type: 'note',
          id: idOf('note', 2),
          ...base,
          content: 'Of nothing here.',
          object_refs: [idOf('tool', 9)],
        },
        { type: 'opinion', id: idOf('opinion', 2), ...base, opinion: 'agree', object_refs: [indicator.id] },
        {
          type: 'incident',
          id: idOf('incident', 1),
          ...base,
          name: 'Rockets',
          description: 'Rockets strike.',
          confidence: 50,
        },
        { type: 'incident', id: idOf('incident', 2), ...base, name: 'A name alone' },
        { type: 'identity', id: idOf('identity', 1), ...base, name: 'Ana’s agency' },
        indicator,
      ];
      const { items } = await send(incident, objects);
      expect(told(items)).toEqual([
        ['recorded', 'comment'],
        ['recorded', 'comment'],
        ['kept', 'item'],
        ['kept', 'item'],
        ['recorded', 'attack'],
        ['recorded', 'attack'],
        ['kept', 'item'],
        ['kept', 'item'],
      ]);
      const out = await again(incident);
      for (const object of objects) expect(out.get(object.id)).toEqual(object);
      const comments = (await alice.get(`${incident}/comments`)).body.items as Record<string, any>[];
      expect(comments.find(({ body }) => body === 'Hardly.')).toMatchObject({
        replyTo: items[0]!.id,
        targetId: items[7]!.id,
      });
      expect(comments.find(({ body }) => body === note.content)).toMatchObject({
        origin: { attributedTo: { id: idOf('identity', 1) } },
        recordedBy: 'alice',
      });
    });

    it('gives out again what was said of it since, and takes that in elsewhere', async () => {
      const incident = await open();
      const strike = {
        type: 'incident',
        id: idOf('incident', 3),
        ...base,
        name: 'Rockets',
        description: 'Rockets strike.',
      };
      const { items } = await send(incident, [indicator, strike]);
      await alice.post(`${incident}/items/${items[0]!.id}/retraction`, { reason: 'Of another group.' });
      await alice.patch(`${incident}/attacks/${items[1]!.id}`, {
        weapons: ['rockets'],
        summary: 'Three rockets strike.',
      });
      await service.caughtUp();
      const exported = await alice.get(`${incident}/export/stix`);
      const there = await open();
      await send(there, exported.text);
      const [attack] = (await alice.get(`${there}/attacks`)).body.items;
      expect(attack).toMatchObject({ summary: 'Three rockets strike.', weapons: ['rockets'] });
      const [item] = (await alice.get(`${there}/items`)).body.items;
      expect(item).toMatchObject({
        status: 'retracted',
        retraction: { reason: 'Of another group.' },
        content: indicator,
      });
    });

    it('keeps what another tool added to an object of ours', async () => {
      const exported = await bundleOf(path);
      const there = await open();
      const note = exported.find(({ content }) => content === '=Nine were killed')!;
      note['x_opencti_id'] = 'abc';
      note['extensions'][idOf('extension-definition', 2)] = {
        extension_type: 'property-extension',
        score: 7,
      };
      await send(there, exported);
      expect((await again(there)).get(note.id)).toEqual(note);
    });

    it('takes one object, a list, a bundle and the answer of a TAXII server', async () => {
      const incident = await open();
      const object = (n: number) => ({ ...indicator, id: idOf('indicator', n) });
      for (const [n, body] of [
        [11, object(11)],
        [12, [object(12)]],
        [13, { type: 'bundle', id: idOf('bundle', 1), objects: [object(13)] }],
        [14, { more: false, objects: [object(14)] }],
      ] as const)
        expect((await send(incident, body)).items.map(({ source, outcome }) => [source, outcome])).toEqual([
          [idOf('indicator', n), 'kept'],
        ]);
    });

    it('refuses object by object what it cannot keep, and says why', async () => {
      const incident = await open();
      const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
      const { items, end } = await send(incident, [
        { id: idOf('tool', 1) },
        'indicator',
        { ...indicator, id: idOf('indicator', 21), x: 'x'.repeat(70_000) },
        { ...indicator, id: idOf('indicator', 22), x: deep(40) },
        { ...indicator, id: idOf('indicator', 23), x: '\u0000' },
        { type: 'bundle', objects: [] },
        { ...indicator, id: idOf('indicator', 24) },
      ]);
      expect(told(items).map(([outcome]) => outcome)).toEqual([...Array<string>(6).fill('refused'), 'kept']);
      for (const { why, outcome } of items) expect([outcome, why]).toEqual([outcome, expect.any(String)]);
      expect(items[2]!.why).toContain('65536');
      expect(end).toMatchObject({ complete: true, refused: 6, kept: 1 });
    });

    it('of a broken bundle records exactly what the report says', async () => {
      const incident = await open();
      const { items, end } = await send(
        incident,
        `{"objects": [${JSON.stringify(indicator)}, {"type": "tool"`,
      );
      expect([told(items), end.complete, end.problem?.type]).toEqual([
        [['kept', 'item']],
        false,
        'urn:casebook:problem:malformed-json',
      ]);
      expect(await itemsOf(alice, incident)).toHaveLength(1);
    });

    it('is undone as one, and a dry run tells the same and records nothing', async () => {
      const incident = await open();
      const note = {
        type: 'note',
        id: idOf('note', 31),
        ...base,
        content: 'Hm.',
        object_refs: [indicator.id],
      };
      const before = await service.size();
      const dry = await send(incident, [note, indicator], '?dryRun=true');
      expect([await service.size(), told(dry.items)]).toEqual([
        before,
        [
          ['recorded', 'comment'],
          ['kept', 'item'],
        ],
      ]);
      const { end } = await send(incident, [note, indicator]);
      const undone = await alice.post('undo', { correlationId: end.import, reason: 'The wrong bundle.' });
      expect([undone.status, undone.body.undone.length]).toEqual([200, 2]);
      expect((await alice.get(`${incident}/items?status=active`)).body.items).toEqual([]);
    });
  });
});
