import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createEmptyDatabase, createTestDatabase } from '@casebook/testing';
import pg from 'pg';
import { CommandLine } from '../support/command-line.js';
import { startTestService } from '../support/service.js';

/** Each command is a process of its own, which a busy machine takes long to start. */
const A_WHILE = 300_000;
const READING = [['verify'], ['replay'], ['export', 'ledger.jsonl']];

describe('a command that reads', () => {
  const commands = new CommandLine();
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  const run = (args: readonly string[], url = database.url) =>
    commands.start(args, { DATABASE_URL: url }).ended;
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(async () => {
    await commands.close();
    await database.drop();
  });

  it('without any database makes none', async () => {
    const { code, stderr } = await commands.start(['verify']).ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^casebook: There is no database in .*home/)]);
    expect(existsSync(commands.path('home'))).toBe(false);
  });

  it(
    'examines an empty database, and leaves it empty',
    async () => {
      const { code, stdout } = await run(['doctor', '--json']);
      const { failed, findings } = JSON.parse(stdout) as { failed: number; findings: { found: string }[] };
      expect([code, failed]).toEqual([1, 1]);
      expect(findings.at(-1)?.found).toMatch(/is empty.*migrate/);
      expect(existsSync(commands.path('home'))).toBe(false);
    },
    A_WHILE,
  );

  it(
    'leaves an empty or older database and the keys alone, and says what to run',
    async () => {
      for (const command of READING)
        expect(await run(command)).toMatchObject({
          code: 1,
          stderr: expect.stringMatching(/is empty.*migrate/),
        });
      expect((await run(['migrate'])).code).toBe(0);
      const forget = `DELETE FROM casebook_migrations WHERE id = (SELECT max(id) FROM casebook_migrations) RETURNING name`;
      const owner = new pg.Client({ connectionString: database.url });
      await owner.connect();
      const { rows } = await owner.query<{ name: string }>(forget).finally(() => owner.end());
      const { code, stderr } = await run(['verify']);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`it lacks ${rows[0]?.name}`)]);
      expect(existsSync(commands.path('home'))).toBe(false);
    },
    A_WHILE,
  );

  it(
    'of a newer version changes nothing beside an older process that serves, and that process goes on',
    async () => {
      const service = await startTestService();
      const { ownerPool, url } = service.database;
      const schema = async (): Promise<unknown[]> =>
        (
          await ownerPool.query<{ schema: unknown[] }>(
            `SELECT jsonb_agg(to_jsonb(c) ORDER BY c.table_schema, c.table_name, c.ordinal_position) ||
             (SELECT jsonb_agg(m.name ORDER BY m.id) FROM casebook_migrations m) AS schema
           FROM information_schema.columns c WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema')`,
          )
        ).rows[0]!.schema;
      try {
        // What the process serves is older than the commands: they know a migration that it lacks.
        await ownerPool.query(
          'DELETE FROM casebook_migrations WHERE id = (SELECT max(id) FROM casebook_migrations)',
        );
        const before = await schema();
        expect(before.length).toBeGreaterThan(100);
        for (const command of [...READING, ['token']]) {
          const { code, stderr } = await run(command, url);
          expect([command, code, stderr]).toEqual([
            command,
            1,
            expect.stringMatching(/older Casebook.*or use the version that is serving/),
          ]);
        }
        expect(await schema()).toEqual(before);
        const opened = await service.admin.post('incidents', { title: 'Recorded beside them' });
        expect(opened.status).toBe(201);
        expect((await service.admin.get(`incidents/${opened.body.id}`)).status).toBe(200);
      } finally {
        await service.close();
      }
    },
    A_WHILE,
  );

  it(
    'an export writes over no file, and an erasure is not made where nobody can be asked',
    async () => {
      writeFileSync(commands.path('kept.jsonl'), 'kept');
      const { code, stderr } = await run(['export', 'kept.jsonl']);
      expect([code, stderr]).toEqual([1, 'casebook: kept.jsonl exists already; --force overwrites it\n']);
      expect(readFileSync(commands.path('kept.jsonl'), 'utf8')).toBe('kept');
      const other = await createTestDatabase();
      expect((await run(['migrate'], other.url)).code).toBe(0);
      const erasing = ['erase', '--position', '1', '--reason', 'Asked for.', '--legal-basis', 'GDPR'];
      const erased = await run(erasing, other.url);
      await other.drop();
      expect([erased.code, erased.stderr]).toEqual([1, expect.stringMatching(/nothing was erased: .*--yes/)]);
    },
    A_WHILE,
  );
});

describe('a long command that is interrupted', () => {
  const commands = new CommandLine();
  /** A database that never answers: the command is under way for as long as the test wants. */
  const silent = createServer();
  beforeAll(() => new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve)));
  afterAll(async () => {
    await commands.close();
    silent.close();
  });

  it.each([
    [['export', 'ledger.jsonl'], 'The file written so far stays; continue with --resume.'],
    [['verify'], 'Nothing was changed; run it again.'],
  ])(
    '%j says in one line what holds and how to go on',
    async (args, line) => {
      const { port } = silent.address() as AddressInfo;
      const connected = once(silent, 'connection') as Promise<[Socket]>;
      const command = commands.start(args, { DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/c` });
      const [socket] = await connected;
      command.interrupt();
      const { code, stdout, stderr } = await command.ended;
      socket.destroy();
      expect([code, stdout, stderr]).toEqual([null, '', expect.stringContaining(line)]);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
    A_WHILE,
  );
});

describe('a login that may not make roles', () => {
  const commands = new CommandLine();
  afterAll(() => commands.close());

  it(
    'is shown by serve and migrate all that an administrator has to run, ready to paste',
    async () => {
      const other = await createTestDatabase();
      const database = await createEmptyDatabase();
      const url = new URL(database.url);
      Object.assign(url, { username: 'boarder', password: 'boarder' });
      try {
        await other.ownerPool.query(`CREATE ROLE boarder LOGIN PASSWORD 'boarder'`);
        await other.ownerPool.query(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO boarder`);
        const run = (command: string) => commands.start([command], { DATABASE_URL: url.toString() }).ended;
        const [served, migrated] = [await run('serve'), await run('migrate')];
        const statementsIn = (text: string): string => /\n\n((?:.*;\n)+)/.exec(text)?.[1] ?? '';
        const statements = statementsIn(migrated.stderr);
        expect([served.code, migrated.code]).toEqual([1, 1]);
        expect(statements.match(/casebook_(?:service|reader)/g)?.length).toBeGreaterThan(1);
        expect(statementsIn(served.stderr)).toBe(statements);
        await other.ownerPool.query(statements);
        expect((await run('migrate')).code).toBe(0);
      } finally {
        await database.drop();
        await other.ownerPool.query('DROP ROLE IF EXISTS boarder');
        await other.drop();
      }
    },
    A_WHILE,
  );
});
