import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { signIn } from '../support/browser.js';
import type { Scene } from './scenes.js';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const WIDTHS = [360, 900, 1440] as const;
/** Pictures are as high as a window of that width is. */
const HEIGHTS: Readonly<Record<number, number>> = { 360: 740, 900: 1000, 1440: 900 };

export interface Studio {
  readonly browser: Browser;
  readonly url: string;
  /** The token of each person that a scene names. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Takes the pictures of one theme and width; a scene that cannot be shown is pictured as it is, and named in the answer. */
export async function shoot(
  { browser, url, tokens, folder }: Studio,
  scenes: readonly Scene[],
  theme: Theme,
  width: number,
): Promise<string[]> {
  const into = join(folder, `${theme}-${width}`);
  mkdirSync(into, { recursive: true });
  const faults: string[] = [];
  const people = [...new Set(scenes.map((scene) => scene.as))];
  for (const person of people) {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height: HEIGHTS[width] ?? 900 },
      colorScheme: theme,
      reducedMotion: 'reduce',
      hasTouch: width < 640,
    });
    context.setDefaultTimeout(15_000);
    const token = person === undefined ? undefined : tokens[person];
    if (token !== undefined) await signIn(context, url, token);
    for (const scene of scenes.filter((each) => each.as === person)) {
      const fault = await picture(context, scene, join(into, `${scene.name}.png`));
      if (fault !== undefined) faults.push(`${theme} ${width} ${scene.name}: ${fault}`);
    }
    await context.close();
  }
  return faults;
}

async function picture(context: BrowserContext, scene: Scene, path: string): Promise<string | undefined> {
  const page = await context.newPage();
  try {
    await page.emulateMedia({ media: scene.media ?? 'screen' });
    await page.goto(scene.path);
    await page.getByText(scene.ready).or(page.getByLabel(scene.ready)).first().waitFor();
    await scene.prepare?.(page);
    await atRest(page);
    return undefined;
  } catch (error) {
    return String(error).split('\n', 3).join(' ');
  } finally {
    await page.screenshot({ path, fullPage: scene.media === 'print' });
    await context.setOffline(false);
    await page.close();
  }
}

/** Nothing loads any more, and what was loaded is painted. */
async function atRest(page: Page): Promise<void> {
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  );
}
