import { KEYS } from '../../apps/console/src/keys/table.js';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';

describe('the keys of the console', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await startConsole();
  });
  afterAll(() => console.close());

  it('? shows every key of the table, and Esc closes it where the focus was', async () => {
    const page = await console.open(console.service.admin.token);
    const button = page.getByRole('button', { name: 'Import documents' });
    await button.focus();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    for (const { label } of Object.values(KEYS)) await dialog.getByText(label, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await button.evaluate((element: any) => element === element.ownerDocument.activeElement)).toBe(
      true,
    );
    await page.context().close();
  });

  it('from signing in to a document that is imported and a member who is added, without a mouse', async () => {
    const page = await console.visit('/');
    await page.getByLabel('Token').waitFor();
    await page.keyboard.type(console.service.admin.token);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    /** Goes on by Tab until the focus is on what has this name; fails where it comes round without. */
    const tabTo = async (role: 'button' | 'textbox' | 'link', name: string): Promise<void> => {
      const wanted = page.getByRole(role, { name, exact: true }).first();
      await wanted.waitFor();
      for (let step = 0; step < 80; step += 1) {
        if (await wanted.evaluate((element: any) => element === element.ownerDocument.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not reach ${role} ${name}`);
    };
    await tabTo('button', 'Import documents');
    await page.keyboard.press('Enter');
    await tabTo('button', 'Paste a text');
    await page.keyboard.press('Enter');
    await page.keyboard.type('A short report. Nothing is known yet.');
    await tabTo('button', 'Import 1 document');
    await page.keyboard.press('Enter');
    await page.getByText('1 document imported.').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await tabTo('button', 'Add a member');
    await page.keyboard.press('Enter');
    await page.keyboard.type('dora');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Dora Quill');
    await page.keyboard.press('Enter');
    await page.getByText('Dora Quill').first().waitFor();
    expect((await console.service.admin.get('members/dora')).body.name).toBe('Dora Quill');
    await page.context().close();
  });
});
