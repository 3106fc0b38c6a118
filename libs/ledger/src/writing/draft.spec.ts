import { Frontier } from '../hashing/merkle.js';
import { Draft, type Basis } from './draft.js';

describe('a draft', () => {
  test('builds on the draft before it, through any number of drafts, as under steady load', () => {
    const committed: Basis = { size: 7, frontier: Frontier.EMPTY, recordedMs: 1000 };
    let last: Basis = committed;
    for (let batch = 0; batch < 20_000; batch++) last = new Draft('w', last, new Map(), () => 0);
    expect(last.size).toBe(7);
    expect(last.recordedMs).toBe(1000);
  });
});
