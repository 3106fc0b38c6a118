import jsonld from 'jsonld';
import { enter } from '../support/corpus.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';
import { annoContext, hasConformance, wadmFaults } from '../support/web-annotation-schemas.js';

interface Collection {
  readonly '@context': string[];
  readonly total: number;
  readonly first: { readonly items: Record<string, any>[] };
}

/** Skipped, and named as skipped, where ../shared/conformance with the W3C's schemas is not at hand. */
const whereConformance = hasConformance ? it : it.skip;

describe('an incident exported as Web Annotations', () => {
  let service: TestService;
  let alice: Client;
  let ids: Record<string, string>;
  let address: string;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    ids = await incidentOfAllKinds(alice);
    address = `incidents/${ids['incident']}/export/web-annotation`;
  });
  afterAll(() => service.close());

  const read = async (path = address, client = alice): Promise<Collection> => {
    const { status, text } = await client.get(path);
    expect([status, text]).toEqual([200, expect.any(String)]);
    return JSON.parse(text) as Collection;
  };
  const itemOf = ({ first }: Collection, name: string) =>
    first.items.find(({ canonical }) => canonical === `urn:uuid:${ids[name]}`);

  it('has a media type, a file name, the position that it reflects and an ETag that saves sending it again', async () => {
    const { headers } = await alice.get(address);
    expect(headers.get('content-type')).toBe(
      'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    );
    expect(headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="incident-${ids['incident']}-\\d+\\.jsonld"$`),
    );
    expect(Number(headers.get('ledger-position'))).toBe(await service.size());
    const again = await alice.get(address, { 'if-none-match': headers.get('etag')! });
    expect([again.status, again.text]).toEqual([304, '']);
    const head = await alice.request('HEAD', address);
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', headers.get('etag')]);
  });

  it('holds every annotation once, referred to before it refers', async () => {
    const { total, first } = await read();
    expect([total, first.items.length]).toEqual([10, 10]);
    expect(first.items.map(({ casebook }) => casebook.kind)).toEqual([
      'claim',
      'claim',
      'item',
      'warning',
      'attack',
      'link',
      'dispute',
      'comment',
      'comment',
      'comment',
    ]);
  });

  it('says in the words of the standard what other tools understand, and the rest in ours', async () => {
    const all = await read();
    expect(itemOf(all, 'claim')).toMatchObject({
      type: 'Annotation',
      motivation: 'describing',
      creator: { type: 'Person', name: 'Alice' },
      body: [
        { type: 'TextualBody', value: '=Nine were killed', purpose: 'describing' },
        { value: 'toll', purpose: 'tagging' },
        { value: 'blessés', purpose: 'tagging' },
      ],
      target: [
        {
          source: expect.stringContaining(`/documents/${ids['document']}/text`) as string,
          selector: [
            { type: 'TextQuoteSelector', exact: '“nine” people', prefix: 'At least ' },
            { type: 'TextPositionSelector', start: 9, end: 22 },
          ],
        },
      ],
      casebook: { kind: 'claim', credibility: 2, figure: { counts: 'killed', min: 9 } },
    });
    expect(itemOf(all, 'warning')?.casebook.evidence).toEqual([`urn:uuid:${ids['claim']}`]);
    expect(itemOf(all, 'reply')).toMatchObject({
      motivation: 'replying',
      target: [{ id: expect.stringMatching(new RegExp(`/web-annotations/${ids['comment']}$`)) as string }],
    });
  });

  whereConformance(
    'expands as JSON-LD in safe mode, with the published context, and drops no term',
    async () => {
      const collection = await read();
      const published = await (await fetch(collection['@context'][1]!)).json();
      const documentLoader = (url: string) =>
        Promise.resolve({
          contextUrl: undefined,
          documentUrl: url,
          document: (url.endsWith('anno.jsonld') ? annoContext() : published) as object,
        });
      const expanded = await jsonld.expand(collection, {
        documentLoader,
        safe: true,
      } as jsonld.Options.Expand);
      const text = JSON.stringify(expanded);
      for (const word of ['=Nine were killed', 'blessés', 'reportedly', 'x-tool', 'January 9', '-49.0213'])
        expect(text).toContain(word);
      expect(text).toContain('urn:casebook:term:credibility');
    },
  );

  whereConformance('is valid by the schemas of the W3C, annotation by annotation', async () => {
    const { first, ...collection } = await read();
    const annotationFaults = wadmFaults('annotations/annotationMusts.test');
    for (const item of first.items)
      expect([
        item['casebook'].kind,
        annotationFaults({ '@context': collection['@context'], ...item }),
      ]).toEqual([item['casebook'].kind, []]);
    expect(wadmFaults('collections/collectionMusts.test')({ ...collection, first })).toEqual([]);
    expect(
      wadmFaults('collections/pages/pageMusts.test')({ '@context': collection['@context'], ...first }),
    ).toEqual([]);
  });

  it('shows what there was at any moment, and the same to the byte later', async () => {
    const before = await service.size();
    const then = await alice.get(`${address}?asOf=${before}`);
    await enter(alice, `incidents/${ids['incident']}/comments`, { targetId: ids['claim'], body: 'Later.' });
    await service.caughtUp();
    const again = await alice.get(`${address}?asOf=${before}`);
    expect([again.text, again.headers.get('etag')]).toEqual([then.text, then.headers.get('etag')]);
    expect(again.headers.get('ledger-position')).toBe(String(before));
    expect((await read()).total).toBe(11);
  });

  it('shows nobody what they may not see: restriction, clearance and erasure hold', async () => {
    const gwen = await service.member('gwen', 'annotator');
    const secret = await incidentOfAllKinds(service.admin);
    const path = `incidents/${secret['incident']}`;
    await service.admin.post(`${path}/restriction`, { members: ['admin'] });
    expect((await gwen.get(`${path}/export/web-annotation`)).status).toBe(404);
    const ofDocument = `documents/${secret['document']}/export/web-annotation`;
    expect((await read(ofDocument, gwen)).total).toBe(2);
    expect((await read(ofDocument, service.admin)).total).toBe(4);
    await service.admin.post('erasures', {
      subject: secret['claim'],
      reason: 'Asked to',
      legalBasis: 'GDPR 17',
    });
    const left = await service.admin.get(`${path}/export/web-annotation`);
    expect(left.text).not.toContain('=Nine were killed');
    await service.admin.patch(`documents/${secret['document']}`, { tlp: 'red' });
    await service.admin.patch('members/gwen', { clearance: 'green' });
    expect((await gwen.get(ofDocument)).status).toBe(404);
    expect((await gwen.get(address)).status).toBe(404);
  });

  it('refuses a format that there is not, and an incident that there is not', async () => {
    expect((await alice.get(`incidents/${ids['incident']}/export/docx`)).status).toBe(400);
    const absent = await alice.get(address.replace(ids['incident']!, ids['claim']!));
    expect([absent.status, absent.body.type]).toEqual([404, 'urn:casebook:problem:incident-unknown']);
  });
});
