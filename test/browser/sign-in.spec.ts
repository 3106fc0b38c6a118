import { type ConsoleUnderTest, startConsole } from '../support/browser.js';

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
