import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as playwright, type Page } from 'playwright-core';
import { buildConsole } from './console-build.js';
import { type ServiceOptions, startTestService, type TestService } from './service.js';

/** Of the flags that come with the package, those that make a closed page end the browser, or switch off what is tested. */
const UNWANTED = new Set(['--single-process', '--no-zygote', '--disable-web-security']);
/* WebGL in software costs more than everything else that a page does. */
chromium.setGraphicsMode = false;

/** Nothing is fetched that no test asked for. */
const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The service with the console, and a Chromium to look at it with. */
export interface ConsoleUnderTest {
  readonly service: TestService;
  readonly browser: Browser;
  /**
   * A browser window of its own (cookies, storage) in which the token's member is signed in, at `path`. What the page logs as an error,
   * and what its content security policy refused, fails the test at `close`.
   */
  open(token: string, path?: string, options?: WindowOptions): Promise<Page>;
  /** The same, with nobody signed in. */
  visit(path?: string, options?: WindowOptions): Promise<Page>;
  close(): Promise<void>;
}

interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** Lets a test put a script into the page, such as axe; the policy itself is tested without. */
  readonly bypassCSP?: boolean;
}

export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((flag) => !UNWANTED.has(flag)), ...QUIET],
    headless: true,
  });
}

/** Signs the token's member in, in this window, through the console's own door. */
export async function signIn(context: BrowserContext, url: string, token: string): Promise<void> {
  const answer = await context.request.post(`${url}/v1/session`, {
    headers: { 'casebook-console': '1', origin: url },
    data: { token },
  });
  if (!answer.ok()) throw new Error(`the console lets nobody in: ${await answer.text()}`);
}

export async function startConsole(options: ServiceOptions = {}): Promise<ConsoleUnderTest> {
  const service = await startTestService({ ...options, consoleDirectory: buildConsole() });
  const browser = await launchBrowser();
  const faults: string[] = [];
  const newWindow = async ({
    width = 1280,
    height = 800,
    theme = 'light',
    bypassCSP = false,
  }: WindowOptions) => {
    const context = await browser.newContext({
      baseURL: service.url,
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
      bypassCSP,
    });
    context.setDefaultTimeout(30_000);
    return context;
  };
  const pageIn = async (context: BrowserContext, path: string): Promise<Page> => {
    const page = await context.newPage();
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text()))
        faults.push(message.text());
    });
    await page.goto(path);
    return page;
  };
  return {
    service,
    browser,
    async open(token, path = '/', options = {}) {
      const context = await newWindow(options);
      await signIn(context, service.url, token);
      return pageIn(context, path);
    },
    async visit(path = '/', options = {}) {
      return pageIn(await newWindow(options), path);
    },
    async close() {
      await browser.close();
      await service.close();
      if (faults.length > 0) throw new Error(`the console had faults:\n${faults.join('\n')}`);
    },
  };
}
