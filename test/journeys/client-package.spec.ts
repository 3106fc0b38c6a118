import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startTestService } from '../support/service.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLIENT = join(ROOT, 'libs/client');
const LIMIT = 300_000;

const jsonOf = async (file: string): Promise<any> => JSON.parse(await readFile(file, 'utf8'));
const npm = (cwd: string, ...args: string[]) =>
  run('npm', [...args, '--no-audit', '--no-fund'], { cwd, shell: process.platform === 'win32' });

describe('the client as a package', () => {
  let home: string;
  let project: string;
  beforeAll(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'casebook-client-')));
    project = join(home, 'project');
    // Packed from a copy, so that nothing is left in the repository; what builds it is found where it was found there.
    await cp(CLIENT, join(home, 'libs/client'), { recursive: true });
    await cp(join(ROOT, 'tsconfig.json'), join(home, 'tsconfig.json'));
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers', 'typescript'])
      await cp(join(ROOT, 'node_modules', name), join(home, 'node_modules', name), { recursive: true });
    await cp(join(ROOT, 'node_modules/.bin/tsc'), join(home, 'node_modules/.bin/tsc'), {
      verbatimSymlinks: true,
    });
    await npm(join(home, 'libs/client'), 'pack', '--pack-destination', home);
  }, LIMIT);
  afterAll(() => rm(home, { recursive: true, force: true }));

  it('has the version of the service, its licence, and of other packages only what it imports', async () => {
    const [own, root] = [
      await jsonOf(join(CLIENT, 'package.json')),
      await jsonOf(join(ROOT, 'package.json')),
    ];
    expect([own.version, own.license]).toEqual([root.version, root.license]);
    expect(own.dependencies).toEqual({ 'openapi-fetch': root.dependencies['openapi-fetch'] });
    expect(root.devDependencies).toMatchObject(own.devDependencies);
    expect(await readFile(join(CLIENT, 'LICENSE'), 'utf8')).toBe(
      await readFile(join(ROOT, 'LICENSE'), 'utf8'),
    );
  });

  it(
    'is installed into an empty project, where the example of its README is compiled and runs',
    async () => {
      const archive = join(home, 'casebook-client-0.1.0.tgz');
      const { stdout } = await run('tar', ['-tzf', archive]);
      const files = stdout.trim().split('\n');
      expect(files).toEqual(
        expect.arrayContaining(['package/README.md', 'package/LICENSE', 'package/dist/index.d.ts']),
      );
      expect(files.filter((file) => /spec|examples|\/src\//.test(file))).toEqual([]);

      // Its one dependency comes from here, not from the registry: a test needs no network.
      const local = (name: string): string => `file:${join(home, 'node_modules', name)}`;
      await cp(join(ROOT, '.npmrc'), join(project, '.npmrc'));
      await writeFile(
        join(project, 'package.json'),
        JSON.stringify({
          type: 'module',
          dependencies: {
            '@casebook/client': `file:${archive}`,
            'openapi-fetch': local('openapi-fetch'),
            'openapi-typescript-helpers': local('openapi-typescript-helpers'),
          },
        }),
      );
      await npm(project, 'install', '--offline', '--ignore-scripts', '--install-links');

      const readme = await readFile(join(project, 'node_modules/@casebook/client/README.md'), 'utf8');
      const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
      const service = await startTestService();
      try {
        const program = example.replace('http://127.0.0.1:3000', service.url);
        expect(program).not.toBe(example);
        await writeFile(
          join(project, 'example.ts'),
          `${program}\ndeclare const process: { readonly env: { readonly TOKEN: string } };\n`.replaceAll(
            /\btoken \}/g,
            'token: process.env.TOKEN }',
          ),
        );
        const compilerOptions = {
          strict: true,
          module: 'nodenext',
          target: 'es2023',
          lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
          types: [],
        };
        await writeFile(
          join(project, 'tsconfig.json'),
          JSON.stringify({ compilerOptions, files: ['example.ts'] }),
        );
        const compiled = await run(process.execPath, [
          join(ROOT, 'node_modules/typescript/bin/tsc'),
          '-p',
          project,
        ])
          .then(() => '')
          .catch((error: { stdout: string }) => error.stdout);
        expect(compiled).toBe('');
        const child = spawn(process.execPath, ['example.js'], {
          cwd: project,
          env: { ...process.env, TOKEN: service.admin.token, NODE_OPTIONS: '' },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        // It follows the ledger for ever: what it tells of the incident that it opened is enough.
        for await (const line of createInterface({ input: child.stdout })) {
          if (line.endsWith('casebook.IncidentOpened')) break;
        }
        child.kill();
        expect((await service.admin.get('incidents')).body.items).toMatchObject([
          { title: 'Rockets at Tarrick' },
        ]);
      } finally {
        await service.close();
      }
    },
    LIMIT,
  );
});
