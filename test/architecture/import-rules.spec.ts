import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const configuration = require('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };

/** For each rule, a file that breaks it: the rule, where the file would be, what it imports. */
const canaries: [rule: string, file: string, imports: string][] = [
  ['libs/contracts: ours', 'libs/contracts/src/canary.ts', '@casebook/incident'],
  ['libs/contracts: packages', 'libs/contracts/src/canary.ts', 'immutable'],
  ['libs/contracts: node', 'libs/contracts/src/canary.ts', 'node:fs'],
  ['libs/incident: ours', 'libs/incident/src/canary.ts', '@casebook/ledger'],
  ['libs/incident: packages', 'libs/incident/src/canary.ts', 'typeorm'],
  ['libs/incident: node', 'libs/incident/src/canary.ts', 'node:crypto'],
  ['libs/ledger: ours', 'libs/ledger/src/canary.ts', '@casebook/incident'],
  ['libs/ledger: packages', 'libs/ledger/src/canary.ts', 'typeorm'],
  ['libs/projections: ours', 'libs/projections/src/canary.ts', '@casebook/incident'],
  ['libs/projections: packages', 'libs/projections/src/canary.ts', 'typeorm'],
  ['libs/views: ours', 'libs/views/src/canary.ts', '@casebook/exchange'],
  ['libs/views: packages', 'libs/views/src/canary.ts', '@nestjs/common'],
  ['libs/exchange: ours', 'libs/exchange/src/canary.ts', '@casebook/postgres'],
  ['libs/exchange: packages', 'libs/exchange/src/canary.ts', 'pg'],
  ['libs/exchange: node', 'libs/exchange/src/canary.ts', 'node:fs/promises'],
  ['libs/postgres: ours', 'libs/postgres/src/canary.ts', '@casebook/ledger'],
  ['libs/postgres: packages', 'libs/postgres/src/canary.ts', 'zod'],
  ['libs/client: ours', 'libs/client/src/canary.ts', '@casebook/contracts'],
  ['libs/client: packages', 'libs/client/src/canary.ts', 'zod'],
  ['libs/client: node', 'libs/client/src/canary.ts', 'node:http'],
  ['migrations: ours', 'migrations/canary.ts', '@casebook/contracts'],
  ['migrations: packages', 'migrations/canary.ts', 'pg'],
  ['migrations: node', 'migrations/canary.ts', 'node:fs'],
  ['apps/api: ours', 'apps/api/src/canary.ts', '../../cli/src/index.js'],
  ['apps/cli: ours', 'apps/cli/src/canary.ts', '@casebook/migrations'],
  ['apps/cli: packages', 'apps/cli/src/canary.ts', 'typeorm'],
  ['apps/console: ours', 'apps/console/src/canary.ts', '@casebook/views'],
  ['apps/console: packages', 'apps/console/src/canary.ts', 'zod'],
  ['apps/console: node', 'apps/console/src/canary.ts', 'node:path'],
  ['through the door', 'libs/views/src/canary.ts', '../../ledger/src/behind-the-door.js'],
  ['no cycles', 'libs/ledger/src/canary.ts', './canary.js'],
  ['tests stay out', 'apps/api/src/canary.ts', '@casebook/testing'],
  ['packages are declared', 'test/canary.ts', 'undeclared'],
  ['shipped packages are no devDependencies', 'apps/api/src/canary.ts', 'fast-check'],
  ['imports resolve', 'libs/ledger/src/canary.ts', './nowhere.js'],
];

/** Imports that the table allows, among them those that a rule written carelessly would forbid. */
const allowed: [file: string, imports: string][] = [
  ['libs/incident/src/sound.ts', '@casebook/contracts'],
  ['libs/incident/src/sound.ts', 'immutable'],
  ['libs/incident/src/sound.spec.ts', '@casebook/testing'],
  ['libs/incident/src/sound.spec.ts', 'fast-check'],
  ['libs/incident/src/sound.spec.ts', './behind-the-door.js'],
  ['libs/ledger/src/sound.ts', 'node:crypto'],
  ['libs/views/src/sound.ts', '@casebook/ledger'],
  ['libs/views/src/sound.ts', '@casebook/projections'],
  ['libs/projections/src/sound.ts', '@casebook/ledger'],
  ['libs/projections/src/sound.spec.ts', '../../views/src/workspace.fixture.js'],
  ['apps/cli/src/sound.ts', '../../api/src/index.js'],
  ['migrations/sound.ts', 'typeorm'],
  ['test/sound.ts', '@casebook/testing'],
];

interface Violation {
  rule: { name: string; severity: string };
  from: string;
}

describe('the import rules', () => {
  let house: string;
  let violations: Violation[];

  // A house with the rooms of ours, empty, and the canaries in it: one run of the real configuration tells of all.
  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'casebook-canaries-'));
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), text);
    };
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
      copyFileSync(join(repository, file), join(house, file));
    // One link for each package, so that one may be added that package.json does not know.
    mkdirSync(join(house, 'node_modules/@nestjs'), { recursive: true });
    for (const name of new Set([...canaries.map(([, , name]) => name), ...allowed.map(([, name]) => name)])) {
      if (/^(node:|\.|@casebook|undeclared$)/.test(name)) continue;
      symlinkSync(join(repository, 'node_modules', name), join(house, 'node_modules', name));
    }
    put('node_modules/undeclared/package.json', '{"name":"undeclared","version":"1.0.0","main":"index.js"}');
    put('node_modules/undeclared/index.js', '');
    for (const part of [
      'contracts',
      'incident',
      'ledger',
      'projections',
      'views',
      'exchange',
      'postgres',
      'testing',
    ]) {
      put(`libs/${part}/src/index.ts`, 'export {};\n');
      put(`libs/${part}/src/behind-the-door.ts`, 'export {};\n');
    }
    put('libs/views/src/workspace.fixture.ts', 'export {};\n');
    for (const part of ['api', 'cli', 'console']) put(`apps/${part}/src/index.ts`, 'export {};\n');
    put('migrations/index.ts', 'export {};\n');
    canaries.forEach(([, file, imports], index) =>
      put(numbered(file, index), `import '${imports.replace('canary', `canary-${index}`)}';\n`),
    );
    allowed.forEach(([file, imports], index) => put(numbered(file, index), `import '${imports}';\n`));

    const run = spawnSync(
      process.execPath,
      [
        join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        '--output-type',
        'json',
        'libs',
        'apps',
        'migrations',
        'test',
      ],
      {
        cwd: house,
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    if (run.stdout === '') throw new Error(`dependency-cruiser did not run: ${run.stderr}`);
    violations = (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  const brokenBy = (file: string): string[] =>
    violations
      .filter((violation) => violation.from === file && violation.rule.severity === 'error')
      .map((violation) => violation.rule.name);

  it.each(
    canaries.map((canary, index) => ({
      rule: canary[0],
      file: numbered(canary[1], index),
      imports: canary[2],
    })),
  )('"$rule" fires when $file imports $imports', ({ rule, file }) => expect(brokenBy(file)).toContain(rule));

  it.each(allowed.map(([file, imports], index) => ({ file: numbered(file, index), imports })))(
    'none fires when $file imports $imports',
    ({ file }) => expect(brokenBy(file)).toEqual([]),
  );

  it('have a canary each', () => {
    expect(canaries.map(([rule]) => rule).sort()).toEqual(
      configuration.forbidden.map(({ name }) => name).sort(),
    );
  });
});

/** `src/canary.ts` → `src/canary-3.ts`, and `sound.spec.ts` → `sound-3.spec.ts`. */
function numbered(file: string, index: number): string {
  return file.replace(/(canary|sound)/, `$1-${index}`);
}
