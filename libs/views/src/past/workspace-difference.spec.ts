import { workspaceDifference, type WorkspaceDifferenceItem } from '@casebook/contracts';
import { histories } from '@casebook/testing';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { groupedBy } from '../analysis/standing.js';
import { Runner } from '@casebook/projections';
import {
  BadCursor,
  ChangeQueries,
  MomentsReversed,
  PastLists,
  WorkspaceDifferences,
  projections,
} from '../index.js';
import { type Bench, everything, openBench, type Writer } from '../workspace.fixture.js';

describe('what changed in a whole workspace', () => {
  let bench: Bench;
  let changes: ChangeQueries;
  let differences: WorkspaceDifferences;
  let past: PastLists;
  beforeAll(async () => {
    bench = await openBench();
    changes = new ChangeQueries(bench.dataSource, bench.histories);
    differences = new WorkspaceDifferences(bench.dataSource, bench.histories, changes);
    past = new PastLists(bench.dataSource, bench.incidents, bench.library, bench.histories);
  });
  afterAll(() => bench.close());

  const between = (
    { workspaceId }: Writer,
    from: number,
    to: number | undefined,
    limit: number,
  ): Promise<WorkspaceDifferenceItem[]> =>
    everything(async (cursor) => {
      const page = await differences.difference(workspaceId, {
        from: { position: from },
        ...(to !== undefined && { to: { position: to } }),
        limit,
        cursor,
      });
      expect(workspaceDifference.parse(page)).toEqual(page);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      return page;
    });

  it('has each event in between in the item of its own stream, and every incident as its own difference has it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(histories({ maxCommands: 12 }), {
          minLength: 2,
          maxLength: 2,
          selector: ({ incidentId }) => incidentId,
        }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (pair, picks, limit, followed) => {
          const writer = await bench.workspace();
          const { workspaceId } = writer;
          await writer.open();
          for (const history of pair) {
            await writer.play(history);
            await writer.document({
              type: 'DescribeDocument',
              documentId: history.documents[0]!.id,
              changes: { publisher: `The Courier ${history.incidentId.slice(0, 8)}` },
            });
          }
          if (followed) await new Runner(bench.database.pool, { projections }).catchUp(workspaceId);
          const ledger = await bench.ledger.readAll(workspaceId, { limit: 10_000 });
          const size = ledger.length;
          const moments = [
            [0, size] as const,
            ...picks.map(([a, b]) => [a % (size + 1), b % (size + 1)] as const),
          ];
          for (const [a, b] of moments) {
            const [from, to] = [Math.min(a, b), Math.max(a, b)];
            const items = await between(writer, from, to, limit);
            const expected = groupedBy(
              ledger.filter(({ position }) => position > from && position <= to),
              ({ streamId }) => streamId,
            );
            const streamOf = (item: WorkspaceDifferenceItem): string =>
              item.what === 'incident'
                ? `incident:${item.incidentId}`
                : item.what === 'document'
                  ? `document:${item.documentId}`
                  : item.what;
            expect(items.map(streamOf)).toEqual([...expected.keys()]);
            for (const item of items) {
              const own = new Set(expected.get(streamOf(item))!.map(({ position }) => position));
              expect(
                item.changes.map(({ position }) => position).filter((position) => own.has(position)),
              ).toEqual([...own]);
              if (item.what !== 'incident') continue;
              const {
                from: _,
                to: __,
                ...alone
              } = (await changes.difference(workspaceId, item.incidentId, {
                from: { position: from },
                to: { position: to },
              }))!;
              expect(item).toEqual({ what: 'incident', ...alone });
            }
          }
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it('documents, members, tokens and settings differ net, each field with the events that moved it', async () => {
    const writer = await bench.workspace();
    await writer.open();
    const { workspaceId } = writer;
    const size = async () => (await bench.ledger.head(workspaceId))!.size;
    await writer.member({ type: 'AddMember', member: { id: 'bob', name: 'Bob', role: 'reader' } });
    const id = `sha256:${'1'.repeat(64)}`;
    await writer.import({ id, title: 'One', text: 'x' });
    const from = await size();
    await writer.member({ type: 'ReviseMember', id: 'bob', changes: { role: 'annotator', name: 'Robert' } });
    await writer.member({ type: 'ReviseMember', id: 'bob', changes: { name: 'Bob' } });
    await writer.member({ type: 'RemoveMember', id: 'bob', reason: 'Left.' });
    const token = await writer.issueToken('root', 'a secret', { label: 'script' });
    await writer.member({ type: 'RevokeToken', tokenId: token });
    await writer.member({ type: 'ConfigureWorkspace', changes: { requireIfMatch: true } });
    await writer.document({ type: 'DescribeDocument', documentId: id, changes: { title: 'Two' } });
    const [members, document] = await between(writer, from, undefined, 5);
    expect(members).toMatchObject({
      what: 'members',
      things: [
        {
          id: 'bob',
          kind: 'member',
          change: 'changed',
          fields: [
            { field: 'role', before: 'reader', after: 'annotator', by: [from + 1] },
            { field: 'status', before: 'active', after: 'removed', by: [from + 3] },
          ],
          by: [from + 1, from + 2, from + 3],
        },
        {
          id: token,
          kind: 'token',
          change: 'added',
          fields: [
            { field: 'label', before: null, after: 'script' },
            { field: 'memberId', before: null, after: 'root' },
            { field: 'revokedAt', before: null, by: [from + 5] },
          ],
        },
        {
          kind: 'workspace',
          change: 'changed',
          fields: [{ field: 'requireIfMatch', before: false, after: true, by: [from + 6] }],
        },
      ],
    });
    expect(members?.changes).toHaveLength(6);
    expect(members?.changes[2]?.sentence).toBe('root removed the member bob, because: Left.');
    expect(document).toMatchObject({
      what: 'document',
      documentId: id,
      things: [{ id, fields: [{ field: 'title', before: 'One', after: 'Two' }], change: 'changed' }],
    });
    expect((await past.member(workspaceId, 'bob', { position: from }))?.role).toBe('reader');
    expect(JSON.stringify([members, document])).not.toContain('digest');
  });

  it('all pages end at the moment of the first, though the ledger goes on', async () => {
    const writer = await bench.workspace();
    await writer.open();
    const open = async () => {
      const incidentId = uuidv7();
      await writer.incident(incidentId, { type: 'OpenIncident', incidentId, fields: { title: 'Rockets' } });
      return incidentId;
    };
    const ids = [await open(), await open(), await open()];
    const { workspaceId } = writer;
    const ask = (cursor?: string) =>
      differences.difference(workspaceId, { from: { position: 3 }, limit: 2, cursor });
    const first = await ask();
    await writer.incident(ids[2]!, { type: 'ReviseIncident', changes: { title: 'Later' } });
    await open();
    const second = await ask(first.next!);
    expect(second.to).toEqual(first.to);
    const items = [...first.items, ...second.items] as { incidentId: string; changes: unknown[] }[];
    expect(items.map(({ incidentId }) => incidentId)).toEqual(ids);
    expect(items.map(({ changes: told }) => told.length)).toEqual([1, 1, 1]);
    expect(second.next).toBeNull();
    await expect(ask('x')).rejects.toThrow(BadCursor);
    const shorter = { from: { position: 3 }, to: { position: 4 }, limit: 2, cursor: first.next! };
    await expect(differences.difference(workspaceId, shorter)).rejects.toThrow(BadCursor);
    const reversed = { from: { position: 2 }, to: { position: 1 }, limit: 2 };
    await expect(differences.difference(workspaceId, reversed)).rejects.toThrow(MomentsReversed);
  });
});
