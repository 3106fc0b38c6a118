import { enter } from '../support/corpus.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';
const LDP = 'http://www.w3.org/ns/ldp#';

/** The assertions of web-platform-tests, annotation-protocol/server, and what that suite leaves out. */
describe('the Web Annotation Protocol', () => {
  let service: TestService;
  let alice: Client;
  let ids: Record<string, string>;
  let container: string;
  let path: string;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    ids = await incidentOfAllKinds(alice);
    path = `/v1/workspaces/default/incidents/${ids['incident']}/web-annotations/`;
    container = `${service.url}${path}`;
  });
  afterAll(() => service.close());

  const ld = { 'content-type': 'application/ld+json' };
  const json = ({ text }: { text: string }) => JSON.parse(text);
  const pathOf = (iri: string) => iri.slice(service.url.length);
  const post = (body: object, headers: Record<string, string> = {}, client = alice) =>
    client.post(path, JSON.stringify(body), { ...ld, ...headers });
  const put = (iri: string, body: object, headers: Record<string, string> = {}) =>
    alice.request('PUT', pathOf(iri), JSON.stringify(body), { ...ld, ...headers });
  const pageNote = () => ({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    body: { type: 'TextualBody', value: 'I like this page!' },
    target: 'http://www.example.com/index.html',
  });

  describe('of the container', () => {
    it('GET, HEAD and OPTIONS say what it is and what it takes', async () => {
      const got = await alice.get(path);
      expect(got.status).toBe(200);
      expect(got.headers.get('content-type')).toBe(MEDIA_TYPE);
      expect(got.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
      expect(got.headers.get('accept-post')).toBe(MEDIA_TYPE);
      expect(got.headers.get('etag')).toMatch(/^"[\w-]+"$/);
      expect(got.headers.get('vary')?.toLowerCase().split(/, */)).toEqual(
        expect.arrayContaining(['accept', 'prefer']),
      );
      const links = got.headers.get('link');
      expect(links).toContain(`<${LDP}BasicContainer>; rel="type"`);
      expect(links).toContain(`<http://www.w3.org/TR/annotation-protocol/>; rel="${LDP}constrainedBy"`);
      const head = await alice.request('HEAD', path);
      expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', got.headers.get('etag')]);
      const options = await alice.request('OPTIONS', path);
      expect([options.status, options.headers.get('allow')]).toEqual([200, 'GET, HEAD, OPTIONS, POST']);
    });

    it('describes itself under the address that Content-Location names', async () => {
      const got = await alice.get(path);
      const described = json(got);
      expect(described.type).toEqual(['BasicContainer', 'AnnotationCollection']);
      expect(described.id).toBe(got.headers.get('content-location'));
      expect(described.id.startsWith(container)).toBe(true);
      expect(described.total).toBe(10);
      const again = await alice.get(path, { 'if-none-match': got.headers.get('etag')! });
      expect([again.status, again.text]).toEqual([304, '']);
    });

    it('gives pages that are part of it, whole or as addresses, as the client prefers', async () => {
      const described = json(await alice.get(path));
      const page = json(await alice.get(pathOf(described.first)));
      expect(page).toMatchObject({ type: 'AnnotationPage', partOf: { id: described.id }, startIndex: 0 });
      expect(page.items).toHaveLength(10);
      for (const item of page.items) expect(item).toHaveProperty('@context');
      const iris = { prefer: 'return=representation;include="http://www.w3.org/ns/oa#PreferContainedIRIs"' };
      const short = await alice.get(path, iris);
      expect(short.headers.get('preference-applied')).toBe('return=representation');
      const addresses = json(await alice.get(pathOf(json(short).first)));
      expect(addresses.items).toEqual(page.items.map(({ id }: { id: string }) => id));
      const minimal = await alice.get(path, {
        prefer: `return=representation;include="${LDP}PreferMinimalContainer"`,
      });
      expect(json(minimal)).toMatchObject({ id: container, total: 10 });
      expect(json(minimal)).not.toHaveProperty('items');
      expect((await alice.get(`${path}?page=9`)).status).toBe(404);
    });

    it('links pages to their neighbours', async () => {
      const incident = (await enter(alice, 'incidents', { title: 'Many' })).id;
      const lines = Array.from({ length: 205 }, (_, at) =>
        JSON.stringify({ key: `k${at}`, command: 'record-attack', body: { summary: `Attack ${at}` } }),
      );
      await alice.post(`incidents/${incident}/import`, lines.join('\n'), {
        'content-type': 'application/x-ndjson',
      });
      const { first, last } = json(await alice.get(`incidents/${incident}/web-annotations/`));
      const pages = [json(await alice.get(pathOf(first)))];
      while (pages.at(-1).next !== undefined) pages.push(json(await alice.get(pathOf(pages.at(-1).next))));
      expect(pages.map(({ id, prev, items }) => [id, prev, items.length])).toEqual([
        [first, undefined, 100],
        [pages[1].id, first, 100],
        [last, pages[1].id, 5],
      ]);
    });
  });

  describe('of an annotation', () => {
    it('GET, HEAD and OPTIONS say what it is and what it takes', async () => {
      const address = `${path}${ids['claim']}`;
      const got = await alice.get(address);
      expect([got.status, json(got).id]).toEqual([200, `${container}${ids['claim']}`]);
      expect(got.headers.get('content-type')).toBe(MEDIA_TYPE);
      expect(got.headers.get('allow')).toBe('GET, HEAD, OPTIONS, PUT, DELETE');
      expect(got.headers.get('link')).toContain(`<${LDP}Resource>; rel="type"`);
      expect(got.headers.get('vary')?.toLowerCase()).toContain('accept');
      expect((await alice.request('HEAD', address)).status).toBe(200);
      expect((await alice.request('OPTIONS', address)).status).toBe(200);
      const known = await alice.get(address, { 'if-none-match': got.headers.get('etag')! });
      expect(known.status).toBe(304);
    });

    it('POST, PUT and DELETE of a page that is no document of ours', async () => {
      const canonical = 'urn:uuid:01990f3e-7c1a-7b52-9d5e-6f1c2a3b4cff';
      const made = await post({ ...pageNote(), canonical });
      expect([made.status, json(made).canonical, json(made).target]).toEqual([
        201,
        canonical,
        'http://www.example.com/index.html',
      ]);
      const { id } = json(made);
      expect([id.startsWith(container), made.headers.get('location')]).toEqual([true, id]);
      expect((await post({ ...pageNote(), canonical })).body.type).toBe(
        'urn:casebook:problem:annotation-exists',
      );

      const replaced = await put(id, { ...json(made), target: 'http://other.example/' });
      expect([replaced.status, json(replaced).target]).toEqual([200, 'http://other.example/']);
      const moved = await put(id, { ...json(made), canonical: 'urn:x:other' });
      expect([moved.status, moved.body.type]).toEqual([409, 'urn:casebook:problem:annotation-fixed']);

      const gone = await alice.request('DELETE', pathOf(id));
      expect([gone.status, gone.text]).toEqual([204, '']);
      expect((await alice.get(pathOf(id))).status).toBe(410);
      expect((await alice.request('DELETE', pathOf(id))).status).toBe(410);
      expect((await put(id, pageNote())).status).toBe(410);
      const { items } = (
        await alice.get(`incidents/${ids['incident']}/history?annotationId=${id.slice(container.length)}`)
      ).body;
      expect(items.map(({ type }: { type: string }) => type)).toEqual([
        'ItemKept',
        'ItemRevised',
        'ItemRetracted',
      ]);
    });

    it('If-Match and If-None-Match guard what was changed since', async () => {
      const made = await post(pageNote());
      const { id } = json(made);
      const tag = made.headers.get('etag')!;
      const changed = await put(id, { ...json(made), target: 'http://other.example/' }, { 'if-match': tag });
      expect(changed.status).toBe(200);
      for (const stale of [tag, '"99"']) {
        expect((await put(id, json(made), { 'if-match': stale })).status).toBe(412);
        expect((await alice.request('DELETE', pathOf(id), undefined, { 'if-match': stale })).status).toBe(
          412,
        );
      }
      expect((await put(id, json(made), { 'if-none-match': '*' })).status).toBe(412);
      const current = changed.headers.get('etag')!;
      expect((await alice.request('DELETE', pathOf(id), undefined, { 'if-match': current })).status).toBe(
        204,
      );
    });

    it('PUT revises our own kinds by the standard’s words', async () => {
      const address = `${container}${ids['claim']}`;
      const before = json(await alice.get(pathOf(address)));
      const [statement, ...tags] = before.body;
      const body = [{ ...statement, value: 'Nine, it is said' }, ...tags];
      const after = await put(address, { ...before, body });
      expect([after.status, json(after).body[0].value]).toEqual([200, 'Nine, it is said']);
      const claim = (await alice.get(`incidents/${ids['incident']}/claims/${ids['claim']}`)).body;
      expect(claim).toMatchObject({
        revision: 2,
        statement: 'Nine, it is said',
        credibility: 2,
        tags: ['toll', 'blessés'],
      });
      const same = await put(address, json(after));
      expect([same.status, same.headers.get('etag')]).toEqual([200, after.headers.get('etag')]);
    });

    it('Slug names the annotation where it is free', async () => {
      const slug = '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4d00';
      expect(json(await post(pageNote(), { slug })).id).toBe(`${container}${slug}`);
      expect(json(await post(pageNote(), { slug })).id).not.toBe(`${container}${slug}`);
    });

    it('refuses what is no annotation, of another type, or from somebody who may not write', async () => {
      expect((await post({ type: 'Annotation' })).status).toBe(400);
      expect((await alice.post(path, '{', ld)).status).toBe(400);
      expect((await alice.post(path, {})).status).toBe(415);
      expect((await alice.post(path, 'x', { 'content-type': 'text/turtle' })).status).toBe(415);
      const reader = await service.member('rita', 'reader');
      expect((await post(pageNote(), {}, reader)).status).toBe(403);
      const patched = await alice.patch(`${path}${ids['claim']}`, {});
      expect([patched.status, patched.headers.get('allow')]).toEqual([405, expect.stringContaining('PUT')]);
    });
  });
});
