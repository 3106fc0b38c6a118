import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

describe('finding things in the console', () => {
  let console: ConsoleUnderTest;
  let alice: Client;
  let shown: ConsoleCase;
  beforeAll(async () => {
    console = await startConsole();
    alice = await console.service.member('alice', 'annotator', 'Alice');
    shown = await openCase(alice);
    const claims = `incidents/${shown.incident}/claims`;
    const anchor = { documentId: shown.document, exact: 'wounding dozens' };
    await enter(alice, claims, { anchor, statement: 'Dozens were <b>hurt</b> in the 𝕄arket.' });
    const { id } = await enter(alice, claims, { anchor, statement: 'Nobody was hurt.' });
    await alice.post(`${claims}/${id}/retraction`, { reason: 'Misread.' });
    await console.service.caughtUp();
  });
  afterAll(() => console.close());

  it('marks what was looked for, as text, and filters by kind and state', async () => {
    const page = await console.open(alice.token);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('/');
    await page.getByLabel('Search for').fill('hurt');
    const found = page.getByRole('list', { name: 'Found' });
    await page.getByText('2 found').waitFor();
    await found.getByText('Dozens were <b>hurt</b> in the 𝕄arket.').first().waitFor();
    expect(await found.locator('mark').allInnerTexts()).toEqual(['hurt', 'hurt']);
    await page.getByLabel('State').selectOption('Retracted');
    await page.getByText('1 found').waitFor();
    expect(page.url()).toMatch(/q=hurt&state=retracted/);
    await page.getByLabel('Kind').selectOption('Warning');
    await page.getByText('No results.').waitFor();
    await page.context().close();
  });

  it('by keys from the words to what was found, in its document', async () => {
    const page = await console.open(alice.token, '/search');
    await page.getByLabel('Search for').fill('dozens hurt -nobody');
    await page.keyboard.press('Enter');
    const hit = page.getByRole('link', { name: /Dozens were/ });
    await hit.waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/documents\/.*on=/);
    await page.getByRole('complementary', { name: 'Selected' }).waitFor();
    await page.context().close();
  });

  it('finds what was known then, and says how a query is mended', async () => {
    const page = await console.open(alice.token, '/search?q=hurt&asOf=4');
    await page.getByText('No results at this moment.').waitFor();
    await page.getByLabel('Search for').fill('"hurt');
    await page
      .getByRole('alert')
      .getByText(/quotation mark/)
      .waitFor();
    await page.context().close();
  });

  it('Ctrl-K reaches pages, incidents, documents, annotations and actions', async () => {
    const page = await console.open(alice.token);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const reach = async (words: string, option: RegExp) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type(words);
      await page.getByRole('option', { name: option, selected: true }).waitFor();
      await page.keyboard.press('Enter');
    };
    await reach('audit', /^Audit/);
    await page.waitForURL(/\/audit/);
    await reach('salt', /^Salt Market/);
    await page.waitForURL(/\/incidents\//);
    await reach('first rep', /^First reports/);
    await page.waitForURL(/\/documents\//);
    await reach('dozens', /^Dozens were/);
    await page.waitForURL(/on=/);
    await reach('show the keys', /^Show the keys/);
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.context().close();
  });
});
