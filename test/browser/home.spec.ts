import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { dropFiles, openCase } from '../support/console-case.js';
import { corpusText, enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

describe('the home page of the console', () => {
  let console: ConsoleUnderTest;
  let analyst: Client;
  beforeAll(async () => {
    console = await startConsole();
    analyst = await console.service.member('alice', 'annotator', 'Alice');
  });
  afterAll(() => console.close());

  it('files that are dropped become documents, to the letter, with what their sidecars say', async () => {
    const page = await console.open(analyst.token);
    await page.getByText('No documents yet.').waitFor();
    const text = corpusText('01-salt-market-first-reports.txt');
    await dropFiles(page, {
      'one.txt': text,
      'one.yaml': 'title: First reports\npublisher: Kelmora Evening Post\n',
      'two.txt': corpusText('02-market-warning-courier.txt'),
    });
    await page.getByRole('button', { name: 'Import 2 documents' }).click();
    await page.getByText('2 documents imported.').waitFor();
    await page.getByText('First reports', { exact: true }).waitFor();
    const { items } = (await analyst.get('documents')).body;
    const imported = items.find(({ title }: { title: string }) => title === 'First reports');
    expect(imported.publisher).toBe('Kelmora Evening Post');
    expect((await analyst.get(`documents/${imported.id}/text`)).text).toBe(text);
    await page.context().close();
  });

  it('an incident is opened, and a document read in it', async () => {
    const page = await console.open(analyst.token);
    await page.getByRole('button', { name: 'Open an incident' }).click();
    await page.getByLabel('Title').fill('Salt Market');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Salt Market', level: 1 }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.getByRole('listitem').filter({ hasText: 'First reports' }).getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Salt Market' }).click();
    await page.getByRole('document').getByText('KELMORA, Ildria').waitFor();
    await page.context().close();
  });

  it('what others changed since the last visit, drafts to go on with, and mentions', async () => {
    const shown = await openCase(analyst, '03-market-warning-mercury.txt');
    const page = await console.open(analyst.token, shown.path);
    await page.getByText('Nothing is tagged yet.').waitFor();
    await page.goto(`${shown.path}?draft=10-40`);
    await page.getByLabel('Statement').fill('Begun and not recorded');
    await page.goto('/search');
    await page.getByRole('heading', { name: 'Search' }).waitFor();
    const exact = shown.text.trim().split(/\s+/).slice(0, 4).join(' ');
    const claim = await enter(console.service.admin, `incidents/${shown.incident}/claims`, {
      anchor: { documentId: shown.document, exact },
    });
    const dispute = { question: 'Who wrote it?', targets: [claim.id], owner: 'alice' };
    await enter(console.service.admin, `incidents/${shown.incident}/disputes`, {
      ...dispute,
      positions: [{ statement: 'A' }, { statement: 'B' }],
    });
    await enter(console.service.admin, `incidents/${shown.incident}/comments`, {
      targetId: claim.id,
      body: 'Can you look at this, @alice?',
    });
    await console.service.caughtUp();
    const other = await page.context().newPage();
    await other.goto('/');
    await other.getByText('3 changes since your last visit, by Administrator').waitFor();
    await other.getByRole('link', { name: 'Who wrote it?' }).waitFor();
    await other.getByRole('link', { name: /@alice/ }).waitFor();
    await other.getByRole('link', { name: /^Claim on “/ }).click();
    await other.getByText('Restored from your draft.').waitFor();
    expect(await other.getByLabel('Statement').inputValue()).toBe('Begun and not recorded');
    await page.context().close();
  });
});
