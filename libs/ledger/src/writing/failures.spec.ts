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

  /** Runs a failing statement; returns its error with the severity in the server's language. */
  const fails = async (text: string, severity: string): Promise<DatabaseError> => {
    const error = (await client.query(text).catch((cause: unknown) => cause)) as DatabaseError;
    return Object.assign(error, { severity });
  };

  it('means a rejected statement if the session survived, inside and outside a transaction', async () => {
    expect(await failureOf(await fails('SELECT 1 / 0', 'FEHLER'), client)).toBe('rejected');
    await client.query('BEGIN');
    expect(await failureOf(await fails('SELECT 1 / 0', 'ОШИБКА'), client)).toBe('rejected');
    await client.query('ROLLBACK');
    await client.query(`SET statement_timeout = 1`);
    expect(await failureOf(await fails('SELECT pg_sleep(1)', 'エラー'), client)).toBe('in-the-way');
  });

  it('means a lost connection if the session did not survive', async () => {
    const text = 'SELECT pg_terminate_backend(pg_backend_pid())';
    expect(await failureOf(await fails(text, 'ВАЖНО'), client)).toBe('lost');
  });
});
