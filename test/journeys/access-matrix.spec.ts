import { ANNOTATION_KINDS, KINDS } from '@casebook/contracts';
import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { v7 as uuidv7 } from 'uuid';
import {
  createApplication,
  openResources,
  openWithAdmin,
  PERMISSIONS,
  readSettings,
} from '../../apps/api/src/index.js';
import { IdentityProvider, makeKey } from '../support/identity-provider.js';

/*
 * Every route of /openapi.json with every role and every kind of token. What each route asks for is written down here once more, by
 * hand: a new route has to be added, and a route that changed what it asks for is found.
 */

const ROLES = ['reader', 'annotator', 'adjudicator', 'auditor', 'admin'] as const;
type Role = (typeof ROLES)[number];
const ALLOWED = {
  read: ['reader', 'annotator', 'adjudicator', 'auditor', 'admin'],
  propose: ['annotator', 'adjudicator', 'admin'],
  annotate: ['annotator', 'adjudicator', 'admin'],
  adjudicate: ['adjudicator', 'admin'],
  oversee: ['auditor', 'admin'],
  administer: ['admin'],
} as const satisfies Record<string, readonly Role[]>;
type Asked = keyof typeof ALLOWED | 'nothing';

const WORKSPACE = '/v1/workspaces/{workspace}';
const INCIDENT = `${WORKSPACE}/incidents/{incident}`;
const PATHS = ANNOTATION_KINDS.map((kind) => KINDS[kind].path);
const every = (asked: Asked, routes: readonly string[]): Record<string, Asked> =>
  Object.fromEntries(routes.map((route) => [route, asked]));

const TABLE: Record<string, Asked> = {
  ...every('nothing', [
    'GET /health/live',
    'GET /health/ready',
    'GET /ns/casebook.jsonld',
    'GET /ns/casebook-stix.schema.json',
  ]),
  ...every('read', [
    'GET /v1/workspaces',
    `GET ${WORKSPACE}/settings`,
    `GET ${WORKSPACE}/members`,
    `GET ${WORKSPACE}/members/{member}`,
    `GET ${WORKSPACE}/documents`,
    `GET ${WORKSPACE}/documents/{document}`,
    `GET ${WORKSPACE}/documents/{document}/text`,
    `GET ${WORKSPACE}/documents/{document}/original`,
    `GET ${WORKSPACE}/incidents`,
    `GET ${WORKSPACE}/disputes`,
    `GET ${WORKSPACE}/activity`,
    `GET ${WORKSPACE}/difference`,
    `GET ${WORKSPACE}/search`,
    `GET ${WORKSPACE}/audit`,
    `GET ${WORKSPACE}/events`,
    `GET ${WORKSPACE}/tags`,
    `GET ${WORKSPACE}/ledger/checkpoint`,
    `GET ${WORKSPACE}/ledger/verifier-key`,
    `GET ${WORKSPACE}/ledger/tile/entries/{path}`,
    `GET ${WORKSPACE}/ledger/tile/{level}/{path}`,
    `GET ${WORKSPACE}/ledger/inclusion/{position}`,
    `GET ${WORKSPACE}/ledger/proof/{position}`,
    `GET ${WORKSPACE}/ledger/consistency`,
    `GET ${INCIDENT}`,
    `GET ${INCIDENT}/proof`,
    `GET ${INCIDENT}/difference`,
    `GET ${INCIDENT}/timemap`,
    `GET ${INCIDENT}/annotations/{annotation}/blame`,
    `GET ${INCIDENT}/export/{format}`,
    `GET ${WORKSPACE}/documents/{document}/export/web-annotation`,
    `GET ${INCIDENT}/web-annotations`,
    'GET /taxii2',
    'GET /taxii2/{workspace}',
    'GET /taxii2/{workspace}/collections',
    'GET /taxii2/{workspace}/collections/{incident}',
    'GET /taxii2/{workspace}/collections/{incident}/objects',
    'GET /taxii2/{workspace}/collections/{incident}/objects/{object}',
    'GET /taxii2/{workspace}/collections/{incident}/objects/{object}/versions',
    'GET /taxii2/{workspace}/collections/{incident}/manifest',
    `GET ${INCIDENT}/web-annotations/{annotation}`,
    ...['documents', 'history', 'sources', 'casualties', 'scorecard', 'timeline', 'graph', 'suggestions'].map(
      (path) => `GET ${INCIDENT}/${path}`,
    ),
    ...PATHS.flatMap((path) => [`GET ${INCIDENT}/${path}`, `GET ${INCIDENT}/${path}/{annotation}`]),
  ]),
  ...every('propose', [`POST ${INCIDENT}/proposals`]),
  ...every('annotate', [
    `POST ${INCIDENT}/proposals/decisions`,
    `POST ${WORKSPACE}/documents`,
    `PATCH ${WORKSPACE}/documents/{document}`,
    `POST ${WORKSPACE}/incidents`,
    `POST ${WORKSPACE}/batches`,
    `POST ${WORKSPACE}/undo`,
    `POST ${INCIDENT}/import`,
    `POST ${INCIDENT}/web-annotations`,
    `PUT ${INCIDENT}/web-annotations/{annotation}`,
    `DELETE ${INCIDENT}/web-annotations/{annotation}`,
    `PATCH ${INCIDENT}`,
    `POST ${INCIDENT}/documents`,
    `POST ${INCIDENT}/documents/{document}/detachment`,
    `POST ${INCIDENT}/documents/{document}/carry-over`,
    `POST ${INCIDENT}/suggestions/{suggestion}/acceptance`,
    `POST ${INCIDENT}/suggestions/{suggestion}/dismissal`,
    ...PATHS.flatMap((path) => [
      `POST ${INCIDENT}/${path}`,
      `PATCH ${INCIDENT}/${path}/{annotation}`,
      `POST ${INCIDENT}/${path}/{annotation}/retraction`,
    ]),
    `POST ${INCIDENT}/disputes/{annotation}/withdrawal`,
    `POST ${INCIDENT}/disputes/{annotation}/reopening`,
  ]),
  ...every('adjudicate', [
    `POST ${INCIDENT}/closure`,
    `POST ${INCIDENT}/reopening`,
    `POST ${INCIDENT}/restriction`,
    `POST ${INCIDENT}/unrestriction`,
    `POST ${INCIDENT}/disputes/{annotation}/resolution`,
  ]),
  ...every('oversee', [`GET ${WORKSPACE}/refusals`, `GET ${WORKSPACE}/ledger/export`]),
  ...every('administer', [
    'GET /v1/admin/projections',
    'POST /v1/admin/projections/{view}/rebuild',
    'POST /v1/admin/projections/{view}/undo',
    'POST /v1/workspaces',
    `PATCH ${WORKSPACE}/settings`,
    `POST ${WORKSPACE}/erasures`,
    `POST ${WORKSPACE}/members`,
    `PATCH ${WORKSPACE}/members/{member}`,
    `POST ${WORKSPACE}/members/{member}/removal`,
    `POST ${WORKSPACE}/members/{member}/tokens`,
    `GET ${WORKSPACE}/members/{member}/tokens`,
    `POST ${WORKSPACE}/tokens/{token}/revocation`,
    `GET ${WORKSPACE}/webhooks`,
    `POST ${WORKSPACE}/webhooks`,
    `DELETE ${WORKSPACE}/webhooks/{webhook}`,
    `POST ${WORKSPACE}/webhooks/{webhook}/redelivery`,
    `GET ${WORKSPACE}/webhooks/{webhook}/dead-letters`,
  ]),
};

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

describe('who may do what', () => {
  let database: TestDatabase;
  let provider: IdentityProvider;
  const closers: (() => Promise<unknown>)[] = [];
  const urls: string[] = [];
  let admin: string;
  let stranger: string;
  let routes: Route[];

  const ask = async (
    { method, path, body }: Omit<Route, 'name'>,
    token: string | undefined,
    url = urls[0],
  ): Promise<{ status: number; problem: string | undefined; body: any }> => {
    const answer = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        // An admin asks every route, so by now the workspace may demand it.
        'if-match': '*',
      },
      ...(body !== undefined && { body }),
      redirect: 'manual',
    });
    const text = await answer.text();
    const isJson = /[/+]json\b/.test(answer.headers.get('content-type') ?? '');
    const parsed = isJson && text !== '' ? JSON.parse(text) : undefined;
    return {
      status: answer.status,
      problem: answer.status >= 400 ? parsed?.type?.replace('urn:casebook:problem:', '') : undefined,
      body: parsed,
    };
  };
  const post = (path: string, body: object, token = admin, url = urls[0]) =>
    ask({ method: 'POST', path: `/v1/workspaces/default/${path}`, body: JSON.stringify(body) }, token, url);

  const tokenOf = async (member: string, options: object = {}): Promise<{ token: string; id: string }> =>
    (await post(`members/${member}/tokens`, options)).body;
  const withRole = async (id: string, role: Role): Promise<string> => {
    expect((await post('members', { id, name: id, role })).status).toBe(201);
    return (await tokenOf(id)).token;
  };

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    database = await createTestDatabase();
    const settings = readSettings({
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: 'casebook',
      OIDC_MEMBER_CLAIM: 'preferred_username',
      OIDC_ROLE_CLAIM: 'groups',
      CASEBOOK_HOME: temporaryHome(),
      CASEBOOK_SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    for (let process = 0; process < 2; process += 1) {
      const ground = await openResources(database.url, settings);
      const app = await createApplication(ground, undefined, { oidc: settings.oidc });
      await app.listen(0, '127.0.0.1');
      closers.push(async () => {
        await app.close();
        await ground.close();
      });
      urls.push(await app.getUrl());
      if (process > 0) continue;
      for (const workspaceId of ['default', 'desk-two']) {
        const opened = await openWithAdmin(ground.ledger, {
          workspaceId,
          admin: { id: 'admin', name: 'Administrator' },
          correlationId: 'test',
        });
        if (workspaceId === 'default') admin = opened!.token;
        else stranger = opened!.token;
      }
    }
    const { body: description } = await ask({ method: 'GET', path: '/openapi.json', body: undefined }, admin);
    routes = Object.entries<Record<string, any>>(description.paths).flatMap(([template, operations]) =>
      Object.entries(operations).map(([method, operation]): Route => {
        const content = Object.values<any>(operation.requestBody?.content ?? {})[0];
        const reference = content?.schema?.$ref?.split('/').at(-1) as string | undefined;
        const example =
          content?.example ?? (reference && description.components.schemas[reference]?.example) ?? {};
        return {
          name: `${method.toUpperCase()} ${template}`,
          method: method.toUpperCase(),
          path: template
            .replace('{workspace}', 'default')
            .replace('{member}', 'nobody')
            .replace('{document}', `sha256:${'0'.repeat(64)}`)
            .replace('{level}', '0')
            .replace(/tile\/(entries|0)\/\{\w+\}/, 'tile/$1/000.p/1')
            .replace('{position}', '1')
            .replaceAll(/\{\w+\}/g, () => uuidv7())
            .replace(/(consistency|difference)$/, '$1?from=1'),
          body: content === undefined ? undefined : JSON.stringify(example),
        };
      }),
    );
  });
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
    await provider.stop();
    await database.drop();
  });

  const REFUSALS = ['unauthenticated', 'not-permitted', 'wrong-workspace'];
  /** Asks every route and gives the names of those that let the token in. */
  const letIn = async (token: string | undefined, asked: readonly Route[] = routes): Promise<string[]> => {
    const names: string[] = [];
    for (const route of asked) {
      const { status, problem } = await ask(route, token);
      expect([route.name, status < 500]).toEqual([route.name, true]);
      const isRefused = problem !== undefined && REFUSALS.includes(problem);
      expect([route.name, isRefused]).toEqual([route.name, status === 401 || status === 403]);
      if (!isRefused) names.push(route.name);
    }
    return names.sort();
  };
  const askedOf = (names: readonly Asked[]): string[] =>
    routes
      .map(({ name }) => name)
      .filter((name) => names.includes(TABLE[name]!))
      .sort();
  const permissionsOf = (role: Role): Asked[] =>
    (Object.keys(ALLOWED) as (keyof typeof ALLOWED)[]).filter((asked) =>
      (ALLOWED[asked] as readonly Role[]).includes(role),
    );

  test('is written down for every route that there is, and for no other', () => {
    expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(TABLE).sort());
  });

  test.each(ROLES)('%s: the table decides, and nothing else', async (role) => {
    const token = await withRole(`the-${role}`, role);
    expect(await letIn(token)).toEqual(askedOf(['nothing', ...permissionsOf(role)]));
  });

  test.each(ROLES)('%s of an identity provider: the same', async (role) => {
    const token = await provider.token({
      sub: `sub-${role}`,
      preferred_username: `their-${role}`,
      groups: [role],
    });
    expect(await letIn(token)).toEqual(askedOf(['nothing', ...permissionsOf(role)]));
  });

  test.each(ROLES)('%s: a permission more, or one less, would be found', async (role) => {
    const token = await withRole(`flipped-${role}`, role);
    for (const permission of Object.keys(ALLOWED) as (keyof typeof ALLOWED)[]) {
      const asked = routes.filter(({ name }) => TABLE[name] === permission);
      const names = asked.map(({ name }) => name).sort();
      const expected = (ALLOWED[permission] as readonly Role[]).includes(role) ? names : [];
      const table = PERMISSIONS as Record<string, readonly Role[]>;
      const rightly = table[permission]!;
      table[permission] = rightly.includes(role)
        ? rightly.filter((each) => each !== role)
        : [...rightly, role];
      try {
        // Not one route of them goes by anything else.
        expect([permission, await letIn(token, asked)]).toEqual([
          permission,
          expected.length === 0 ? names : [],
        ]);
      } finally {
        table[permission] = rightly;
      }
    }
  });

  test.each([
    [['read']],
    [['annotate']],
    [['read', 'annotate']],
    [['oversee']],
    [['adjudicate', 'administer']],
  ] as [Asked[]][])(
    'a token of an admin that is narrowed to %j does that and no more',
    async (permissions) => {
      const { token } = await tokenOf('admin', { permissions });
      // An undoing tells what it undoes, and a webhook sends what its maker may read.
      const reading = [`POST ${WORKSPACE}/undo`, `POST ${WORKSPACE}/webhooks`];
      const asked = askedOf(['nothing', ...permissions]).filter(
        (name) => permissions.includes('read') || !reading.includes(name),
      );
      expect(await letIn(token)).toEqual(asked);
    },
  );

  test('a token that is narrowed to more than the role has adds nothing', async () => {
    await post('members', { id: 'modest', name: 'Modest', role: 'reader' });
    const { token } = await tokenOf('modest', { permissions: ['read', 'annotate', 'administer'] });
    expect(await letIn(token)).toEqual(askedOf(['nothing', 'read']));
  });

  test('without a good token nobody gets anything but health', async () => {
    const past = await tokenOf('admin', { expiresAt: new Date(Date.now() + 1_000).toISOString() });
    const revoked = await tokenOf('admin');
    const removed = await withRole('leaver', 'admin');
    const taken = [
      await post(`tokens/${revoked.id}/revocation`, {}),
      await post('members/leaver/removal', {}),
    ];
    expect(taken.map(({ status }) => status)).toEqual([200, 200]);
    const claims = { sub: 'sub-x', preferred_username: 'their-x', groups: ['admin'] };
    const [, payload = '', signature = ''] = (await provider.token(claims)).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const bad: Record<string, string | undefined> = {
      none: undefined,
      unknown: `casebook_${'A'.repeat(43)}`,
      expired: past.token,
      revoked: revoked.token,
      'of a removed member': removed,
      'alg none': `${none}.${payload}.`,
      'alg none with a signature': `${none}.${payload}.${signature}`,
      'signed with a swapped key': await provider.token(claims, await makeKey('first')),
      'of an expired session': await provider.token({ ...claims, exp: Math.floor(Date.now() / 1000) - 600 }),
      'the digest of a token instead of it': 'a'.repeat(64),
    };
    const members = { method: 'GET', path: '/v1/workspaces/default/members', body: undefined };
    while ((await ask(members, past.token)).status === 200) await new Promise((go) => setTimeout(go, 100));
    for (const [kind, token] of Object.entries(bad)) {
      expect([kind, await letIn(token)]).toEqual([kind, askedOf(['nothing'])]);
    }
  });

  test('an admin of another workspace gets nothing here', async () => {
    const inside = routes.filter(({ name }) => name.includes('{workspace}')).map(({ name }) => name);
    expect((await letIn(stranger)).filter((name) => inside.includes(name))).toEqual([]);
    for (const route of routes.filter(({ name }) => name.includes('{workspace}'))) {
      expect([route.name, (await ask(route, stranger)).problem]).toEqual([route.name, 'wrong-workspace']);
    }
    expect(
      (await ask({ method: 'POST', path: '/v1/workspaces', body: '{"id":"mine"}' }, stranger)).status,
    ).toBe(403);
  });

  test('what is taken away is gone at once, in every process', async () => {
    const incidents = { method: 'GET', path: '/v1/workspaces/default/incidents', body: undefined };
    const open: Omit<Route, 'name'> = { ...incidents, method: 'POST', body: '{"title":"Here"}' };
    const token = await withRole('quick', 'annotator');
    const [first, second] = urls;
    const statuses = async (route = open) => [
      (await ask(route, token, first)).status,
      (await ask(route, token, second)).status,
    ];
    expect(await statuses()).toEqual([201, 201]);
    await ask(
      { method: 'PATCH', path: '/v1/workspaces/default/members/quick', body: '{"role":"reader"}' },
      admin,
      second,
    );
    expect([await statuses(), await statuses(incidents)]).toEqual([
      [403, 403],
      [200, 200],
    ]);
    const { items } = (
      await ask({ ...incidents, path: '/v1/workspaces/default/members/quick/tokens' }, admin, first)
    ).body;
    await post(`tokens/${items[0].id}/revocation`, {}, admin, first);
    expect(await statuses(incidents)).toEqual([401, 401]);
  });

  test('a token is shown once and kept as a digest alone', async () => {
    const { token, id } = await tokenOf('admin', { label: 'once' });
    const tables = await database.ownerPool.query<{ found: string }>(
      `SELECT string_agg(t::text, ' ') AS found FROM (
         SELECT to_jsonb(e) AS t FROM events e UNION ALL SELECT to_jsonb(k) FROM members_v1.tokens k) rows`,
    );
    expect(tables.rows[0]?.found).toContain(id);
    expect(tables.rows[0]?.found).not.toContain(token);
    const listed = await ask(
      { method: 'GET', path: '/v1/workspaces/default/members/admin/tokens', body: undefined },
      admin,
    );
    expect(JSON.stringify(listed.body)).not.toMatch(/digest|casebook_/);
  });
});
