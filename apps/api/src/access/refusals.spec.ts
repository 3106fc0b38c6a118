import { Ledger } from '@casebook/ledger';
import { createDataSource } from '@casebook/postgres';
import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { type Refusable, Refusals } from './refusals.js';

const attempt = (route: string, workspace = 'default'): Refusable =>
  ({
    problemCode: 'unauthenticated',
    method: 'GET',
    routeOptions: { url: route },
    ip: '192.0.2.1',
    params: { workspace },
    log: { warn: () => undefined },
  }) as unknown as Refusable;

describe('refused attempts', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let refusals: Refusals;
  let errors: string[];
  beforeEach(async () => {
    database = await createTestDatabase();
    await new Ledger(database.pool).openWorkspace('default');
    dataSource = createDataSource({ url: database.url, role: 'casebook_service' });
    await dataSource.initialize();
    refusals = new Refusals(dataSource);
    errors = [];
    const ignore = () => undefined;
    Logger.overrideLogger({ log: ignore, warn: ignore, error: (line: string) => errors.push(line) });
  });
  afterEach(async () => {
    Logger.overrideLogger(false);
    if (dataSource.isInitialized) await dataSource.destroy();
    await database.drop();
  });

  const listed = async () =>
    (await refusals.list('default', { limit: 10 })).items
      .map(({ route, count }) => [route, count])
      .sort((a, b) => (String(a) < String(b) ? -1 : 1));

  it('equal ones within a minute are one row with their count', async () => {
    for (const route of ['/a', '/a', '/b']) refusals.observe(attempt(route));
    await refusals.flush();
    expect((await listed()).reduce((sum, [, count]) => sum + Number(count), 0)).toBe(3);
    expect(refusals.tally).toEqual({ recorded: 3, lost: 0 });
  });

  it('a row that the database rejects costs no other, and is counted as lost and logged', async () => {
    await database.ownerPool.query(`
      CREATE FUNCTION reject_bad() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a bad row'; END $$;
      CREATE TRIGGER reject_bad BEFORE INSERT ON access_refusals
        FOR EACH ROW WHEN (NEW.route = '/bad') EXECUTE FUNCTION reject_bad()`);
    for (const route of ['/first', '/bad', '/bad', '/last']) refusals.observe(attempt(route));
    await refusals.flush();
    expect(await listed()).toEqual([
      ['/first', 1],
      ['/last', 1],
    ]);
    expect(refusals.tally).toEqual({ recorded: 2, lost: 2 });
    expect(errors).toEqual([
      expect.stringMatching(/^2 refused attempts could not be written \(2 since the start\): .*a bad row/),
    ]);
  });

  it('an outage loses them: that is counted and logged, and the next ones are recorded', async () => {
    refusals.observe(attempt('/lost'));
    refusals.observe(attempt('/lost'));
    await database.ownerPool.query('ALTER TABLE access_refusals RENAME TO away');
    await refusals.flush();
    await database.ownerPool.query('ALTER TABLE away RENAME TO access_refusals');
    expect(refusals.tally).toEqual({ recorded: 0, lost: 2 });
    expect(errors).toHaveLength(1);
    refusals.observe(attempt('/kept'));
    await refusals.flush();
    expect(await listed()).toEqual([['/kept', 1]]);
    expect(refusals.tally).toEqual({ recorded: 1, lost: 2 });
  });

  it('those at a workspace that is none are not recorded, whatever their name', async () => {
    for (const workspace of ['unknown', '\0', '💣', 'x'.repeat(400)])
      refusals.observe(attempt('/a', workspace));
    refusals.observe(attempt('/a'));
    await refusals.flush();
    expect(refusals.tally).toEqual({ recorded: 1, lost: 0 });
    const { rows } = await database.ownerPool.query('SELECT workspace_id FROM access_refusals');
    expect(rows).toEqual([{ workspace_id: 'default' }]);
  });
});
