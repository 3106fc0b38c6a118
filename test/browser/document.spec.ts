import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase, selectByKeys } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

describe('a document in the console', () => {
  let console: ConsoleUnderTest;
  let analyst: Client;
  let shown: ConsoleCase;
  beforeAll(async () => {
    console = await startConsole();
    analyst = await console.service.member('alice', 'annotator', 'Alice');
    shown = await openCase(analyst);
  });
  afterAll(() => console.close());

  const claims = async () => (await analyst.get(`incidents/${shown.incident}/claims`)).body.items;

  it('a claim is tagged by keys alone, on exactly what was selected', async () => {
    const page = await console.open(analyst.token, shown.path);
    await page.getByText('Nothing is tagged yet. Select a sentence and press c.').waitFor();
    await selectByKeys(page, shown.text, 'killing at least 31 people');
    await page.keyboard.press('c');
    await page.getByRole('region', { name: 'New claim' }).waitFor();
    await page.keyboard.type('At least 31 people died.');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Recorded as \d+$/).waitFor();
    const [claim] = await claims();
    expect(claim).toMatchObject({
      statement: 'At least 31 people died.',
      asserters: [{ name: 'Kelmora Evening Post', kind: 'organisation' }],
      figure: { counts: 'killed', min: 31, max: null, asPrinted: 'at least 31' },
      anchor: { exact: 'killing at least 31 people', documentId: shown.document },
    });
    await page.getByRole('button', { name: 'At least 31 people died.' }).first().waitFor();
    await page.context().close();
  });

  it('a draft survives a reload, in the same form at the same span', async () => {
    const page = await console.open(analyst.token, shown.path);
    await page.getByRole('button', { name: 'At least 31 people died.' }).waitFor();
    await selectByKeys(page, shown.text, 'wounding dozens');
    await page.keyboard.press('c');
    await page.getByLabel('Statement').fill('Dozens were hurt');
    await page.reload();
    await page.getByText('Restored from your draft.').waitFor();
    expect(await page.getByLabel('Statement').inputValue()).toBe('Dozens were hurt');
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await page.getByRole('region', { name: 'New claim' }).waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('a tag that is refused is named at its field, and the rest of the form stays as it was', async () => {
    const page = await console.open(analyst.token, shown.path);
    await page.getByRole('button', { name: 'At least 31 people died.' }).waitFor();
    await selectByKeys(page, shown.text, 'wounding dozens');
    await page.keyboard.press('c');
    await page.getByLabel('Statement').fill('Dozens were hurt');
    await page.getByLabel('Tags').fill('two\u200btags');
    await page.keyboard.press('Control+Enter');
    const form = page.getByRole('region', { name: 'New claim' });
    const fault = form.getByRole('alert');
    await fault.waitFor();
    expect(await fault.textContent()).toMatch(/invisible/);
    const tags = form.getByRole('combobox', { name: 'Tags' });
    expect(await tags.getAttribute('aria-invalid')).toBe('true');
    expect(await tags.getAttribute('aria-describedby')).toBe(await fault.getAttribute('id'));
    expect(await page.getByLabel('Statement').inputValue()).toBe('Dozens were hurt');
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await page.context().close();
  });

  it('what others changed meanwhile is merged, and a field that both changed is chosen', async () => {
    const exact = 'A bomb hidden in a porter’s handcart exploded';
    const path = `incidents/${shown.incident}/claims`;
    const { id } = await enter(analyst, path, {
      anchor: { documentId: shown.document, exact },
      statement: 'A bomb went off.',
    });
    const page = await console.open(analyst.token, `${shown.path}?on=${id}`);
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await page.keyboard.press('e');
    await page.getByLabel('Statement').fill('A bomb in a handcart went off.');
    const bob = await console.service.member('bob', 'annotator', 'Bob');
    await bob.patch(`${path}/${id}`, { statement: 'A handcart exploded.', tags: ['bomb'] });
    await page.keyboard.press('Control+Enter');
    const conflict = page.getByRole('alert', { name: 'Somebody changed this while you did' });
    await conflict.getByText('A handcart exploded.', { exact: true }).waitFor();
    await conflict.getByRole('button', { name: 'Record with these choices' }).click();
    await conflict.waitFor({ state: 'detached' });
    expect((await analyst.get(`${path}/${id}`)).body).toMatchObject({
      statement: 'A bomb in a handcart went off.',
      tags: ['bomb'],
    });
    await page.context().close();
  });

  it('a comment is written and answered where the annotation is', async () => {
    const [claim] = await claims();
    const page = await console.open(analyst.token, `${shown.path}?on=${claim.id}`);
    await page.getByLabel('Add a comment').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('Is this the ministry’s toll?');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('listitem').getByText('Is this the ministry’s toll?').waitFor();
    await page.context().close();
  });

  it('a comment that is typed before the drafts are read is kept', async () => {
    const [claim] = await claims();
    const page = await console.open(analyst.token);
    await page.addInitScript(`
      const listen = IDBTransaction.prototype.addEventListener;
      IDBTransaction.prototype.addEventListener = function (type, listener, options) {
        const late = type === 'complete' && this.mode === 'readonly';
        return listen.call(this, type, late ? (event) => setTimeout(() => listener(event), 2000) : listener, options);
      };`);
    await page.goto(`${shown.path}?on=${claim.id}`);
    const field = page.getByLabel('Add a comment');
    await field.fill('Typed at once');
    await page.waitForTimeout(3_000);
    expect(await field.inputValue()).toBe('Typed at once');
    await field.press('Control+Enter');
    await page.getByRole('listitem').getByText('Typed at once').waitFor();
    await page.context().close();
  });
});
