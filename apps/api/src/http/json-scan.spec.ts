import fc from 'fast-check';
import { tooMuchIn } from './json-scan.js';

const bounds = { depth: 4, elements: 10 };
const scan = (value: unknown): unknown => tooMuchIn(JSON.stringify(value), bounds);

describe('a scan of JSON', () => {
  it('counts the values of lists and objects alike, and stops at the first that is too much', () => {
    expect(scan(Array.from({ length: 9 }, () => 1))).toBeNull();
    expect(scan(Array.from({ length: 10 }, () => 1))).toBe('elements');
    expect(scan(Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`k${at}`, at])))).toBe('elements');
    expect(tooMuchIn('[1,1,1,1,1,1,1,1,1,1 and no JSON at all', bounds)).toBe('elements');
  });

  it('counts nothing that stands in a string, behind escaped quotes and backslashes too', () => {
    expect(scan([',,,,,,,,,,,,', '[[[[[[', '\\', '"[[[[[,,,,,,,,,,', '\\"{{{{{{'])).toBeNull();
    expect(tooMuchIn('"\\\\",[[[[[', bounds)).toBe('depth');
  });

  it('tells a field named __proto__ from a text that says so, however it is escaped', () => {
    for (const name of ['__proto__', '\\u005f_proto__', '__prot\\u006f__', '\\u005F\\u005Fproto\\u005f_']) {
      expect(tooMuchIn(`{"${name}" :1}`, bounds)).toBe('prototype');
      expect(tooMuchIn(`["${name}"]`, bounds)).toBeNull();
    }
  });

  it('finds a name that an object has twice, however it is escaped', () => {
    const wide = { depth: 40, elements: 1000 };
    for (const text of ['{"a":1,"a":2}', '{"a":1,"\\u0061" : 2}', '[{"b":{"a":{},"c":[{}],"a":1}}]']) {
      expect(tooMuchIn(text, wide)).toEqual({ doubled: 'a' });
    }
    expect(tooMuchIn('{"":1,"":2}', wide)).toEqual({ doubled: '' });
    for (const text of ['[{"a":1},{"a":2}]', '{"a":{"a":"a"},"b":["a","a"]}', '{"a":"a\\":","b":1}']) {
      expect(tooMuchIn(text, wide)).toBeNull();
    }
    fc.assert(
      // A field named __proto__ is refused; the test above has it.
      fc.property(fc.json(), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(tooMuchIn(text, { depth: 1000, elements: 1_000_000 })).toBeNull();
      }),
    );
  });

  it('leaves to the parser what is not JSON', () => {
    for (const text of ['', '"', '"\\', '{"a', ']]]]', ',']) expect(tooMuchIn(text, bounds)).toBeNull();
  });
});
