import { changesInParts, changesOfView } from './view-rows.js';
import type { InlineView, Row } from '../ledger-types.js';

/** A view that gives rows one by one, of so many characters. */
function viewOf(sizes: readonly number[]): { view: InlineView; taken: () => number } {
  let taken = 0;
  const view: InlineView = {
    name: 'texts',
    version: 1,
    tables: [
      {
        name: 'texts_v1.rows',
        key: ['position'],
        columns: [
          { name: 'position', type: 'bigint' },
          { name: 'body', type: 'text' },
        ],
      },
    ],
    *project() {
      for (const size of sizes) {
        taken += 1;
        yield {
          table: 'texts_v1.rows',
          upserts: [{ position: taken, body: 'a'.repeat(size) } satisfies Row],
        };
      }
    },
  };
  return { view, taken: () => taken };
}

const rowsIn = (parts: ReturnType<typeof changesOfView>[]): boolean[] =>
  parts.filter((part) => part.length > 0).map(([change]) => change!.upserts!.single);

describe('the rows of a view', () => {
  it('are one statement if they are small', () => {
    const { view } = viewOf(Array<number>(50).fill(1000));
    expect(rowsIn([...changesInParts(view, [])])).toEqual([false]);
    expect(changesOfView(view, [])).toHaveLength(1);
  });

  it('are several statements if they are large', () => {
    const { view } = viewOf([400_000, 400_000, 700_000, 10]);
    expect(rowsIn([...changesInParts(view, [])])).toEqual([false, true, true]);
  });

  it('are computed one by one, with a pause after each', () => {
    const { view, taken } = viewOf(Array<number>(10).fill(1000));
    const parts = changesInParts(view, []);
    for (let count = 1; count <= 10; count += 1) {
      expect(parts.next().value).toEqual([]);
      expect(taken()).toBe(count);
    }
    expect(parts.next().value).toHaveLength(1);
    expect(parts.next().done).toBe(true);
  });

  it('are none without changes', () => {
    expect([...changesInParts(viewOf([]).view, [])]).toEqual([[]]);
  });
});
