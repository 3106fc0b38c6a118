import fc from 'fast-check';
import { BrokenInput, jsonItems } from './json-items.js';

async function cut(text: string, paths: string[] = ['items', 'first.items'], size = 7) {
  const bytes = Buffer.from(text);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  })();
  const items: unknown[] = [];
  let envelope: unknown;
  for await (const part of jsonItems(chunks, new Set(paths))) {
    if (part.kind === 'envelope') envelope = JSON.parse(part.bytes.toString());
    else items.push(part.bytes === null ? null : JSON.parse(part.bytes.toString()));
  }
  return { items, envelope };
}

describe('the items of a JSON text', () => {
  it('are those of a list, however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        async (list, size) => {
          const text = JSON.stringify(list, null, size % 2);
          expect((await cut(text, [], size)).items).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('are those of the lists at the paths, and the rest comes last', async () => {
    const text = '{"a":{"items":[0]},"first":{"id":"p","items":[{"items":[1]},"]",3]},"total":3}';
    expect(await cut(text)).toEqual({
      items: [{ items: [1] }, ']', 3],
      envelope: { a: { items: [0] }, first: { id: 'p', items: [] }, total: 3 },
    });
  });

  it('are none of an object without such a list: it is the envelope', async () => {
    expect(await cut('{"id":"x","body":[1,2]}')).toEqual({ items: [], envelope: { id: 'x', body: [1, 2] } });
  });

  it('of more than 1 MiB are not held', async () => {
    const { items } = await cut(`[1,"${'x'.repeat(1024 * 1024 + 1)}",3]`, [], 65_536);
    expect(items).toEqual([1, null, 3]);
  });

  it.each(['', '   ', '[1', '{"a":1', '[1]]', '{]', '[1] 2', '['.repeat(100)])(
    '%j is broken',
    async (text) => {
      await expect(cut(text)).rejects.toThrow(BrokenInput);
    },
  );
});
