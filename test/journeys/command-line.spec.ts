import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CommandLine, type EndedCommand } from '../support/command-line.js';

/* One home from its first start on: each test finds it as the one before left it. Every command is a process of its own. */
/** As Kubernetes sets them beside a service called casebook-db. */
const SERVICE_LINKS = {
  CASEBOOK_DB_SERVICE_HOST: '10.96.0.7',
  CASEBOOK_DB_SERVICE_PORT: '5432',
  CASEBOOK_DB_SERVICE_PORT_SQL: '5432',
  CASEBOOK_DB_PORT: 'tcp://10.96.0.7:5432',
  CASEBOOK_DB_PORT_5432_TCP: 'tcp://10.96.0.7:5432',
  CASEBOOK_DB_PORT_5432_TCP_PROTO: 'tcp',
  CASEBOOK_DB_PORT_5432_TCP_PORT: '5432',
  CASEBOOK_DB_PORT_5432_TCP_ADDR: '10.96.0.7',
};

describe('the command line', () => {
  const commands = new CommandLine();
  const home = commands.path('home');
  afterAll(() => commands.close());

  const run = (args: readonly string[], env: Record<string, string> = {}): Promise<EndedCommand> =>
    commands.start(args, env).ended;

  /** Starts the service and waits until it has said all that it says at its start. */
  const serve = async (env: Record<string, string> = {}) => {
    const service = commands.start(['serve'], env);
    await service.says(/^ {2}curl .*\n/m);
    const url = /listening on (http:\S+)/.exec(service.said.stdout)?.[1] ?? '';
    return { ...service, url };
  };
  const get = (url: string, path: string, token: string) =>
    fetch(`${url}/v1/workspaces/default/${path}`, { headers: { authorization: `Bearer ${token}` } });
  const titles = async (url: string, token: string): Promise<string[]> => {
    const page = (await (await get(url, 'documents', token)).json()) as { items: { title: string }[] };
    return page.items.map(({ title }) => title).sort();
  };
  const postmaster = (): number =>
    Number(readFileSync(join(databaseFolder(), 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const databaseFolder = (): string => {
    const location = join(home, 'postgres', 'location');
    return existsSync(location) ? readFileSync(location, 'utf8').trim() : join(home, 'postgres');
  };
  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  let token = '';
  let url = '';
  let service: Awaited<ReturnType<typeof serve>>;

  it('wrong settings are named, each with its rule, and nothing is started', async () => {
    const { code, stderr, stdout } = await run(['serve'], {
      PORT: '70000',
      CASEBOOK_CORPUS: 'no',
      DATABASE_URL: 'mysql://x',
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Wrong settings:\n/);
    expect(stderr).toMatch(/^PORT: .*65535/m);
    expect(stderr).toMatch(/^CASEBOOK_CORPUS: .*on.*off/m);
    expect(stderr).toMatch(/^DATABASE_URL: must be a postgres:\/\/ URL$/m);
    expect(existsSync(home)).toBe(false);
  });

  it('an unknown setting is reported with the closest known one, and an unreachable database with its setting', async () => {
    const mistaken = {
      CASEBOOK_RATELIMIT: '5',
      CASEBOOK_DATABASE_URL: 'x',
      CASEBOOK_TOKEN: 'one',
      CASEBOOK_PORT: '3000',
      ...SERVICE_LINKS,
      DATABASE_URL: 'postgres://clerk:hush@127.0.0.1:1/ledger',
      CASEBOOK_DATABASE_WAIT: '0',
    };
    for (const command of [['serve'], ['verify'], ['migrate']]) {
      const { code, stderr } = await run(command, mistaken);
      expect([command, code]).toEqual([command, 1]);
      expect(
        stderr
          .replace(/^casebook: /m, '')
          .trim()
          .split('\n'),
      ).toEqual([
        'CASEBOOK_RATELIMIT is not a setting and has no effect; did you mean CASEBOOK_RATE_LIMIT?',
        'CASEBOOK_DATABASE_URL is not a setting and has no effect; did you mean DATABASE_URL?',
        'CASEBOOK_PORT is not a setting and has no effect; did you mean PORT?',
        'DATABASE_URL (127.0.0.1:1/ledger): nothing listens there; is PostgreSQL running?',
      ]);
    }
  });

  it('commands that only talk to a running service report it too', async () => {
    const mistaken = { CASEBOOK_TOKN: 'one', CASEBOOK_TOKEN: 'one', CASEBOOK_URL: 'http://127.0.0.1:9' };
    for (const command of [
      ['import', 'LICENSE'],
      ['import-annotations', 'LICENSE', '--incident', 'x'],
    ]) {
      const { code, stderr } = await run(command, mistaken);
      expect([command, code]).toEqual([command, 1]);
      expect(stderr.split('\n')[0]).toBe(
        'CASEBOOK_TOKN is not a setting and has no effect; did you mean CASEBOOK_TOKEN?',
      );
    }
  });

  it('an unknown command and a wrong option get different messages, with the ones that exist', async () => {
    const [unknown, help, version] = await Promise.all([run(['sevre']), run(['--help']), run(['--version'])]);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toMatch(/unknown command 'sevre'[^]*serve/);
    expect([help.code, help.stdout]).toEqual([
      0,
      expect.stringMatching(/serve[^]*import[^]*replay[^]*token/),
    ]);
    const declared = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect([version.code, version.stdout]).toEqual([0, `${declared.version}\n`]);
  });

  it('a superfluous argument is refused, not ignored: no token for the admin where a member was named', async () => {
    const untouched = commands.path('untouched');
    const { code, stdout, stderr } = await run(['token', 'alice'], { CASEBOOK_HOME: untouched });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining("too many arguments for 'token'"),
    });
    expect(existsSync(untouched)).toBe(false);
  });

  it('the first start imports the corpus and prints a curl that works', async () => {
    service = await serve();
    ({ url } = service);
    const { stdout } = service.said;
    expect(stdout).toContain('Imported 13 sample documents from corpus/.');
    expect(stdout).toContain(`${url}/docs`);
    token = /shown this once: (casebook_\S+)/.exec(stdout)?.[1] ?? '';
    const [, header = '', address = ''] = /^ {2}curl -s -H '([^']+)' (\S+)$/m.exec(stdout) ?? [];
    expect([header, address]).toEqual([
      `Authorization: Bearer ${token}`,
      `${url}/v1/workspaces/default/documents`,
    ]);
    const answer = await fetch(address, {
      headers: { authorization: header.replace('Authorization: ', '') },
    });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(13);
  });

  it('a second service in the same home says who has it', async () => {
    const { code, stderr } = await run(['serve']);
    expect(code).toBe(1);
    expect(stderr).toContain(`process ${service.program.pid} is using it`);
    expect(stderr).toContain('CASEBOOK_HOME');
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('beside the running service: a token is issued, and is all that is printed', async () => {
    const { code, stdout, stderr } = await run([
      'token',
      '--member',
      'ruth',
      '--role',
      'reader',
      '--name',
      'Ruth Vane',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^casebook_[\w-]{43}\n$/);
    const ruth = stdout.trim();
    expect((await get(url, 'documents', ruth)).status).toBe(200);
    expect(await (await get(url, 'members/ruth', ruth)).json()).toMatchObject({
      name: 'Ruth Vane',
      role: 'reader',
    });
    // Done by nobody's token, so on no member's account.
    const audit = (await (await get(url, 'audit?actor=operator', ruth)).json()) as {
      items: { sentence: string }[];
    };
    expect(audit.items.map(({ sentence }) => sentence)).toEqual([
      'operator added Ruth Vane (ruth) as reader.',
      'operator issued ruth a token “casebook token”.',
    ]);
    for (const id of ['Judy', 'Alice Smith', 'a\nb']) {
      const refused = await run(['token', '--member', id, '--role', 'admin']);
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect(refused.stderr).toMatch(/^casebook: The member’s id is not a member id: 1 to 64 of a-z/);
    }
    const [wrong, role, workspace] = await Promise.all([
      run(['token', '--member', 'nobody']),
      run(['token', '--member', 'x', '--role', 'king']),
      run(['token', '--workspace', 'nowhere']),
    ]);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/^casebook: .*no member "nobody"/)]);
    expect([role.code, role.stderr]).toEqual([
      1,
      expect.stringMatching(/--role must be one of reader, annotator/),
    ]);
    expect([workspace.code, workspace.stderr]).toEqual([
      1,
      expect.stringMatching(/no such workspace|no workspace nowhere/),
    ]);
  });

  it('beside the running service: the views are replayed, and nothing differs', async () => {
    // One after the other: a command that meets another while it looks at the schema says that it waits.
    const { code, stdout } = await run(['replay']);
    const none = await run(['replay', '--workspace', 'nowhere']);
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines)
      expect(line).toMatch(/^\w+_v\d+: \d+ events replayed, \d+ rows compared, 0 differ$/);
    expect([none.code, none.stderr]).toEqual([1, 'casebook: there is no workspace nowhere\n']);
  });

  it('a reader who reads no further does not break off what a command does', async () => {
    const { program, ended } = commands.start(['verify']);
    program.stdout!.destroy();
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
  });

  it('files are imported: front matter, sidecar, known texts; one that is refused does not stop the others', async () => {
    const file = (name: string, content: string | Buffer): string => {
      writeFileSync(commands.path(name), content);
      return commands.path(name);
    };
    const front = file('front.txt', '---\ntitle: In front\npublished: 2023-03-09\n---\n\nAt least nine.\r\n');
    const beside = file('beside.txt', 'Nobody told us.\n');
    file('beside.yaml', 'title: Beside\npublisher: The Courier\nupstream: Agency\n');
    const bare = file('bare.txt', '\nIts first line\nand more\n');
    const broken = file('broken.txt', Buffer.from([0x41, 0xc3, 0x28]));
    const wrongDate = file('date.txt', '---\ntitle: Wrong date\npublished: last Tuesday\n---\ntext\n');
    const args = [
      'import',
      '--url',
      url,
      front,
      beside,
      bare,
      broken,
      wrongDate,
      commands.path('missing.txt'),
    ];
    const first = await run(args, { CASEBOOK_TOKEN: token });
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/3 imported, 0 known already, 3 refused\n$/);
    expect(first.stdout.match(/^new .*sha256:[0-9a-f]{64}$/gm)).toHaveLength(3);
    expect(first.stderr).toMatch(/^refused .*broken\.txt: is not UTF-8 text$/m);
    expect(first.stderr).toMatch(/^refused .*date\.txt: its front matter: published .*"l" at character 1/m);
    expect(first.stderr).toMatch(/^refused .*missing\.txt {2}there is no file .*missing\.txt$/m);

    const again = await run(['import', '--url', url, '--token', token, front, beside, bare]);
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toMatch(/0 imported, 3 known already, 0 refused\n$/);
    expect(await titles(url, token)).toEqual(
      expect.arrayContaining(['Beside', 'In front', 'Its first line']),
    );
    const id = /^known .*front\.txt\s+(sha256:\w+)$/m.exec(again.stdout)?.[1] ?? '';
    expect(await (await get(url, `documents/${id}/text`, token)).text()).toBe('At least nine.\r\n');
    expect(await (await get(url, `documents/${id}`, token)).json()).toMatchObject({
      published: '2023-03-09',
    });
  });

  it('a known text is reported with the details that differ from those recorded; a stricter marking fails', async () => {
    const file = commands.path('known.txt');
    const send = async (content: string): Promise<EndedCommand> => {
      writeFileSync(file, content);
      return run(['import', '--url', url, file], { CASEBOOK_TOKEN: token });
    };
    expect((await send('---\ntitle: Known\n---\nKnown words.\n')).code).toBe(0);
    const retitled = await send('---\ntitle: Renamed\n---\nKnown words.\n');
    expect([retitled.code, retitled.stderr]).toEqual([0, '']);
    expect(retitled.stdout).toMatch(/^known .*; title is recorded as Known, not as Renamed$/m);
    const stricter = await send('\ufeff---\ntitle: Known\ntlp: red\n--- \nKnown words.\n');
    expect(stricter.code).toBe(1);
    expect(stricter.stderr).toMatch(/^known .*; tlp is not recorded, not as red$/m);
    expect(stricter.stderr).toMatch(/^1 known with a wider marking than was sent, .*PATCH/m);
    expect(stricter.stdout).toBe('0 imported, 1 known already, 0 refused\n');
  });

  it('so does a stricter marking in the front matter of Markdown, which the service reads', async () => {
    const file = commands.path('known.md');
    const send = async (content: string): Promise<EndedCommand> => {
      writeFileSync(file, content);
      return run(['import', '--url', url, file], { CASEBOOK_TOKEN: token });
    };
    expect((await send('---\ntlp: amber\n---\nWords of *Markdown*.\n')).code).toBe(0);
    expect((await send('---\ntlp: green\n---\nWords of *Markdown*.\n')).code).toBe(0);
    const stricter = await send('---\ntlp: red\n---\nWords of *Markdown*.\n');
    expect([stricter.code, stricter.stderr]).toEqual([
      1,
      expect.stringMatching(/; tlp is recorded as amber, not as red; [^]*^1 known with a wider marking/m),
    ]);
  });

  it('a description that is there but cannot be read is not passed over', async () => {
    for (const name of ['folder', 'link']) writeFileSync(commands.path(`${name}.txt`), `Beside a ${name}.\n`);
    mkdirSync(commands.path('folder.yaml'));
    symlinkSync('nowhere.yaml', commands.path('link.yaml'));
    const { code, stderr } = await run(
      ['import', '--url', url, commands.path('folder.txt'), commands.path('link.txt')],
      { CASEBOOK_TOKEN: token },
    );
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /folder\.yaml is a folder, not a file\n.*link\.yaml is a link to a file that does not exist\n$/,
      ),
    ]);
  });

  it('a wrong file or address is named in a sentence', async () => {
    const folder = commands.path('folder');
    mkdirSync(folder);
    const inNone = commands.path('none/ledger.jsonl');
    const incident = ['--incident', '018f48ec-f580-74c7-a138-51b3c22f3c2b'];
    const isFolder = `casebook: ${folder} is a folder, not a file\n`;
    const noAddress = (address: string) =>
      `casebook: ${address} is no address of a service; write it as http://127.0.0.1:3000\n`;
    const unreachable = (address: string) =>
      `casebook: cannot reach the service at ${address}; is it running? (npm start)\n`;
    const wrong: (readonly [readonly string[], string])[] = [
      [['verify', '--offline', folder], isFolder],
      [['verify', '--offline', commands.path('bare.txt'), '--policy', folder], isFolder],
      [['export', folder], isFolder],
      [['export', folder, '--force'], isFolder],
      [['export', inNone], `casebook: there is no folder ${commands.path('none')}\n`],
      [['export-incident', folder, '--format', 'csv', '--url', url, ...incident], isFolder],
      [['import-annotations', folder, '--url', url, ...incident], isFolder],
      [['import', folder, '--url', url], `refused ${folder}  ${folder} is a folder, not a file\n`],
      [['import', folder, '--url', 'ftp://a'], noAddress('ftp://a')],
      [['webhooks', 'list', '--url', ''], noAddress('http://')],
      // A port that `fetch` never connects to.
      [['webhooks', 'list', '--url', '127.0.0.1:9'], unreachable('http://127.0.0.1:9')],
    ];
    for (const [args, sentence] of wrong) {
      const { code, stderr } = await run(args, { CASEBOOK_TOKEN: token });
      expect([args, code, stderr]).toEqual([args, 1, sentence]);
    }
    const untouched = commands.path('no-archive');
    const { code, stderr } = await run(['import-ledger', folder], { CASEBOOK_HOME: untouched });
    expect([code, stderr, existsSync(untouched)]).toEqual([1, isFolder, false]);
  });

  it('a description given with its document is read with it; on its own it is not a document', async () => {
    const [text, description] = [commands.path('note.txt'), commands.path('note.yaml')];
    writeFileSync(text, 'A note of its own.\n');
    writeFileSync(description, 'title: A note\ntlp: red\n');
    const alone = await run(['import', '--url', url, description], { CASEBOOK_TOKEN: token });
    expect([alone.code, alone.stderr]).toEqual([
      1,
      expect.stringMatching(/^refused .*note\.yaml: is a description/),
    ]);
    const both = await run(['import', '--url', url, text, description], { CASEBOOK_TOKEN: token });
    expect([both.code, both.stderr]).toEqual([0, '']);
    expect(both.stdout).toMatch(/1 imported, 0 known already, 0 refused\n$/);
  });

  it('an import says what it lacks: a token, the right one, a service', async () => {
    const file = commands.path('bare.txt');
    const [without, wrong, nowhere] = await Promise.all([
      run(['import', '--url', url, file]),
      run(['import', '--url', url, '--token', 'casebook_no', file]),
      run(['import', '--url', 'http://127.0.0.1:9', '--token', token, file]),
    ]);
    expect([without.code, without.stderr]).toEqual([
      1,
      expect.stringMatching(/needs a token: --token, or CASEBOOK_TOKEN/),
    ]);
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringMatching(/401 .*unknown, expired or revoked/),
    ]);
    expect([nowhere.code, nowhere.stderr]).toEqual([
      1,
      expect.stringMatching(/cannot reach the service at .*npm start/),
    ]);
  });

  it('Ctrl-C stops the service and its PostgreSQL, also while a silent connection is open', async () => {
    const server = postmaster();
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    service.program.kill('SIGINT');
    const { code, stdout, stderr } = await service.ended;
    // The one refused request above is in the log, and nothing else.
    const other = stderr.split('\n').filter((line) => line !== '' && !line.includes('"msg":"refused"'));
    expect([code, other]).toEqual([0, []]);
    expect(stdout).toMatch(/SIGINT: stopping …\nStopped\.\n$/);
    expect(isAlive(server)).toBe(false);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    silent.destroy();
  });

  it('without a service: a token is issued and the views are replayed all the same', async () => {
    const { code, stdout } = await run(['token']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^casebook_\S+\n$/)]);
    token = stdout.trim();
    const replayed = await run(['replay']);
    expect([replayed.code, replayed.stdout]).toEqual([0, expect.stringMatching(/ 0 differ\n$/)]);
  });

  it('the second start keeps the data and shows no token', async () => {
    service = await serve();
    ({ url } = service);
    expect(service.said.stdout).not.toMatch(/casebook_|Imported/);
    expect(service.said.stdout).toMatch(/npx casebook token/);
    expect(await titles(url, token)).toHaveLength(19);
  });

  it('after kill -9 the next start takes over the PostgreSQL that was left, with all that was answered', async () => {
    const imported = await fetch(`${url}/v1/workspaces/default/documents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Answered before the kill', text: 'x' }),
    });
    expect(imported.status).toBe(201);
    const left = postmaster();
    service.program.kill('SIGKILL');
    await service.ended;
    expect(isAlive(left)).toBe(true);

    const secret = 'a-token-from-the-environment';
    service = await serve({ CASEBOOK_ADMIN_TOKEN: secret });
    ({ url } = service);
    expect(postmaster()).not.toBe(left);
    expect(service.said.stdout).toContain(
      'a PostgreSQL left over by an earlier run is still up; stopping it',
    );
    expect(service.said.stdout).not.toContain(secret);
    expect(await titles(url, secret)).toContain('Answered before the kill');
    expect(await titles(url, token)).toHaveLength(20);
    service.program.kill('SIGTERM');
    expect((await service.ended).code).toBe(0);
  });

  it('a token from the environment that was revoked stays so, and one of an admin who was removed keeps nobody from the service', async () => {
    const [fixed, other] = ['a-token-from-the-environment', 'one-more-from-the-environment'];
    const ending = async (path: string, as: string): Promise<number> => {
      const address = `${url}/v1/workspaces/default/${path}`;
      const answer = await fetch(address, { method: 'POST', headers: { authorization: `Bearer ${as}` } });
      return answer.status;
    };
    const again = async (secret: string): Promise<string> => {
      service.program.kill('SIGTERM');
      await service.ended;
      service = await serve({ CASEBOOK_ADMIN_TOKEN: secret });
      ({ url } = service);
      return service.said.stdout;
    };

    service = await serve({ CASEBOOK_ADMIN_TOKEN: fixed });
    ({ url } = service);
    const { items } = (await (await get(url, 'members/admin/tokens', token)).json()) as {
      items: { id: string; label: string }[];
    };
    const own = items.find(({ label }) => label === 'CASEBOOK_ADMIN_TOKEN');
    expect(await ending(`tokens/${own?.id}/revocation`, token)).toBe(200);
    expect(await again(fixed)).toMatch(/CASEBOOK_ADMIN_TOKEN does not work: it was revoked/);
    expect((await get(url, 'members', fixed)).status).toBe(401);

    const judy = await run(['token', '--member', 'judy', '--role', 'admin']);
    expect(await ending('members/admin/removal', judy.stdout.trim())).toBe(200);
    expect(await again(other)).toMatch(/CASEBOOK_ADMIN_TOKEN does not work: the member admin was removed/);
    expect((await get(url, 'members', other)).status).toBe(401);
    expect((await get(url, 'members', judy.stdout.trim())).status).toBe(200);
    service.program.kill('SIGTERM');
    expect((await service.ended).code).toBe(0);
  });
});
