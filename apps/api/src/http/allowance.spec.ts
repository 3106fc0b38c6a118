import { Allowance } from './allowance.js';

const allowance = (perMinute: number, burst: number, callers = 10) => {
  const clock = { now: 0 };
  return { clock, of: new Allowance({ perMinute, burst, callers, now: () => clock.now }) };
};

describe('an allowance', () => {
  it('gives a burst at once, and then as much as grows back', () => {
    const { clock, of } = allowance(60, 3);
    const take = (): unknown[] => {
      const { isAllowed, remaining, fullIn, retryIn } = of.take('ann', 1);
      return [isAllowed, remaining, fullIn, retryIn];
    };
    expect([take(), take(), take(), take()]).toEqual([
      [true, 2, 1_000, 0],
      [true, 1, 2_000, 0],
      [true, 0, 3_000, 0],
      [false, 0, 3_000, 1_000],
    ]);
    clock.now = 1_000;
    expect([take(), take()]).toEqual([
      [true, 0, 3_000, 0],
      [false, 0, 3_000, 1_000],
    ]);
    clock.now = 1_000_000;
    expect(take()).toEqual([true, 2, 1_000, 0]);
  });

  it('takes by cost, and never more than a burst', () => {
    const { clock, of } = allowance(60, 10);
    expect(of.take('ann', 8)).toMatchObject({ isAllowed: true, remaining: 2 });
    expect(of.take('ann', 3)).toMatchObject({ isAllowed: false, remaining: 2, retryIn: 1_000 });
    expect(of.take('ann', 2)).toMatchObject({ isAllowed: true, remaining: 0 });
    clock.now = 10_000;
    expect(of.take('ann', 1_000_000)).toMatchObject({ isAllowed: true, remaining: 0 });
  });

  it('counts each caller alone, takes nothing by asking, and remembers no more callers than it may', () => {
    const { of } = allowance(60, 1, 2);
    expect(of.take('ann', 1).isAllowed).toBe(true);
    expect([of.ask('bob', 1).isAllowed, of.ask('bob', 1).isAllowed, of.ask('ann', 1).isAllowed]).toEqual([
      true,
      true,
      false,
    ]);
    for (const caller of ['bob', 'cy']) of.take(caller, 1);
    expect(of.ask('ann', 1).isAllowed).toBe(true);
  });
});
