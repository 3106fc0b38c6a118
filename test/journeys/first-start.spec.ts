import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CommandLine } from '../support/command-line.js';
import { startTestService, type TestService } from '../support/service.js';

/** What a start says last: the address to try, with the token or without. */
const TRY = /^ {2}curl .*\n/m;

describe('a first start', () => {
  const commands = new CommandLine();
  afterAll(() => commands.close());

  it('on a taken port makes nothing, issues no token and names PORT', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await commands.start(['serve'], { PORT: String(port) }).ended;
    other.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^Port ${port} of 127.0.0.1 is in use by another program.* PORT `));
    expect(existsSync(commands.path('home'))).toBe(false);
  });

  it('on an address that is none of this machine names HOST', async () => {
    const { code, stderr } = await commands.start(['serve'], { HOST: '192.0.2.1' }).ended;
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^HOST is 192\.0\.2\.1, which is not an address/),
    ]);
  });

  (process.platform === 'linux' ? it : it.skip)(
    'in a folder that can never be made ends in a sentence',
    async () => {
      const { code, stderr } = await commands.start(['serve'], { CASEBOOK_HOME: '/proc/x/home' }).ended;
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/^The folder \/proc\/x\/home cannot be made: ENOENT.*CASEBOOK_HOME/),
      ]);
    },
  );

  it('that is interrupted ends at once, and issues no token', async () => {
    const first = commands.start(['serve']);
    await first.says(/making a new PostgreSQL database/);
    first.interrupt();
    const { code, stdout } = await first.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/SIGINT: stopping …\nStopped\.\n$/);
    expect(stdout).not.toContain('casebook_');
  });

  it('holds its port from the beginning, and says last how it is reached', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    await new Promise((closed) => free.close(closed));
    const home = commands.path('held');
    const service = commands.start(['serve'], { CASEBOOK_HOME: home, PORT: String(port), LOG_LEVEL: 'info' });
    await service.says(/making a new PostgreSQL database/);
    const url = `http://127.0.0.1:${port}`;
    const [early, live] = await Promise.all([fetch(`${url}/health/ready`), fetch(`${url}/health/live`)]);
    expect([early.status, early.headers.get('retry-after'), live.status]).toEqual([503, '1', 200]);
    expect(await early.json()).toMatchObject({ type: 'urn:casebook:problem:unavailable', status: 503 });

    await service.says(TRY);
    // Thirteen documents were imported, and one line says so.
    expect(service.said.stderr).not.toContain('"msg":"request"');
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const lines = service.said.stdout.trimEnd().split('\n').slice(-3);
    expect(lines).toEqual([
      expect.stringMatching(/shown this once: casebook_/),
      'Try it:',
      expect.stringMatching(/^ {2}curl /),
    ]);
    expect(service.said.stdout).toContain(
      'Imported the workspace tour with its 61 changes from corpus/tour/ledger.jsonl.\n',
    );
    const [, token = ''] = /(casebook_\S+)$/.exec(lines[0] ?? '') ?? [];
    const titles = async (workspace: string): Promise<string[]> => {
      const answer = await fetch(`${url}/v1/workspaces/${workspace}/incidents`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const { items } = (await answer.json()) as { items: { title: string }[] };
      return items.map(({ title }) => title);
    };
    expect([await titles('default'), await titles('tour')]).toEqual([[], ['The night ferry, Port Mirel']]);
    expect((await service.stop()).code).toBe(0);
  });

  it('without the corpus brings in neither documents nor the tour', async () => {
    const service = commands.start(['serve'], {
      CASEBOOK_HOME: commands.path('bare'),
      CASEBOOK_CORPUS: 'off',
    });
    await service.says(TRY);
    const [, url = '', token = ''] =
      /listening on (http:\S+) [^]*shown this once: (\S+)/.exec(service.said.stdout) ?? [];
    expect(service.said.stdout).not.toMatch(/corpus|tour/);
    const answer = await fetch(`${url}/v1/workspaces`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ items: [{ id: 'default' }] });
    expect((await service.stop()).code).toBe(0);
  });

  it('after a crash that left an empty postmaster.pid goes on', async () => {
    const home = commands.path('held');
    const pointer = join(home, 'postgres', 'location');
    const folder = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(home, 'postgres');
    writeFileSync(join(folder, 'data', 'postmaster.pid'), '');
    const service = commands.start(['serve'], { CASEBOOK_HOME: home });
    await service.says(TRY);
    expect(service.said.stdout).toContain('an empty postmaster.pid; removing it');
    expect((await service.stop()).code).toBe(0);
  });
});

describe('a browser at a service without a console', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it('gets a page that says what this is, with a link to the documentation', async () => {
    const page = await fetch(`${service.url}/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toMatch(/Casebook[^]*<a href="\/docs">/);
    const icon = await fetch(`${service.url}/favicon.ico`);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });
});
