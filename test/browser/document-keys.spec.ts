import type { Page } from 'playwright-core';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase, selectByKeys } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import { boxOf, OLDER } from '../support/document-view.js';
import type { Client } from '../support/service.js';

describe('the keys of a document', () => {
  let console: ConsoleUnderTest;
  let analyst: Client;
  let shown: ConsoleCase;
  beforeAll(async () => {
    console = await startConsole();
    analyst = await console.service.member('alice', 'annotator', 'Alice');
  });
  beforeEach(async () => {
    shown = await openCase(analyst);
  });
  afterAll(() => console.close());

  const tag = (exact: string, statement: string) =>
    enter(analyst, `incidents/${shown.incident}/claims`, {
      anchor: { documentId: shown.document, exact },
      statement,
    });
  const all = async (kind: string) => (await analyst.get(`incidents/${shown.incident}/${kind}`)).body.items;
  const undoLast = async (page: Page): Promise<void> => {
    await page.keyboard.press('u');
    await page.getByText('Nothing is tagged yet.').waitFor();
  };

  it.each([
    ['w', 'New warning', 'warnings', 'Summary', 'evidence'],
    ['a', 'New attack', 'attacks', 'Summary', 'evidence'],
    ['x', 'New dispute', 'disputes', 'Question', 'targets'],
  ])(
    '%s on a selection records it and the claim that it rests on in one commit, which u undoes',
    async (key, title, kind, field, rests) => {
      const page = await console.open(analyst.token, shown.path);
      await page.getByText('Nothing is tagged yet.').waitFor();
      await selectByKeys(page, shown.text, 'killing at least 31 people');
      await page.keyboard.press(key);
      await page.getByRole('region', { name: title }).waitFor();
      await page.getByText('On “killing at least 31 people”, which becomes a claim.').waitFor();
      await page.reload();
      await page.getByLabel(field).first().fill('As the paper has it');
      await page.keyboard.press('Control+Enter');
      await page.getByText(/^Recorded as \d+$/).waitFor();
      const [[claim], [recorded]] = [await all('claims'), await all(kind)];
      expect(claim.anchor.exact).toBe('killing at least 31 people');
      expect(recorded[rests]).toEqual([claim.id]);
      expect(recorded.position).toBe(claim.position + 1);
      await page.getByRole('complementary', { name: 'Selected' }).getByRole('heading').first().waitFor();
      await undoLast(page);
      expect((await all(kind)).map(({ status }: { status: string }) => status)).toEqual(['retracted']);
      await page.context().close();
    },
  );

  it('l links the warning of one claim to the attack of another', async () => {
    const [first, second] = [
      await tag('wounding dozens', 'Dozens.'),
      await tag('killing at least 31 people', '31.'),
    ];
    const record = (kind: string, evidence: string) =>
      enter(analyst, `incidents/${shown.incident}/${kind}`, { summary: kind, evidence: [evidence] });
    const [warning, attack] = [await record('warnings', first.id), await record('attacks', second.id)];
    const page = await console.open(analyst.token, `${shown.path}?on=${first.id}`);
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await page.keyboard.press('l');
    await page.getByText('Marked: warnings.').waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('l');
    await page.getByRole('region', { name: 'New link' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Recorded as \d+$/).waitFor();
    const [link] = await all('links');
    expect(link).toMatchObject({ warningId: warning.id, attackId: attack.id });
    await page.context().close();
  });

  it('an edge of a selected claim moves by a word, by keys and by touch', async () => {
    const { id } = await tag('least 31 people', 'Read short.');
    const page = await console.open(analyst.token, `${shown.path}?on=${id}`);
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await page.keyboard.press('Alt+Shift+ArrowLeft');
    await page.getByRole('region', { name: 'Edit claim' }).waitFor();
    await page.keyboard.press('Alt+Shift+ArrowLeft');
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByRole('button', { name: 'Move the start a word right' }).click();
    await page.getByRole('button', { name: 'Move the start a word left' }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Recorded as \d+$/).waitFor();
    const [claim] = await all('claims');
    expect(claim.anchor.exact).toBe('killing at least 31 people');
    await page.context().close();
  });

  it.each([
    ['with', ''],
    ['without', OLDER],
  ])('a second click picks the claim beneath, %s the Highlight API', async (_, script) => {
    await tag('killing at least 31 people', 'The longer one.');
    await tag('31 people', 'The shorter one.');
    const page = await console.open(analyst.token);
    await page.addInitScript(script);
    await page.goto(shown.path);
    await page.getByRole('button', { name: 'The longer one.' }).waitFor();
    const { x, y, width, height } = await boxOf(page, 'people');
    const heading = (name: string) =>
      page.getByRole('complementary').getByRole('heading', { name }).waitFor();
    for (const name of ['The shorter one.', 'The longer one.', 'The shorter one.']) {
      await page.mouse.click(x + width / 3, y + height / 2);
      await heading(name);
    }
    await page.mouse.dblclick(x + width / 3, y + height / 2);
    await heading('The shorter one.');
    await page.context().close();
  });

  it.each([
    ['with', ''],
    ['without', OLDER],
  ])('the caret selects exactly the quote, over marks, %s the Highlight API', async (_, script) => {
    await tag('31 people', 'The shorter one.');
    const page = await console.open(analyst.token);
    await page.addInitScript(script);
    await page.goto(shown.path);
    await page.getByRole('button', { name: 'The shorter one.' }).waitFor();
    await selectByKeys(page, shown.text, 'killing at least 31 people and wounding dozens');
    await page.keyboard.press('c');
    await page.getByRole('region', { name: 'New claim' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Recorded as \d+$/).waitFor();
    expect((await all('claims')).map(({ anchor }: { anchor: { exact: string } }) => anchor.exact)).toContain(
      'killing at least 31 people and wounding dozens',
    );
    await page.context().close();
  });

  it.each([
    ['a claim', '?draft=700-760', 900],
    ['a claim on a phone', '?draft=700-760', 640],
    ['a warning', '?new=warning&quote=700-760', 900],
  ])('Record is in view as soon as the form of %s is open', async (_, query, height) => {
    const page = await console.open(analyst.token, `${shown.path}${query}`, {
      height,
      width: height > 700 ? 1280 : 360,
    });
    const record = page.getByRole('button', { name: /^Record/ }).last();
    await record.waitFor();
    const box = await record.boundingBox();
    expect(box!.y + box!.height).toBeLessThan(height - 60);
    await page.context().close();
  });
});
