import { createTestDatabase, temporaryHome, type TestDatabase } from '@casebook/testing';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createApplication, openResources, openWithAdmin } from '../../apps/api/src/index.js';

describe('a full disk', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is reported by readiness and by one line of the log, however many commands fail', async () => {
    const lines: { level: number; msg: string }[] = [];
    const logger = pino(
      { level: 'warn' },
      new Writable({
        write(line: Buffer, _encoding, done) {
          lines.push(JSON.parse(line.toString()) as { level: number; msg: string });
          done();
        },
      }),
    );
    const ground = await openResources(
      database.url,
      {
        poolSize: 4,
        home: temporaryHome(),
        origin: 'casebook.test',
        signingSecrets: [Buffer.alloc(32, 7)],
      },
      undefined,
      (sentence) => logger.error(sentence),
    );
    const app = await createApplication(ground, logger);
    const opened = await openWithAdmin(ground.ledger, {
      workspaceId: 'default',
      admin: { id: 'admin', name: 'Administrator' },
      correlationId: 'test',
    });
    const post = (title: string) =>
      app.inject({
        method: 'POST',
        url: '/v1/workspaces/default/incidents',
        headers: { authorization: `Bearer ${opened!.token}` },
        payload: { title },
      });
    const ready = () => app.inject({ method: 'GET', url: '/health/ready' });
    try {
      expect((await ready()).statusCode).toBe(200);
      // What PostgreSQL says when a table cannot be extended, from where it would say so.
      await database.ownerPool.query(`
        CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER disk_is_full BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION disk_is_full()`);
      for (let round = 0; round < 3; round += 1) {
        const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => post(`${round}, ${at}`)));
        for (const answer of answers) {
          expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
        }
      }
      const unready = await ready();
      expect([unready.statusCode, unready.json()]).toEqual([
        503,
        expect.objectContaining({ detail: expect.stringContaining('No space left on device') as string }),
      ]);
      expect(lines.map(({ msg }) => msg)).toEqual([
        'Commands cannot be recorded: could not extend file: No space left on device',
        'Requests are answered 503; this is logged once a minute.',
      ]);
      await database.ownerPool.query('DROP TRIGGER disk_is_full ON events; DROP FUNCTION disk_is_full');
      expect((await post('There is room')).statusCode).toBe(201);
      expect((await ready()).statusCode).toBe(200);
      expect(lines.at(-1)?.msg).toMatch(/^Commands are recorded again, after \d+ s; 150 were turned away\.$/);
    } finally {
      await app.close();
      await ground.close();
    }
  });
});
