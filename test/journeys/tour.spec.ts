import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * The README's tour, run from its own text on a fresh start: every ```sh block in one bash session, as if pasted whole. The block
 * printed below a command is compared with the command's output; ids, times and signatures are masked, and `…` stands for anything.
 */

interface Step {
  readonly command: string;
  readonly printed: string | null;
}

const ROOT = join(import.meta.dirname, '../..');
const MARK = '@@@ step';

function stepsOf(markdown: string, heading: string): Step[] {
  const section = markdown.split(`\n${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const blocks = section.matchAll(/```sh\n(.*?)```\n(?:```(?:json|text)\n(.*?)```)?/gsu);
  return [...blocks].map(([, command, printed]) => ({ command: command ?? '', printed: printed ?? null }));
}

const masked = (text: string): string =>
  text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/gu, '<time>')
    .replaceAll(/(?<=\s)[A-Za-z0-9+/]{43,}={0,2}(?=\s|$)/gu, '<base64>')
    .replaceAll(/\s+/gu, '');

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);

/** The printed text as a pattern: literal, but for `…`. */
const pattern = (printed: string): RegExp =>
  new RegExp(`^${masked(printed).split('…').map(escaped).join('.*?')}$`, 'su');

async function started(service: ChildProcess): Promise<{ url: string; token: string }> {
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /listening on (http:\S+)/u.exec(said)?.[1];
      const token = /shown this once: (\S+)\s/u.exec(said)?.[1];
      if (url !== undefined && token !== undefined) {
        resolve({ url, token });
      }
    };
    service.stdout?.on('data', hear);
    service.stderr?.on('data', hear);
    service.once('exit', () => {
      reject(new Error(`The service ended before it listened: ${said}`));
    });
  });
}

const bash = async (script: string): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile('bash', ['-c', `exec 2>&1\n${script}`], { cwd: ROOT, timeout: 120_000 }, (error, stdout) => {
      if (error?.killed === true) {
        reject(new Error(`The tour did not end: ${stdout}`));
      } else {
        resolve(stdout);
      }
    });
  });

describe('the tour of the README', () => {
  const steps = stepsOf(readFileSync(join(ROOT, 'README.md'), 'utf8'), '## A tour');
  const home = mkdtempSync(join(tmpdir(), 'casebook-tour-'));
  let service: ChildProcess;
  let outputs: string[];

  beforeAll(async () => {
    const { DATABASE_URL: _url, MIGRATION_DATABASE_URL: _migration, ...environment } = process.env;
    service = spawn(process.execPath, ['apps/cli/casebook.mjs', 'serve'], {
      cwd: ROOT,
      env: { ...environment, PORT: '0', CASEBOOK_HOME: home },
    });
    const { url, token } = await started(service);
    const script = steps
      .map(({ command }) => `${command}\nprintf '\\n${MARK}\\n'`)
      .join('\n')
      .replaceAll('casebook_4Xv4…', token)
      .replaceAll('http://127.0.0.1:3000', url);
    outputs = (await bash(script)).split(MARK);
  }, 300_000);

  afterAll(async () => {
    if (service.exitCode === null) {
      const ended = once(service, 'exit');
      service.kill('SIGTERM');
      await ended;
    }
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  it('has commands, and prints what most of them answer', () => {
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.filter(({ printed }) => printed !== null).length).toBe(steps.length - 1);
  });

  it.each(steps.map(({ command, printed }, index) => [command.split('\n')[0], printed, index] as const))(
    '%s',
    (_command, printed, index) => {
      expect(masked(outputs[index] ?? '')).toMatch(pattern(printed ?? ''));
    },
  );
});
