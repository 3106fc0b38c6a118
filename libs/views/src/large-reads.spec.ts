import { LargeReads, readWhole } from './large-reads.js';
import { TooManyLargeReads, TooMuchAtOnce } from './index.js';

const MIB = 1024 * 1024;

describe('large reads', () => {
  it('are a few at once; the others wait in order, and one that fails frees its place', async () => {
    const reads = new LargeReads(2, 60_000);
    const begun: number[] = [];
    const end: ((failed?: Error) => void)[] = [];
    const done = [0, 1, 2, 3].map((at) =>
      reads.run(() => {
        begun.push(at);
        return new Promise<number>((resolve, reject) => {
          end[at] = (failed) => (failed === undefined ? resolve(at) : reject(failed));
        });
      }),
    );
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    end[1]!(new Error('away'));
    await expect(done[1]).rejects.toThrow('away');
    end[0]!();
    await done[0];
    expect(begun).toEqual([0, 1, 2, 3]);
    end[2]!();
    end[3]!();
    expect(await Promise.all([done[2], done[3]])).toEqual([2, 3]);
  });

  it('are refused if their turn does not come', async () => {
    const reads = new LargeReads(1, 1);
    const forever = reads.run(() => new Promise<void>(() => undefined));
    await expect(reads.run(() => Promise.resolve())).rejects.toThrow(TooManyLargeReads);
    void forever;
  });

  it('are not loaded where they exceed what one answer holds; small ones are read once', async () => {
    const asked: number[] = [];
    const content = (bytes: number) => (most: number) => {
      asked.push(most);
      return Promise.resolve(bytes > most ? undefined : bytes);
    };
    expect(await readWhole(content(MIB), () => Promise.resolve(MIB))).toBe(MIB);
    expect(asked).toEqual([2 * MIB]);
    expect(await readWhole(content(3 * MIB), () => Promise.resolve(3 * MIB))).toBe(3 * MIB);
    await expect(readWhole(content(33 * MIB), () => Promise.resolve(33 * MIB))).rejects.toThrow(
      TooMuchAtOnce,
    );
    expect(asked).toEqual([2 * MIB, 2 * MIB, 32 * MIB, 2 * MIB]);
  });
});
