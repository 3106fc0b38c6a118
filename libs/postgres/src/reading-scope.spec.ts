import { setImmediate } from 'node:timers/promises';
import { createTestDatabase, nextMessage, startProgram, type TestDatabase } from '@casebook/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import {
  enterReadingScope,
  leaveReadingScope,
  NobodyReads,
  type ReadingScope,
  withoutReadingScope,
  withReadingScope,
} from './reading-scope.js';

describe('the scope of reads', () => {
  let database: TestDatabase;
  let reading: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    reading = await createDataSource({
      url: database.url,
      role: 'casebook_reader',
      scoped: true,
    }).initialize();
  });
  afterAll(async () => {
    await reading.destroy();
    await database.drop();
  });

  const of = (viewer: string): ReadingScope => ({ workspaceId: 'default', viewer, clearance: 4 });

  const viewer = async (): Promise<string> => {
    const [row] = await reading.query<{ viewer: string }[]>(
      `SELECT current_setting('casebook.viewer', true) AS viewer`,
    );
    return row!.viewer;
  };

  it('belongs to its own reader, with other reads at the same time', async () => {
    const asEach = ['ann', 'ben', 'cy'].map((name) =>
      withReadingScope(of(name), async () => {
        const first = await viewer();
        await setImmediate();
        return [first, await viewer()];
      }),
    );

    expect(await Promise.all(asEach)).toEqual([
      ['ann', 'ann'],
      ['ben', 'ben'],
      ['cy', 'cy'],
    ]);
    expect(await viewer()).toBe('');
  });

  it('of a reader who has left gives no connection, neither at once nor after waiting for one', async () => {
    // Another reader, so that readings are told apart all the while.
    await withReadingScope(of('ben'), async () => {
      const busy = await Promise.all(
        Array.from(
          { length: 10 },
          () => reading.driver.obtainMasterConnection() as Promise<[unknown, () => void]>,
        ),
      );
      const left = new Promise<[unknown, unknown]>((resolve, reject) =>
        withoutReadingScope((end) => {
          enterReadingScope(of('cy'));
          const waited = viewer().catch((error: unknown) => error);
          end();
          const asked = viewer().catch((error: unknown) => error);
          Promise.all([waited, asked]).then(resolve, reject);
        }),
      );
      await setImmediate();
      for (const [, release] of busy) release();
      expect(await left).toEqual([expect.any(NobodyReads), expect.any(NobodyReads)]);
      expect(await viewer()).toBe('ben');
    });
  });

  it('is nobody before it is entered, and after it has ended', async () => {
    const seen = await new Promise<string[]>((resolve, reject) =>
      withoutReadingScope((end) => {
        const read = async () => {
          const before = await viewer();
          enterReadingScope(of('ann'));
          const within = await viewer();
          end();
          return [before, within, await viewer()];
        };
        read().then(resolve, reject);
      }),
    );

    expect(seen).toEqual(['', 'ann', '']);
  });

  it('goes on for others when one has ended or was left, and is ended once', async () => {
    const seen = await withReadingScope(of('ann'), async () => {
      await withReadingScope(of('ben'), async () => {
        leaveReadingScope();
        leaveReadingScope();
        await setImmediate();
      });
      await setImmediate();
      return viewer();
    });

    expect(seen).toBe('ann');
  });

  it('has Node follow promises only while something reads', async () => {
    const program = startProgram(new URL('./followed-promises.fixture.ts', import.meta.url));

    expect(await nextMessage(program)).toEqual({ before: false, within: true, after: false, again: true });
  });
});
