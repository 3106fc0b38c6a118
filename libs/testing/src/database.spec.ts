import { createTestDatabase, type TestDatabase } from './index.js';

describe('a test database', () => {
  const open: TestDatabase[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((database) => database.drop()));
  });
  const fresh = async (): Promise<TestDatabase> => {
    const database = await createTestDatabase();
    open.push(database);
    return database;
  };

  it('is migrated, and connects as the service unless the owner is asked for', async () => {
    const database = await fresh();
    const who = `SELECT current_user AS "user", to_regclass('events') IS NOT NULL AS migrated`;
    expect((await database.pool.query(who)).rows).toEqual([{ user: 'casebook_service', migrated: true }]);
    const owner = (await database.ownerPool.query<{ user: string }>(who)).rows[0]?.user;
    expect(owner).not.toMatch(/^casebook_(service|reader)$/);
    const reader = await database.dataSource({ role: 'casebook_reader' });
    expect(await reader.query(who)).toEqual([{ user: 'casebook_reader', migrated: true }]);
    const asOwner = await database.dataSource({ role: null });
    expect(await asOwner.query('SELECT current_user AS "user"')).toEqual([{ user: owner }]);
  });

  it('shares nothing with another one, made at the same time', async () => {
    const [one, other] = await Promise.all([fresh(), fresh(), fresh()]);
    await one.ownerPool.query('CREATE TABLE mine AS SELECT 1 AS it');
    expect((await other.ownerPool.query(`SELECT to_regclass('mine') AS found`)).rows).toEqual([
      { found: null },
    ]);
  });

  it('is gone after drop, even with open connections', async () => {
    const database = await fresh();
    await database.ownerPool.query('SELECT 1');
    const bystander = await fresh();
    await database.drop();
    const name = new URL(database.url).pathname.slice(1);
    const found = await bystander.ownerPool.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    expect(found.rowCount).toBe(0);
  });
});
