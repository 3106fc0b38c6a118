import type { Browser, Page } from 'playwright-core';
import { createApplication, openResources, openWithAdmin } from '../../apps/api/src/index.js';
import { launchBrowser, signIn } from '../support/browser.js';
import { buildConsole, firstLoadKb } from '../support/console-build.js';
import type { Bench } from './rounds.js';

/** The document and its annotations, as the goal has them; the history that is dragged over. */
const CHARACTERS = 200_000;
const SPANS = 5_000;
const CHANGES = 2_000;
const BATCH = 500;

/** Words in paragraphs of some 600 characters. */
function longText(): string {
  const words =
    'the officials said that a blast near the market had killed at least nine people on Tuesday'.split(' ');
  let text = '';
  for (let word = 0; text.length < CHARACTERS; word += 1)
    text += `${words[(word * 7) % words.length]}${word % 97 === 96 ? '.\n\n' : ' '}`;
  return text.slice(0, CHARACTERS);
}

interface Measured {
  readonly browser: Browser;
  readonly url: string;
  readonly token: string;
}

/** The console in a browser, on a long document with many overlapping annotations. Prints a line for each figure. */
export async function consoleInBrowser({ url: database }: Bench): Promise<void> {
  const consoleDirectory = buildConsole();
  const ground = await openResources(database, {
    poolSize: 10,
    home: '.',
    origin: 'casebook.bench',
    signingSecrets: [Buffer.alloc(32, 7)],
  });
  const app = await createApplication(ground, undefined, { consoleDirectory });
  await app.listen(0, '127.0.0.1');
  const opened = await openWithAdmin(ground.ledger, {
    workspaceId: 'default',
    admin: { id: 'admin', name: 'Administrator' },
    correlationId: 'bench',
  });
  const browser = await launchBrowser();
  try {
    const measured = { browser, url: await app.getUrl(), token: opened?.token ?? '' };
    tell('script of the first load, kB gzipped', firstLoadKb(consoleDirectory).toFixed(0), 'at most 180');
    await readLongDocument(measured, await store(measured, SPANS));
    await dragOverHistory(measured, await store(measured, CHANGES - 2));
  } finally {
    await browser.close();
    await app.close();
    await ground.close();
  }
}

const tell = (what: string, figure: string, goal: string): void =>
  console.log(`console | ${what} | ${figure} | ${goal}`);

/** An incident with so many claims on one document; gives the address of the document in it. */
async function store({ url, token }: Measured, claims: number): Promise<string> {
  const post = async (path: string, body: unknown): Promise<{ id: string }> => {
    const answer = await fetch(`${url}/v1/workspaces/default/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  const document = await post('documents', {
    title: 'A long report',
    publisher: 'The Courier',
    text: longText(),
  });
  const incident = await post('incidents', { title: `${claims} claims` });
  await post(`incidents/${incident.id}/documents`, { documentId: document.id });
  const step = Math.floor((CHARACTERS - 200) / claims);
  for (let done = 0; done < claims; done += BATCH) {
    await post('batches', {
      mode: 'atomic',
      commands: Array.from({ length: Math.min(BATCH, claims - done) }, (_, index) => {
        const at = done + index;
        return {
          command: 'tag-claim',
          incidentId: incident.id,
          body: {
            anchor: { documentId: document.id, start: at * step, end: at * step + 20 + ((at * 13) % 120) },
            statement: `Claim ${at} says what was said`,
            asserters: [{ name: `Official ${at % 40}` }, { name: 'The Courier', kind: 'organisation' }],
            modality: (['stated', 'hedged', 'denied'] as const)[at % 3],
            tags: [`tag ${at % 25}`],
          },
        };
      }),
    });
  }
  return `/incidents/${incident.id}/documents/${encodeURIComponent(document.id)}`;
}

async function open({ browser, url, token }: Measured): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 } });
  await signIn(context, url, token);
  return context.newPage();
}

interface Task {
  readonly cpuMs: number;
}

/** The tasks of the page's main thread while `work` runs, by the processor time that they took. */
async function tasksOf(page: Page, work: () => Promise<void>): Promise<Task[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'],
  });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: {
      name: string;
      ph: string;
      pid: number;
      tid: number;
      tdur?: number;
      args?: { name?: string };
    }[];
  };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && mains.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => ({ cpuMs: tdur / 1000 }));
}

const longest = (tasks: readonly Task[]): number => Math.max(0, ...tasks.map(({ cpuMs }) => cpuMs));

async function readLongDocument(measured: Measured, path: string): Promise<void> {
  const page = await open(measured);
  const list = page.getByRole('region', { name: 'Claims' }).getByRole('button').first();
  await page.goto(path);
  await list.waitFor();
  const began = performance.now();
  await page.reload();
  await list.waitFor();
  tell(
    'time to a document of 200,000 characters and 5,000 claims, ms',
    (performance.now() - began).toFixed(0),
    '',
  );
  await settled(page);
  const scrolled = await tasksOf(page, async () => {
    await page.mouse.move(500, 400);
    for (let step = 0; step < 60; step += 1) {
      await page.mouse.wheel(0, 900);
      await nextFrame(page);
    }
  });
  tell('longest task while scrolling it, ms of CPU', longest(scrolled).toFixed(0), 'below 50');
  tell('time from c to the card, ms', (await timeToCard(page)).toFixed(0), 'below 100');
  await page.context().close();
}

/** Loaded, its history as well, and with nothing left to do. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('slider', { name: 'Moment shown' }).waitFor();
  await page.evaluate('new Promise((resolve) => requestIdleCallback(resolve))');
}

const nextFrame = (page: Page): Promise<unknown> =>
  page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');

/** From pressing the key to the frame that shows the card, on the page's own clock. */
async function timeToCard(page: Page): Promise<number> {
  await page.keyboard.press('v');
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('Control+Shift+ArrowRight');
  await page.evaluate(`
    void (window.card = new Promise((resolve) => {
      let pressed = 0;
      window.addEventListener('keydown', () => { pressed ||= performance.now(); }, { capture: true });
      new MutationObserver((_, observer) => {
        if (document.querySelector('[aria-label="New claim"]') === null) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
      }).observe(document.body, { childList: true, subtree: true });
    }))`);
  await page.keyboard.press('c');
  return await page.evaluate<number>('window.card');
}

async function dragOverHistory(measured: Measured, path: string): Promise<void> {
  const page = await open(measured);
  await page.goto(path);
  await page.getByRole('region', { name: 'Claims' }).getByRole('button').first().waitFor();
  await settled(page);
  const bar = (await page.getByRole('slider', { name: 'Moment shown' }).boundingBox())!;
  await page.evaluate(`
    window.frames_ = [];
    (function count(at) { window.frames_.push(at); requestAnimationFrame(count); })(performance.now())`);
  const tasks = await tasksOf(page, async () => {
    await page.mouse.move(bar.x + bar.width - 2, bar.y + 10);
    await page.mouse.down();
    await page.evaluate('window.frames_.length = 0');
    for (let step = 0; step <= 120; step += 1) {
      await page.mouse.move(bar.x + (bar.width - 2) * (1 - step / 120), bar.y + 10);
      await nextFrame(page);
    }
    await page.mouse.up();
  });
  const frames = await page.evaluate<number[]>('window.frames_');
  const seconds = ((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1000;
  tell(
    'frames a second while the bar is dragged over 2,000 changes',
    (frames.length / seconds).toFixed(0),
    'at least 30',
  );
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? 0));
  tell('longest time between two of these frames, ms', Math.max(...gaps).toFixed(0), '');
  tell('longest task meanwhile, ms of CPU', longest(tasks).toFixed(0), '');
  await page.context().close();
}
