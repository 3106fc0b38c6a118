import { SignInCodes } from '../../apps/api/src/index.js';
import { CONSOLE_DIRECTORY, buildConsole } from '../support/console-build.js';
import { startTestService, type TestService } from '../support/service.js';

/* The console's door as a web server sees it: what browsers are told, and what a page of another site can do with somebody's session. */

describe('the session of the console', () => {
  let service: TestService;
  beforeAll(async () => {
    buildConsole();
    service = await startTestService({ consoleDirectory: CONSOLE_DIRECTORY });
  });
  afterAll(() => service.close());

  const OWN = { 'casebook-console': '1' };
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
    fetch(new URL(path, service.url), {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const signIn = async (origin = service.url): Promise<{ cookie: string; set: string }> => {
    const answer = await ask('POST', '/v1/session', { ...OWN, origin }, { token: service.admin.token });
    const set = answer.headers.get('set-cookie') ?? '';
    return { set, cookie: set.split(';', 1)[0] ?? '' };
  };

  it('is a cookie that no script reads and no other site sends; over https it never leaves it', async () => {
    expect((await signIn()).set).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    expect((await signIn('https://casebook.example')).set).toMatch(/; Secure$/);
  });

  it('lets its page read and write, and tells who is signed in', async () => {
    const { cookie } = await signIn();
    const current = (await (await ask('GET', '/v1/session', { cookie })).json()) as object;
    expect(current).toMatchObject({
      session: { workspace: 'default', member: { id: 'admin', name: 'Administrator' }, role: 'admin' },
    });
    expect((await ask('GET', '/v1/workspaces/default/incidents', { cookie })).status).toBe(200);
    const written = await ask(
      'POST',
      '/v1/workspaces/default/incidents',
      { ...OWN, cookie },
      { title: 'One' },
    );
    expect(written.status).toBe(201);
  });

  it.each([
    ['writes without the header of the console', 'POST', {}],
    ['writes from a page of another site', 'POST', { ...OWN, origin: 'https://evil.example' }],
    ['writes from a sibling of the site', 'POST', { ...OWN, 'sec-fetch-site': 'same-site' }],
    ['reads from a page of another site', 'GET', { 'sec-fetch-site': 'cross-site' }],
  ])('does nothing for who %s', async (_, method, headers) => {
    const { cookie } = await signIn();
    const answer = await ask(
      method,
      '/v1/workspaces/default/incidents',
      { ...headers, cookie },
      method === 'POST' ? { title: 'Forged' } : undefined,
    );
    expect(answer.status).toBe(401);
  });

  it('cannot be begun by a page that does not send the header of the console', async () => {
    expect((await ask('POST', '/v1/session', {}, { token: service.admin.token })).status).toBe(403);
    expect((await ask('DELETE', '/v1/session')).status).toBe(403);
  });

  it('ends with its token, and by signing out', async () => {
    const { body } = await service.admin.post('members/admin/tokens');
    const answer = await ask('POST', '/v1/session', OWN, { token: body.token });
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    await service.admin.post(`tokens/${body.id}/revocation`);
    expect((await ask('GET', '/v1/workspaces/default/incidents', { cookie })).status).toBe(401);
    expect(await (await ask('GET', '/v1/session', { cookie })).json()).toMatchObject({ session: null });
    const out = await ask('DELETE', '/v1/session', OWN);
    expect([out.status, out.headers.get('set-cookie')]).toEqual([
      204,
      'casebook-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ]);
  });

  it('moves to another workspace of its token, and to none that the token does not open', async () => {
    const { cookie } = await signIn();
    const move = (workspace: string, headers: Record<string, string>) =>
      ask('POST', '/v1/session', { ...OWN, ...headers }, { workspace });
    expect((await move('default', { cookie })).status).toBe(200);
    expect((await move('elsewhere', { cookie })).status).toBe(403);
    expect((await move('default', {})).status).toBe(401);
  });

  it('a printed code signs in once', async () => {
    const code = service.application.get(SignInCodes).issue(service.admin.token);
    const first = await ask('POST', '/v1/session', OWN, { code });
    const second = await ask('POST', '/v1/session', OWN, { code });
    expect([first.status, second.status]).toEqual([200, 401]);
  });

  it('a bearer token goes before the cookie', async () => {
    const { cookie } = await signIn();
    const headers = { cookie, authorization: 'Bearer casebook_unknown' };
    expect((await ask('GET', '/v1/workspaces/default/incidents', headers)).status).toBe(401);
  });

  it('its page runs no inline script or style, and its files are kept for ever', async () => {
    const page = await ask('GET', '/incidents/any');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(policy).toContain("require-trusted-types-for 'script'");
    const [, asset = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
    const file = await ask('GET', asset);
    expect([file.status, file.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
  });

  it('an address that is no page is still answered with a problem', async () => {
    const answer = await ask('GET', '/nowhere');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });
});
