import fc from 'fast-check';
import { passagesOf } from './passages.js';
import { termsOf } from './term-index.js';

describe('passages', () => {
  const long = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.constant('東'.repeat(500)),
        fc.constant('\n'),
      ),
      {
        minLength: 1,
        maxLength: 200,
      },
    )
    .map((parts) => parts.join(' '))
    .filter((text) => text !== '');

  it('together hold every text whole, each where it says, and none is too long for PostgreSQL', () => {
    fc.assert(
      fc.property(fc.array(long, { minLength: 1, maxLength: 4 }), (texts) => {
        const fields = texts.map((text, index) => ({ field: `/${index}`, text, weight: 'D' as const }));
        const passages = passagesOf(fields);
        for (const { field, text } of fields) {
          const pieces = passages
            .flat()
            .filter(
              (piece, index, all) =>
                piece.field === field &&
                all.findIndex((each) => each.field === field && each.start === piece.start) === index,
            );
          expect(pieces.map((piece) => piece.text).join('')).toBe(text);
          for (const piece of pieces) {
            expect(Array.from(text).slice(piece.start).join('').startsWith(piece.text)).toBe(true);
            expect(piece.text.isWellFormed()).toBe(true);
          }
        }
        for (const passage of passages) {
          const positions = [...termsOf('w', 1, [], passage).matchAll(/[:,](\d+)[A-D]/g)].map((match) =>
            Number(match[1]),
          );
          expect(Math.max(0, ...positions)).toBeLessThan(16_383);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('begin with the lead, and are cut where a line ends', () => {
    const title = { field: '/title', text: 'Report', weight: 'A' as const };
    const text = { field: '/text', text: 'A line of words.\n'.repeat(2000), weight: 'D' as const };
    const passages = passagesOf([title, text]);
    expect(passages.length).toBeGreaterThan(2);
    for (const [lead, piece] of passages) {
      expect(lead).toMatchObject(title);
      expect(piece!.text.endsWith('\n')).toBe(true);
    }
  });
});
