import type { Page } from 'playwright-core';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import { type Box, boxOf, OLDER } from '../support/document-view.js';
import type { Client } from '../support/service.js';

describe('the document view in a browser without the Highlight API', () => {
  let console: ConsoleUnderTest;
  let analyst: Client;
  let shown: ConsoleCase;
  beforeAll(async () => {
    console = await startConsole();
    analyst = await console.service.member('alice', 'annotator', 'Alice');
    shown = await openCase(analyst);
    for (const [exact, statement] of [
      ['killing at least 31 people', 'At least 31 died.'],
      ['31 people', 'The figure is open above.'],
    ])
      await enter(analyst, `incidents/${shown.incident}/claims`, {
        anchor: { documentId: shown.document, exact },
        statement,
      });
  });
  afterAll(() => console.close());

  const open = async (): Promise<Page> => {
    const page = await console.open(analyst.token);
    await page.addInitScript(OLDER);
    await page.goto(shown.path);
    await page.getByRole('button', { name: 'At least 31 died.' }).waitFor();
    expect(await page.evaluate("'highlights' in CSS || 'Highlight' in window")).toBe(false);
    return page;
  };
  const marksOver = (page: Page, { x, y, width, height }: Box): Promise<number> =>
    page.evaluate<number>(`[...document.querySelectorAll('[aria-hidden=true] > i')].filter((mark) => {
      const box = mark.getBoundingClientRect();
      return box.width > 0 && box.left <= ${x + width / 2} && box.right >= ${x + width / 2} &&
        box.top <= ${y + height / 2} && box.bottom >= ${y + height / 2};
    }).length`);

  it('marks the words of each claim, and no others', async () => {
    const page = await open();
    expect(await marksOver(page, await boxOf(page, '31 people'))).toBe(2);
    expect(await marksOver(page, await boxOf(page, 'killing'))).toBe(1);
    expect(await marksOver(page, await boxOf(page, 'A bomb hidden'))).toBe(0);
    await page.setViewportSize({ width: 700, height: 800 });
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
    expect(await marksOver(page, await boxOf(page, '31 people'))).toBe(2);
    await page.keyboard.down('h');
    expect(await marksOver(page, await boxOf(page, '31 people'))).toBe(0);
    await page.keyboard.up('h');
    expect(await marksOver(page, await boxOf(page, '31 people'))).toBe(2);
    await page.context().close();
  });
});
