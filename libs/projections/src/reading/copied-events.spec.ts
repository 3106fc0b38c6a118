import type { FoldableEvent } from '@casebook/ledger';
import { longHistory } from '@casebook/testing';
import type { PoolClient } from 'pg';
import { pageInOrder } from './event-pages.js';
import { type Bench, openBench, type Writer } from '../../../views/src/workspace.fixture.js';
import { Chunks, KeptEvents, pagesInOrder, pagesOfStreams } from './copied-events.js';

describe('copied events', () => {
  let bench: Bench;
  let writer: Writer;
  let client: PoolClient;
  let upTo: number;
  let asText: readonly FoldableEvent[];
  beforeAll(async () => {
    bench = await openBench();
    writer = await bench.workspace();
    await writer.open();
    await writer.importLong();
    await writer.play(longHistory(5, 30), 10);
    upTo = (await bench.ledger.head(writer.workspaceId))!.size;
    const { workspaceId } = writer;
    // As after an erasure.
    await bench.database.ownerPool.query('ALTER TABLE events DISABLE TRIGGER ALL');
    await bench.database.ownerPool.query(
      `UPDATE events SET payload = NULL, payload_salt = NULL WHERE workspace_id = $1 AND position = $2`,
      [workspaceId, upTo],
    );
    asText = [];
    while (asText.length < upTo) {
      const after = asText.length;
      asText = [
        ...asText,
        ...(await pageInOrder(bench.database.pool, workspaceId, { after, upTo, limit: 2000 })),
      ];
    }
    client = await bench.database.pool.connect();
  });
  afterAll(async () => {
    client.release();
    await bench.close();
  });

  it('equal events read as text, and state once per stream where it ends', async () => {
    const kept = new Map<string, KeptEvents>();
    const chunks = new Chunks();
    const ends = new Map<string, number>();
    for await (const page of pagesInOrder(client, writer.workspaceId, { upTo, limit: 7 })) {
      for (const header of page.headers()) {
        const { streamId, streamVersion, streamEnd } = header;
        expect(Number.isNaN(streamEnd)).toBe(streamVersion > 1);
        if (streamVersion === 1) {
          ends.set(streamId, streamEnd);
          kept.set(streamId, new KeptEvents(streamId, chunks));
        }
        kept.get(streamId)!.add(page, header);
      }
    }
    const taken = [...kept.values()].map((its) => its.take());
    expect(taken.flat().sort((a, b) => a.position - b.position)).toEqual(asText);
    expect(ends).toEqual(new Map(taken.map((its) => [its[0]!.streamId, its.at(-1)!.position])));
    expect([...kept.values()].map(({ bytes }) => bytes)).toEqual(taken.map(() => 0));
  });

  it('are grouped by stream if streams are given', async () => {
    const streamIds = [...new Set(asText.map(({ streamId }) => streamId))].slice(1).sort();
    const read: [string, number][] = [];
    for await (const page of pagesOfStreams(client, writer.workspaceId, { streamIds, upTo, limit: 3 }))
      for (const { streamId, streamVersion } of page.headers()) read.push([streamId, streamVersion]);
    expect(read).toEqual(
      streamIds.flatMap((id) =>
        asText
          .filter(({ streamId }) => streamId === id)
          .map(({ streamVersion }): [string, number] => [id, streamVersion]),
      ),
    );
  });

  it('come in pages that end with the event whose payload brings them to 4 MiB', async () => {
    const pages: number[] = [];
    for await (const { rows } of pagesInOrder(client, writer.workspaceId, { upTo, limit: 2000 }))
      pages.push(rows);
    const large = asText.flatMap(({ type, position }) => (type === 'DocumentImported' ? [position] : []));
    expect(pages).toEqual([large[2], upTo - large[2]!]);
  });

  it("end with the database's error if it refuses the read, and the connection remains usable", async () => {
    await expect(pagesInOrder(client, writer.workspaceId, { upTo, limit: -1 }).next()).rejects.toThrow(
      /LIMIT/,
    );
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
