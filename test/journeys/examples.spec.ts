import { type Client, startTestService, type TestService } from '../support/service.js';
import { corpusDocuments, enter } from '../support/corpus.js';

interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly requestBody?: {
    content: Record<string, { schema: { $ref?: string }; examples?: Record<string, { value: string }> }>;
  };
}
interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, { example?: Record<string, unknown> }> };
}

const WORKSPACE = '/v1/workspaces/{workspace}';
const INCIDENT = `${WORKSPACE}/incidents/{incident}`;

/** Every request with a body, in an order in which each can succeed. What is made under a key fills the paths and bodies behind it. */
const ORDER: readonly (readonly [route: string, makes?: string])[] = [
  ['POST /v1/workspaces'],
  [`POST ${WORKSPACE}/members`, 'member'],
  [`PATCH ${WORKSPACE}/members/{member}`],
  [`POST ${WORKSPACE}/members/{member}/tokens`, 'token'],
  [`POST ${WORKSPACE}/tokens/{token}/revocation`],
  [`POST ${WORKSPACE}/documents`],
  [`PATCH ${WORKSPACE}/documents/{document}`],
  [`POST ${WORKSPACE}/incidents`, 'incident'],
  [`PATCH ${INCIDENT}`],
  [`POST ${INCIDENT}/documents`, 'document'],
  [`POST ${INCIDENT}/claims`, 'claims'],
  [`PATCH ${INCIDENT}/claims/{annotation}`],
  [`POST ${INCIDENT}/warnings`, 'warnings'],
  [`PATCH ${INCIDENT}/warnings/{annotation}`],
  [`POST ${INCIDENT}/attacks`, 'attacks'],
  [`PATCH ${INCIDENT}/attacks/{annotation}`],
  [`POST ${INCIDENT}/links`, 'links'],
  [`PATCH ${INCIDENT}/links/{annotation}`],
  [`POST ${INCIDENT}/disputes`, 'disputes'],
  [`PATCH ${INCIDENT}/disputes/{annotation}`],
  [`POST ${INCIDENT}/disputes/{annotation}/resolution`],
  [`POST ${INCIDENT}/disputes/{annotation}/reopening`],
  [`POST ${INCIDENT}/disputes/{annotation}/withdrawal`],
  [`POST ${INCIDENT}/comments`, 'comments'],
  [`PATCH ${INCIDENT}/comments/{annotation}`],
  [`POST ${INCIDENT}/items`, 'items'],
  [`PATCH ${INCIDENT}/items/{annotation}`],
  [`POST ${INCIDENT}/suggestions/{suggestion}/acceptance`],
  [`POST ${INCIDENT}/suggestions/{suggestion}/dismissal`],
  [`POST ${INCIDENT}/documents/{document}/carry-over`],
  [`POST ${INCIDENT}/proposals`],
  [`POST ${INCIDENT}/proposals/decisions`],
  [`POST ${INCIDENT}/import`],
  [`POST ${INCIDENT}/web-annotations`, 'web-annotations'],
  [`PUT ${INCIDENT}/web-annotations/{annotation}`],
  [`POST ${WORKSPACE}/batches`],
  [`POST ${WORKSPACE}/undo`],
  ...['items', 'comments', 'disputes', 'links', 'attacks', 'warnings', 'claims'].map(
    (path) => [`POST ${INCIDENT}/${path}/{annotation}/retraction`] as const,
  ),
  [`POST ${INCIDENT}/documents/{document}/detachment`],
  [`POST ${INCIDENT}/restriction`],
  [`POST ${INCIDENT}/unrestriction`],
  [`POST ${INCIDENT}/closure`],
  [`POST ${INCIDENT}/reopening`],
  [`POST ${WORKSPACE}/webhooks`, 'webhook'],
  [`POST ${WORKSPACE}/webhooks/{webhook}/redelivery`],
  [`POST ${WORKSPACE}/erasures`],
  [`POST ${WORKSPACE}/members/{member}/removal`],
  [`PATCH ${WORKSPACE}/settings`],
];

describe('the page at /docs', () => {
  let service: TestService;
  let admin: Client;
  let description: Description;
  let operations: { route: string; operation: Operation }[];
  const made = new Map<string, string>([['workspace', 'default']]);

  beforeAll(async () => {
    service = await startTestService();
    ({ admin } = service);
    for (const document of await corpusDocuments()) await enter(admin, 'documents', document);
    description = (await (await fetch(`${service.url}/openapi.json`)).json()) as Description;
    operations = Object.entries(description.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    );
    made.set('document', String(exampleOf(`POST ${INCIDENT}/documents`)['documentId']));
  });
  afterAll(() => service.close());

  const bodyOf = (route: string) =>
    operations.find((each) => each.route === route)?.operation.requestBody?.content ?? {};

  function exampleOf(route: string): Record<string, unknown> {
    const name = bodyOf(route)['application/json']?.schema.$ref?.split('/').at(-1) ?? '';
    return description.components.schemas[name]?.example ?? {};
  }

  /** The ids of annotations in an example are placeholders, which the field that holds one tells apart. */
  function filled(value: unknown, field = ''): unknown {
    const kinds: Record<string, string> = {
      targetId: 'claims',
      targets: 'claims',
      evidence: 'claims',
      warningId: 'warnings',
      attackId: 'attacks',
      subject: 'comments',
    };
    if (Array.isArray(value)) return value.map((each) => filled(each, field));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, key)]));
    const kind = kinds[field];
    const isName = typeof value === 'string' && value.startsWith('$');
    return kind === undefined || isName ? value : made.get(kind);
  }

  const addressOf = (route: string): string => {
    const kind = /\/([\w-]+)\/\{annotation\}/u.exec(route)?.[1] ?? '';
    return route
      .split(' ')[1]!
      .replaceAll(/\{(\w+)\}/gu, (_, name: string) => made.get(name === 'annotation' ? kind : name) ?? name);
  };

  /** The document of the examples, as the later edition of another. */
  async function edition(): Promise<void> {
    const { id } = (await admin.post('documents', (await corpusDocuments())[0]!)).body;
    await admin.patch(`documents/${made.get('document')}`, { supersedes: id });
  }

  /** Two contradictory figures of one attack: a suggestion to decide about. */
  async function suggestion(): Promise<string> {
    const incident = `incidents/${made.get('incident')}`;
    const document = (await corpusDocuments())[6]!;
    const { id: documentId } = (await admin.post('documents', document)).body;
    await admin.post(`${incident}/documents`, { documentId });
    const evidence: string[] = [];
    for (const [at, min] of [2, 9].entries()) {
      const anchor = { documentId, start: at * 10, end: at * 10 + 8 };
      const figure = { counts: 'killed', min, max: min };
      evidence.push((await enter(admin, `${incident}/claims`, { anchor, figure })).id);
    }
    await enter(admin, `${incident}/attacks`, { summary: 'Rockets', evidence });
    const { body } = await admin.get(`${incident}/suggestions`);
    const open = body.suggestions.find(
      (each: { kind: string; state: string }) =>
        each.kind === 'contradictory-figures' && each.state === 'open',
    );
    return open.id as string;
  }

  it('has an example for every request with a body, and this test sends each', () => {
    const withBody = operations.filter(({ operation }) => operation.requestBody !== undefined);
    expect(withBody.map(({ route }) => route).sort()).toEqual(ORDER.map(([route]) => route).sort());
  });

  it.each(ORDER.map(([route, makes]) => ({ route, makes })))(
    'the example of $route works',
    async ({ route, makes }) => {
      if (route.endsWith('/carry-over')) await edition();
      if (route.includes('{suggestion}')) made.set('suggestion', await suggestion());
      const lines = bodyOf(route)['application/x-ndjson']?.examples;
      const annotation = bodyOf(route)['application/ld+json']?.examples;
      const answer =
        lines === undefined && annotation !== undefined
          ? await admin.request(route.split(' ')[0]!, addressOf(route), Object.values(annotation)[0]!.value, {
              'content-type': 'application/ld+json',
            })
          : lines === undefined
            ? await admin.request(route.split(' ')[0]!, addressOf(route), filled(exampleOf(route)))
            : await admin.post(addressOf(route), Object.values(lines)[0]!.value, {
                'content-type': 'application/x-ndjson',
              });
      expect([route, answer.status, answer.text]).toEqual([
        route,
        makes === undefined && answer.status === 200 ? 200 : 201,
        lines === undefined ? expect.any(String) : expect.stringContaining('"complete":true'),
      ]);
      if (makes !== undefined) made.set(makes, String(answer.body.id).split('/').at(-1)!);
    },
  );

  it('describes every operation in more than its title', () => {
    const terse = operations.filter(({ operation: { summary, description: text = '' } }) => {
      const more = text.replace(summary, '').trim();
      return more === summary || !/[.:]$/u.test(more) || more.split(/\s+/u).length < 6;
    });
    expect(terse.map(({ route }) => route)).toEqual([]);
  });
});
