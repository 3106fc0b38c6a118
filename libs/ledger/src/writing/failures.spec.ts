import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import type { DatabaseError, PoolClient } from 'pg';
import { failureOf } from './failures.js';

describe('a failure on a server that speaks another language', () => {
  let database: TestDatabase;
  let client: PoolClient;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    client = await database.ownerPool.connect();
  });
  afterEach(() => client.release(true));
  afterAll(() => database.drop());

  /** The error of a statement, with the word for its severity that the server has in that language. */
  const fails = async (text: string, severity: string): Promise<DatabaseError> => {
    const error = (await client.query(text).catch((cause: unknown) => cause)) as DatabaseError;
    return Object.assign(error, { severity });
  };

  it('is one of the statement where the session outlived it, in a transaction as outside of one', async () => {
    expect(await failureOf(await fails('SELECT 1 / 0', 'FEHLER'), client)).toBe('rejected');
    await client.query('BEGIN');
    expect(await failureOf(await fails('SELECT 1 / 0', 'ОШИБКА'), client)).toBe('rejected');
    await client.query('ROLLBACK');
    await client.query(`SET statement_timeout = 1`);
    expect(await failureOf(await fails('SELECT pg_sleep(1)', 'エラー'), client)).toBe('in-the-way');
  });

  it('is the loss of the connection where the session did not', async () => {
    const text = 'SELECT pg_terminate_backend(pg_backend_pid())';
    expect(await failureOf(await fails(text, 'ВАЖНО'), client)).toBe('lost');
  });
});
