import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
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

/** A page as a member sees it; it is there once `ready` is seen. */
interface Shown {
  readonly name: string;
  readonly path: () => string;
  readonly ready: string;
  readonly as?: 'admin';
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
    const warning = await record('warnings', {
      summary: 'A page from Halvane.',
      issuedAt: { edtf: '2023-03-06' },
      specificity: { when: 'stated', where: 'vague' },
      evidence: [claim],
    });
    const attack = await record('attacks', {
      summary: 'A bomb at the market.',
      occurredAt: { edtf: '2023-03-09' },
      place: { name: 'Salt Market', latitude: 44.1, longitude: 18.2 },
      casualties: { killed: { low: 31, evidence: [claim] } },
      evidence: [claim],
    });
    await record('links', {
      warningId: warning.id,
      attackId: attack.id,
      relation: 'warned-of',
      assessment: 'likely',
    });
    await record('comments', { targetId: claim, body: 'Which service, @alice?' });
  });
  afterAll(() => console.close());

  const pages: readonly Shown[] = [
    { name: 'home', path: () => '/', ready: 'Incidents' },
    { name: 'a document', path: () => shown.path, ready: 'At least 31 died.' },
    {
      name: 'a document with a claim selected',
      path: () => `${shown.path}?on=${claim}`,
      ready: 'Add a comment',
    },
    {
      name: 'a document with a form open',
      path: () => `${shown.path}?draft=300-330`,
      ready: 'Keep as draft',
    },
    { name: 'a document as it was', path: () => `${shown.path}?asOf=${position}`, ready: 'Return to now' },
    { name: 'an incident', path: () => at(), ready: 'Suggestions' },
    { name: 'an incident with a form open', path: () => at('?new=warning'), ready: 'New warning' },
    { name: 'the timeline', path: () => at('/timeline'), ready: 'When it happened' },
    { name: 'the graph', path: () => at('/graph'), ready: 'Links' },
    { name: 'the tolls', path: () => at('/tolls'), ready: 'Killed' },
    { name: 'the sources', path: () => at('/sources'), ready: 'source' },
    { name: 'the disputes', path: () => at('/disputes'), ready: 'How many?' },
    { name: 'the scorecard', path: () => at('/scorecard'), ready: 'Scorecard' },
    { name: 'the map', path: () => at('/map'), ready: 'Map' },
    { name: 'the audit', path: () => '/audit', ready: 'Check the checkpoint' },
    { name: 'the search', path: () => '/search?q=31', ready: 'found' },
    {
      name: 'the comparison',
      path: () => `/compare?incident=${shown.incident}&from=0`,
      ready: 'What led to it',
    },
    { name: 'the comparison of the workspace', path: () => '/compare?from=0', ready: 'Members and settings' },
    { name: 'the members', path: () => '/admin', ready: 'Add a member', as: 'admin' },
    {
      name: 'the settings',
      path: () => '/admin/settings',
      ready: 'Changes must name the revision',
      as: 'admin',
    },
    { name: 'the refusals', path: () => '/admin/refusals', ready: 'Refusals', as: 'admin' },
    { name: 'the views', path: () => '/admin/views', ready: 'incidents', as: 'admin' },
    { name: 'the ledger', path: () => '/admin/ledger', ready: 'Download the whole ledger', as: 'admin' },
    { name: 'the erasure', path: () => '/admin/erasure', ready: 'Show what would be erased', as: 'admin' },
  ];

  it.each(pages)(
    '$name has nothing that axe complains of in either theme, fits 360 pixels, and moves nothing',
    async ({ path, ready, as }) => {
      // axe is a script that the page's policy would refuse; the policy has a test of its own.
      const { token } = as === 'admin' ? console.service.admin : analyst;
      const page = await console.open(token, path(), { bypassCSP: true });
      await page.getByText(ready).or(page.getByLabel(ready)).first().waitFor();
      await page.evaluate(AXE);
      const found: string[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        found.push(...(await complaints(page)).map((each) => `${colorScheme} ${each}`));
      }
      await page.setViewportSize({ width: 360, height: 740 });
      found.push(...(await complaints(page)).map((each) => `narrow ${each}`));
      expect(found).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await page.evaluate("document.querySelector('main').scrollWidth")).toBeLessThanOrEqual(360);
      expect(
        await page.evaluate(
          'document.getAnimations().filter((each) => each.effect.getComputedTiming().duration > 0).length',
        ),
      ).toBe(0);
      await page.context().close();
    },
  );

  const at = (rest = ''): string => `/incidents/${shown.incident}${rest}`;
  const complaints = async (page: Page): Promise<string[]> => {
    const found = await page.evaluate<Violation[]>(
      `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then(({ violations }) => violations)`,
    );
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  };
});
