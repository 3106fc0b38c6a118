import { type Bench, openBench, type Writer } from '../../../views/src/workspace.fixture.js';
import { pageInOrder } from './event-pages.js';

describe('a page of events', () => {
  let bench: Bench;
  let writer: Writer;
  beforeAll(async () => {
    bench = await openBench();
    writer = await bench.workspace();
    await writer.open();
    await writer.importLong();
  });
  afterAll(() => bench.close());

  const positions = (events: readonly { readonly position: number }[]) =>
    events.map(({ position }) => position);

  it('ends with the event whose payload brings it to 4 MiB, whatever its limit', async () => {
    const upTo = (await bench.ledger.head(writer.workspaceId))!.size;
    const after = (after: number, limit: number) =>
      pageInOrder(bench.database.pool, writer.workspaceId, { after, upTo, limit });
    expect(positions(await after(0, 2000))).toEqual(Array.from({ length: upTo - 1 }, (_, i) => i + 1));
    expect(positions(await after(upTo - 1, 2000))).toEqual([upTo]);
    expect(positions(await after(0, 2))).toEqual([1, 2]);
    expect(positions(await after(upTo, 2))).toEqual([]);
  });
});
