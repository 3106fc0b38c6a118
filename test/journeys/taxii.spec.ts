import { enter } from '../support/corpus.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const ACCEPT = 'application/taxii+json;version=2.1';
interface Envelope {
  readonly more?: boolean;
  readonly next?: string;
  readonly objects?: Record<string, any>[];
  readonly versions?: string[];
}
interface Taken {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

/** A client by the rules of taxii2client: trailing slashes, every token of the Accept header back, `next` with the same filters. */
class TaxiiClient {
  constructor(
    private readonly token: string,
    private readonly url: string,
  ) {}

  async get(path: string, query: Record<string, string> = {}, accept = ACCEPT): Promise<Taken> {
    const address = new URL(path.endsWith('/') ? path : `${path}/`, this.url);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const answer = await fetch(address, {
      headers: { authorization: `Bearer ${this.token}`, accept },
      redirect: 'error',
    });
    const text = await answer.text();
    const type = (answer.headers.get('content-type') ?? '').replaceAll(' ', '').split(';');
    if (answer.ok) {
      expect(type[0]).toBe('application/taxii+json');
      expect(type).toEqual(expect.arrayContaining(accept.replaceAll(' ', '').split(';')));
    }
    return { status: answer.status, headers: answer.headers, body: JSON.parse(text) };
  }

  async *pages(path: string, limit: number, filters: Record<string, string> = {}): AsyncGenerator<Taken> {
    let query: Record<string, string> = { ...filters, limit: String(limit) };
    for (;;) {
      const page = await this.get(path, query);
      yield page;
      const { more, next } = page.body as Envelope;
      if (more !== true) return;
      query = { ...query, next: next! };
    }
  }
}

describe('TAXII 2.1', () => {
  let service: TestService;
  let alice: Client;
  let client: TaxiiClient;
  let ids: Record<string, string>;
  let collection: string;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    ids = await incidentOfAllKinds(alice);
    client = new TaxiiClient(alice.token, service.url);
    collection = `/taxii2/default/collections/${ids['incident']}`;
  });
  afterAll(() => service.close());

  const objectsOf = async (
    limit: number,
    filters: Record<string, string> = {},
    of = client,
    at = collection,
  ) => {
    const found: Record<string, any>[] = [];
    for await (const { body } of of.pages(`${at}/objects/`, limit, filters))
      found.push(...((body as Envelope).objects ?? []));
    return found;
  };
  const exported = async (): Promise<Record<string, any>[]> =>
    (JSON.parse((await alice.get(`incidents/${ids['incident']}/export/stix`)).text) as { objects: [] })
      .objects;
  const byId = (objects: Record<string, any>[]) =>
    new Map(objects.map((object) => [object['id'] as string, object]));

  it('is found from its discovery: the API root, the collections, one of them', async () => {
    const { body: discovery } = await client.get('/taxii2/');
    expect(discovery).toMatchObject({ title: 'Casebook', api_roots: [discovery.default] });
    const root = await client.get(new URL(discovery.default).pathname);
    expect(root.body).toMatchObject({ versions: [ACCEPT], max_content_length: expect.any(Number) as number });
    const { body } = await client.get('/taxii2/default/collections/');
    expect(body.collections).toEqual([
      {
        id: ids['incident'],
        title: 'Blast “at” the market',
        can_read: true,
        can_write: false,
        media_types: ['application/stix+json;version=2.1'],
      },
    ]);
    expect((await client.get(collection)).body).toEqual(body.collections[0]);
  });

  it('gives what the STIX export gives, each object once, whatever the size of the pages', async () => {
    const wanted = byId(await exported());
    for (const limit of [1, 3, 1000]) {
      const objects = await objectsOf(limit);
      expect(objects).toHaveLength(wanted.size);
      expect(byId(objects)).toEqual(wanted);
    }
  });

  it('dates each object by itself, and resumes behind a date without a gap or a repetition', async () => {
    const { objects: manifest } = (await client.get(`${collection}/manifest/`)).body as Required<Envelope>;
    const dates = manifest.map(({ date_added: date }) => date as string);
    expect(new Set(dates).size).toBe(dates.length);
    expect([...dates].sort()).toEqual(dates);
    const whole = await client.get(`${collection}/objects/`);
    expect(whole.headers.get('x-taxii-date-added-first')).toBe(dates[0]);
    expect(whole.headers.get('x-taxii-date-added-last')).toBe(dates.at(-1));
    const all = await objectsOf(1000);
    for (const [index, date] of dates.entries())
      expect((await objectsOf(4, { added_after: date })).map(({ id }) => id)).toEqual(
        all.slice(index + 1).map(({ id }) => id),
      );
    const { body } = await client.get(`${collection}/objects/`, { added_after: dates.at(-1)! });
    expect(body).toEqual({});
  });

  it('tells who asks again what came since, and no more than that', async () => {
    const before = await client.get(`${collection}/manifest/`);
    const since = before.headers.get('x-taxii-date-added-last')!;
    await alice.patch(`incidents/${ids['incident']}/attacks/${ids['attack']}`, { weapons: ['rockets'] });
    await service.caughtUp();
    const objects = await objectsOf(100, { added_after: since });
    expect(objects.map(({ type }) => type)).toEqual(['incident', 'grouping']);
    await alice.patch(`documents/${ids['document']}`, { tlp: 'green', publisher: 'The Harbour Courier' });
    await service.caughtUp();
    const later = await client.get(`${collection}/manifest/`);
    expect(later.body.objects.length).toBe(before.body.objects.length + 2);
    expect(byId(await objectsOf(2))).toEqual(byId(await exported()));
  });

  it('filters by id, type, version and version of the specification', async () => {
    const all = await objectsOf(1000);
    const incident = all.find(({ type }) => type === 'incident')!;
    const types = (await objectsOf(2, { 'match[type]': 'incident,opinion' })).map(
      ({ type }) => type as string,
    );
    expect(types.sort()).toEqual(['incident', 'opinion']);
    const one = { 'match[id]': incident['id'] as string };
    expect(await objectsOf(5, one)).toEqual([incident]);
    for (const version of ['last', 'first', 'all', incident['modified'] as string])
      expect(await objectsOf(5, { ...one, 'match[version]': version })).toEqual([incident]);
    expect(await objectsOf(5, { ...one, 'match[version]': '2001-01-01T00:00:00Z' })).toEqual([]);
    expect(await objectsOf(5, { ...one, 'match[spec_version]': '2.0' })).toEqual([]);
  });

  it('gives one object, its versions, and 404 for one that there is not', async () => {
    const [incident] = await objectsOf(5, { 'match[type]': 'incident' });
    const path = `${collection}/objects/${incident!['id']}/`;
    expect((await client.get(path)).body).toEqual({ more: false, objects: [incident] });
    expect((await client.get(`${path}versions/`)).body).toEqual({
      more: false,
      versions: [incident!['modified']],
    });
    const absent = await client.get(`${collection}/objects/tool--00000000-0000-4000-8000-000000000001/`);
    expect([absent.status, absent.body]).toEqual([
      404,
      expect.objectContaining({ title: 'Not found', http_status: '404' }),
    ]);
  });

  it('negotiates: what asks for another version gets 406, and errors are messages of TAXII that are problems as well', async () => {
    for (const accept of [
      'application/taxii+json;version=2.0',
      'application/vnd.oasis.taxii+json',
      'text/html',
    ])
      expect([accept, (await client.get('/taxii2/', {}, accept)).status]).toEqual([accept, 406]);
    for (const accept of ['application/taxii+json', 'application/taxii+json; version=2.1'])
      expect((await client.get('/taxii2/', {}, accept)).status).toBe(200);
    const unknown = await client.get(collection.replace(ids['incident']!, ids['claim']!));
    expect(unknown.headers.get('content-type')).toBe(ACCEPT);
    expect([unknown.status, unknown.body]).toEqual([
      404,
      {
        type: 'urn:casebook:problem:incident-unknown',
        title: 'No such incident',
        status: 404,
        detail: expect.any(String) as string,
        instance: expect.stringContaining('/taxii2/default/') as string,
        description: expect.any(String) as string,
        error_code: 'urn:casebook:problem:incident-unknown',
        http_status: '404',
      },
    ]);
    // Others get what every other route says.
    const plain = await alice.get('/taxii2/default/collections/x');
    expect([plain.status, plain.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    for (const query of [
      { added_after: 'yesterday' },
      { limit: '0' },
      { next: 'x' },
      { 'match[tlp]': 'red' },
    ])
      expect((await client.get(`${collection}/objects/`, query as never)).status).toBe(400);
  });

  it('is read only, and asks for a token', async () => {
    const written = await fetch(new URL(`${collection}/objects/`, service.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${alice.token}`, accept: ACCEPT, 'content-type': ACCEPT },
      body: '{"objects":[]}',
    });
    expect([405, 415]).toContain(written.status);
    const answer = await fetch(new URL('/taxii2/', service.url), { headers: { accept: ACCEPT } });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('Bearer'),
    ]);
  });

  it('shows nobody what they may not see', async () => {
    const gwen = await service.member('gwen', 'annotator');
    const asGwen = new TaxiiClient(gwen.token, service.url);
    const secret = await incidentOfAllKinds(service.admin);
    const at = `/taxii2/default/collections/${secret['incident']}`;
    expect((await objectsOf(100, {}, asGwen, at)).length).toBeGreaterThan(10);
    await service.admin.post(`incidents/${secret['incident']}/restriction`, { members: ['admin'] });
    expect((await asGwen.get(`${at}/objects/`)).status).toBe(404);
    expect(JSON.stringify((await asGwen.get('/taxii2/default/collections/')).body)).not.toContain(
      secret['incident'],
    );
    const asAdmin = new TaxiiClient(service.admin.token, service.url);
    await service.admin.post('erasures', {
      subject: secret['claim'],
      reason: 'Asked to',
      legalBasis: 'GDPR 17',
    });
    await service.caughtUp();
    const left = JSON.stringify(await objectsOf(100, {}, asAdmin, at));
    expect(left).not.toContain('=Nine were killed');
  });

  it('has no collections where there are no incidents', async () => {
    const opened = await service.admin.post('/v1/workspaces', { id: 'desk-two' });
    const other = new TaxiiClient((opened.body as { token: string }).token, service.url);
    expect((await other.get('/taxii2/desk-two/collections/')).body).toEqual({});
    expect((await other.get('/taxii2/default/collections/')).status).toBe(403);
    await enter(service.admin, 'incidents', { title: 'x' });
  });
});
