import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

const FIRST = 'killing at least 31 people';
const SECOND = 'wounding dozens';

describe('travelling in time in the console', () => {
  let console: ConsoleUnderTest;
  let analyst: Client;
  let shown: ConsoleCase;
  beforeAll(async () => {
    console = await startConsole();
    analyst = await console.service.member('alice', 'annotator', 'Alice');
    shown = await openCase(analyst);
    for (const exact of [FIRST, SECOND])
      await enter(analyst, `incidents/${shown.incident}/claims`, {
        anchor: { documentId: shown.document, exact },
        statement: exact,
      });
  });
  afterAll(() => console.close());

  it('a step back shows the page as it was, without writing; Esc returns to now', async () => {
    const page = await console.open(analyst.token, shown.path);
    const second = page.getByRole('button', { name: SECOND });
    await second.waitFor();
    await page.getByText(/^Now, after/).waitFor();
    await page.keyboard.press('[');
    await second.waitFor({ state: 'detached' });
    await page.getByText(/change 3 of 4/).waitFor();
    expect(new URL(page.url()).searchParams.get('asOf')).toMatch(/^\d+$/);
    await page.getByRole('button', { name: FIRST }).click();
    await page.getByRole('complementary', { name: 'Selected' }).waitFor();
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await second.waitFor();
    await page.context().close();
  });

  it('the bar is a slider: dragged to its beginning, nothing is tagged yet, and the address has the moment', async () => {
    const page = await console.open(analyst.token, shown.path);
    await page.getByRole('button', { name: SECOND }).waitFor();
    const bar = page.getByRole('slider', { name: 'Moment shown' });
    const box = (await bar.boundingBox())!;
    await page.mouse.move(box.x + box.width - 1, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.55, box.y + 10, { steps: 8 });
    await page.getByText(/change 2 of 4/).waitFor();
    await page.getByText('Nothing had been tagged in this document at this moment.').waitFor();
    await page.mouse.up();
    await page.waitForURL(/asOf=/);
    await bar.press('End');
    await page.getByRole('button', { name: SECOND }).waitFor();
    await page.context().close();
  });

  it('why a field is so: who made it, when, by which change', async () => {
    const page = await console.open(analyst.token, shown.path);
    await page.getByRole('button', { name: FIRST }).click();
    await page.getByRole('complementary', { name: 'Selected' }).waitFor();
    await page.keyboard.press('y');
    await page
      .getByText(/^Alice, .*, change \d+$/)
      .first()
      .waitFor();
    await page.context().close();
  });

  it('what others record while the feed is still being opened appears too', async () => {
    const page = await console.open(analyst.token);
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    await page.route(/\/events\?here=/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(shown.path);
    await page.getByRole('button', { name: FIRST }).waitFor();
    await enter(console.service.admin, `incidents/${shown.incident}/claims`, {
      anchor: { documentId: shown.document, exact: 'wounding dozens' },
      statement: 'Nobody was told of it.',
    });
    open();
    await page.getByRole('button', { name: 'Nobody was told of it.' }).waitFor();
    await page.context().close();
  });

  it('what others record appears without a reload', async () => {
    const page = await console.open(analyst.token, shown.path);
    await page.getByRole('button', { name: FIRST }).waitFor();
    await enter(console.service.admin, `incidents/${shown.incident}/claims`, {
      anchor: { documentId: shown.document, exact: 'A bomb hidden in a porter’s handcart' },
      statement: 'It was in a handcart.',
    });
    await page.getByRole('button', { name: 'It was in a handcart.' }).waitFor();
    await page.context().close();
  });

  it('two moments are compared by two handles, which keys move as well', async () => {
    const page = await console.open(analyst.token, shown.path);
    await page.getByRole('button', { name: SECOND }).waitFor();
    await page.getByText(/^Now, after/).waitFor();
    await page.keyboard.press('[');
    await page.getByRole('button', { name: 'Return to now' }).waitFor();
    await page.keyboard.press('=');
    await page.getByRole('heading', { name: 'Compare' }).waitFor();
    await page.getByRole('article').filter({ hasText: 'added' }).first().waitFor();
    const before = await page.getByRole('article').count();
    await page.getByRole('slider', { name: 'Compare from' }).press('Home');
    await page.getByRole('article').nth(before).waitFor();
    await page.getByRole('article').filter({ hasText: FIRST }).waitFor();
    await page.context().close();
  });

  it('the whole workspace is compared as well, and a moment that is none goes to the nearest with a sentence', async () => {
    const page = await console.open(analyst.token, '/compare');
    await page.getByRole('link', { name: 'The whole workspace' }).click();
    await page.getByRole('heading', { name: 'Salt Market' }).waitFor();
    await page.getByRole('heading', { name: 'Members and settings' }).waitFor();
    await page.getByRole('slider', { name: 'Compare from' }).waitFor();
    const size = await console.service.size();
    for (const [query, sentence] of [
      ['from=0&to=9999', `The ledger ends with change ${size}, which is shown instead of change 9999.`],
      [`from=${size}&to=${size - 1}`, 'The two moments were given in the wrong order and have been swapped.'],
      ['from=soon', '“soon” is not a moment.'],
    ] as const) {
      await page.goto(`/compare?incident=${shown.incident}&${query}`);
      await page.getByText(sentence).waitFor();
    }
    await page.context().close();
  });

  it('before the incident was opened, the page leads to its first change', async () => {
    const page = await console.open(analyst.token, `/incidents/${shown.incident}?asOf=1`);
    await page.getByText(/^Nothing about this incident was recorded before/).waitFor();
    await page.getByRole('button', { name: 'Go to the first change' }).click();
    await page.getByRole('heading', { name: 'Salt Market' }).waitFor();
    await page.context().close();
  });

  it('at the moment of a change the inspector marks the field that it changed, with what it was before', async () => {
    const path = `incidents/${shown.incident}/claims`;
    const { id } = await enter(analyst, path, {
      anchor: { documentId: shown.document, exact: 'A bomb hidden in a porter’s handcart' },
      statement: 'A bomb.',
    });
    const { body } = await analyst.patch(`${path}/${id}`, { statement: 'A bomb in a handcart.' });
    const page = await console.open(analyst.token, `${shown.path}?on=${id}&asOf=${body.position}`);
    const selected = page.getByRole('complementary', { name: 'Selected' });
    await selected.getByText('changed here').waitFor();
    await selected.getByText('Before: A bomb.', { exact: true }).waitFor();
    await page.getByText(/^As of .*, change (\d+) of \1$/).waitFor();
    await selected.getByRole('button', { name: 'Quote' }).click();
    await selected.getByText(/^Alice, .*, change \d+$/).waitFor();
    await page.keyboard.press('t');
    await selected.getByText('Proved').first().waitFor();
    await page.context().close();
  });
});
