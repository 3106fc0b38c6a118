import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import pg from 'pg';
import { Session } from './session.js';

describe('a session', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('writes pipelined statements to the socket in one piece', async () => {
    const pool = new pg.Pool({ connectionString: database.url, pipeline: true });
    let pieces = 0;
    pool.on('connect', (client) => {
      const { stream } = client.connection;
      for (const method of ['_write', '_writev'] as const) {
        const write = stream[method]!.bind(stream) as (...args: unknown[]) => void;
        stream[method] = (...args: unknown[]) => {
          pieces += 1;
          write(...args);
        };
      }
    });
    try {
      await Session.lend(pool, 10_000, async (session) => {
        pieces = 0;
        const results = await session.begin({ text: 'SELECT $1::text', values: ['a'] }, { text: 'SELECT 2' });
        expect(results).toEqual([[['a']], [['2']]]);
        expect(pieces).toBe(1);
        pieces = 0;
        await session.writeAndCommit({ name: 'written', text: 'SELECT $1::text', values: ['b'] });
        expect(pieces).toBe(1);
      });
    } finally {
      await pool.end();
    }
  });
});
