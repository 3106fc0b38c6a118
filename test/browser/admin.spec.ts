import { readFile } from 'node:fs/promises';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

describe('the administration in the console', () => {
  let console: ConsoleUnderTest;
  let admin: Client;
  let alice: Client;
  let shown: ConsoleCase;
  beforeAll(async () => {
    console = await startConsole();
    admin = console.service.admin;
    alice = await console.service.member('alice', 'annotator', 'Alice');
    shown = await openCase(alice);
  });
  afterAll(() => console.close());

  it('adds a member, changes the role and clearance, and removes them, with what is wrong beside the field', async () => {
    const page = await console.open(admin.token, '/admin/members');
    await page.getByRole('button', { name: 'Add a member' }).click();
    await page.getByLabel('Id', { exact: true }).fill('Not An Id');
    await page.getByLabel('Name', { exact: true }).fill('Dora Quill');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.getByLabel('Id', { exact: true }).fill('dora');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change Dora Quill' }).click();
    await page.getByLabel('Role').selectOption('Adjudicator: settles disputes as well');
    await page.getByLabel('Clearance').selectOption('Green');
    await page.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'Dora' });
    await row.getByText('Clearance: Green').waitFor();
    expect((await admin.get('members/dora')).body).toMatchObject({ role: 'adjudicator', clearance: 'green' });
    await row.getByRole('button', { name: 'Remove Dora Quill' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
    expect((await admin.get('members/dora')).body.status).toBe('removed');
    await page.context().close();
  });

  it('shows a token once; it lets its member in until it is revoked', async () => {
    const page = await console.open(admin.token, '/admin/members');
    await page.getByRole('button', { name: 'Tokens of Alice' }).click();
    await page.getByRole('textbox', { name: 'Label' }).fill('laptop');
    await page.getByRole('button', { name: 'Issue a token' }).click();
    const secret = page.getByRole('alert').filter({ hasText: 'it is shown only once' });
    const token = await secret.locator('code').innerText();
    expect((await console.service.client(token).get('incidents')).status).toBe(200);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Tokens of Alice' }).click();
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await page.getByText(/^revoked /).waitFor();
    expect(await page.getByText(token).count()).toBe(0);
    expect((await console.service.client(token).get('incidents')).status).toBe(401);
    await page.context().close();
  });

  it('rebuilds a view, and says what that changed', async () => {
    const page = await console.open(admin.token, '/admin/views');
    await page.getByRole('button', { name: 'Rebuild search' }).click();
    await page.getByText('Rebuilt: every row agreed with the events.').waitFor();
    await page.context().close();
  });

  it('tells what the ledger is, and downloads the whole of it', async () => {
    const page = await console.open(admin.token, '/admin/ledger');
    await page.getByRole('region', { name: 'The ledger' }).getByText('✓ Proved').waitFor();
    await page.getByText(/^casebook\.test\/default\+/).waitFor();
    await page.getByText(/No checkpoint is cosigned/).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the whole ledger' }).click(),
    ]);
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBe((await console.service.size()) + 1);
    await page.context().close();
  });

  it('lists refusals, and changes a setting', async () => {
    await console.service.client('casebook_wrong').get('incidents');
    const page = await console.open(admin.token, '/admin/refusals');
    await page.getByRole('list', { name: 'Refusals' }).getByText('unauthenticated').first().waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    const setting = page.getByLabel('Changes must name the revision that they change');
    await setting.click();
    await page.getByText(/^Recorded as/).waitFor();
    expect((await admin.get('settings')).body.requireIfMatch).toBe(true);
    await page.context().close();
  });

  it('erases by law after a preview and a typed word', async () => {
    const { id } = await enter(alice, `incidents/${shown.incident}/claims`, {
      anchor: { documentId: shown.document, exact: 'wounding dozens' },
      statement: 'A name that the law protects.',
    });
    const page = await console.open(admin.token, '/admin/erasure');
    await page.getByLabel('Id of the subject').fill(id);
    await page.getByRole('button', { name: 'Show what would be erased' }).click();
    await page.getByRole('heading', { name: '1 change loses its content' }).waitFor();
    await page.getByLabel('Reason').fill('Asked for by the person.');
    await page.getByLabel('Legal basis').fill('GDPR Art. 17(1)(d)');
    const erase = page.getByRole('button', { name: 'Erase permanently' });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel(/^Type ERASE/).fill('ERASE');
    await erase.click();
    await page.getByText('1 change erased.').waitFor();
    expect((await admin.get(`incidents/${shown.incident}/claims/${id}`)).body.status).toBe('erased');
    await page.context().close();
  });

  it('says to others what it takes, and shows the past without changing it', async () => {
    const page = await console.open(alice.token, '/admin/views');
    await page.getByText('This takes permission to administer.').waitFor();
    await page.goto('/admin/refusals');
    await page.getByText('This takes permission to oversee.').waitFor();
    await page.context().close();
    const then = await console.open(admin.token, '/admin/members?asOf=2');
    await then.getByRole('list', { name: 'Members' }).getByText('Administrator').waitFor();
    expect(await then.getByText('Alice').count()).toBe(0);
    expect(await then.getByRole('button', { name: 'Add a member' }).count()).toBe(0);
    await then.context().close();
  });
});
