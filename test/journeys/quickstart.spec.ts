import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import {
  type FreshStart,
  freshStart,
  masked,
  outputOf,
  patternOf,
  readPage,
  ROOT,
  type Step,
  stepsOf,
} from '../support/pasted.js';

const PYTHON = spawnSync('python3', ['--version']).status === 0;
const MARK = '@@@ block';

const javascript = (source: string): string =>
  ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  }).outputText;

/** The client as an installed package of the folder, compiled but not type-checked. */
function installClient(folder: string): void {
  const modules = join(folder, 'node_modules');
  const installed = join(modules, '@casebook/client');
  mkdirSync(join(installed, 'dist'), { recursive: true });
  const client = join(ROOT, 'libs/client');
  writeFileSync(join(installed, 'package.json'), readFileSync(join(client, 'package.json')));
  for (const name of readdirSync(join(client, 'src')).filter((file) => !file.endsWith('.spec.ts'))) {
    const source = readFileSync(join(client, 'src', name), 'utf8');
    writeFileSync(join(installed, 'dist', name.replace(/\.ts$/u, '.js')), javascript(source));
  }
  symlinkSync(join(ROOT, 'node_modules/openapi-fetch'), join(modules, 'openapi-fetch'));
}

describe('the quickstarts', () => {
  let service: FreshStart;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'casebook-quickstart-'));
    service = await freshStart();
  }, 400_000);
  afterAll(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const run = (program: string, name: string, source: string): Promise<string> => {
    const file = join(folder, name);
    writeFileSync(file, source);
    return outputOf(program, [file], {
      CASEBOOK_URL: service.url,
      CASEBOOK_TOKEN: service.token,
      NODE_OPTIONS: '',
    });
  };

  const expectPrinted = (steps: readonly Step[], output: string): void => {
    const outputs = output.split(MARK);
    for (const [index, { printed }] of steps.entries()) {
      expect(masked(outputs[index] ?? '')).toMatch(patternOf(printed ?? ''));
    }
  };

  const python = stepsOf(readPage('docs/quickstart-python.md'), 'python');
  const [plain, client] = ['js', 'ts'].map((language) =>
    stepsOf(readPage('docs/quickstart-javascript.md'), language),
  );

  it('have programs, and what they print', () => {
    expect([python.length, plain?.length, client?.length]).toEqual([6, 1, 1]);
    expect([...python.slice(1), ...plain!, ...client!].filter(({ printed }) => printed === null)).toEqual([]);
  });

  (PYTHON ? it : it.skip)(
    `Python: prints what the page says${PYTHON ? '' : ' (skipped: no python3 on this machine)'}`,
    async () => {
      const source = python.map(({ code }) => `${code}\nprint("${MARK}")\n`).join('\n');
      expectPrinted(python, await run('python3', 'quickstart.py', source));
    },
    150_000,
  );

  it('JavaScript with fetch: prints what the page says', async () => {
    expectPrinted(plain!, await run(process.execPath, 'quickstart.mjs', plain![0]!.code));
  }, 150_000);

  it('JavaScript with the client: prints what the page says', async () => {
    installClient(folder);
    expectPrinted(client!, await run(process.execPath, 'client.mjs', javascript(client![0]!.code)));
  }, 150_000);
});
