import { temporaryHome } from '@casebook/testing';
import { randomBytes } from 'node:crypto';
import { migrate } from '@casebook/postgres';
import pg from 'pg';
import { createApplication, openResources } from '../../apps/api/src/index.js';
import { startTestService, type TestService } from '../support/service.js';

const REFUSED = '42501';

/** What the database lets each role do, tried on a workspace with events, checkpoints and keys in it. */
describe('a login that is given one role', () => {
  let service: TestService;
  const logins: Record<'serving' | 'reading', { name: string; pool: pg.Pool }> = {} as never;

  beforeAll(async () => {
    service = await startTestService();
    const { admin, database } = service;
    await admin.post('documents', { title: 'Title', text: 'Text.' });
    await admin.get('ledger/checkpoint');
    await database.ownerPool.query(
      `INSERT INTO ledger_tiles (workspace_id, level, index, root, hashes) VALUES ('default', 0, 0, decode(repeat('00', 32), 'hex'), decode(repeat('00', 8192), 'hex'))`,
    );
    for (const [which, role] of [
      ['serving', 'casebook_service'],
      ['reading', 'casebook_reader'],
    ] as const) {
      const name = `casebook_test_${which}_${randomBytes(4).toString('hex')}`;
      await database.ownerPool.query(`CREATE ROLE ${name} LOGIN PASSWORD 'casebook' IN ROLE ${role}`);
      const url = new URL(database.url);
      url.username = name;
      url.password = 'casebook';
      logins[which] = {
        name,
        pool: new pg.Pool({ connectionString: url.toString(), options: `-c role=${role}`, max: 2 }),
      };
    }
  });
  afterAll(async () => {
    for (const { name, pool } of Object.values(logins)) {
      await pool.end();
      await service.database.ownerPool.query(`DROP ROLE ${name}`);
    }
    await service.close();
  });

  /** The SQLSTATE that a statement fails with, alone in a transaction that is rolled back; `null` where it passes. */
  const tried = async (which: keyof typeof logins, ...statements: string[]): Promise<string | null> => {
    const client = await logins[which].pool.connect();
    try {
      await client.query('BEGIN');
      for (const statement of statements) await client.query(statement);
      return null;
    } catch (error) {
      return (error as pg.DatabaseError).code ?? String(error);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };

  const KEPT = ['events', 'ledger_checkpoints', 'ledger_keys', 'ledger_tiles'];
  const writes = [
    ...KEPT.flatMap((table) => [
      `UPDATE ${table} SET workspace_id = 'other'`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ]),
    'UPDATE events SET payload = NULL, payload_salt = NULL',
    'DELETE FROM ledger_heads',
    'TRUNCATE ledger_heads CASCADE',
    `UPDATE ledger_heads SET workspace_id = 'other'`,
    'UPDATE ledger_heads SET created_at = now()',
    ...[...KEPT, 'ledger_heads'].flatMap((table) => [
      `ALTER TABLE ${table} ADD COLUMN more text`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
      `ALTER TABLE ${table} OWNER TO CURRENT_USER`,
      `DROP TABLE ${table}`,
      `CREATE TRIGGER mine BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()`,
      `CREATE POLICY mine ON ${table} USING (true)`,
      `CREATE RULE mine AS ON INSERT TO ${table} DO INSTEAD NOTHING`,
    ]),
    'CREATE TABLE mine (id integer)',
    'CREATE SCHEMA mine',
    'CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    'CREATE OR REPLACE FUNCTION ledger_refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    'ALTER FUNCTION erasure.erase(text) OWNER TO CURRENT_USER',
    'DROP FUNCTION erasure.erase(text)',
    `SET session_replication_role = 'replica'`,
    'SET ROLE casebook_eraser',
    'SET SESSION AUTHORIZATION casebook_eraser',
    'GRANT casebook_eraser TO CURRENT_USER',
    'GRANT UPDATE ON events TO CURRENT_USER',
    'CREATE ROLE mine',
    `COPY events TO PROGRAM 'true'`,
    `SELECT pg_read_file('PG_VERSION')`,
  ];

  it.each(writes)('neither serving nor reading may %s', async (statement) => {
    for (const which of ['serving', 'reading'] as const) {
      // GRANT without the right to is a warning where one has some right to the table, and grants nothing.
      if (statement.startsWith('GRANT UPDATE')) {
        expect(await tried(which, statement, 'UPDATE events SET payload = payload')).toBe(REFUSED);
      } else {
        // Made up, or a role that may not be seen: both are refused before anything is looked at.
        expect([which, await tried(which, statement)]).toEqual([
          which,
          expect.stringMatching(/^(42501|42809)$/),
        ]);
      }
    }
  });

  it('neither becomes more than it is by taking its role off', async () => {
    const { rows } = await service.database.ownerPool.query<{ owner: string }>(
      `SELECT tableowner AS owner FROM pg_tables WHERE tablename = 'events'`,
    );
    for (const which of ['serving', 'reading'] as const) {
      for (const leave of ['RESET ROLE', 'SET ROLE NONE']) {
        expect([which, await tried(which, leave, 'UPDATE events SET payload = payload')]).toEqual([
          which,
          REFUSED,
        ]);
      }
      expect([which, await tried(which, `SET ROLE ${rows[0]!.owner}`)]).toEqual([which, REFUSED]);
    }
    expect(await tried('reading', 'SET ROLE casebook_service')).toBe(REFUSED);
  });

  it('serving erases nothing that no erasure of the same transaction names, in the same workspace', async () => {
    expect(await tried('serving', `SELECT erasure.erase('default')`)).toBe(REFUSED);
    expect(await tried('reading', `SELECT erasure.erase('default')`)).toBe(REFUSED);
    const erasureIn = (workspace: string, position: string, positions: string) =>
      `INSERT INTO events SELECT ${position}, recorded_at, gen_random_uuid(), 1, 0, 1, '${workspace}', 'erasures', 'PayloadErased',
         actor_id, 'x', 'x${workspace}', 'x', NULL, command_digest, payload_commitment, leaf_hash, payload_salt, '{"positions":${positions}}'
       FROM events WHERE workspace_id = 'default' AND position = 1`;
    const beyond = `(SELECT size + 1 FROM ledger_heads WHERE workspace_id = 'default')`;
    // One that is not in the ledger: the head does not know of it.
    expect(
      await tried('serving', erasureIn('default', beyond, '[1]'), `SELECT erasure.erase('default')`),
    ).toBe(REFUSED);
    // One of another workspace.
    expect(await tried('serving', erasureIn('other', '1', '[1]'), `SELECT erasure.erase('default')`)).toBe(
      REFUSED,
    );
  });

  it('the owner cannot erase past the rules either, nor anybody who becomes the eraser', async () => {
    const client = await service.database.ownerPool.connect();
    const failed = async (...statements: string[]): Promise<string | undefined> => {
      await client.query('BEGIN');
      try {
        for (const statement of statements) await client.query(statement);
        return undefined;
      } catch (error) {
        return (error as pg.DatabaseError).code;
      } finally {
        await client.query('ROLLBACK');
      }
    };
    try {
      expect(await failed('UPDATE events SET payload = NULL, payload_salt = NULL')).toBe(REFUSED);
      expect(await failed('DELETE FROM events')).toBe(REFUSED);
      expect(await failed('TRUNCATE events')).toBe(REFUSED);
      const become = 'SET LOCAL ROLE casebook_eraser';
      expect(await failed(become, 'UPDATE events SET payload = NULL, payload_salt = NULL')).toBe(REFUSED);
      expect(await failed(become, `UPDATE events SET actor_id = 'other'`)).toBe(REFUSED);
      expect(await failed(become, 'DELETE FROM events')).toBe(REFUSED);
      expect(await failed(become, `INSERT INTO events SELECT * FROM events`)).toBe(REFUSED);
      expect(await failed(become, `UPDATE ledger_heads SET size = 0`)).toBe(REFUSED);
    } finally {
      client.release();
    }
  });

  it('reading only reads, and only what its connection asks for', async () => {
    const { pool } = logins.reading;
    const { rows } = await pool.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema)'`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { name } of rows) {
      for (const statement of [
        `INSERT INTO ${name} DEFAULT VALUES`,
        `DELETE FROM ${name}`,
        `TRUNCATE ${name}`,
      ]) {
        expect([statement, await tried('reading', statement)]).toEqual([statement, REFUSED]);
      }
    }
    const count = async (...settings: string[]): Promise<number> => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        for (const setting of settings) await client.query(setting);
        return Number((await client.query<{ n: string }>('SELECT count(*) AS n FROM events')).rows[0]!.n);
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    };
    expect(await count()).toBe(0);
    expect(await count(`SET LOCAL casebook.workspace = 'default'`)).toBe(await service.size());
  });

  it('the whole service runs on a login that has the two roles and nothing else', async () => {
    const { database, admin } = service;
    const { name } = logins.serving;
    await database.ownerPool.query(`GRANT casebook_reader TO ${name}`);
    const url = new URL(database.url);
    url.username = name;
    url.password = 'casebook';
    expect(await migrate(url.toString())).toEqual([]);
    const ground = await openResources(url.toString(), {
      poolSize: 5,
      home: temporaryHome(),
      origin: 'casebook.test',
      signingSecrets: [Buffer.alloc(32, 7)],
    });
    const app = await createApplication(ground);
    try {
      await app.listen(0, '127.0.0.1');
      const client = service.client(admin.token, await app.getUrl());
      const made = await client.post('documents', { title: 'By a lesser login', text: 'Another text.' });
      expect(made.status).toBe(201);
      const erased = await client.post('erasures', {
        positions: [made.body.position],
        reason: 'It was asked for.',
        legalBasis: 'GDPR Art. 17',
      });
      expect(erased.status).toBe(201);
      expect((await client.get(`documents/${made.body.id}`)).text).not.toContain('By a lesser login');
      expect((await client.get('ledger/checkpoint')).status).toBe(200);
    } finally {
      await app.close();
      await ground.close();
      await database.ownerPool.query(`REVOKE casebook_reader FROM ${name}`);
    }
  });

  it('a login that may not migrate gets an error that says so where something is missing', async () => {
    const { database } = service;
    const url = new URL(database.url);
    url.username = logins.serving.name;
    url.password = 'casebook';
    await database.ownerPool.query(
      `DELETE FROM casebook_migrations WHERE name = (SELECT name FROM casebook_migrations ORDER BY id DESC LIMIT 1)`,
    );
    await expect(migrate(url.toString())).rejects.toThrow(
      /this user may not make them .* MIGRATION_DATABASE_URL/,
    );
  });

  it('no role of Casebook may log in, make roles or databases, or pass over row-level security', async () => {
    const { rows } = await service.database.ownerPool.query(
      `SELECT rolname FROM pg_roles WHERE rolname IN ('casebook_service', 'casebook_reader', 'casebook_eraser')
       AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)`,
    );
    expect(rows).toEqual([]);
  });
});
