import fc from 'fast-check';
import { BadCursor, decodeCursor, encodeCursor, pageOf } from './paging.js';

describe('a cursor', () => {
  it('gives back the key that it was made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.uuid(), (text, number, uuid) => {
        const instant = '2031-03-04T09:01:01.007Z';
        const key = [text.replaceAll('\0', ''), number, uuid, instant];
        expect(decodeCursor(encodeCursor(key), ['string', 'number', 'uuid', 'instant'])).toEqual(key);
      }),
    );
  });

  it('that no list gave is refused, whatever it is', () => {
    const kinds = ['string', 'number', 'uuid', 'instant'] as const;
    const wrong = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    );
    fc.assert(
      fc.property(wrong, fc.constantFrom(...kinds), (cursor, kind) => {
        let key: unknown;
        try {
          [key] = decodeCursor(cursor, [kind]);
        } catch (error) {
          expect(error).toBeInstanceOf(BadCursor);
          return;
        }
        expect(typeof key).toBe(kind === 'number' ? 'number' : 'string');
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['another list’s', encodeCursor([1]), 'string'],
    ['one part too many', encodeCursor(['a', 'b']), 'string'],
    ['a fraction', encodeCursor([1.5]), 'number'],
    ['no UUID', encodeCursor(['x']), 'uuid'],
    ['a time that no clock shows', encodeCursor(['2031-02-30T00:00:00.000Z']), 'instant'],
    ['a year that PostgreSQL does not know', encodeCursor(['+275760-01-01T00:00:00.000Z']), 'instant'],
    ['a NUL', encodeCursor(['\0']), 'string'],
    ['half a surrogate pair', encodeCursor(['\ud800']), 'string'],
  ] as const)('is refused: %s', (_, cursor, kind) => {
    expect(() => decodeCursor(cursor, [kind])).toThrow(BadCursor);
  });
});

describe('a page', () => {
  it('has no next one where the row too many is missing', () => {
    const page = (rows: number[]) => pageOf(rows, 2, String, (row) => [row]);
    expect(page([])).toEqual({ items: [], next: null });
    expect(page([1, 2])).toEqual({ items: ['1', '2'], next: null });
    expect(page([1, 2, 3])).toEqual({ items: ['1', '2'], next: encodeCursor([2]) });
  });
});

describe('a page', () => {
  const key = (row: { id: number }) => [row.id];
  const rows = (count: number, length: number) =>
    Array.from({ length: count }, (_, id) => ({ id, body: 'x'.repeat(length) }));

  it('ends by bytes as well, and the next goes on behind it', () => {
    const { items, next } = pageOf(rows(201, 50_000), 200, ({ id }) => id, key);
    expect(items).toHaveLength(20);
    expect(decodeCursor(next!, ['number'])).toEqual([19]);
  });

  it('holds one row at least, however large', () => {
    const { items, next } = pageOf(rows(2, 5_000_000), 200, ({ id }) => id, key);
    expect([items, next]).toEqual([[0], encodeCursor([0])]);
    expect(pageOf(rows(1, 5_000_000), 200, ({ id }) => id, key).next).toBeNull();
  });
});
