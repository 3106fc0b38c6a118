import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { HeldBytes, jsonInSlices, type WrittenJson } from './json-in-slices.js';

const textOf = async (json: WrittenJson): Promise<string> => {
  const body = json.body();
  const bytes = Buffer.isBuffer(body) ? body : Buffer.concat(await body.toArray());
  expect(bytes.length).toBe(json.bytes);
  return bytes.toString();
};

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

describe('JSON written in slices', () => {
  it('is what JSON.stringify writes, and has the digest of its bytes', async () => {
    const lists = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())));
    await fc.assert(
      fc.asyncProperty(fc.oneof(lists, fc.jsonValue(), fc.array(fc.jsonValue())), async (value) => {
        const json = await jsonInSlices(value);
        expect(await textOf(json)).toBe(JSON.stringify(value));
        expect(json.digest.toString('base64url')).toBe(digestOf(JSON.stringify(value)));
      }),
    );
  });

  it('leaves out what is undefined, as JSON.stringify does', async () => {
    const value = { a: undefined, b: [undefined, 1], c: new Date(0), d: { e: undefined } };
    expect(await textOf(await jsonInSlices(value))).toBe(JSON.stringify(value));
    expect(await textOf(await jsonInSlices({ a: undefined }))).toBe('{}');
  });

  it('is written some items of a list at a time, however large the list is', async () => {
    const items = Array.from({ length: 500 }, (_, at) => ({ at, text: 'é'.repeat(20_000) }));
    const written: number[] = [];
    const { stringify } = JSON;
    JSON.stringify = (...value: [unknown]) => {
      const text = stringify(...value);
      written.push(text.length);
      return text;
    };
    try {
      const json = await jsonInSlices({ items });
      expect(json.body()).toBeInstanceOf(HeldBytes);
      expect(await textOf(json)).toBe(stringify({ items }));
      expect(Math.max(...written)).toBeLessThan(200_000);
    } finally {
      JSON.stringify = stringify;
    }
  });
});
