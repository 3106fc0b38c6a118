import { documentView } from '@casebook/contracts';
import { documentIdOf, documents, type LibraryDocument } from '@casebook/testing';
import fc from 'fast-check';
import { type Bench, openBench } from '../workspace.fixture.js';
import { BadCursor, LibraryQueries } from '../index.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const named = (text: string, rest: Partial<LibraryDocument> = {}): LibraryDocument => ({
  id: documentIdOf(text),
  text,
  title: text,
  ...rest,
});

describe('an imported document', () => {
  it('is as it was sent, its text to the last character', async () => {
    await fc.assert(
      fc.asyncProperty(documents(), async (document) => {
        // In a new workspace each: a text that was imported before would keep its first description.
        const writer = await bench.workspace();
        await writer.import(document);
        const { text, ...details } = document;
        const { id } = document;
        const view = await bench.library.document(writer.workspaceId, id);
        expect(documentView.parse(view)).toEqual({
          ...details,
          revision: 1,
          position: 1,
          recordedAt: expect.any(String) as string,
          bytes: Buffer.byteLength(text),
          codePoints: Array.from(text).length,
          recordedBy: 'alice',
        });
        expect(await bench.library.text(writer.workspaceId, id)).toBe(text);
        expect(await bench.library.text(writer.workspaceId, id)).toBe(text);
        expect(await new LibraryQueries(bench.dataSource).text(writer.workspaceId, id)).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  it('is in its own workspace only', async () => {
    const [here, there] = [await bench.workspace(), await bench.workspace()];
    const document = named('only here');
    await here.import(document);
    expect(await bench.library.text(here.workspaceId, document.id)).toBe('only here');
    expect(await bench.library.text(there.workspaceId, document.id)).toBeNull();
    expect(await bench.library.document(there.workspaceId, document.id)).toBeNull();
    expect(await bench.library.documents(there.workspaceId, { limit: 5 })).toEqual({ items: [], next: null });
  });

  it('keeps its text when its description is corrected', async () => {
    const writer = await bench.workspace();
    const document = named('a text', { publisher: 'Courier' });
    await writer.import(document);
    await writer.document({
      type: 'DescribeDocument',
      documentId: document.id,
      changes: { title: 'Better', publisher: null },
    });
    const view = await bench.library.document(writer.workspaceId, document.id);
    expect(view).toMatchObject({ title: 'Better', revision: 2, bytes: 6 });
    expect(view).not.toHaveProperty('publisher');
    expect(await bench.library.text(writer.workspaceId, document.id)).toBe('a text');
  });

  it('whose text is gone is not served from memory', async () => {
    const writer = await bench.workspace();
    const document = named('to be forgotten');
    await writer.import(document);
    expect(await bench.library.text(writer.workspaceId, document.id)).toBe('to be forgotten');
    await bench.database.pool.query('DELETE FROM library_v1.texts WHERE workspace_id = $1', [
      writer.workspaceId,
    ]);
    expect(await bench.library.text(writer.workspaceId, document.id)).toBeNull();
  });

  it('is served where it does not fit into memory', async () => {
    const writer = await bench.workspace();
    const small = new LibraryQueries(bench.dataSource, { textCacheBytes: 100 });
    const document = named('x'.repeat(200), { title: 'long' });
    await writer.import(document);
    expect(await small.text(writer.workspaceId, document.id)).toBe(document.text);
    expect(await small.text(writer.workspaceId, document.id)).toBe(document.text);
  });
});

describe('the list of documents', () => {
  it('is filtered by words of the title, publisher and language range, the newest first', async () => {
    const writer = await bench.workspace();
    const british = named('one', { title: 'Blast at 50%', publisher: 'Courier', language: 'en-GB' });
    const english = named('two', { title: 'Rockets', upstream: 'Meridian blast desk', language: 'en' });
    const estonian = named('three', { title: 'Plahvatus', publisher: 'Kuller', language: 'et' });
    for (const document of [british, english, estonian]) await writer.import(document);
    const listed = async (filter: object) =>
      (await bench.library.documents(writer.workspaceId, { limit: 5, ...filter })).items.map(({ id }) => id);
    const { items } = await bench.library.documents(writer.workspaceId, { limit: 5 });
    expect(items.map(({ id }) => id).sort()).toEqual([british.id, english.id, estonian.id].sort());
    const ages = items.map(({ recordedAt }) => recordedAt);
    expect(ages).toEqual([...ages].sort().reverse());
    expect(await listed({ q: 'BLAST' })).toEqual([british.id]);
    expect(await listed({ q: '50% at blast' })).toEqual([british.id]);
    expect(await listed({ q: 'plah' })).toEqual([]);
    expect(await listed({ q: 'plah*' })).toEqual([estonian.id]);
    expect(await listed({ q: 'kuller' })).toEqual([]);
    expect(await listed({ publisher: 'Courier' })).toEqual([british.id]);
    expect(await listed({ publisher: 'courier' })).toEqual([]);
    expect((await listed({ language: 'EN' })).sort()).toEqual([british.id, english.id].sort());
    expect(await listed({ language: 'en-gb' })).toEqual([british.id]);
    expect(await listed({ language: 'e' })).toEqual([]);
    await expect(
      bench.library.documents(writer.workspaceId, { limit: 5, cursor: 'nonsense' }),
    ).rejects.toThrow(BadCursor);
  });
});
