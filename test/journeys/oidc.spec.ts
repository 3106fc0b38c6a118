import { createTestDatabase, type TestDatabase, temporaryHome } from '@casebook/testing';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import {
  Access,
  createApplication,
  openResources,
  openWithAdmin,
  readSettings,
} from '../../apps/api/src/index.js';
import { IdentityProvider, makeKey } from '../support/identity-provider.js';

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('tokens of an OpenID Connect provider', () => {
  let provider: IdentityProvider;
  let database: TestDatabase;
  const closers: (() => Promise<unknown>)[] = [];
  let admin: string;
  let ask: (token: string, path: string, init?: RequestInit) => Promise<{ status: number; body: any }>;

  const serve = async (more: Record<string, string> = {}) => {
    const settings = readSettings({
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: 'casebook',
      OIDC_ALGORITHMS: 'RS256,ES256,EdDSA',
      OIDC_CLOCK_TOLERANCE: '60',
      OIDC_JWKS_COOLDOWN: '0',
      OIDC_MEMBER_CLAIM: 'preferred_username',
      OIDC_ROLE_CLAIM: 'realm_access.groups',
      OIDC_ROLE_MAP: 'staff=reader,desk=annotator,desk-two-leads=desk-two/adjudicator',
      OIDC_WORKSPACE_CLAIM: 'workspaces',
      CASEBOOK_HOME: temporaryHome(),
      CASEBOOK_SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
      ...more,
    });
    const ground = await openResources(database.url, settings);
    const app = await createApplication(ground, undefined, settings);
    await app.listen(0, '127.0.0.1');
    closers.push(async () => {
      await app.close();
      await ground.close();
    });
    const url = await app.getUrl();
    const request: typeof ask = async (token, path, init = {}) => {
      const answer = await fetch(
        new URL(path.startsWith('/') ? path : `/v1/workspaces/default/${path}`, url),
        {
          ...init,
          headers: {
            authorization: `Bearer ${token}`,
            ...(init.body !== undefined && { 'content-type': 'application/json' }),
          },
        },
      );
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    };
    return { ground, request, url, access: app.get(Access) };
  };

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    database = await createTestDatabase();
    const { ground, request } = await serve();
    ask = request;
    for (const workspaceId of ['default', 'desk-two']) {
      const opened = await openWithAdmin(ground.ledger, {
        workspaceId,
        admin: { id: 'admin', name: 'Administrator' },
        correlationId: 'test',
      });
      if (workspaceId === 'default') admin = opened!.token;
    }
  });
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
    await provider.stop();
    await database.drop();
  });

  const claims = (name: string, groups: readonly string[], more: object = {}) => ({
    sub: `subject-of-${name}`,
    preferred_username: name,
    name: `Ms ${name}`,
    realm_access: { groups },
    workspaces: ['default'],
    ...more,
  });

  test('make a member of whom the provider gives a role, by an event that names her', async () => {
    const token = await provider.token(claims('nora', ['desk', 'visitors']));
    const opened = await ask(token, 'incidents', {
      method: 'POST',
      body: JSON.stringify({ title: 'Seen from outside' }),
    });
    expect(opened.status).toBe(201);
    expect((await ask(token, 'members/nora')).body).toMatchObject({
      name: 'Ms nora',
      role: 'annotator',
      identity: 'subject-of-nora',
    });
    const { items } = (await ask(admin, 'audit?limit=500')).body;
    expect(items.map(({ sentence }: { sentence: string }) => sentence).slice(-2)).toEqual([
      'identity-provider added Ms nora (nora) as annotator.',
      'nora opened the incident “Seen from outside”.',
    ]);
  });

  test('let a role follow the provider, and take it away', async () => {
    const member = () => ask(admin, 'members/otto').then(({ body }) => body.role as string);
    await ask(await provider.token(claims('otto', ['desk'])), 'incidents');
    expect(await member()).toBe('annotator');
    const lowered = await provider.token(claims('otto', 'staff' as never));
    expect((await ask(lowered, 'incidents', { method: 'POST', body: '{"title":"No"}' })).status).toBe(403);
    expect(await member()).toBe('reader');
    const none = await ask(await provider.token(claims('otto', [])), 'incidents');
    expect([none.status, none.body.detail]).toEqual([
      403,
      'Your identity provider gives you no role in this workspace.',
    ]);
  });

  test('are no less good for two first requests at once, whatever name each of them has', async () => {
    const first = await Promise.all(
      ['Vera V', 'V. Vera', 'Vera'].map((name) => provider.token(claims('vera', ['desk'], { name }))),
    );
    // Who holds the head holds all of them, until each has found that there is no such member.
    const holder = await database.ownerPool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query("SELECT FROM ledger_heads WHERE workspace_id = 'default' FOR UPDATE");
      const answers = first.map((token) => ask(token, 'incidents'));
      // Requests that read take as long as theirs until each has come to its commit.
      for (let i = 0; i < 20; i += 1) await ask(admin, 'members');
      await holder.query('COMMIT');
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
    } finally {
      holder.release();
    }
  });

  test('are refused only for what the provider says: a database that rejects the new role is reported as a fault', async () => {
    await ask(await provider.token(claims('ursula', ['staff'])), 'incidents');
    const raised = await provider.token(claims('ursula', ['desk']));
    try {
      await database.ownerPool.query('REVOKE INSERT ON events FROM casebook_service');
      const { status, body } = await ask(raised, 'incidents');
      expect(status).toBeGreaterThanOrEqual(500);
      expect(JSON.stringify(body)).not.toMatch(/events|permission/);
    } finally {
      await database.ownerPool.query('GRANT INSERT ON events TO casebook_service');
    }
    expect((await ask(raised, 'incidents')).status).toBe(200);
  });

  test('are for the workspaces that they name, with the role that is mapped there', async () => {
    const lead = await provider.token(
      claims('lena', ['desk-two-leads'], { workspaces: ['default', 'desk-two'] }),
    );
    expect((await ask(lead, '/v1/workspaces/desk-two/members/lena')).body).toMatchObject({
      role: 'adjudicator',
    });
    expect((await ask(lead, 'incidents')).status).toBe(403);
    const elsewhere = await provider.token(claims('nora', ['desk'], { workspaces: 'default' }));
    const answers = await Promise.all(
      ['desk-two', 'no-such-desk'].map((name) => ask(elsewhere, `/v1/workspaces/${name}/incidents`)),
    );
    expect(answers.map(({ status, body }) => [status, body.type, body.detail])).toEqual(
      answers.map(() => [403, 'urn:casebook:problem:wrong-workspace', expect.any(String)]),
    );
    expect((await ask(elsewhere, '/v1/workspaces/%00/incidents')).body.detail).toBe(answers[0]!.body.detail);
    const everywhere = await provider.token(claims('nora', ['desk'], { workspaces: ['no-such-desk'] }));
    expect((await ask(everywhere, '/v1/workspaces/no-such-desk/incidents')).body.detail).toBe(
      answers[0]!.body.detail,
    );
  });

  test('do not let anybody be a member who is another subject, or whom an admin added unbound', async () => {
    await ask(admin, 'members', {
      method: 'POST',
      body: JSON.stringify({ id: 'petra', name: 'Petra', role: 'annotator' }),
    });
    const asAdmin = await provider.token(claims('admin', ['desk']));
    const asPetra = await provider.token(claims('petra', ['desk']));
    const asNora = await provider.token(claims('nora', ['desk'], { sub: 'somebody-else' }));
    for (const token of [asAdmin, asPetra, asNora]) expect((await ask(token, 'incidents')).status).toBe(403);
    // Nor to be told in the audit as if the provider, or the operator, had done what she does.
    for (const name of ['identity-provider', 'operator'])
      expect((await ask(await provider.token(claims(name, ['desk'])), 'incidents')).status).toBe(401);
    await ask(admin, 'members/petra', {
      method: 'PATCH',
      body: JSON.stringify({ identity: 'subject-of-petra' }),
    });
    expect((await ask(asPetra, 'incidents')).status).toBe(200);
    await ask(admin, 'members/petra/removal', { method: 'POST', body: '{}' });
    const removed = await ask(asPetra, 'incidents');
    expect([removed.status, removed.body.detail]).toEqual([403, expect.stringContaining('was removed')]);
    const another = claims('petra', ['desk'], { sub: 'another-subject' });
    const other = await ask(await provider.token(another), 'incidents');
    expect([other.status, other.body.detail]).toEqual([403, expect.not.stringContaining('removed')]);
  });

  test('are refused with 401, and a reason, for every fault that they can have', async () => {
    const now = Math.floor(Date.now() / 1000);
    const good = claims('nora', ['desk']);
    const stranger = await makeKey('first');
    const rsa = await makeKey('rsa', 'RS512');
    const spki = await exportSPKI((await importJWK(provider.key.publicJwk, 'ES256')) as never);
    const confused = (secret: string) =>
      new SignJWT({ ...good, iss: provider.issuer, aud: 'casebook', exp: now + 60 })
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .sign(Buffer.from(secret));
    const valid = await provider.token(good);
    const [head = '', body = '', signature = ''] = valid.split('.');
    provider.publish(provider.key, rsa);
    const faulty: Record<string, string> = {
      expired: await provider.token({ ...good, exp: now - 61 }),
      'without an end': await provider.token({ ...good, exp: undefined }),
      'not yet good': await provider.token({ ...good, nbf: now + 120 }),
      'of another issuer': await provider.token({ ...good, iss: 'https://elsewhere.example' }),
      'for another audience': await provider.token({ ...good, aud: 'somebody-else' }),
      'without a subject': await provider.token({ ...good, sub: undefined }),
      'of a member that is no id': await provider.token({ ...good, preferred_username: 'Nora Ω' }),
      'signed with another key of the same id': await provider.token(good, stranger),
      'signed with a key that is not published': await provider.token(good, await makeKey('unknown')),
      'of an algorithm that is not allowed': await provider.token(good, rsa),
      'HS256 with the public key in PEM': await confused(spki),
      'HS256 with the public key as JSON': await confused(JSON.stringify(provider.key.publicJwk)),
      'alg none': `${base64url({ alg: 'none' })}.${body}.`,
      'alg none with a signature': `${base64url({ alg: 'none', kid: 'first' })}.${body}.${signature}`,
      'changed afterwards': `${head}.${base64url({ ...good, iss: provider.issuer, aud: 'casebook', exp: now + 60, realm_access: { groups: ['desk-two-leads'] } })}.${signature}`,
      'without its signature': `${head}.${body}.`,
      'with a critical header that nobody knows': await provider
        .token(good, provider.key, {
          crit: ['urn:x'],
          'urn:x': true,
        })
        .catch(() => `${base64url({ alg: 'ES256', kid: 'first', crit: ['urn:x'] })}.${body}.${signature}`),
      'with a key id that is a path': await provider.token(good, stranger, { kid: '../../../dev/null' }),
      'without a key id, where there are several keys': await provider.token(good, stranger, {
        kid: undefined,
      }),
      'of a subject that is no text': await provider.token({ ...good, sub: { $ne: null } as never }),
      'of an empty subject': await provider.token({ ...good, sub: '' }),
      'that ends a logout, not a login': await provider.token(good, provider.key, { typ: 'logout+jwt' }),
      'with the key in its own header': await provider.token(good, stranger, { jwk: stranger.publicJwk }),
    };
    for (const [fault, token] of Object.entries(faulty)) {
      const answer = await ask(token, 'incidents');
      expect([fault, answer.status, answer.body?.type]).toEqual([
        fault,
        401,
        'urn:casebook:problem:unauthenticated',
      ]);
    }
    for (const typ of [undefined, 'JWT', 'at+jwt', 'application/at+JWT']) {
      const token = await provider.token(good, provider.key, { typ });
      expect([typ, (await ask(token, 'incidents')).status]).toEqual([typ, 200]);
    }
    const huge = await provider.token({ ...good, more: 'x'.repeat(7_000) });
    expect((await ask(huge, 'incidents')).status).toBe(401);
    expect((await ask(valid, 'incidents')).status).toBe(200);
  });

  test('end what goes on for long when they end', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { access } = await serve();
    const callerUntil = async (exp: number) =>
      access.authenticate(
        `Bearer ${await provider.token({ ...claims('nora', ['desk']), exp })}`,
        'default',
        'test',
      );
    const later = await callerUntil(now + 600);
    expect(later.endsAt).toBe((now + 600 + 60) * 1000);
    expect(await access.mayStill(later)).toBe(true);
    expect(await access.mayStill({ ...later, endsAt: Date.now() - 1 })).toBe(false);
  });

  /** Sends a line of an import, waits for `between`, and sends another: the lines of the report. */
  const importing = async (
    tokenNow: () => string | Promise<string>,
    between: (token: string) => Promise<unknown>,
  ): Promise<unknown[]> => {
    const { url } = await serve();
    const opened = await ask(admin, 'incidents', { method: 'POST', body: '{"title":"Under way"}' });
    const token = await tokenNow();
    const path = `incidents/${opened.body.id}`;
    const line = (key: string) =>
      Buffer.from(`${JSON.stringify({ key, command: 'record-attack', body: { summary: key } })}\n`);
    async function* body() {
      yield line('before');
      while ((await ask(admin, `${path}/attacks`)).body.items.length === 0);
      await between(token);
      yield line('behind');
    }
    const answer = await fetch(new URL(`/v1/workspaces/default/${path}/import`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body: body(),
      duplex: 'half',
    } as unknown as RequestInit);
    return (await answer.text())
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each) as unknown);
  };
  const CUT_OFF = [
    { type: 'refused', line: 2, problem: { type: 'urn:casebook:problem:not-permitted' } },
    { type: 'end', complete: false, recorded: 1 },
  ];

  test('end an import that is under way when they end', async () => {
    // Good for some seconds yet, with the tolerance of clocks: a busy machine has to come as far as to the first line.
    const ending = () =>
      provider.token({ ...claims('nora', ['desk']), exp: Math.floor(Date.now() / 1000) + 5 - 60 });
    const reports = await importing(ending, async (token) => {
      while ((await ask(token, 'incidents')).status === 200)
        await new Promise((resolve) => setTimeout(resolve, 100));
    });
    expect(reports).toMatchObject(CUT_OFF);
  });

  test('end what goes on for long for a member who is bound to another subject meanwhile', async () => {
    const { access } = await serve();
    const token = await provider.token(claims('mara', ['desk']));
    const caller = await access.authenticate(`Bearer ${token}`, 'default', 'test');
    expect(await access.mayStill(caller)).toBe(true);
    const reports = await importing(
      () => token,
      () => ask(admin, 'members/mara', { method: 'PATCH', body: '{"identity":"somebody-else"}' }),
    );
    expect(reports).toMatchObject(CUT_OFF);
    expect(await access.mayStill(caller)).toBe(false);
  });

  test('are good within the tolerance that clocks have', async () => {
    const now = Math.floor(Date.now() / 1000);
    const late = await provider.token({ ...claims('nora', ['desk']), exp: now - 20 });
    const early = await provider.token({ ...claims('nora', ['desk']), nbf: now + 40 });
    expect([(await ask(late, 'incidents')).status, (await ask(early, 'incidents')).status]).toEqual([
      200, 200,
    ]);
  });

  test('are verified with the keys that the provider has now: new ones are fetched, old ones go', async () => {
    const [old, fresh] = [provider.key, await makeKey('second', 'EdDSA')];
    provider.publish(fresh, old);
    const before = provider.fetches;
    expect((await ask(await provider.token(claims('nora', ['desk']), fresh), 'incidents')).status).toBe(200);
    expect(provider.fetches).toBe(before + 1);
    for (const key of [old, fresh])
      expect((await ask(await provider.token(claims('nora', ['desk']), key), 'incidents')).status).toBe(200);
    expect(provider.fetches).toBe(before + 1);
    provider.publish(fresh);
    // What nobody has makes the service look again, and then the old key is gone.
    expect(
      (await ask(await provider.token(claims('nora', ['desk']), await makeKey('none')), 'incidents')).status,
    ).toBe(401);
    expect((await ask(await provider.token(claims('nora', ['desk']), old), 'incidents')).status).toBe(401);
  });

  test('cost the provider one request in a while, whatever is sent', async () => {
    const { request } = await serve({ OIDC_JWKS_COOLDOWN: '3600' });
    const stranger = await makeKey('never-published');
    const tokens = await Promise.all(
      Array.from({ length: 20 }, () => provider.token(claims('nora', ['desk']), stranger)),
    );
    const before = provider.fetches;
    for (const token of tokens) expect((await request(token, 'incidents')).status).toBe(401);
    expect(provider.fetches - before).toBe(1);
  });

  test('are not judged by keys that come over a wire that anybody may be on', async () => {
    const { request } = await serve();
    // This machine by another name, which is not known to be it.
    provider.keysFrom = provider.issuer.replace('127.0.0.1', '[::ffff:127.0.0.1]');
    const token = await provider.token(claims('nora', ['desk']));
    try {
      expect((await request(token, 'incidents')).status).toBe(503);
    } finally {
      provider.keysFrom = undefined;
    }
    expect((await request(token, 'incidents')).status).toBe(200);
  });

  test('cannot be judged while the provider is away, which is said as such; own tokens work on', async () => {
    const { request } = await serve();
    provider.isDown = true;
    const answer = await request(await provider.token(claims('nora', ['desk'])), 'incidents');
    expect([answer.status, answer.body.type]).toEqual([503, 'urn:casebook:problem:unavailable']);
    expect((await request(admin, 'incidents')).status).toBe(200);
    provider.isDown = false;
    expect((await request(await provider.token(claims('nora', ['desk'])), 'incidents')).status).toBe(200);
  });
});

describe('the settings of an identity provider', () => {
  const good = { OIDC_ISSUER: 'https://id.example.org', OIDC_AUDIENCE: 'casebook' };

  test('are complete with an issuer and an audience', () => {
    expect(readSettings({}).oidc).toBeUndefined();
    expect(readSettings(good).oidc).toEqual({
      issuer: 'https://id.example.org',
      audience: 'casebook',
      algorithms: ['RS256', 'ES256', 'EdDSA'],
      clockTolerance: 30,
      jwksCooldown: 30,
      memberClaim: 'sub',
    });
    const mapped = readSettings({
      ...good,
      OIDC_ROLE_CLAIM: 'groups',
      OIDC_ROLE_MAP: '/casebook/leads = desk-two/adjudicator , staff=reader',
    });
    expect(mapped.oidc?.roleMap).toEqual([
      { group: '/casebook/leads', workspaceId: 'desk-two', role: 'adjudicator' },
      { group: 'staff', workspaceId: null, role: 'reader' },
    ]);
  });

  test.each([
    [{ OIDC_ISSUER: good.OIDC_ISSUER }, /OIDC_AUDIENCE/],
    [{ OIDC_AUDIENCE: 'casebook' }, /OIDC_ISSUER/],
    [{ ...good, OIDC_ISSUER: 'http://id.example.org' }, /OIDC_ISSUER: must be an https URL/],
    [{ ...good, OIDC_JWKS_URL: 'http://id.example.org/keys' }, /OIDC_JWKS_URL/],
    [{ ...good, OIDC_ALGORITHMS: 'RS256,none' }, /OIDC_ALGORITHMS/],
    [{ ...good, OIDC_ALGORITHMS: 'HS256' }, /OIDC_ALGORITHMS/],
    [{ ...good, OIDC_CLOCK_TOLERANCE: '86400' }, /OIDC_CLOCK_TOLERANCE/],
    [{ ...good, OIDC_ROLE_CLAIM: 'groups', OIDC_ROLE_MAP: 'staff=owner' }, /OIDC_ROLE_MAP/],
    [{ ...good, OIDC_ROLE_MAP: 'staff=reader' }, /OIDC_ROLE_CLAIM/],
  ])('are refused where they would let in too many: %j', (variables, message) => {
    expect(() => readSettings(variables)).toThrow(message);
  });
});
