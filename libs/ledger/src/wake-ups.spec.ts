import { createTestDatabase, type TestDatabase } from '@casebook/testing';
import { WakeUps } from './wake-ups.js';

describe('wake-ups between processes', () => {
  let database: TestDatabase;
  let here: WakeUps;
  let there: WakeUps;

  beforeEach(async () => {
    database = await createTestDatabase();
    here = new WakeUps(database.pool, 10);
    there = new WakeUps(database.pool, 10);
    await Promise.all([here.start(), there.start()]);
  });
  afterEach(async () => {
    await Promise.all([here.close(), there.close()]);
    await database.drop();
  });

  const next = (wakeUps: WakeUps): Promise<string | null> =>
    new Promise((resolve) => {
      const stop = wakeUps.onWakeUp((workspaceId) => {
        stop();
        resolve(workspaceId);
      });
    });

  it('reach another process, and this one at once', async () => {
    const [other, own] = [next(there), next(here)];
    here.committed('desk');
    expect(await own).toBe('desk');
    expect(await other).toBe('desk');
  });

  it('are coalesced over many commits, and name every workspace', async () => {
    const heard: (string | null)[] = [];
    const all = new Promise<void>((resolve) => {
      there.onWakeUp((workspaceId) => {
        heard.push(workspaceId);
        if (new Set(heard).size === 300) resolve();
      });
    });
    for (let round = 0; round < 20; round += 1) for (let at = 0; at < 300; at += 1) here.committed(`w${at}`);
    await all;
    expect(heard.length).toBeLessThan(2000);
  });

  it('resume after the connection was lost, with a call to check every workspace', async () => {
    const everything = [next(there), next(here)];
    await database.ownerPool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE '%LISTEN%' AND pid <> pg_backend_pid()`,
    );
    expect(await Promise.all(everything)).toEqual([null, null]);
    const heard = next(there);
    here.committed('desk');
    expect(await heard).toBe('desk');
  });
});
