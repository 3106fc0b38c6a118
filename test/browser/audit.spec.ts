import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

describe('the audit in the console', () => {
  let console: ConsoleUnderTest;
  let alice: Client;
  let bob: Client;
  let shown: ConsoleCase;
  let claim: string;
  let second: string;
  beforeAll(async () => {
    console = await startConsole();
    alice = await console.service.member('alice', 'annotator', 'Alice');
    bob = await console.service.member('bob', 'annotator', 'Bob');
    shown = await openCase(alice);
    const claims = `incidents/${shown.incident}/claims`;
    const anchor = { documentId: shown.document, exact: 'killing at least 31 people' };
    claim = (await enter(alice, claims, { anchor, statement: 'At least 31 died.' })).id;
    await bob.patch(`${claims}/${claim}`, { statement: 'Thirty-one died.', reason: 'Plainer.' });
    second = (
      await enter(bob, claims, { anchor: { ...anchor, exact: 'wounding dozens' }, statement: 'Dozens hurt.' })
    ).id;
  });
  afterAll(() => console.close());

  const lines = (page: Page) => page.getByRole('list', { name: 'Changes' }).getByRole('listitem');
  const line = (page: Page, text: string | RegExp) => lines(page).filter({ hasText: text }).first();
  const statement = async () =>
    (await alice.get(`incidents/${shown.incident}/claims/${claim}`)).body.statement as string;

  it('tells who changed what, with before and after, the latest first, and filters by member and kind', async () => {
    const page = await console.open(alice.token, '/audit');
    const revised = line(page, /^.*Bob revised/);
    await revised.waitFor();
    expect(await revised.locator('del').innerText()).toContain('At least 31 died.');
    expect(await revised.locator('ins').innerText()).toContain('Thirty-one died.');
    await revised.getByText('Plainer.', { exact: true }).waitFor();
    expect(await lines(page).first().innerText()).toMatch(/wounding dozens/);
    await page.getByLabel('Member', { exact: true }).selectOption('Bob');
    await page.getByLabel('Change', { exact: true }).selectOption('Claim revised');
    await page.getByText('1 change', { exact: true }).waitFor();
    expect(page.url()).toMatch(/member=bob.*what=ClaimRevised/);
    await page.getByLabel('From').fill('2100-01-01T00:00');
    await page.getByText('No changes match these filters.').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).first().click();
    await revised.waitFor();
    await page.context().close();
  });

  it('from any line to that moment, by keys', async () => {
    const page = await console.open(alice.token, `/audit?annotation=${claim}`);
    await page.getByText('2 changes', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/incidents\/.*asOf=\d+&on=/);
    await page
      .getByRole('complementary', { name: 'Selected' })
      .getByText('At least 31 died.')
      .first()
      .waitFor();
    await page.context().close();
  });

  it('a proof is checked in this browser, and "not checked" until then', async () => {
    const page = await console.open(alice.token, '/audit');
    const revised = line(page, /Bob revised/);
    await revised.getByText('Not checked').waitFor();
    expect(await page.getByText('✓ Proved').count()).toBe(1);
    await page
      .getByRole('region', { name: 'The ledger' })
      .getByText(/has not seen it before/)
      .waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('t');
    await revised.getByText('✓ Proved').click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      revised.getByRole('button', { name: 'Proof (.tlog-proof)' }).click(),
    ]);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra /);
    await page.getByRole('button', { name: 'Check all shown' }).click();
    await page.getByText('Not checked').first().waitFor({ state: 'detached' });
    expect(await page.getByText('✕ Not proved').count()).toBe(0);
    await page.reload();
    await page.getByText('It is the checkpoint kept by this browser.').waitFor();
    await page.context().close();
  });

  it('a line that says another than the event in the ledger is not proved', async () => {
    const page = await console.open(alice.token);
    await page.route('**/audit?*', async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      await route.fulfill({ response: answer, body: text.replaceAll('"actor":"bob"', '"actor":"alice"') });
    });
    await page.goto('/audit');
    const revised = line(page, /revised/);
    await revised.getByRole('button', { name: /check the proof/ }).click();
    await revised.getByText('✕ Not proved').click();
    await revised.getByText(/not the one shown on this line/).waitFor();
    await page.context().close();
  });

  it('a rewritten ledger is detected by the checkpoint that this browser kept', async () => {
    const page = await console.open(alice.token, '/audit');
    await page.getByText(/has not seen it before/).waitFor();
    await page.route('**/ledger/consistency?*', async (route) => {
      const answer = await route.fetch();
      const proof = await answer.json();
      await route.fulfill({ response: answer, json: { ...proof, hashes: proof.hashes.slice(1) } });
    });
    await enter(bob, `incidents/${shown.incident}/claims`, {
      anchor: { documentId: shown.document, exact: 'A bomb' },
      statement: 'A bomb.',
    });
    await page.getByRole('button', { name: 'Check the checkpoint' }).click();
    await page
      .getByRole('alert')
      .getByText(/its past was rewritten/)
      .waitFor();
    await line(page, 'A bomb.')
      .getByRole('button', { name: /check the proof/ })
      .click();
    await line(page, 'A bomb.').getByText('✕ Not proved').waitFor();
    await page.context().close();
  });

  it('a selection is undone after its preview, with a reason', async () => {
    const page = await console.open(alice.token, `/audit?annotation=${claim}`);
    await page.getByText('2 changes', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await page.keyboard.press('U');
    const dialog = page.getByRole('dialog', { name: 'Undo' });
    await dialog.getByRole('heading', { name: '1 change would be recorded' }).waitFor();
    expect(await statement()).toBe('Thirty-one died.');
    await dialog.getByLabel('Reason').fill('The first wording was right.');
    await page.keyboard.press('Enter');
    await page.getByText('1 change undone.').waitFor();
    expect(await statement()).toBe('At least 31 died.');
    await page.context().close();
  });

  it('a member’s changes: those that cannot be undone are shown, and left out on request', async () => {
    await enter(alice, `incidents/${shown.incident}/comments`, { targetId: second, body: 'Which hospital?' });
    const page = await console.open(alice.token, '/audit');
    await page.getByRole('button', { name: 'Undo a member’s changes' }).click();
    await page.getByLabel('Whose changes').selectOption('Bob');
    await page.getByRole('button', { name: 'Preview' }).click();
    const dialog = page.getByRole('dialog', { name: 'Undo' });
    await dialog.getByRole('heading', { name: '1 change would be recorded' }).waitFor();
    await dialog.getByRole('heading', { name: '1 change cannot be undone' }).waitFor();
    await dialog.getByLabel('Reason').fill('They were a test.');
    const confirm = dialog.getByRole('button', { name: 'Undo 1 change' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Leave these out and undo the rest').check();
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    const { items } = (await alice.get(`incidents/${shown.incident}/claims?status=active`)).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([claim, second]);
    await page.context().close();
  });

  it('shows the past as it was, without undoing', async () => {
    const page = await console.open(alice.token, '/audit?asOf=2');
    await page.getByText('2 changes', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^Undo/ }).count()).toBe(0);
    await page.goto('/audit?asOf=0');
    await page.getByText('Nothing had been recorded at this moment.').waitFor();
    await page.context().close();
  });
});
