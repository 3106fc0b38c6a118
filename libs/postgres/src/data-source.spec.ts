import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import pg from 'pg';
import { createDataSource, createPool, poolOf } from './index.js';

describe('connections to the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('take the role that is asked for, for TypeORM and for hand-written statements alike', async () => {
    const source = await database.dataSource({ role: 'casebook_reader' });
    const who = 'SELECT current_user AS role';
    expect(await source.query(who)).toEqual([{ role: 'casebook_reader' }]);
    expect((await poolOf(source).query(who)).rows).toEqual([{ role: 'casebook_reader' }]);
  });

  it('keep the settings that the URL brings', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c work_mem=9MB');
    const pool = createPool({
      url: url.toString(),
      role: 'casebook_service',
      applicationName: 'told',
      statementTimeoutMs: 1234,
    });
    const { rows } = await pool.query(
      `SELECT current_user AS role, current_setting('work_mem') AS memory, current_setting('statement_timeout') AS "limit", current_setting('application_name') AS name`,
    );
    await pool.end();
    expect(rows).toEqual([{ role: 'casebook_service', memory: '9MB', limit: '1234ms', name: 'told' }]);
  });

  it('read bigint as a number where a number holds it, and leave other pools alone', async () => {
    const sql = `SELECT 9007199254740991::bigint AS most, 9007199254740992::bigint AS beyond, array[1]::bigint[] AS list, 1.5::numeric AS exact`;
    const expected = { most: Number.MAX_SAFE_INTEGER, beyond: '9007199254740992', list: ['1'], exact: '1.5' };
    expect((await database.pool.query(sql)).rows).toEqual([expected]);
    expect(await (await database.dataSource()).query(sql)).toEqual([expected]);
    const plain = new pg.Client({ connectionString: database.url });
    await plain.connect();
    expect((await plain.query('SELECT 1::bigint AS one')).rows).toEqual([{ one: '1' }]);
    await plain.end();
  });

  it('survive that the server cuts them off while they are idle', async () => {
    const pool = createPool({ url: database.url, poolSize: 1 });
    const before = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const dropped = new Promise((resolve) => pool.once('remove', resolve));
    await database.ownerPool.query('SELECT pg_terminate_backend($1)', [before.rows[0]?.pid]);
    await dropped;
    const after = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    expect(after.rows[0]?.pid).not.toBe(before.rows[0]?.pid);
    await pool.end();
  });

  it('survive that the server cuts them off while they are lent and nothing is under way, for TypeORM and for hand-written statements alike', async () => {
    const plain = createPool({ url: database.url, poolSize: 1 });
    for (const pool of [plain, poolOf(await database.dataSource())]) {
      const client = await pool.connect();
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const ended = new Promise((resolve) => client.once('end', resolve));
      await database.ownerPool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await ended;
      await expect(client.query('SELECT 1')).rejects.toThrow();
      client.release(true);
      expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    }
    await plain.end();
  });

  it('have no pool before they are initialised', () => {
    expect(() => poolOf(createDataSource({ url: database.url }))).toThrow('not initialised');
  });
});
