import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** No scripts, no network, nothing but rendering the page. */
const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--blink-settings=scriptEnabled=false',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // Chromium refuses to run as root with its sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/**
 * Prints the page at this address as PDF with its own Chromium process, using the DevTools protocol over a pipe
 * (https://chromedevtools.github.io/devtools-protocol/, Page.printToPDF). `profile`: a folder for the browser's files.
 * Rejects if that fails or takes longer than `mostMs`.
 */
export async function printToPdf(
  executable: string,
  address: string,
  { profile, mostMs }: { readonly profile: string; readonly mostMs: number },
): Promise<Buffer> {
  const browser = spawn(executable, [...FLAGS, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    timeout: mostMs,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<void>((resolve) => browser.once('close', () => resolve()));
  try {
    const page = new DevTools(browser);
    const { targetId } = await page.ask('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await page.ask('Target.attachToTarget', { targetId, flatten: true });
    page.session = sessionId as string;
    await page.ask('Page.enable');
    const loaded = page.hears('Page.loadEventFired');
    await page.ask('Page.navigate', { url: address });
    await loaded;
    const { data } = await page.ask('Page.printToPDF', {
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    return Buffer.from(data as string, 'base64');
  } finally {
    browser.kill('SIGKILL');
    await ended;
  }
}

/** The DevTools protocol over a pipe: JSON with a NUL after each message. */
class DevTools {
  session: string | undefined;
  private readonly asked = new Map<number, (message: Message) => void>();
  private readonly awaited = new Map<string, () => void>();
  private readonly gone: Promise<never>;
  private last = 0;
  private rest: Buffer[] = [];

  constructor(private readonly browser: ChildProcess) {
    this.gone = new Promise((_, reject) => {
      browser.once('error', reject);
      browser.once('exit', (code, signal) => reject(new Error(`Chromium ended with ${signal ?? code}`)));
    });
    // Pending requests are rejected; after the last answer, the end of the process no longer matters.
    this.gone.catch(() => undefined);
    this.output.on('error', () => undefined);
    (browser.stdio[4] as Readable).on('data', (chunk: Buffer) => this.take(chunk));
  }

  ask(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = (this.last += 1);
    const answered = new Promise<Record<string, unknown>>((resolve, reject) => {
      this.asked.set(id, ({ result = {}, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
    });
    const { session } = this;
    this.output.write(
      `${JSON.stringify({ id, method, params, ...(session !== undefined && { sessionId: session }) })}\0`,
    );
    return Promise.race([answered, this.gone]);
  }

  hears(method: string): Promise<void> {
    return Promise.race([new Promise<void>((resolve) => this.awaited.set(method, resolve)), this.gone]);
  }

  private get output(): Writable {
    return this.browser.stdio[3] as Writable;
  }

  private take(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...this.rest, chunk.subarray(from, at)]).toString('utf8');
      this.rest = [];
      from = at + 1;
      const message = JSON.parse(text) as Message;
      if (message.id !== undefined) this.asked.get(message.id)?.(message);
      if (message.method !== undefined) this.awaited.get(message.method)?.();
    }
    if (from < chunk.length) this.rest.push(chunk.subarray(from));
  }
}
