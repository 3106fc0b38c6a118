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

  it('what one tags appears to the other without moving what is read', async () => {
    const [reader, writer] = [
      await console.open(alice.token, shown.path, { height: 420 }),
      await console.open(bob.token, `${shown.path}?draft=100-110`),
    ];
    const line = reader.getByRole('document').getByText('There was a man selling lemons');
    await line.scrollIntoViewIfNeeded();
    const before = await line.boundingBox();
    await writer.getByLabel('Statement').fill('Tagged beside a reader.');
    await writer.keyboard.press('Control+Enter');
    await reader.getByRole('button', { name: 'Tagged beside a reader.' }).waitFor();
    expect(await line.boundingBox()).toEqual(before);
    for (const page of [reader, writer]) await page.context().close();
  });

  it('each sees that the other is here, and where, until they leave', async () => {
    const one = await console.open(alice.token, `/incidents/${shown.incident}`);
    await one.getByRole('heading', { name: 'Salt Market' }).waitFor();
    const two = await console.open(bob.token, shown.path);
    await one.getByRole('status').getByText('Bob (First reports)').waitFor();
    await two.getByRole('status').getByText('Alice').waitFor();
    await two.getByRole('link', { name: 'Alice, at Salt Market' }).waitFor();
    await two.getByRole('link', { name: 'Home' }).click();
    await one.getByText('Bob (First reports)').waitFor({ state: 'detached' });
    await one.getByRole('list', { name: 'Here now' }).getByText('Bob').waitFor();
    await two.context().close();
    await one.getByRole('list', { name: 'Here now' }).waitFor({ state: 'detached' });
    await one.context().close();
  });

  it('two who edit one warning: what both changed is chosen, field by field, the rest is merged', async () => {
    const path = `incidents/${shown.incident}/warnings`;
    const { id } = await enter(alice, path, { summary: 'A page from Halvane.', channel: 'page' });
    const address = `/incidents/${shown.incident}?on=${id}&edit=1`;
    const [one, two] = [await console.open(alice.token, address), await console.open(bob.token, address)];
    for (const page of [one, two]) await page.getByRole('region', { name: 'Edit the warning' }).waitFor();
    await two.getByLabel('Channel').fill('courier');
    await two.getByLabel('Threat actor').fill('Veyra Front');
    await two.keyboard.press('Control+Enter');
    await two.getByRole('region', { name: 'Edit the warning' }).waitFor({ state: 'detached' });
    await one.getByLabel('Channel').fill('by hand');
    await one.keyboard.press('Control+Enter');
    const conflict = one.getByRole('alert', { name: 'Somebody changed this while you did' });
    for (const value of ['page', 'courier', 'by hand'])
      await conflict.getByText(value, { exact: true }).first().waitFor();
    await conflict.getByRole('button', { name: 'Record with these choices' }).click();
    await conflict.waitFor({ state: 'detached' });
    expect((await alice.get(`${path}/${id}`)).body).toMatchObject({
      channel: 'by hand',
      threatActor: 'Veyra Front',
      revision: 3,
    });
    for (const page of [one, two]) await page.context().close();
  });

  it('a window that crashed left its draft behind', async () => {
    const page = await console.open(alice.token, `${shown.path}?draft=200-220`);
    await page.getByLabel('Statement').fill('Typed before the crash');
    const again = await page.context().newPage();
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await again.goto(`${shown.path}?draft=200-220`);
    await again.getByText('Restored from your draft.').waitFor();
    expect(await again.getByLabel('Statement').inputValue()).toBe('Typed before the crash');
    await again.context().close();
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
