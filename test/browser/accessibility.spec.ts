import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Every page in both themes, as axe sees it: nothing to complain about. */
describe('the console for everyone', () => {
  let console: ConsoleUnderTest;
  let analyst: Client;
  let shown: ConsoleCase;
  let claim: string;
  let position: number;
  beforeAll(async () => {
    console = await startConsole();
    analyst = await console.service.member('alice', 'adjudicator', 'Alice');
    shown = await openCase(analyst);
    const record = (path: string, body: object) =>
      enter(analyst, `incidents/${shown.incident}/${path}`, body);
    const anchor = (exact: string) => ({ documentId: shown.document, exact });
    ({ id: claim, position } = await record('claims', {
      anchor: anchor('killing at least 31 people'),
      statement: 'At least 31 died.',
      asserters: [{ name: 'the ambulance service', kind: 'organisation' }],
      tags: ['toll'],
      figure: { counts: 'killed', min: 31 },
    }));
    await record('claims', { anchor: anchor('wounding dozens'), modality: 'hedged' });
    await record('disputes', {
      question: 'How many?',
      targets: [claim],
      positions: [{ statement: '31' }, { statement: '40' }],
      owner: 'alice',
    });
    await record('comments', { targetId: claim, body: 'Which service, @alice?' });
  });
  afterAll(() => console.close());

  const pages: readonly (readonly [name: string, path: () => string, ready: string])[] = [
    ['home', () => '/', 'Incidents'],
    ['a document', () => shown.path, 'At least 31 died.'],
    ['a document with a claim selected', () => `${shown.path}?on=${claim}`, 'Add a comment'],
    ['a document with a form open', () => `${shown.path}?draft=300-330`, 'Keep as draft'],
    ['a document as it was', () => `${shown.path}?asOf=${position}`, 'Return to now'],
    ['the comparison', () => `/compare?incident=${shown.incident}&from=0`, 'How it came about'],
  ];

  it.each(pages.flatMap((page) => (['light', 'dark'] as const).map((theme) => [...page, theme] as const)))(
    '%s has nothing that axe complains of (%#)',
    async (_name, path, ready, theme) => {
      // axe is a script that the page's policy would refuse; the policy has a test of its own.
      const page = await console.open(analyst.token, path(), { theme, bypassCSP: true });
      await page.getByText(ready).or(page.getByLabel(ready)).first().waitFor();
      await page.evaluate(AXE);
      const found = await page.evaluate<Violation[]>(
        `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then(({ violations }) => violations)`,
      );
      expect(
        found.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
        ),
      ).toEqual([]);
      await page.context().close();
    },
  );
});
