import { collisions, KEYS } from './table.js';

describe('the keys of the console', () => {
  it('no two collide', () => {
    expect(collisions(KEYS)).toEqual([]);
  });

  it('a key that is another one’s first step, or the same, is found', () => {
    const key = (chord: string) => ({ keys: [chord], scope: 'everywhere', label: chord }) as const;
    expect(collisions({ go: key('g i'), get: key('g'), same: key('g i') })).toEqual([
      'go (g i) and get (g)',
      'go (g i) and same (g i)',
      'get (g) and same (g i)',
    ]);
  });
});
