import { TimeSlice } from '@casebook/ledger';
import { atOnce, inSlices, mapInSlices, type Steps } from './time-slice.js';
import { TooMuchAtOnce } from './index.js';

/** Counts to `end` in steps of 1. */
function* counted(end: number, seen: (now: number) => void = () => undefined): Steps<number> {
  for (let now = 1; now <= end; now += 1) {
    seen(now);
    yield 1;
  }
  return end;
}

describe('long work', () => {
  const realNow = performance.now.bind(performance);
  let now = 0;
  let turns = 0;
  let counting: NodeJS.Immediate;
  const count = (): void => {
    turns += 1;
    counting = setImmediate(count);
  };
  beforeEach(() => {
    [now, turns] = [0, 0];
    performance.now = () => now;
    counting = setImmediate(count);
  });
  afterEach(() => {
    clearImmediate(counting);
    performance.now = realNow;
  });

  it('gives way each time that its slice is over, and not before', async () => {
    // Each step takes 1 ms; a slice has 10.
    expect(await inSlices(counted(100, () => (now += 1)))).toBe(100);
    expect(turns).toBeGreaterThanOrEqual(9);
    expect(turns).toBeLessThanOrEqual(12);
    turns = 0;
    expect(await mapInSlices([1, 2, 3], (each) => each * 2)).toEqual([2, 4, 6]);
    expect(turns).toBe(0);
  });

  it('has one slice for each turn of the event loop, however many works are under way', async () => {
    const order: string[] = [];
    const work = async (name: string): Promise<void> => {
      const slice = new TimeSlice();
      for (let slices = 0; slices < 3; slices += 1) {
        now += 10;
        await slice.giveWay();
        order.push(`${name}${turns}`);
      }
    };
    await Promise.all(['a', 'b', 'c'].map(work));
    expect(order.map(([name]) => name).join('')).toBe('abcabcabc');
    expect(new Set(order.map((each) => each.slice(1))).size).toBe(9);
  });

  it('is refused beyond its steps, at once or in slices', async () => {
    expect(atOnce(counted(10), 10)).toBe(10);
    expect(() => atOnce(counted(11), 10)).toThrow(TooMuchAtOnce);
    await expect(inSlices(counted(11), 10)).rejects.toThrow(TooMuchAtOnce);
  });
});
