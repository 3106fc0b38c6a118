import { readFileSync } from 'node:fs';
import { PROBLEMS } from './problem.js';

describe('docs/problems.md', () => {
  it('lists every problem with its status, its title and what to do, and no other', () => {
    const text = readFileSync(new URL('../../../../docs/problems.md', import.meta.url), 'utf8');
    const listed = [...text.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| ([^|]+) \| [^|]+ \|$/gm)].map(
      ([, code, status, title]) => [code, { status: Number(status), title }],
    );
    expect(new Set(listed.map(([code]) => code)).size).toBe(listed.length);
    expect(Object.fromEntries(listed)).toEqual(PROBLEMS);
  });
});
