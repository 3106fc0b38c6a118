import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

describe('working together in the console', () => {
  let console: ConsoleUnderTest;
  let alice: Client;
  let bob: Client;
  let shown: ConsoleCase;
  beforeAll(async () => {
    console = await startConsole();
    alice = await console.service.member('alice', 'annotator', 'Alice');
    bob = await console.service.member('bob', 'annotator', 'Bob');
    shown = await openCase(alice);
  });
  afterAll(() => console.close());

  const claimBy = (member: Client, exact: string, statement: string) =>
    enter(member, `incidents/${shown.incident}/claims`, {
      anchor: { documentId: shown.document, exact },
      statement,
    });

  it('without the network it says so, keeps what is typed, and goes on with what was missed', async () => {
    const page = await console.open(alice.token, shown.path);
    await page.getByText('Nothing is tagged yet.').waitFor();
    await page.goto(`${shown.path}?draft=300-330`);
    await page.getByLabel('Statement').fill('Typed before the cut');
    await page.context().setOffline(true);
    await page.getByText('No connection. Drafts are kept').waitFor();
    await page.getByLabel('Statement').fill('Typed without a connection');
    await claimBy(bob, 'killing at least 31 people', 'Recorded meanwhile.');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Recorded meanwhile.' }).waitFor();
    await page.getByText('No connection.').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Statement').inputValue()).toBe('Typed without a connection');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Typed without a connection' }).waitFor();
    await page.context().close();
  });

  it('a session that ends keeps the draft, which is there again after signing in', async () => {
    await console.service.admin.post('members', { id: 'carol', name: 'Carol', role: 'annotator' });
    const first = (await console.service.admin.post('members/carol/tokens')).body;
    const page = await console.open(first.token, `${shown.path}?draft=100-120`);
    await page.getByLabel('Statement').fill('Typed before the end');
    await console.service.admin.post(`tokens/${first.id}/revocation`);
    await page.getByText('Your session has ended').waitFor();
    const second = (await console.service.admin.post('members/carol/tokens')).body;
    await page.getByLabel('Token').fill(second.token);
    await page.keyboard.press('Enter');
    await page.getByText('Restored from your draft.').waitFor();
    expect(await page.getByLabel('Statement').inputValue()).toBe('Typed before the end');
    await page.context().close();
  });

  it('text that a person typed stays text, whatever it says', async () => {
    const hostile = '<img src=x onerror="document.title=1"> \u202etxet desrever\u202c {{7*7}}';
    await claimBy(bob, 'A bomb hidden in a porter’s handcart', hostile);
    const page = await console.open(alice.token, shown.path);
    await page.getByRole('button', { name: /onerror/ }).waitFor();
    await page.getByRole('button', { name: /onerror/ }).click();
    await page
      .getByRole('complementary', { name: 'Selected' })
      .getByRole('heading', { name: /onerror/ })
      .waitFor();
    expect(await page.getByRole('img').count()).toBe(0);
    await page.context().close();
  });
});
