import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, inCanonicalOrder } from './canonical-json.js';
import { InvalidCommand } from '../faults.js';

const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 });

describe('canonical JSON', () => {
  test('is what the reference implementation of RFC 8785 writes', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalJson('value', value)).toBe(canonicalize(value));
      }),
      { numRuns: 1000 },
    );
  });

  test('comes back as the value that went in', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson('value', value);
        expect(canonicalJson('value', JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('has its members in the order in which a value in canonical order has them', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const ordered = inCanonicalOrder(value);
        expect(JSON.stringify(ordered)).toBe(JSON.stringify(JSON.parse(canonicalJson('value', value))));
        expect(ordered).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });

  test('sorts as section 3.2.3 shows, leaves out what is undefined, and knows one zero', () => {
    // The letter dalet with dagesh is U+FB33, above the surrogates of the emoji.
    const names = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(Object.keys(JSON.parse(canonicalJson('names', names)) as object)).toHaveLength(7);
    expect(canonicalJson('names', names)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(canonicalJson('numbers', { '9': 1, '10': -0, skipped: undefined })).toBe('{"10":0,"9":1}');
    expect(canonicalJson('prototype', JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
  });

  test.each([
    ['NaN', NaN],
    ['infinity', [1, -Infinity]],
    ['a lone surrogate', { text: 'a\ud800' }],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['nothing', undefined],
    ['nothing in a list', [undefined]],
    ['a BigInt', { n: 1n }],
    ['a function', { f: () => 1 }],
    ['a Date', { at: new Date(0) }],
    ['a Map', new Map()],
    ['bytes', { raw: Buffer.from('x') }],
  ])('is refused for %s', (_, value) => {
    expect(() => canonicalJson('value', value)).toThrow(InvalidCommand);
  });
});
