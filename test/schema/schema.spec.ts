import { readFile, writeFile } from 'node:fs/promises';
import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import { schemaText } from './schema-text.js';

const FILE = new URL('../../docs/schema.sql', import.meta.url);

/** Other versions of PostgreSQL write expressions and views in other words. */
const onEmbedded = process.env['DATABASE_URL'] === undefined ? it : it.skip;

describe('docs/schema.sql', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  onEmbedded('is the schema of a migrated database (if not: npm run schema)', async () => {
    const text = await schemaText(database.ownerPool);
    if (process.env['CASEBOOK_WRITE_SCHEMA'] !== undefined) await writeFile(FILE, text);
    expect(await readFile(FILE, 'utf8')).toBe(text);
  });

  it('has each function once', async () => {
    const text = await schemaText(database.ownerPool);
    const names = [...text.matchAll(/^CREATE OR REPLACE FUNCTION (\S+?)\(/gm)].map(([, name]) => name);
    expect(names.filter((name) => name?.endsWith('.find'))).toHaveLength(1);
    expect(names).toEqual([...new Set(names)]);
  });

  it('says what every table, column and index is', async () => {
    const { rows } = await database.ownerPool.query(UNEXPLAINED);
    expect(rows).toEqual([]);
  });
});

/** casebook_migrations is TypeORM's. */
const UNEXPLAINED = `
  SELECT c.oid::regclass::text AS "of", NULL AS "column" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_|^information_schema$' AND c.relkind IN ('r', 'v', 'i') AND obj_description(c.oid, 'pg_class') IS NULL
    AND c.relname <> 'casebook_migrations'
    AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = c.oid AND i.indrelid = 'casebook_migrations'::regclass)
  UNION ALL
  SELECT c.oid::regclass::text, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE n.nspname !~ '^pg_|^information_schema$' AND c.relkind = 'r' AND c.relname <> 'casebook_migrations'
    AND col_description(c.oid, a.attnum) IS NULL`;
