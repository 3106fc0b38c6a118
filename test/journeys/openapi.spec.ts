import * as contracts from '@casebook/contracts';
import type { EventView } from '@casebook/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { ANSWERS } from '../support/answers.js';
import { corpusText, enter } from '../support/corpus.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

type Schema = Record<string, unknown>;
interface Operation {
  operationId: string;
  summary?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}
interface Description {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
}

describe('the description of the API', () => {
  let service: TestService;
  let admin: Client;
  let description: Description;
  let operations: { route: string; method: string; path: string; operation: Operation }[];
  let ajv: Ajv2020;
  /** The ids that fill the templates of paths. */
  let ids: Record<string, string>;

  beforeAll(async () => {
    service = await startTestService();
    ({ admin } = service);
    description = (await (await fetch(`${service.url}/openapi.json`)).json()) as Description;
    operations = Object.entries(description.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        operation,
      })),
    );
    ajv = new Ajv2020({ strict: false, allErrors: true });
    (addFormats as unknown as (target: Ajv2020) => void)(ajv);
    ajv.addSchema({ $id: 'openapi', ...description });
    ids = await annotateSomething();
  });
  afterAll(() => service.close());

  async function annotateSomething(): Promise<Record<string, string>> {
    const text = corpusText('07-tarrick-wrong-group.txt');
    const document = (await enter(admin, 'documents', { title: 'One', text, published: '2024-02-11~' })).id;
    const incident = (await enter(admin, 'incidents', { title: 'One', summary: 'Of each kind one' })).id;
    const path = `incidents/${incident}`;
    await enter(admin, `${path}/documents`, { documentId: document });
    const claims = (
      await enter(admin, `${path}/claims`, {
        anchor: { documentId: document, start: 0, end: 12 },
        tags: ['one'],
        figure: { counts: 'killed', min: 1, max: null },
      })
    ).id;
    const warnings = (await enter(admin, `${path}/warnings`, { summary: 'A note', evidence: [claims] })).id;
    const attacks = (
      await enter(admin, `${path}/attacks`, { summary: 'Rockets', place: { name: 'Tarrick' } })
    ).id;
    const links = (await enter(admin, `${path}/links`, { warningId: warnings, attackId: attacks })).id;
    const dispute = {
      question: 'Who?',
      targets: [attacks],
      positions: [{ statement: 'A' }, { statement: 'B' }],
    };
    const disputes = (await enter(admin, `${path}/disputes`, dispute)).id;
    await admin.post(`${path}/disputes/${disputes}/resolution`, {
      outcome: 'prevails',
      prevailing: 1,
      reason: 'x',
    });
    const comments = (await enter(admin, `${path}/comments`, { targetId: claims, body: 'So?' })).id;
    const kept = { format: 'stix', type: 'indicator', about: ['http://www.example.com/'], content: { a: 1 } };
    const items = (await enter(admin, `${path}/items`, kept)).id;
    await admin.post(`${path}/claims/${claims}/retraction`, { reason: 'Misread' });
    return {
      workspace: 'default',
      // Of Casebook itself, in every collection of TAXII.
      object: 'identity--0b7c5e94-3f12-5d8a-8e60-71c9d4a2b3f5',
      member: 'admin',
      webhook: (await admin.post('webhooks', { url: 'https://hooks.example.org/casebook' })).body
        .id as string,
      position: '3',
      level: '0',
      path: `000.p/${await service.size()}`,
      incident,
      document,
      annotations: claims,
      claims,
      warnings,
      attacks,
      links,
      disputes,
      comments,
      items,
      'web-annotations': items,
      format: 'web-annotation',
    };
  }

  const schemaAt = (...pointer: string[]): string =>
    `openapi#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

  it('is OpenAPI 3.1, open to everybody, and knows how to authenticate', () => {
    expect(description.openapi).toBe('3.1.0');
    expect(description.info).toMatchObject({
      title: 'Casebook',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    });
    expect(description.components.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
    });
    for (const { path, operation } of operations) {
      expect([path, operation.security]).toEqual([
        path,
        /^\/(health|ns)\//.test(path) ? [] : [{ bearer: [] }],
      ]);
    }
  });

  it('has every route of the service, and none that the service has not', () => {
    const served = routesIn(
      service.application.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }),
      // What browsers alone ask for: the first page, its icon and the console's session.
    ).filter(
      (route) =>
        !/^(HEAD|OPTIONS)|\/(docs|openapi\.json|v1\/session)|swagger|\*$|^GET \/(favicon\.ico)?$/.test(route),
    );
    const wildcards = [
      'GET /v1/workspaces/{workspace}/ledger/tile/entries/{path}',
      'GET /v1/workspaces/{workspace}/ledger/tile/{level}/{path}',
    ];
    expect(operations.map(({ route }) => route).sort()).toEqual([...served, ...wildcards].sort());
  });

  it('has an answer of the contracts for every route: a new route is entered in test/support/answers.ts', () => {
    expect(operations.map(({ route }) => route).sort()).toEqual(Object.keys(ANSWERS).sort());
  });

  it('every operation has a name of its own and a summary, and every template of its path is a parameter', () => {
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { route, path, operation } of operations) {
      expect([route, operation.summary]).toEqual([route, expect.stringMatching(/\w{3}/)]);
      const templates = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters =
        operation.parameters?.filter((each) => each.in === 'path').map(({ name }) => name) ?? [];
      expect([route, new Set(parameters)]).toEqual([route, new Set(templates)]);
    }
  });

  it('every schema is one of the contracts, word for word', () => {
    const known = new Map<string, string[]>();
    const learn = (name: unknown, schema: unknown): void => {
      if (typeof name === 'string') known.set(name, [...(known.get(name) ?? []), canonical(schema)]);
    };
    for (const schema of Object.values(contracts)) {
      if (!(schema instanceof z.ZodType)) continue;
      for (const io of ['input', 'output'] as const) {
        const {
          $defs = {},
          $schema: _,
          ...root
        } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema & {
          $defs?: Record<string, Schema>;
        };
        learn(root['id'], root);
        for (const [name, each] of Object.entries($defs)) learn(name, each);
      }
    }
    const components = Object.entries(description.components.schemas);
    const pages = components.filter(([name]) => name.endsWith('Page'));
    expect(
      components
        .filter(([name, schema]) => !name.endsWith('Page') && !known.get(name)?.includes(canonical(schema)))
        .map(([name]) => name),
    ).toEqual([]);
    for (const [, page] of pages) {
      expect(page).toMatchObject({
        required: ['items', 'next'],
        properties: { items: { items: { $ref: expect.any(String) as string } } },
      });
    }
  });

  it('every reference in it leads somewhere', () => {
    const references = [
      ...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g),
    ].map(([, name]) => name ?? '');
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((name) => description.components.schemas[name] === undefined)).toEqual([]);
  });

  it('every request body has an example, every example is valid, and the service takes the same fields', () => {
    for (const { route, operation } of operations) {
      // What is no JSON (lines of an import) is not described by a schema.
      if (operation.requestBody?.content['application/json'] === undefined) continue;
      const { schema } = operation.requestBody.content['application/json'];
      const name = /^#\/components\/schemas\/(\w+)$/.exec(String(schema['$ref']))?.[1] ?? '';
      expect([route, description.components.schemas[name]?.['example']]).toEqual([route, expect.any(Object)]);
    }
    for (const [name, { example }] of Object.entries(description.components.schemas)) {
      if (example === undefined) continue;
      const validate = ajv.getSchema(schemaAt('components', 'schemas', name));
      expect([name, validate?.(example), validate?.errors]).toEqual([name, true, null]);
    }
  });

  it('the live feed has the header that it resumes with', () => {
    const feed = operations.find(({ route }) => route === 'GET /v1/workspaces/{workspace}/events');
    expect(feed?.operation.parameters?.map(({ name }) => name)).toContain('Last-Event-ID');
  });

  it('only what reads says that it waits for a position', () => {
    const waiting = operations.filter(({ operation }) =>
      operation.parameters?.some(({ name }) => name === 'Ledger-Position-At-Least'),
    );
    expect(waiting.length).toBeGreaterThan(25);
    expect(waiting.filter(({ method }) => method !== 'GET').map(({ route }) => route)).toEqual([]);
  });

  it('a body that may be empty is said to be optional', () => {
    for (const { route, operation } of operations) {
      if (operation.requestBody?.content['application/json'] === undefined) continue;
      const name =
        String(operation.requestBody.content['application/json'].schema['$ref']).split('/').at(-1) ?? '';
      const { required = [] } = description.components.schemas[name] as { required?: string[] };
      expect([route, operation.requestBody.required ?? false]).toEqual([route, required.length > 0]);
    }
  });

  it('every route that reads answers what it says', async () => {
    let read = 0;
    for (const { method, path, operation } of operations) {
      if (method !== 'GET' || path.includes('{member}/tokens')) continue;
      const kind = /\/([\w-]+)\/\{annotation\}/.exec(path)?.[1] ?? '';
      const address = path.replaceAll(
        /\{(\w+)\}/g,
        (_, name: string) => ids[name === 'annotation' ? kind : name] ?? name,
      );
      const asksFrom = /\/(consistency|difference)$/.test(path);
      const answer = await admin.get(asksFrom ? `${address}?from=1` : address);
      expect([address, answer.status]).toEqual([address, 200]);
      const media = answer.headers.get('content-type')?.split(';')[0] ?? '';
      const told = Object.keys(operation.responses['200']?.content ?? {});
      // One route for every format: the answer has the media type of one of them.
      const isOfFormats = /\/(\{format\}|original)$/.test(path);
      expect([path, isOfFormats ? told.filter((each) => each === media) : told]).toEqual([path, [media]]);
      if (media !== 'application/json') continue;
      const validate = ajv.getSchema(
        schemaAt('paths', path, 'get', 'responses', '200', 'content', media, 'schema'),
      );
      expect([path, validate?.(answer.body), validate?.errors]).toEqual([path, true, null]);
      read += 1;
    }
    expect(read).toBeGreaterThan(25);
  });

  it('every operation names the problems that it may answer, all of one form', () => {
    for (const { route, operation } of operations) {
      if (route.includes('/health/live')) continue;
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        expect([route, status, content]).toEqual([
          route,
          status,
          { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        ]);
      }
      expect([route, Object.keys(operation.responses).some((status) => Number(status) >= 400)]).toEqual([
        route,
        true,
      ]);
    }
    // A service that stops says so to whoever asks, whatever they ask for.
    expect(operations.filter(({ operation }) => !('503' in operation.responses))).toEqual([]);
  });

  it.each(['/docs', '/docs/'])(
    'is shown as a page at %s, and the page can load what it is made of',
    async (path) => {
      const page = await fetch(`${service.url}${path}`);
      expect([page.status, page.headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(/^text\/html/),
      ]);
      const html = await page.text();
      expect(html).toContain('<title>Casebook API</title>');
      const parts = [...html.matchAll(/(?:src|href)="(\.\/docs\/[^"]+\.(?:js|css))"/g)].map(
        ([, part]) => part ?? '',
      );
      expect(parts.length).toBeGreaterThanOrEqual(3);
      for (const part of parts)
        expect([part, (await fetch(new URL(part, page.url))).status]).toEqual([part, 200]);
    },
  );

  it('the health of the service is public', async () => {
    for (const [path, health] of [
      ['live', { status: 'live' }],
      ['ready', { status: 'ready', roles: ['serve', 'follow'] }],
    ] as const) {
      const answer = await fetch(`${service.url}/health/${path}`);
      expect([answer.status, await answer.json()]).toEqual([200, health]);
    }
  });

  it('the id of a request is in its answer and in the events that it made', async () => {
    const given = await admin.post('incidents', { title: 'Traced' }, { 'x-request-id': 'trace-4711' });
    expect(given.headers.get('x-request-id')).toBe('trace-4711');
    const made = await admin.post(
      'incidents',
      { title: 'Untraced' },
      { 'x-request-id': 'not fit to be stored: a b' },
    );
    const requestId = made.headers.get('x-request-id');
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const { body } = await admin.get<{ items: EventView[] }>(`events?after=${given.body.position - 1}`);
    expect(body.items.map(({ correlationId }) => correlationId)).toEqual(['trace-4711', requestId]);
    const refused = await admin.get('incidents/none', { 'x-request-id': 'trace-4712' });
    expect([refused.status, refused.headers.get('x-request-id')]).toEqual([400, 'trace-4712']);
  });
});

/** `GET /a/{b}` for each route of Fastify's printed tree: three columns a level, then the part of the path and its methods. */
function routesIn(tree: string): string[] {
  const parts: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^((?:│ {3}| {4})*)(?:├── |└── )(\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (found === null) return [];
    const [, indent = '', part = '', methods = ''] = found;
    parts.length = indent.length / 4;
    parts.push(part);
    const path = parts.join('').replaceAll(/:(\w+)/g, '{$1}');
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${path}`);
  });
}

/** A schema as text: keys in order, without its name, references told by the last part. */
const canonical = (schema: unknown): string =>
  JSON.stringify(schema, (key, value: unknown) =>
    key === 'id' && typeof value === 'string'
      ? undefined
      : key === '$ref' && typeof value === 'string'
        ? value.split('/').at(-1)
        : typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
          : value,
  );
