import type { Locator, Page } from 'playwright-core';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';
import { type ConsoleCase, openCase } from '../support/console-case.js';
import { enter } from '../support/corpus.js';
import type { Client } from '../support/service.js';

/** What a page that takes text for markup would run, read backwards or fill in. */
const HOSTILE =
  '"><img src=x onerror="window.ran=1"><script>window.ran=1</script> \u202etxet desrever\u202c {{7*7}} مرحبا';
const CONTROL = 'rings\u0007the bell';

interface Form {
  readonly name: string;
  readonly path: () => string;
  /** Opens it, where the address does not. */
  readonly open?: (page: Page) => Promise<void>;
  readonly form: (page: Page) => Locator;
  /** What must be chosen before it can be recorded. */
  readonly also?: (form: Locator) => Promise<void>;
  readonly as?: 'admin';
  /** Text fields that hold no free text: a date, a figure. */
  readonly except?: RegExp;
}

describe('text that a person types into any field', () => {
  let console: ConsoleUnderTest;
  let alice: Client;
  let shown: ConsoleCase;
  let claim: string;
  let warning: string;
  beforeAll(async () => {
    console = await startConsole();
    alice = await console.service.member('alice', 'adjudicator', 'Alice');
    shown = await openCase(alice);
    const record = async (kind: string, body: object): Promise<string> =>
      (await enter(alice, `incidents/${shown.incident}/${kind}`, body)).id;
    claim = await record('claims', {
      anchor: { documentId: shown.document, exact: 'killing at least 31 people' },
    });
    warning = await record('warnings', { summary: 'A page.', evidence: [claim] });
    await record('disputes', { question: 'Who?', targets: [claim], positions: [{ statement: 'A' }] });
  });
  afterAll(() => console.close());

  const at = (rest = ''): string => `/incidents/${shown.incident}${rest}`;
  const region = (name: string) => (page: Page) => page.getByRole('region', { name, exact: true });
  const dialog = (page: Page) => page.getByRole('dialog');
  const press = (name: string) => (page: Page) =>
    page.getByRole('button', { name, exact: true }).first().click();
  /** A tag takes no invisible character: it is refused, in a sentence. */
  const TAGS = /tag/i;
  const FIGURES = /date|least|most|best|latitude|longitude|precision|find a claim/i;

  const forms: readonly Form[] = [
    { name: 'a new incident', path: () => '/', open: press('Open an incident'), form: dialog },
    {
      name: 'an imported document',
      path: () => '/',
      open: async (page) => {
        await press('Import documents')(page);
        await press('Paste a text')(page);
      },
      form: dialog,
      except: /published|address|language/i,
    },
    { name: 'a claim', path: () => `${shown.path}?draft=300-330`, form: region('New claim'), except: TAGS },
    {
      name: 'a changed claim',
      path: () => `${shown.path}?on=${claim}&edit=1`,
      form: region('Edit claim'),
      except: TAGS,
    },
    { name: 'a warning', path: () => at('?new=warning'), form: region('New warning') },
    { name: 'an attack', path: () => at('?new=attack'), form: region('New attack') },
    {
      name: 'a dispute',
      path: () => at(`?on=${claim}&new=dispute`),
      form: region('New dispute'),
      also: (form) => form.getByRole('button', { name: 'Add a position' }).click(),
    },
    {
      name: 'a comment',
      path: () => at(`?on=${claim}`),
      form: (page) => page.getByRole('complementary', { name: 'Selected' }).locator('form').last(),
    },
    {
      name: 'a settlement',
      path: () => at('/disputes'),
      open: press('Settle'),
      form: (page) => page.getByRole('form', { name: 'Settle it' }),
    },
    {
      name: 'the reason of a retraction',
      path: () => at(`?on=${warning}`),
      open: (page) => page.getByRole('button', { name: 'Retract' }).first().click(),
      form: dialog,
    },
    {
      name: 'a member',
      path: () => '/admin',
      open: press('Add a member'),
      form: dialog,
      also: (form) => form.getByLabel('Id', { exact: true }).fill(`m${Math.abs(HOSTILE.length)}`),
      as: 'admin',
      except: /^id$|identity|subject/i,
    },
  ];

  /** Types the text into every free field of the form, and records. */
  const typeInto = async (form: Locator, text: string, except: RegExp | undefined): Promise<number> => {
    let filled = 0;
    for (const field of await form.getByRole('textbox').or(form.getByRole('combobox')).all()) {
      const { tag, label, mode } = await field.evaluate((element: any) => ({
        tag: String(element.tagName),
        label: String(element.ariaLabel ?? element.labels?.[0]?.textContent ?? ''),
        mode: String(element.inputMode),
      }));
      if (
        tag === 'SELECT' ||
        mode === 'numeric' ||
        mode === 'decimal' ||
        FIGURES.test(label) ||
        except?.test(label)
      )
        continue;
      await field.fill(text);
      filled += 1;
    }
    return filled;
  };
  const tokenOf = ({ as }: Form): string => (as === 'admin' ? console.service.admin.token : alice.token);
  const openForm = async (form: Form): Promise<{ page: Page; element: Locator }> => {
    const page = await console.open(tokenOf(form), form.path());
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await form.open?.(page);
    const element = form.form(page);
    await element.waitFor();
    await form.also?.(element);
    return { page, element };
  };
  const isText = async (page: Page): Promise<void> => {
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await page.locator('main img, dialog img, main script').count()).toBe(0);
  };
  const send = async (page: Page, element: Locator): Promise<void> => {
    const submit = element.locator('button[type=submit]');
    if ((await submit.count()) > 0) await submit.first().click();
    else if (await element.getByRole('button', { name: /^Import 1/ }).count())
      await element.getByRole('button', { name: /^Import 1/ }).click();
    else if (await element.getByRole('button', { name: /^Record/ }).count())
      await element.getByRole('button', { name: /^Record/ }).click();
    else await page.keyboard.press('Control+Enter');
  };

  it.each(forms)('stays text in $name, wherever it is shown afterwards', async (form) => {
    const { page, element } = await openForm(form);
    expect(await typeInto(element, HOSTILE, form.except)).toBeGreaterThan(0);
    await send(page, element);
    if (form.name !== 'a comment') await element.waitFor({ state: 'detached' });
    await page.getByText('{{7*7}}').first().waitFor();
    await isText(page);
    await page.context().close();
  });

  it.each(forms.filter(({ name }) => !/document/.test(name)))(
    'a control character in $name is refused in a sentence, and nothing that was typed is lost',
    async (form) => {
      if (form.name === 'the reason of a retraction' || form.name === 'a settlement') return;
      const { page, element } = await openForm(form);
      await typeInto(element, CONTROL, form.except);
      await send(page, element);
      await page
        .getByText(/control character/)
        .first()
        .waitFor();
      if (form.name !== 'a comment') expect(await element.count()).toBe(1);
      await page.context().close();
    },
  );

  it('stays text on every page that shows it', async () => {
    const page = await console.open(console.service.admin.token, '/');
    for (const [path, ready] of [
      ['/', 'Incidents'],
      [at(), 'Warnings'],
      [at('/timeline'), 'Timeline'],
      [at('/graph'), 'Graph'],
      [at('/tolls'), 'Tolls'],
      [at('/sources'), 'Sources'],
      [at('/disputes'), 'Disputes'],
      [at('/scorecard'), 'Scorecard'],
      [at('/map'), 'Map'],
      [shown.path, 'Claims'],
      ['/audit', 'Audit'],
      ['/search?q=img', 'found'],
      ['/compare?from=0', 'What led to it'],
      ['/admin', 'Add a member'],
    ] as const) {
      await page.goto(path);
      await page.getByText(ready).first().waitFor();
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      await isText(page);
    }
    await page.context().close();
  });
});
