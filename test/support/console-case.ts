import type { Page } from 'playwright-core';
import { corpusText, enter } from './corpus.js';
import type { Client } from './service.js';

/** An incident with one document of the corpus, for tests that annotate in the console. */
export interface ConsoleCase {
  readonly incident: string;
  readonly document: string;
  readonly text: string;
  /** The address of the document's page. */
  readonly path: string;
}

export async function openCase(
  analyst: Client,
  file = '01-salt-market-first-reports.txt',
): Promise<ConsoleCase> {
  const text = corpusText(file);
  // A second case of the same document finds it in the library.
  const { body } = await analyst.post('documents', {
    title: 'First reports',
    publisher: 'Kelmora Evening Post',
    text,
  });
  const document: string = body.id;
  const incident = (await enter(analyst, 'incidents', { title: 'Salt Market' })).id;
  await enter(analyst, `incidents/${incident}/documents`, { documentId: document });
  return {
    incident,
    document,
    text,
    path: `/incidents/${incident}/documents/${encodeURIComponent(document)}`,
  };
}

/** Selects a quote in the text by keys alone: caret mode, the quote's line, its words, its end. */
export async function selectByKeys(page: Page, text: string, quote: string): Promise<void> {
  const at = text.indexOf(quote);
  if (at < 0) throw new Error(`the text does not have "${quote}"`);
  await page.keyboard.press('v');
  await page.getByText('Arrows move, Shift selects').waitFor();
  // The caret begins with the first line; where a line ends, one step goes to the next line that has text.
  const steps = text
    .slice(0, at)
    .trimStart()
    .replaceAll(/\s*[\r\n]+\s*/g, '\n').length;
  for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowRight');
  for (let step = 0; step < quote.length; step += 1) await page.keyboard.press('Shift+ArrowRight');
}

/** Drops files on the page, as a hand would. */
export async function dropFiles(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const transfer = await page.evaluateHandle((given) => {
    // The page's own: Node has none.
    const data = new (globalThis as any).DataTransfer();
    for (const [name, text] of Object.entries(given)) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.getByText('Drop text files to import them').waitFor();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

/** Selects a quote in the text by the mouse, from its first character to its last. */
export async function selectByMouse(page: Page, quote: string): Promise<void> {
  const [from, to] = await page.evaluate<readonly { x: number; y: number }[]>(`{
    const walker = document.createTreeWalker(document.querySelector('[role=document]'), NodeFilter.SHOW_TEXT);
    const quote = ${JSON.stringify(quote)};
    while (walker.nextNode() && !walker.currentNode.data.includes(quote));
    const node = walker.currentNode;
    node.parentElement.scrollIntoView({ block: 'center' });
    const at = node.data.indexOf(quote);
    const boxOf = (start) => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + 1);
      return range.getBoundingClientRect();
    };
    const [first, last] = [boxOf(at), boxOf(at + quote.length - 1)];
    [
      { x: first.left + 1, y: first.top + first.height / 2 },
      { x: last.right - 1, y: last.top + last.height / 2 },
    ];
  }`);
  if (from === undefined || to === undefined) throw new Error(`the text does not show "${quote}"`);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, to.y);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  await page.waitForFunction(`getSelection().toString() === ${JSON.stringify(quote)}`);
}
