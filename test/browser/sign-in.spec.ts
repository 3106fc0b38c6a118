import { readSettings } from '../../apps/api/src/index.js';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { openCase } from '../support/console-case.js';
import { IdentityProvider } from '../support/identity-provider.js';

describe('signing in to the console', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await startConsole();
  });
  afterAll(() => console.close());

  const anonymous = async (path: string) => {
    const context = await console.browser.newContext({ baseURL: console.service.url });
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };

  it('by token: the page that was asked for opens, and a reload keeps the session', async () => {
    const page = await anonymous('/audit');
    await page.getByLabel('Token').fill(console.service.admin.token);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Audit' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Audit' }).waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.context().close();
  });

  it('a token that is unknown: it says so, and what to do', async () => {
    const page = await anonymous('/');
    await page.getByLabel('Token').fill('casebook_wrong');
    await page.keyboard.press('Enter');
    await page.getByText('This token is unknown, expired or revoked. Ask an admin for a new one.').waitFor();
    await page.context().close();
  });

  it('who signs out, or in again, in one window does so in the others of that browser, and a draft is there again', async () => {
    const { service } = console;
    const analyst = await service.member('two-windows', 'annotator', 'Two Windows');
    const shown = await openCase(analyst);
    const one = await console.open(analyst.token);
    await one.getByRole('heading', { name: 'Home' }).waitFor();
    const two = await one.context().newPage();
    await two.goto(`${shown.path}?draft=100-120`);
    await two.getByLabel('Statement').fill('Typed in the other window');
    await one.getByRole('button', { name: 'Sign out' }).click();
    for (const page of [one, two]) await page.getByLabel('Token').waitFor();
    await one.getByLabel('Token').fill(analyst.token);
    await one.keyboard.press('Enter');
    await two.getByText('Restored from your draft.').waitFor();
    expect(await two.getByLabel('Statement').inputValue()).toBe('Typed in the other window');
    await one.context().close();
  });

  it('a revoked token: every window of it is signed out at once', async () => {
    const { service } = console;
    await service.admin.post('members', { id: 'leaving', name: 'Leaving', role: 'annotator' });
    const { body } = await service.admin.post('members/leaving/tokens');
    const windows = [await console.open(body.token), await console.open(body.token)];
    for (const page of windows) await page.getByRole('heading', { name: 'Home' }).waitFor();
    await service.admin.post(`tokens/${body.id}/revocation`, { reason: 'left' });
    for (const page of windows) await page.getByText('Your session has ended').waitFor();
  });
});

describe('signing in by an identity provider', () => {
  let provider: IdentityProvider;
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    provider = await IdentityProvider.start();
    const { oidc } = readSettings({
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: 'casebook',
      OIDC_CLIENT_ID: 'console',
      OIDC_ROLE_CLAIM: 'role',
    });
    console = await startConsole({ ...(oidc !== undefined && { oidc }) });
  });
  afterAll(async () => {
    await console.close();
    await provider.stop();
  });

  it('by a code with PKCE: the page that was asked for opens, and no token or code is left in the address', async () => {
    provider.signsIn = { sub: 'carol', name: 'Carol', role: 'annotator' };
    const context = await console.browser.newContext({ baseURL: console.service.url });
    const page = await context.newPage();
    await page.goto('/audit');
    await page.getByRole('button', { name: 'Sign in with your organisation' }).click();
    await page.getByRole('heading', { name: 'Audit' }).waitFor();
    expect(page.url()).toBe(`${console.service.url}/audit`);
    await context.close();
  });

  it('an answer that this browser did not ask for signs nobody in', async () => {
    const context = await console.browser.newContext({ baseURL: console.service.url });
    const page = await context.newPage();
    await page.goto('/sign-in?code=stolen&state=forged');
    await page.getByRole('button', { name: 'Sign in with your organisation' }).waitFor();
    await context.close();
  });
});
