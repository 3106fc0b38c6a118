import { Pace } from './pace.js';

describe('the pace of a writer', () => {
  const measured = (decidingMs: number, committingMs: number, elsewhereMs = 0): Pace => {
    const pace = new Pace();
    for (let round = 0; round < 100; round++) {
      pace.prepared(decidingMs * 10, 10);
      pace.committed(committingMs, elsewhereMs);
    }
    return pace;
  };

  test('is one batch for all, before anything was measured', () => {
    expect(new Pace().share(64)).toBe(64);
  });

  test('is two halves by turns, where deciding all takes about as long as committing a batch', () => {
    const pace = measured(0.02, 1);
    expect(pace.share(64)).toBe(32);
    expect(pace.share(63)).toBe(32);
    expect(pace.share(8)).toBe(8);
  });

  test('is one batch for all, where the disk is slow', () => {
    expect(measured(0.02, 6).share(64)).toBe(64);
  });

  test('is one batch for all, where the thread has other things to do while one is committed', () => {
    expect(measured(0.02, 1, 0.4).share(64)).toBe(32);
    expect(measured(0.02, 1, 0.6).share(64)).toBe(64);
  });

  test('follows what changes', () => {
    const pace = measured(0.02, 6);
    for (let round = 0; round < 100; round++) pace.committed(0.5, 0);
    expect(pace.share(64)).toBe(32);
  });
});
