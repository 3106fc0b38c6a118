import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Commands and programs of a page, run from the page's own text against a fresh start, as if pasted. The block printed below a
 * command is compared with its output: ids, times and signatures are masked, and `…` stands for anything.
 */

/** A block to run, and the `json` or `text` block that follows it at once, if one does. */
export interface Step {
  readonly code: string;
  readonly printed: string | null;
}

export const ROOT = join(import.meta.dirname, '../..');
export const readPage = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** How long the first start may take: it makes a database cluster, which is slow on a busy machine. */
const START_LIMIT = 240_000;

/** The blocks of a language in a page, in order. */
export function stepsOf(markdown: string, language: string): Step[] {
  const blocks = markdown.matchAll(
    new RegExp(`\`\`\`${language}\\n(.*?)\`\`\`\\n(?:\`\`\`(?:json|text)\\n(.*?)\`\`\`)?`, 'gsu'),
  );
  return [...blocks].map(([, code, printed]) => ({ code: code ?? '', printed: printed ?? null }));
}

/** The part of a page under a heading of the second level. */
export const sectionOf = (markdown: string, heading: string): string =>
  markdown.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

export const masked = (text: string): string =>
  text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/gu, '<time>')
    .replaceAll(/(?<=\s)[A-Za-z0-9+/]{43,}={0,2}(?=\s|$)/gu, '<base64>')
    .replaceAll(/\s+/gu, '');

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);

/** The printed text as a pattern for masked output: literal, except for `…`. */
export const patternOf = (printed: string): RegExp =>
  new RegExp(`^${masked(printed).split('…').map(escaped).join('.*?')}$`, 'su');

/** Runs a program to its end and gives what it printed, standard error included. */
export const outputOf = async (
  program: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { cwd: ROOT, timeout: 120_000, env: { ...process.env, ...environment } };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error?.killed === true) reject(new Error(`It did not end: ${stdout}${stderr}`));
      else resolve(stdout + stderr);
    });
  });

export interface FreshStart {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** `npm start` in an empty home: an embedded PostgreSQL, the corpus, and the token of the first admin. */
export async function freshStart(): Promise<FreshStart> {
  const home = mkdtempSync(join(tmpdir(), 'casebook-pasted-'));
  const { DATABASE_URL: _url, MIGRATION_DATABASE_URL: _migration, ...environment } = process.env;
  const service = spawn(process.execPath, ['apps/cli/casebook.mjs', 'serve'], {
    cwd: ROOT,
    env: { ...environment, PORT: '0', CASEBOOK_HOME: home },
  });
  const stop = async (): Promise<void> => {
    if (service.exitCode === null && service.signalCode === null) {
      const ended = once(service, 'exit');
      service.kill('SIGTERM');
      await ended;
    }
    rmSync(home, { recursive: true, force: true });
  };
  try {
    return { ...(await listening(service)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listening(service: ChildProcess): Promise<{ url: string; token: string }> {
  let said = '';
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error(`The service did not listen within ${START_LIMIT / 1000} s: ${said}`));
    }, START_LIMIT);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /listening on (http:\S+)/u.exec(said)?.[1];
      const token = /shown this once: (\S+)\s/u.exec(said)?.[1];
      if (url === undefined || token === undefined) return;
      clearTimeout(limit);
      resolve({ url, token });
    };
    service.stdout?.on('data', hear);
    service.stderr?.on('data', hear);
    service.once('exit', () => {
      clearTimeout(limit);
      reject(new Error(`The service ended before it listened: ${said}`));
    });
  });
}
