import { migrations } from '@casebook/migrations';
import { createEmptyDatabase, createTestDatabase } from '@casebook/testing';
import { createDataSource, createPool, migrate, UnsuitableDatabaseError } from './index.js';

describe('migrating', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => database.drop());

  const query = async (sql: string, values: unknown[] = []): Promise<unknown[]> => {
    const pool = createPool({ url: database.url });
    try {
      return (await pool.query<Record<string, unknown>>(sql, values)).rows;
    } finally {
      await pool.end();
    }
  };

  it('runs each migration once, in order, and says which', async () => {
    const told: string[] = [];
    const names = await migrate(database.url, (line) => told.push(line));
    expect(names).toEqual(migrations.map((migration) => migration.name));
    expect(told).toEqual(names.map((name) => `migrated: ${name}`));
    expect(await migrate(database.url)).toEqual([]);
  });

  it('runs each migration once when several processes start at the same time', async () => {
    const ran = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    expect(ran.flat().sort()).toEqual(migrations.map((migration) => migration.name).sort());
    expect(ran.filter((names) => names.length === 0)).toHaveLength(2);
  });

  it('leaves no connection and no lock behind', async () => {
    await migrate(database.url);
    expect(
      await query(
        `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      ),
    ).toEqual([]);
    expect(
      await query(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      ),
    ).toEqual([]);
  });

  it('refuses a database that a newer version has migrated, and leaves it as it is', async () => {
    await migrate(database.url);
    await query(
      `INSERT INTO casebook_migrations (timestamp, name) VALUES (9999999999999, 'Future9999999999999')`,
    );
    await expect(migrate(database.url)).rejects.toThrow(UnsuitableDatabaseError);
    await expect(migrate(database.url)).rejects.toThrow('migrated by a newer Casebook (Future9999999999999)');
  });

  it('empties the search for its new version, which finds by the same function', async () => {
    await migrate(database.url);
    const change = new (migrations.find(({ name }) => name.startsWith('SearchFoldsMore'))!)();
    const owner = createDataSource({ url: database.url });
    await owner.initialize();
    const runner = owner.createQueryRunner();
    try {
      await change.down(runner);
      await query(
        `INSERT INTO search_v1.entries (workspace_id, position, passage, stream_id, kind, terms, body)
         VALUES ('desk', 1, 0, 'incident:1', 'incident', 'łodz', '{}')`,
      );
      await query(
        `INSERT INTO view_progress (workspace_id, view, version, status, position) VALUES ('desk', 'search', 1, 'following', 1)`,
      );
      await change.up(runner);
    } finally {
      await runner.release();
      await owner.destroy();
    }
    expect(await query('SELECT 1 FROM search_v2.entries')).toEqual([]);
    expect(await query(`SELECT 1 FROM view_progress WHERE view = 'search'`)).toEqual([]);
    expect(await query(`SELECT * FROM search_v2.find('lodz', NULL, 9, 0, 9, 5)`)).toEqual([
      { positions: [], reached: expect.anything() as unknown },
    ]);
    expect(
      await query(
        `SELECT has_function_privilege('casebook_reader', p.oid, 'EXECUTE') AS reader, p.prosrc LIKE '%search\\_v1%' AS old
         FROM pg_proc p WHERE p.oid = 'search_v2.find'::regproc`,
      ),
    ).toEqual([{ reader: true, old: false }]);
  });

  it("makes the two roles, which own nothing, log in nowhere, and are the migrating user's to take", async () => {
    await migrate(database.url);
    expect(
      await query(
        `SELECT rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, pg_has_role(rolname, 'MEMBER') AS ours,
                has_schema_privilege(rolname, 'public', 'CREATE') AS creates
         FROM pg_roles WHERE rolname IN ('casebook_service', 'casebook_reader') ORDER BY rolname`,
      ),
    ).toEqual(
      ['casebook_reader', 'casebook_service'].map((rolname) => ({
        rolname,
        ...{
          rolcanlogin: false,
          rolsuper: false,
          rolcreaterole: false,
          rolcreatedb: false,
          rolbypassrls: false,
        },
        ours: true,
        creates: false,
      })),
    );
  });

  it('needs no superuser: one who may make roles and owns the database will do', async () => {
    const other = await createTestDatabase();
    try {
      // The roles exist on this server, made by another user, as on a server with two Casebooks: an administrator has granted them.
      await other.ownerPool.query(`CREATE ROLE landlord LOGIN PASSWORD 'landlord'`);
      await other.ownerPool.query(`GRANT casebook_service, casebook_reader, casebook_eraser TO landlord`);
      const name = new URL(database.url).pathname.slice(1);
      await other.ownerPool.query(`ALTER DATABASE ${name} OWNER TO landlord`);
      const url = new URL(database.url);
      url.username = 'landlord';
      url.password = 'landlord';
      expect(await migrate(url.toString())).toHaveLength(migrations.length);
      const pool = createPool({ url: url.toString(), role: 'casebook_service' });
      expect((await pool.query('SELECT session_user AS login, current_user AS role')).rows).toEqual([
        { login: 'landlord', role: 'casebook_service' },
      ]);
      await pool.end();
    } finally {
      await database.drop();
      await other.ownerPool.query('DROP ROLE IF EXISTS landlord');
      await other.drop();
    }
  });

  it('tells one who may not make the roles all that an administrator has to run', async () => {
    const other = await createTestDatabase();
    try {
      await other.ownerPool.query(`CREATE ROLE lodger LOGIN PASSWORD 'lodger'`);
      const name = new URL(database.url).pathname.slice(1);
      await other.ownerPool.query(`ALTER DATABASE ${name} OWNER TO lodger`);
      const url = new URL(database.url);
      url.username = 'lodger';
      url.password = 'lodger';
      await expect(migrate(url.toString())).rejects.toMatchObject({
        message: expect.stringContaining(
          'lodger may not make the role casebook_service or become it',
        ) as unknown,
      });
      const refusal = await migrate(url.toString()).catch((error: unknown) => (error as Error).message);
      const statements = /\n\n([^]*)$/.exec(String(refusal))?.[1] ?? '';
      await other.ownerPool.query(statements);
      expect(await migrate(url.toString())).toHaveLength(migrations.length);
    } finally {
      await database.drop();
      await other.ownerPool.query('DROP ROLE IF EXISTS lodger');
      await other.drop();
    }
  });
});
