import { BatchSizing } from './batch-sizing.js';

describe('batch sizing', () => {
  const measured = (decidingMs: number, committingMs: number, elsewhereMs = 0): BatchSizing => {
    const sizing = new BatchSizing();
    for (let round = 0; round < 100; round++) {
      sizing.prepared(decidingMs * 10, 10);
      sizing.committed(committingMs, elsewhereMs);
    }
    return sizing;
  };

  test('sends one batch before anything is measured', () => {
    expect(new BatchSizing().share(64)).toBe(64);
  });

  test('alternates two halves if deciding takes about as long as committing', () => {
    const sizing = measured(0.02, 1);
    expect(sizing.share(64)).toBe(32);
    expect(sizing.share(63)).toBe(32);
    expect(sizing.share(8)).toBe(8);
  });

  test('sends one batch if the disk is slow', () => {
    expect(measured(0.02, 6).share(64)).toBe(64);
  });

  test('sends one batch if the thread is busy with other work during commits', () => {
    expect(measured(0.02, 1, 0.4).share(64)).toBe(32);
    expect(measured(0.02, 1, 0.6).share(64)).toBe(64);
  });

  test('adapts as the measurements change', () => {
    const sizing = measured(0.02, 6);
    for (let round = 0; round < 100; round++) sizing.committed(0.5, 0);
    expect(sizing.share(64)).toBe(32);
  });
});
