import { parseJson } from './json-body.js';

const parse = (text: string): unknown => parseJson(Buffer.from(text));
const nested = (depth: number, inmost = ''): string => '['.repeat(depth) + inmost + ']'.repeat(depth);

describe('a JSON body', () => {
  it('nests 32 levels deep and no deeper, in lists and in objects', () => {
    expect(() => parse(nested(32))).not.toThrow();
    expect(() => parse(nested(33))).toThrow('nests deeper than 32 levels');
    expect(() => parse(nested(32, '{}'))).toThrow('nests deeper than 32 levels');
  });

  it('may have any number of brackets beside each other, and in strings, behind escaped quotes too', () => {
    for (const value of [
      Array.from({ length: 40 }, () => [{}]),
      '['.repeat(40),
      `"${'{'.repeat(40)}`,
      `\\`,
      ['\\', '"[', nested(40)],
    ]) {
      expect(parse(JSON.stringify(value))).toEqual(value);
    }
  });

  it('has no field named __proto__, however it is written', () => {
    for (const name of ['__proto__', '\\u005f_proto__', '__prot\\u006f__']) {
      expect(() => parse(`{"a":[{"${name}":{"admin":true}}]}`)).toThrow('a field named __proto__');
    }
    expect(parse('{"a":"__proto__"}')).toEqual({ a: '__proto__' });
  });
});
