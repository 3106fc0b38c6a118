import type { Page } from 'playwright-core';
import { articlesAreThere, type Expected, expectedArticles, type Span } from '../support/articles.js';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { dropFiles, selectByMouse } from '../support/console-case.js';
import type { Client } from '../support/service.js';

if (!articlesAreThere) {
  it.todo(
    'an analyst’s day with three real articles: ../shared/documents is not beside this checkout, so it is not played',
  );
}

/** Ten claims of the file, some of each article. */
const TAGGED = ['C01', 'C03', 'C13', 'C26', 'C28', 'C34', 'C37', 'C74', 'C78', 'C80'];
const WARNING = 'C33';
const ATTACK = 'C25';
const TITLE = 'From the rockets at K-1 to Kerman';

/** One test in several steps: each goes on from where the one before ended, as a day does. */
(articlesAreThere ? describe : describe.skip)('an analyst with three real articles', () => {
  let console: ConsoleUnderTest;
  let analyst: Client;
  let page: Page;
  let expected: Expected;
  let texts: ReadonlyMap<string, string>;
  let incident: string;
  beforeAll(async () => {
    ({ expected, texts } = expectedArticles());
    console = await startConsole();
    analyst = await console.service.member('alice', 'adjudicator', 'Alice');
    page = await console.open(analyst.token, '/', { width: 1440, height: 900 });
  });
  afterAll(() => console.close());

  const span = (id: string): Span => expected.annotations.find((each) => each.id === id)!;
  const typed = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const all = async (kind: string) =>
    (await analyst.get(`incidents/${incident}/${kind}?limit=500`)).body.items;
  const openDocument = async (name: string): Promise<void> => {
    const { sha256 } = expected.documents.find(({ document }) => document === name)!;
    await page.goto(`/incidents/${incident}/documents/${encodeURIComponent(`sha256:${sha256}`)}`);
    await page.getByRole('document', { name: 'Text of the document' }).waitFor();
  };
  /** Tags what is quoted: c, who says it, what they say, Ctrl-Enter. */
  const tag = async ({ id, exact, assertedBy }: Span): Promise<void> => {
    await selectByMouse(page, exact);
    await typed('c');
    await page.getByRole('region', { name: 'New claim' }).waitFor();
    await page.keyboard.type(`${id}: as the article has it.`);
    await typed('Shift+Tab');
    await page.keyboard.type(assertedBy);
    await typed('Enter', 'Control+Enter');
    await page
      .getByRole('complementary')
      .getByRole('heading', { name: `${id}: as` })
      .waitFor();
  };

  it('drops three articles on the page, and each is known by the hash of its text', async () => {
    await page.getByText('No documents yet.').waitFor();
    await dropFiles(page, Object.fromEntries(texts));
    for (const [index, { title }] of expected.documents.entries())
      await page.getByRole('dialog').getByLabel('Title').nth(index).fill(title);
    await page.getByRole('button', { name: 'Import 3 documents' }).click();
    await page.getByText('3 documents imported.').waitFor();
    const { items } = (await analyst.get('documents')).body;
    expect(items.map(({ id }: { id: string }) => id).sort()).toEqual(
      expected.documents.map(({ sha256 }) => `sha256:${sha256}`).sort(),
    );
  });

  it('opens an incident and attaches them', async () => {
    await page.getByRole('button', { name: 'Open an incident' }).click();
    await page.getByLabel('Title').fill(TITLE);
    await typed('Enter');
    await page.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
    incident = (await analyst.get('incidents')).body.items[0].id;
    for (const { title } of expected.documents) {
      await typed('g', 'h');
      await page
        .getByRole('listitem')
        .filter({ hasText: title.slice(0, 24) })
        .getByRole('button')
        .click();
      await page.getByRole('dialog').getByRole('button', { name: TITLE }).click();
      await page.getByRole('document', { name: 'Text of the document' }).waitFor();
    }
    expect((await analyst.get(`incidents/${incident}`)).body.documents).toHaveLength(3);
  });

  // Three articles, so that each is a test of its own length.
  it.each([0, 1, 2])('tags claims of article %# by selection and keys alone, ten in all', async (nth) => {
    const { document } = expected.documents[nth]!;
    const before = (await all('claims')).length;
    const spans = TAGGED.map(span).filter((each) => each.document === document);
    await openDocument(document);
    for (const each of spans) await tag(each);
    expect(await all('claims')).toHaveLength(before + spans.length);
  });

  it('records a warning and an attack at their words, and links them', async () => {
    await openDocument(span(WARNING).document);
    for (const [id, key] of [
      [WARNING, 'w'],
      [ATTACK, 'a'],
    ] as const) {
      await selectByMouse(page, span(id).exact);
      await typed(key);
      await page.getByText(`On “${span(id).exact}”, which becomes a claim.`).waitFor();
      await page.getByLabel('Summary').fill(`${id}: what the article tells.`);
      await typed('Control+Enter');
      await page
        .getByRole('complementary')
        .getByRole('heading', { name: `${id}: what` })
        .waitFor();
      await typed('l');
      if (id === WARNING) await page.getByText(/^Marked: C33/).waitFor();
    }
    await page.getByRole('region', { name: 'New link' }).waitFor();
    await page.getByLabel('Assessment').selectOption({ label: 'Likely' });
    await typed('Control+Enter');
    await page.getByRole('region', { name: 'New link' }).waitFor({ state: 'detached' });
    const [[warning], [attack], [link]] = [await all('warnings'), await all('attacks'), await all('links')];
    expect(link).toMatchObject({ warningId: warning.id, attackId: attack.id, assessment: 'likely' });
  });

  it('raises a dispute with two positions, and settles it', async () => {
    const { question, positions } = expected.disputes.find(({ id }) => id === 'DS8')!;
    await page.getByRole('button', { name: 'C26: as the article has it.' }).press('Enter');
    await page.getByRole('complementary').getByRole('heading', { name: 'C26: as' }).waitFor();
    await typed('x');
    const form = page.getByRole('region', { name: 'New dispute' });
    await form.getByLabel('Question').fill(question);
    for (const [index, { value }] of positions.slice(0, 2).entries()) {
      await form.getByRole('button', { name: 'Add a position' }).press('Enter');
      await form.getByLabel('Statement').nth(index).fill(value);
    }
    await typed('Control+Enter');
    await form.waitFor({ state: 'detached' });
    await page.goto(`/incidents/${incident}/disputes`);
    await page.getByRole('button', { name: 'Settle' }).press('Enter');
    const settling = page.getByRole('form', { name: 'Settle it' });
    await settling.getByLabel('Which position').selectOption({ label: positions[1]!.value });
    await settling.getByLabel('Reason').fill('Nobody of the militia had been there since 2014.');
    await typed('Control+Enter');
    await settling.waitFor({ state: 'detached' });
    const [dispute] = await all('disputes');
    expect(dispute).toMatchObject({ question, state: 'resolved', resolution: { prevailing: 1 } });
  });

  it('drags the bar to before the dispute: it was not there, and the claims were', async () => {
    const [dispute] = await all('disputes');
    const { items } = (await analyst.get(`incidents/${incident}/history?limit=500`)).body;
    const before = items.findIndex(
      ({ annotationId }: { annotationId: string }) => annotationId === dispute.id,
    );
    await page.getByText(dispute.question).first().waitFor();
    const box = (await page.getByRole('slider', { name: 'Moment shown' }).boundingBox())!;
    const x = (index: number): number => box.x + (index / items.length) * box.width;
    await page.mouse.move(x(items.length) - 1, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(x(before), box.y + box.height / 2, { steps: 6 });
    await page.getByText(`change ${before} of ${items.length}`).waitFor();
    await page.mouse.up();
    await page.getByText(dispute.question).first().waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('asOf')).toBe(String(dispute.position - 2));
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('button', { name: 'C25: what the article tells.' }).first().waitFor();
  });

  it('every quote reads back exactly, by the API', async () => {
    const claims = await all('claims');
    const ids = [...TAGGED, WARNING, ATTACK];
    expect(claims).toHaveLength(ids.length);
    for (const id of ids) {
      const { exact, start, end, document } = span(id);
      const claim = claims.find(({ anchor }: { anchor: { exact: string } }) => anchor.exact === exact);
      const { sha256 } = expected.documents.find((each) => each.document === document)!;
      expect(claim?.anchor).toMatchObject({ exact, start, end, documentId: `sha256:${sha256}` });
      expect([...(texts.get(document) ?? '')].slice(start, end).join('')).toBe(exact);
    }
  });
});
