import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { CONSOLE_DIRECTORY, firstLoadKb } from '../support/console-build.js';

describe('the first load of the console', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await startConsole();
  });
  afterAll(() => console.close());

  it('is at most 180 kB of gzipped script', () => {
    const kB = firstLoadKb(CONSOLE_DIRECTORY);
    expect(kB).toBeGreaterThan(50);
    expect(kB).toBeLessThanOrEqual(180);
  });

  it('loads the pages that it put off while it idles, so that they open without the network', async () => {
    const page = await console.open(console.service.admin.token);
    const drawing = page.waitForResponse((answer) => answer.url().includes('/graph-drawing-'));
    await page.reload();
    await (await drawing).finished();
    await page.context().setOffline(true);
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
    await page.context().close();
  });

  it('says what to do where the script of a page does not load', async () => {
    const page = await console.open(console.service.admin.token, '/search');
    await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor();
    await page.route('**/assets/audit-page-*', (route) => route.abort());
    await page.goto('/audit');
    const failure = page.getByRole('alert').filter({ hasText: 'This page could not be shown.' });
    await failure.getByRole('button', { name: 'Reload' }).waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'Incidents' }).waitFor();
    expect(await failure.count()).toBe(0);
    await page.unrouteAll();
    await page.goto('/audit');
    await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
    await page.context().close();
  });
});
