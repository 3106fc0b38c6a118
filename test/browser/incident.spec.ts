import type { Page } from 'playwright-core';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

describe('an incident in the console', () => {
  let console: ConsoleUnderTest;
  let analyst: Client;
  let incident: string;
  let toll: string;
  beforeAll(async () => {
    console = await startConsole();
    analyst = await console.service.member('alice', 'adjudicator', 'Alice');
    const shown = await openCase(analyst);
    incident = shown.incident;
    toll = (
      await enter(analyst, `incidents/${incident}/claims`, {
        anchor: { documentId: shown.document, exact: 'killing at least 31 people' },
        statement: 'At least 31 people died.',
        figure: { counts: 'killed', min: 31, max: null, asPrinted: 'at least 31' },
      })
    ).id;
  });
  afterAll(() => console.close());

  const all = async (kind: string) =>
    (await analyst.get(`incidents/${incident}/${kind}`)).body.items as Record<string, unknown>[];
  const recorded = (page: Page) =>
    page
      .getByText(/^Recorded as \d+$/)
      .first()
      .waitFor();
  const at = (tab = '') => `/incidents/${incident}${tab}`;

  it('a warning is recorded by keys; a wrong date is shown at the character that is wrong', async () => {
    const page = await console.open(analyst.token, at());
    await page.getByText('No warnings recorded. Press w to record one.').waitFor();
    await page.keyboard.press('w');
    const form = page.getByRole('region', { name: 'New warning' });
    await form.waitFor();
    await page.keyboard.type('A bombing at the market was foretold.');
    await form.getByLabel('Issued: date').fill('2027-0Q');
    await form.getByRole('button', { name: 'When not judged' }).click();
    await form.getByRole('button', { name: 'When none' }).click();
    await page.keyboard.press('Control+Enter');
    await form.getByRole('alert').filter({ hasText: 'at character 7' }).waitFor();
    expect(await page.evaluate('String(window.getSelection())')).toBe('Q');
    await form.getByLabel('Issued: date').fill('2027-02~');
    await page.keyboard.press('Control+Enter');
    await recorded(page);
    expect(await all('warnings')).toMatchObject([
      {
        summary: 'A bombing at the market was foretold.',
        issuedAt: { edtf: '2027-02~' },
        specificity: { when: 'vague' },
      },
    ]);
    await page.context().close();
  });

  it('an attack is recorded with its toll and evidence picked from the claims, and revised', async () => {
    const page = await console.open(analyst.token, at());
    await page.getByRole('button', { name: 'A bombing at the market was foretold.' }).first().waitFor();
    await page.keyboard.press('a');
    const form = page.getByRole('region', { name: 'New attack' });
    await form.waitFor();
    await page.keyboard.type('A bomb at Salt Market.');
    await form.getByLabel('Occurred: date').fill('2027-03-11');
    await form.getByLabel('Latitude').fill('12.5');
    await form.getByLabel('Longitude').fill('43.25');
    await form.getByLabel('Precision').selectOption({ label: 'Near' });
    await form.getByLabel('Killed: At least').fill('31');
    await form.getByText('Killed: evidence').click();
    await form
      .getByRole('group', { name: 'Killed: evidence' })
      .getByLabel(/At least 31 people died/)
      .check();
    await page.keyboard.press('Control+Enter');
    await recorded(page);
    await page.getByRole('complementary', { name: 'Selected' }).waitFor();
    await page.keyboard.press('e');
    await page.getByRole('region', { name: 'Edit the attack' }).waitFor();
    await page.getByLabel('Claimed by').first().fill('Tide Brigade');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('region', { name: 'Edit the attack' }).waitFor({ state: 'detached' });
    expect(await all('attacks')).toMatchObject([
      {
        revision: 2,
        claimedBy: 'Tide Brigade',
        casualties: { killed: { low: 31, evidence: [toll] } },
        place: { latitude: 12.5, longitude: 43.25, geoPrecision: 'near' },
      },
    ]);
    await page.context().close();
  });

  it('a warning is marked, and linked to the attack on another page', async () => {
    const page = await console.open(analyst.token, at());
    await page.getByRole('button', { name: 'A bombing at the market was foretold.' }).click();
    await page.keyboard.press('l');
    await page.getByText(/^Marked: A bombing at the market/).waitFor();
    await page.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('button', { name: 'A bomb at Salt Market.' }).click();
    await page.keyboard.press('l');
    const form = page.getByRole('region', { name: 'New link' });
    await form.getByLabel('Assessment').selectOption({ label: 'Likely' });
    await form.getByLabel('Confidence').selectOption({ label: 'Low' });
    await form.getByLabel('Grounds').fill('One anonymous official.');
    await page.keyboard.press('Control+Enter');
    await recorded(page);
    expect(await all('links')).toMatchObject([
      { relation: 'warned-of', assessment: 'likely', confidence: 'low', grounds: 'One anonymous official.' },
    ]);
    await page.getByRole('cell', { name: /\d+ to \d+ days/ }).waitFor();
    await page.context().close();
  });

  it('a thing is disputed, settled and opened again', async () => {
    const page = await console.open(analyst.token, at('/disputes'));
    await page.getByText('Nothing is disputed. Select an annotation and press x.').waitFor();
    await page.goto(`${at('/disputes')}?on=${toll}`);
    // The inspector reads its annotation by itself; the page's keys are there with the page.
    await page.getByText('Nothing is disputed. Select an annotation and press x.').waitFor();
    await page.getByRole('complementary', { name: 'Selected' }).waitFor();
    await page.keyboard.press('x');
    const form = page.getByRole('region', { name: 'New dispute' });
    await form.getByLabel('Question').fill('How many died?');
    for (const [index, statement] of ['At least 31.', 'Fewer.'].entries()) {
      await form.getByRole('button', { name: 'Add a position' }).click();
      await form
        .getByRole('group', { name: new RegExp(`^Position ${index + 1}`) })
        .getByLabel('Statement')
        .fill(statement);
    }
    await page.keyboard.press('Control+Enter');
    await recorded(page);
    const card = page.getByRole('article', { name: 'How many died?' });
    await card.getByRole('heading', { name: 'At least 31.' }).waitFor();
    await card.getByRole('button', { name: 'Settle' }).click();
    await card.getByLabel('Reason').fill('The ministry has the register.');
    await page.keyboard.press('Control+Enter');
    await card.getByText('prevails', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Reopen' }).click();
    await card.getByRole('button', { name: 'Reopen it' }).click();
    await card.getByText('Reopened', { exact: true }).waitFor();
    expect(await all('disputes')).toMatchObject([{ state: 'reopened' }]);
    await page.context().close();
  });

  it('each drawing has its words beside it', async () => {
    const page = await console.open(analyst.token, at('/timeline'));
    await page.getByRole('img', { name: /^Warnings above and attacks below/ }).waitFor();
    await page.getByRole('cell', { name: /2027-02-01 to 2027-02-28, approximate/ }).waitFor();
    await page.goto(at('/graph'));
    await page.getByRole('region', { name: 'Warnings and attacks with their links' }).waitFor();
    await page.getByRole('table', { name: 'Links' }).getByText('warned of').waitFor();
    await page.goto(at('/tolls'));
    await page.getByRole('cell', { name: '31 or more' }).waitFor();
    await page.goto(at('/sources'));
    await page.getByText('1 document, 1 source').first().waitFor();
    await page.goto(at('/scorecard'));
    await page.getByText('before the attack').waitFor();
    await page.goto(at('/map'));
    await page.getByRole('cell', { name: '12.5° N 43.25° E' }).waitFor();
    await page.context().close();
  });

  it('a suggestion is dismissed with a reason, and the past shows what was there', async () => {
    await enter(analyst, `incidents/${incident}/warnings`, { summary: 'A warning alone.' });
    const page = await console.open(analyst.token, at());
    await page.getByRole('button', { name: 'Dismiss', exact: true }).first().click();
    await page.getByLabel('Reason for dismissing it').fill('Of another town.');
    await page.getByRole('button', { name: 'Dismiss it' }).click();
    await recorded(page);
    await page.getByLabel('Shown', { exact: true }).selectOption({ label: 'Dismissed' });
    await page.getByText('Of another town.').waitFor();
    await page.goto(`${at()}?asOf=1`);
    await page.getByText(/^Nothing about this incident was recorded before/).waitFor();
    expect(await page.getByRole('button', { name: 'Record a warning' }).count()).toBe(0);
    await page.context().close();
  });
});
