import { temporaryHome } from '@casebook/testing';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { poolOf } from '@casebook/postgres';
import pg from 'pg';
import { createApplication, openResources } from '../../apps/api/src/index.js';
import { DatabaseProxy, isCommit } from '../support/database-proxy.js';
import { type Attempt, checkRefusal, DurableService } from '../support/durable-service.js';
import { SmallFileSystem } from '../support/small-file-system.js';

const WRITERS = 32;
const MEGABYTE = 1024 * 1024;
const SIGNING_SECRET = Buffer.alloc(32, 7);
const mountRefusal = SmallFileSystem.refusal();
const incident = (key: string) => ({ title: `Of ${key}` });

/* Whatever breaks: what was acknowledged is there, once, and nothing else is; the service answers 503 meanwhile, and comes back by itself. */
describe('a bad day', () => {
  let service: DurableService;
  let run = 0;

  beforeAll(async () => {
    service = await DurableService.start();
  });
  /** Has the write-ahead log from its test on. */
  let logFileSystem: SmallFileSystem | null = null;
  afterAll(async () => {
    await service.close();
    logFileSystem?.unmount();
  });

  const prefix = (): string => `day-${(run += 1)}-`;
  const eventually = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 600; tries += 1) {
      if (await holds().catch(() => false)) return;
      await delay(50);
    }
    throw new Error(`it never came about that ${what}`);
  };
  const LONG = 180_000;

  /** Every key is in the ledger once, with the position that it was answered with. */
  const accountedFor = async (keys: string, answered: ReadonlyMap<string, number>): Promise<void> => {
    const recorded = await service.recorded(keys);
    expect(recorded).toEqual(new Map([...answered].map(([key, position]) => [key, [position]])));
    expect(await service.lies()).toEqual([]);
  };

  /** Writers who go on until `over`, each sending what was not answered again before anything else. Gives each key's position. */
  const load = async (urls: () => readonly string[], keys: string, over: Promise<unknown>) => {
    let going = true;
    void over.finally(() => (going = false));
    const answered = new Map<string, number>();
    let unanswered = 0;
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let n = 0; going; n += 1) {
          const key = `${keys}${writer}-${n}`;
          const urlNow = (): string => urls()[writer % urls().length]!;
          const attempt = await service.attempt(urlNow(), 'incidents', incident(key), key);
          if (attempt.status === 201) {
            answered.set(key, attempt.body.position as number);
            continue;
          }
          checkRefusal(attempt);
          unanswered += 1;
          const answer = await service.untilAnswered(urlNow, 'incidents', incident(key), key);
          answered.set(key, answer.body.position as number);
        }
      }),
    );
    await over;
    return { answered, unanswered };
  };

  it(
    'a writer is killed between commit and answer: the same key tells another process what it recorded',
    async () => {
      const proxy = await DatabaseProxy.to(service.server.url);
      const doomed = await service.process(proxy.url);
      const survivor = await service.process();
      const keys = prefix();
      proxy.interfere = (bytes) => (isCommit(bytes) ? 'hold' : 'pass');
      const lost = service.attempt(doomed.url, 'incidents', incident('lost'), `${keys}lost`);
      await eventually('the command is committed', async () => (await service.recorded(keys)).size === 1);
      await doomed.kill();
      expect(await lost).toEqual({ status: 'broken' });
      await proxy.close();

      const again = await service.attempt(survivor.url, 'incidents', incident('lost'), `${keys}lost`);
      expect(again).toMatchObject({ status: 201 });
      expect((again as { headers: Headers }).headers.get('idempotency-replayed')).toBe('true');
      const restarted = await service.process();
      const later = await service.attempt(restarted.url, 'incidents', incident('lost'), `${keys}lost`);
      expect(later).toMatchObject({ status: 201, body: (again as { body: unknown }).body });
      await accountedFor(keys, new Map([[`${keys}lost`, (again as { body: any }).body.position as number]]));
      for (const each of [survivor, restarted]) await each.kill();
    },
    LONG,
  );

  it(
    'both of two processes are killed under load, one after the other',
    async () => {
      const processes = [await service.process(), await service.process()];
      const keys = prefix();
      const urls = () => processes.map(({ url }) => url);
      const over = (async () => {
        for (const n of [0, 1]) {
          await eventually('there is load', async () => (await service.recorded(keys)).size > 60 * (n + 1));
          await processes[n]!.kill();
          processes[n] = await service.process();
        }
      })();
      const { answered, unanswered } = await load(urls, keys, over);
      expect(answered.size).toBeGreaterThan(100);
      expect(unanswered).toBeGreaterThan(0);
      await accountedFor(keys, answered);
      for (const each of processes) await each.kill();
    },
    LONG,
  );

  it(
    'PostgreSQL is killed in the middle of batches, and started again',
    async () => {
      const served = await service.process();
      const keys = prefix();
      const over = (async () => {
        await eventually('there is load', async () => (await service.recorded(keys)).size > 100);
        const { pid } = service.server;
        process.kill(pid, 'SIGKILL');
        await eventually('the server is back', async () => service.server.pid !== pid);
        await eventually('it answers', async () => (await service.recorded(keys)).size > 100);
      })();
      const { answered } = await load(() => [served.url], keys, over);
      expect(answered.size).toBeGreaterThan(100);
      await accountedFor(keys, answered);
      expect(served.isAlive).toBe(true);
      expect((await service.attempt(served.url, 'incidents', incident('after'))).status).toBe(201);
      await served.kill();
    },
    LONG,
  );

  it.each(['cut-before', 'cut-after'] as const)(
    'the connection is %s while the commit is under way, and the database is there: the service finds out by itself',
    async (cut) => {
      const proxy = await DatabaseProxy.to(service.server.url);
      const served = await service.process(proxy.url);
      const keys = prefix();
      const answered = new Map<string, number>();
      for (let n = 0; n < 5; n += 1) {
        let done = false;
        proxy.interfere = (bytes) => {
          if (done || !isCommit(bytes)) return 'pass';
          done = true;
          return cut;
        };
        const key = `${keys}${n}`;
        const attempt = await service.attempt(served.url, 'incidents', incident(key), key);
        expect([200, 201]).toContain(attempt.status);
        expect(done).toBe(true);
        answered.set(key, (attempt as { body: any }).body.position as number);
      }
      await accountedFor(keys, answered);
      await served.kill();
      await proxy.close();
    },
    LONG,
  );

  it.each(['cut-before', 'cut-after'] as const)(
    'the connection is %s while the commit is under way, and the database stays away: the key tells later',
    async (cut) => {
      const proxy = await DatabaseProxy.to(service.server.url);
      const served = await service.process(proxy.url);
      const keys = prefix();
      proxy.interfere = (bytes) => {
        // Away for every connection, for those too that were open before.
        if (proxy.closed) return 'cut-before';
        if (!isCommit(bytes)) return 'pass';
        proxy.closed = true;
        return cut;
      };
      const attempt = await service.attempt(served.url, 'incidents', incident('it'), `${keys}it`);
      checkRefusal(attempt);
      expect(attempt).toMatchObject({
        status: 503,
        body: { detail: expect.stringContaining('not known whether it was recorded') as unknown },
      });
      expect((await service.recorded(keys)).size).toBe(cut === 'cut-after' ? 1 : 0);
      proxy.interfere = () => 'pass';
      proxy.closed = false;
      const { body } = await service.untilAnswered(served.url, 'incidents', incident('it'), `${keys}it`);
      await accountedFor(keys, new Map([[`${keys}it`, body.position as number]]));
      await served.kill();
      await proxy.close();
    },
    LONG,
  );

  it(
    'the pool is exhausted: requests are turned away with 503, and served again once it is not',
    async () => {
      const ground = await openResources(service.server.url, {
        poolSize: 3,
        home: temporaryHome(),
        origin: 'casebook.test',
        signingSecrets: [SIGNING_SECRET],
      });
      const app = await createApplication(ground);
      await app.listen(0, '127.0.0.1');
      const url = await app.getUrl();
      const keys = prefix();
      try {
        // One is kept by what listens for wake-ups.
        const taken = [await poolOf(ground.dataSource).connect(), await poolOf(ground.dataSource).connect()];
        const attempts: Attempt[] = await Promise.all(
          [1, 2, 3].map((n) => service.attempt(url, 'incidents', incident(`${n}`), `${keys}${n}`)),
        );
        for (const attempt of attempts) {
          expect(attempt.status).toBe(503);
          checkRefusal(attempt);
        }
        for (const client of taken) client.release();
        const answered = new Map<string, number>();
        for (const n of [1, 2, 3]) {
          const { body } = await service.untilAnswered(url, 'incidents', incident(`${n}`), `${keys}${n}`);
          answered.set(`${keys}${n}`, body.position as number);
        }
        await accountedFor(keys, answered);
      } finally {
        await app.close();
        await ground.close();
      }
    },
    LONG,
  );

  it(
    'the disk is full: nothing is recorded and reads go on, and once there is room so do writes',
    async () => {
      const served = await service.process();
      const keys = prefix();
      const before = await service.pool.query('SELECT size FROM ledger_heads');
      // What PostgreSQL says when a table cannot be extended, from where it would say so.
      await service.pool.query(`
      CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER disk_is_full BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION disk_is_full()`);
      try {
        const attempts = await Promise.all(
          [1, 2, 3].map((n) => service.attempt(served.url, 'incidents', incident(`${n}`), `${keys}${n}`)),
        );
        for (const attempt of attempts) {
          checkRefusal(attempt);
          expect(attempt).toMatchObject({
            status: 503,
            body: { detail: expect.stringContaining('nothing was recorded') as unknown },
          });
        }
        const read = await fetch(`${served.url}/v1/workspaces/default/incidents`, {
          headers: { authorization: `Bearer ${service.token}` },
        });
        expect(read.status).toBe(200);
        expect((await service.pool.query('SELECT size FROM ledger_heads')).rows).toEqual(before.rows);
      } finally {
        await service.pool.query('DROP TRIGGER disk_is_full ON events; DROP FUNCTION disk_is_full');
      }
      const answered = new Map<string, number>();
      for (const n of [1, 2, 3]) {
        const { body } = await service.untilAnswered(
          served.url,
          'incidents',
          incident(`${n}`),
          `${keys}${n}`,
        );
        answered.set(`${keys}${n}`, body.position as number);
      }
      await accountedFor(keys, answered);
      expect(served.isAlive).toBe(true);
      await served.kill();
    },
    LONG,
  );

  if (mountRefusal !== null) {
    it.todo(`a file system is really full: nothing can be mounted here, so none is filled (${mountRefusal})`);
  }

  (mountRefusal === null ? it : it.skip)(
    'a file system is really full, under load: commands are turned away whole, and once there is room all goes on',
    async () => {
      const { rows } = await service.pool.query<{ bytes: number }>(
        'SELECT pg_database_size(current_database()) AS bytes',
      );
      const small = SmallFileSystem.mount(
        rows[0]!.bytes + 16 * MEGABYTE,
        statSync(join(service.server.folder, 'data')),
      );
      /** Has every table and index of the service in another tablespace. */
      const move = async (from: string, to: string): Promise<void> => {
        for (const kind of ['TABLE', 'INDEX'])
          await service.pool.query(`ALTER ${kind} ALL IN TABLESPACE ${from} SET TABLESPACE ${to}`);
      };
      try {
        await service.pool.query(`CREATE TABLESPACE small LOCATION '${small.path}'`);
        await move('pg_default', 'small');
        const served = await service.process();
        try {
          const keys = prefix();
          const turnedAway: string[] = [];
          const probed = new Map<string, number>();
          small.fillUpTo(MEGABYTE / 2);
          const over = (async () => {
            try {
              for (let round = 0; turnedAway.length === 0; round += 1) {
                const probes = [1, 2, 3, 4].map((n) => `${keys}probe-${round}-${n}`);
                const attempts = await Promise.all(
                  probes.map((key) => service.attempt(served.url, 'incidents', incident(key), key)),
                );
                for (const [n, attempt] of attempts.entries()) {
                  if (attempt.status === 201) {
                    probed.set(probes[n]!, attempt.body.position as number);
                    continue;
                  }
                  checkRefusal(attempt);
                  expect(attempt).toMatchObject({
                    status: 503,
                    body: { detail: expect.stringContaining('nothing was recorded') as unknown },
                  });
                  expect((await service.recorded(probes[n]!)).size).toBe(0);
                  turnedAway.push(probes[n]!);
                }
              }
              expect(readFileSync(service.server.logFile, 'utf8')).toMatch(
                /could not extend file "pg_tblspc.*No space left on device/,
              );
              const read = await fetch(`${served.url}/v1/workspaces/default/incidents`, {
                headers: { authorization: `Bearer ${service.token}` },
              });
              expect(read.status).toBe(200);
            } finally {
              small.free();
            }
          })();
          const { answered, unanswered } = await load(() => [served.url], keys, over);
          expect(unanswered).toBeGreaterThan(0);
          for (const key of turnedAway) {
            const { body } = await service.untilAnswered(served.url, 'incidents', incident(key), key);
            probed.set(key, body.position as number);
          }
          await accountedFor(keys, new Map([...answered, ...probed]));
          expect(served.isAlive).toBe(true);
          await eventually('every view is at the head again', async () => {
            const { rows: behind } = await service.pool.query(
              `SELECT FROM view_progress p JOIN ledger_heads h USING (workspace_id)
               WHERE p.status NOT IN ('attached', 'following')
                 OR p.view IN ('revisions', 'search') AND p.position < h.size`,
            );
            return behind.length === 0;
          });
          await accountedFor(keys, new Map([...answered, ...probed]));
        } finally {
          await served.kill();
        }
      } finally {
        try {
          small.free();
          await move('small', 'pg_default');
          await service.pool.query('DROP TABLESPACE IF EXISTS small');
        } finally {
          small.unmount();
        }
      }
    },
    LONG,
  );

  if (mountRefusal !== null) {
    it.todo(
      `the log of the server is full: nothing can be mounted here, so none is filled (${mountRefusal})`,
    );
  }

  (mountRefusal === null ? it : it.skip)(
    'the write-ahead log has no room left: PostgreSQL goes down, and once there is room all goes on',
    async () => {
      const { server } = service;
      const data = join(server.folder, 'data');
      const log = join(data, 'pg_wal');
      const { pid } = server;
      // Nothing here lets the event loop turn, so the server is not started again before its log has moved.
      process.kill(pid, 'SIGINT');
      const pause = new Int32Array(new SharedArrayBuffer(4));
      while (existsSync(join(data, 'postmaster.pid'))) Atomics.wait(pause, 0, 0, 20);
      const size = readdirSync(log).reduce((sum, name) => sum + statSync(join(log, name)).size, 0);
      const small = (logFileSystem = SmallFileSystem.mount(size + 64 * MEGABYTE, statSync(data)));
      spawnSync('cp', ['-a', `${log}/.`, small.path]);
      renameSync(log, `${log}.before`);
      symlinkSync(small.path, log);
      await eventually('the server is back', async () => server.pid !== pid);

      const served = await service.process();
      const keys = prefix();
      let downs = 0;
      const over = (async () => {
        await eventually('there is load', async () => (await service.recorded(keys)).size > 100);
        try {
          small.fillUpTo(0);
          // What was set aside for the log is used up more quickly so.
          await eventually('the server is down', async () => {
            await service.pool.query('SELECT pg_switch_wal()').catch(() => (downs += 1));
            return (
              downs > 0 &&
              /PANIC: .*pg_wal.*No space left on device/.test(readFileSync(server.logFile, 'utf8'))
            );
          });
          // Whether it comes back as it is or has to be started again, it does not while there is no room.
          await delay(1000);
        } finally {
          small.free();
        }
        let known = NaN;
        await eventually('it answers', async () => (known = (await service.recorded(keys)).size) > 100);
        await eventually('all goes on', async () => (await service.recorded(keys)).size > known);
      })();
      // Whether anybody is turned away meanwhile, or all wait for as long as it takes, is a matter of the moment.
      const { answered } = await load(() => [served.url], keys, over);
      await accountedFor(keys, answered);
      expect(served.isAlive).toBe(true);
      expect((await service.attempt(served.url, 'incidents', incident('after'))).status).toBe(201);
      await served.kill();
    },
    LONG,
  );

  it('recorded times never run backwards, whatever the clocks of the processes did', async () => {
    const { rows } = await service.pool.query<pg.QueryResultRow>(
      `SELECT position FROM (SELECT position, recorded_at < lag(recorded_at) OVER (ORDER BY position) AS back
       FROM events WHERE workspace_id = 'default') e WHERE back`,
    );
    expect(rows).toEqual([]);
  });
});
