import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

describe('comments in the console', () => {
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

  const comments = async () => (await alice.get(`incidents/${shown.incident}/comments`)).body.items;
  const claimOn = async (exact: string): Promise<string> =>
    (
      await enter(alice, `incidents/${shown.incident}/claims`, {
        anchor: { documentId: shown.document, exact },
      })
    ).id;

  it('a comment is answered in its thread, edited and retracted, by keys alone', async () => {
    const claim = await claimOn('killing at least 31 people');
    const page = await console.open(alice.token, `${shown.path}?on=${claim}`);
    await page.getByLabel('Add a comment').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('Whose tol?');
    await page.keyboard.press('Control+Enter');
    const selected = page.getByRole('complementary', { name: 'Selected' });
    await selected.getByRole('listitem').getByText('Whose tol?').waitFor();
    await selected.getByRole('button', { name: 'Edit your comment' }).press('Enter');
    await page.getByLabel('Edit the comment').fill('Whose toll?');
    await page.keyboard.press('Control+Enter');
    await selected.getByRole('listitem').getByText('Whose toll?', { exact: true }).waitFor();
    await selected.getByText(/^Alice, .*, edited$/).waitFor();

    const other = await console.open(bob.token, `${shown.path}?on=${claim}`);
    const [first] = await comments();
    await other.getByRole('button', { name: 'Reply to the comment of Alice' }).press('Enter');
    expect(await other.getByRole('button', { name: 'Edit your comment' }).count()).toBe(0);
    await other.getByLabel('Reply to Alice').fill('The ambulance service’s.');
    await other.keyboard.press('Control+Enter');
    await selected.getByText('The ambulance service’s.').waitFor();
    expect((await comments()).at(-1)).toMatchObject({
      replyTo: first.id,
      targetId: claim,
      body: 'The ambulance service’s.',
    });

    await selected.getByRole('button', { name: 'Retract your comment' }).press('Enter');
    await page.getByLabel('Reason').fill('Answered.');
    await page.getByRole('button', { name: 'Retract it' }).press('Enter');
    await selected.getByText('This comment was retracted.').waitFor();
    await selected.getByText('The ambulance service’s.').waitFor();
    for (const each of [page, other]) await each.context().close();
  });

  it('a reply that is left keeps its draft', async () => {
    const claim = await claimOn('wounding dozens');
    await enter(bob, `incidents/${shown.incident}/comments`, { targetId: claim, body: 'Dozens?' });
    const page = await console.open(alice.token, `${shown.path}?on=${claim}`);
    const reply = page.getByRole('button', { name: 'Reply to the comment of Bob' });
    await reply.click();
    await page.getByLabel('Reply to Bob').fill('As printed');
    await page.keyboard.press('Escape');
    await page.getByLabel('Reply to Bob').waitFor({ state: 'detached' });
    await reply.click();
    await page.waitForFunction("document.activeElement.value === 'As printed'");
    expect(await page.getByLabel('Reply to Bob').inputValue()).toBe('As printed');
    await page.context().close();
  });
});
