import type { StreamFold } from '@casebook/ledger';
import { histories } from '@casebook/testing';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { openBench, type Bench, type Writer } from '../../../views/src/workspace.fixture.js';
import { projections } from '@casebook/views';
import { wholeStreams } from './whole-streams.js';

const incidents = projections.find(({ view }) => view.name === 'incidents')!;

describe('streams read whole', () => {
  let bench: Bench;
  let writer: Writer;
  let size: number;
  let client: PoolClient;
  beforeAll(async () => {
    bench = await openBench();
    writer = await bench.workspace();
    await writer.open();
    for (const history of fc.sample(histories({ maxCommands: 20 }), { numRuns: 4, seed: 11 })) {
      await writer.play(history, 3);
    }
    client = await bench.database.pool.connect();
    size = (await bench.ledger.head(writer.workspaceId))!.size;
  });
  afterAll(async () => {
    client.release();
    await bench.close();
  });

  const given = async (upTo: number, limit: number, mostBytes?: number) => {
    const streams: string[] = [];
    const rows: unknown[] = [];
    let read = 0;
    for await (const part of wholeStreams(client, writer.workspaceId, incidents.foldOf, {
      upTo,
      limit,
      ...(mostBytes !== undefined && { mostBytes }),
    })) {
      read += part.read;
      for (const change of part.changes) {
        const versions = change.events.map(({ streamVersion }) => streamVersion);
        expect(versions).toEqual(versions.map((_, i) => i + 1));
        streams.push(change.streamId);
        rows.push(...[...incidents.view.project([change])].flatMap(({ upserts }) => upserts));
      }
    }
    return { streams: streams.sort(), rows: rows.map((row) => JSON.stringify(row)).sort(), read };
  };

  it('come once each with all of their events, however the ledger is paged', async () => {
    const all = await given(size, 1000);
    expect(all.read).toBe(size);
    expect(new Set(all.streams).size).toBe(all.streams.length);
    expect(all.streams.length).toBeGreaterThan(4);
    expect(await given(size, 1)).toEqual(all);
    expect(await given(size, 7)).toEqual(all);
  });

  it('that do not fit into memory are folded afterwards, with the same result', async () => {
    const all = await given(size, 7);
    expect(await given(size, 7, 0)).toEqual(all);
    expect(await given(size, 7, 20_000)).toEqual(all);
  });

  it('are parsed and folded on demand, part by part, and keep no states before', async () => {
    let folded = 0;
    const counting = (streamId: string): StreamFold<unknown> => {
      const fold = incidents.foldOf(streamId);
      return {
        ...fold,
        evolve: (state, event) => {
          folded += 1;
          return fold.evolve(state, event);
        },
      };
    };
    let asked = 0;
    for await (const { changes } of wholeStreams(client, writer.workspaceId, counting, {
      upTo: size,
      limit: 7,
    })) {
      expect(folded).toBe(asked);
      for (const change of changes) {
        expect(change.after).toBe(change.after);
        asked += change.events.length;
      }
    }
    expect([asked, folded]).toEqual([size, size]);
  });

  it('that end together come one after another while the next page is read', async () => {
    const other = await bench.workspace();
    await other.open();
    const ids = [uuidv7(), uuidv7(), uuidv7()];
    for (const incidentId of ids)
      await other.incident(incidentId, { type: 'OpenIncident', incidentId, fields: { title: 'Rockets' } });
    for (const title of ['Rockets at Tarrick', 'Rockets and a warning'])
      for (const id of ids) await other.incident(id, { type: 'ReviseIncident', changes: { title } });
    for (const [i, title] of ['1', '2', '3', '4', '5', '6'].entries()) {
      const id = `sha256:${String(i + 1).repeat(64)}`;
      await other.import({ id, title, text: title });
    }
    const upTo = (await bench.ledger.head(other.workspaceId))!.size;
    const given: (readonly number[])[] = [];
    for await (const { changes } of wholeStreams(client, other.workspaceId, incidents.foldOf, {
      upTo,
      limit: 3,
    }))
      given.push(changes.filter(({ fold }) => fold === 'incident').map(({ events }) => events.length));
    expect(given.filter((lengths) => lengths.length > 0)).toEqual([[3], [3], [3]]);
  });

  it('end at the requested position', async () => {
    const upTo = Math.floor(size / 2);
    const half = await given(upTo, 7);
    expect(half.read).toBe(upTo);
    expect(await given(upTo, 5, 0)).toEqual(half);
  });
});
