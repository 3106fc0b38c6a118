import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LogLines } from './log-lines.js';

describe('log lines', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'casebook-log-'));
    file = join(folder, 'log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are written some at a time, in order, and all of them', () => {
    const log = new LogLines(openSync(file, 'w'));
    const lines = Array.from({ length: 1000 }, (_, n) => `line ${n} …\n`);
    for (const line of lines) log.write(line);
    expect(readFileSync(file, 'utf8')).not.toBe('');
    log.close();
    expect(readFileSync(file, 'utf8')).toBe(lines.join(''));
  });

  it('that cannot be written stop nobody', () => {
    const fd = openSync(file, 'w');
    closeSync(fd);
    const log = new LogLines(fd);
    log.write('for nobody\n');
    expect(() => log.close()).not.toThrow();
  });

  it('are there when the process breaks', () => {
    const module = fileURLToPath(new URL('./log-lines.ts', import.meta.url));
    const loader = fileURLToPath(
      new URL('../../../libs/testing/src/register-typescript.mjs', import.meta.url),
    );
    const { stderr, status } = spawnSync(
      process.execPath,
      [
        ...['--import', loader, '--input-type=module', '-e'],
        `const { LogLines } = await import(${JSON.stringify(module)});
         new LogLines(2).write('the last line\\n');
         throw new Error('nobody catches this');`,
      ],
      { encoding: 'utf8', env: { PATH: process.env['PATH'] } },
    );
    expect(status).toBe(1);
    expect(stderr).toContain('the last line\n');
  });
});
