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
