import { WriteHealth } from './write-health.js';

describe('the health of writes', () => {
  let now = 0;
  let told: string[];
  let health: WriteHealth;
  beforeEach(() => {
    now = 0;
    told = [];
    health = new WriteHealth(
      (sentence) => told.push(sentence),
      () => now,
    );
  });

  test('reports any number of failures in a row once, and their end once', () => {
    health.landed();
    for (let n = 0; n < 500; n += 1) health.failed('No space left on device', 2);
    expect(health.trouble).toBe('No space left on device');
    now = 3_000;
    health.landed();
    health.landed();
    expect(health.trouble).toBeNull();
    expect(told).toEqual([
      'Commands cannot be recorded: No space left on device',
      'Commands are recorded again, after 3 s; 1000 were turned away.',
    ]);
  });

  test('forgets a failure after five seconds, so that a command tries again', () => {
    health.failed('No space left on device', 1);
    now = 4_999;
    expect(health.trouble).not.toBeNull();
    now = 5_000;
    expect(health.trouble).toBeNull();
    health.failed('No space left on device', 1);
    expect(health.trouble).not.toBeNull();
    expect(told).toHaveLength(1);
  });
});
