import {
  type ChangeView,
  changeView,
  decodeEvent,
  type DocumentEventType,
  type IncidentEventType,
  incidentView as incidentSchema,
  type RecordedEvent,
} from '@casebook/contracts';
import { describeChange, evolve, evolveDocument, initialDocument, initialIncident } from '@casebook/incident';
import type { StoredEvent } from '@casebook/ledger';
import { histories, type History } from '@casebook/testing';
import fc from 'fast-check';
import { type Bench, everything, openBench, type Writer } from './workspace.fixture.js';
import { replayViews, Runner } from '@casebook/projections';
import { incidentView, streams, projections } from './index.js';

/** The incident by the plainest way there is: every event of the ledger up to a position, folded. */
function foldedUpTo(ledger: readonly StoredEvent[], incidentId: string, position: number) {
  const until = ledger.filter((event) => event.position <= position);
  const of = (streamId: string) => until.filter((event) => event.streamId === streamId).map(decodeEvent);
  const state = (of(streams.incident(incidentId)) as RecordedEvent<IncidentEventType>[]).reduce(
    evolve,
    initialIncident,
  );
  if (state.status === 'unopened') return null;
  return incidentView(state, (id) => {
    const document = (of(streams.document(id)) as RecordedEvent<DocumentEventType>[]).reduce(
      evolveDocument,
      initialDocument,
    );
    return document.status === 'unknown' ? undefined : (document.details ?? undefined);
  });
}

const describedFrom = (ledger: readonly StoredEvent[], incidentId: string): ChangeView[] => {
  let state = initialIncident;
  return ledger
    .filter((event) => event.streamId === streams.incident(incidentId))
    .map((stored) => {
      const event = decodeEvent(stored) as RecordedEvent<IncidentEventType>;
      const change = describeChange(event, state);
      state = evolve(state, event);
      return change;
    });
};

describe('on random histories', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  /** Two incidents that share nothing but the workspace, written at the same time; documents corrected in between. */
  const played = async (
    pair: readonly History[],
    together: number,
    followed: 'not' | 'halfway' | 'wholly',
  ): Promise<Writer> => {
    const writer = await bench.workspace();
    const runner = new Runner(bench.database.pool, { projections, pageEvents: 5 });
    await Promise.all(
      pair.map(async (history) => {
        await writer.play(history, together);
        const documentId = history.documents[0]!.id;
        if (followed === 'halfway') await runner.catchUp(writer.workspaceId);
        await writer.document({
          type: 'DescribeDocument',
          documentId,
          changes: { title: 'Corrected title', publisher: 'The Harbour Courier' },
        });
      }),
    );
    if (followed === 'wholly') await runner.catchUp(writer.workspaceId);
    return writer;
  };
  const pairs = fc.uniqueArray(histories({ maxCommands: 25 }), {
    minLength: 1,
    maxLength: 2,
    selector: ({ incidentId }) => incidentId,
  });
  const cases = fc.tuple(
    pairs,
    fc.constantFrom(1, 3, 30),
    fc.integer({ min: 1, max: 7 }),
    fc.constantFrom('not' as const, 'halfway' as const, 'wholly' as const),
  );
  const check = (
    property: (writer: Writer, ledger: StoredEvent[], incidentIds: string[], limit: number) => Promise<void>,
  ) =>
    fc.assert(
      fc.asyncProperty(cases, async ([pair, together, limit, followed]) => {
        const writer = await played(pair, together, followed);
        const ledger = await bench.ledger.readAll(writer.workspaceId, { limit: 10_000 });
        await property(
          writer,
          ledger,
          pair.map(({ incidentId }) => incidentId),
          limit,
        );
      }),
      { numRuns: 15 },
    );

  it('the live view is the replayed view is the view as of the head', async () => {
    await check(async ({ workspaceId }, ledger, incidentIds) => {
      for (const id of incidentIds) {
        const live = await bench.incidents.incident(workspaceId, id);
        expect(incidentSchema.parse(live)).toEqual(live);
        expect(live).toEqual(foldedUpTo(ledger, id, ledger.length));
        expect(await bench.histories.asOf(workspaceId, id, { position: ledger.length })).toEqual(live);
      }
      const replayed = await replayViews(bench.database.pool, projections, workspaceId);
      expect(replayed.map(({ view, differences }) => [view, differences])).toEqual([
        ['incidents_v1', []],
        ['library_v1', []],
        ['members_v1', []],
        ['revisions_v1', []],
        ['search_v2', []],
      ]);
      for (const { checksum, replayedChecksum } of replayed) expect(replayedChecksum).toBe(checksum);
      expect(replayed[0]!.rowsCompared).toBeGreaterThan(0);
      expect(replayed[1]!.rowsCompared).toBeGreaterThan(0);
    });
  });

  it('the view as of any position, or any time, is the fold of the events up to there', async () => {
    await check(async ({ workspaceId }, ledger, [id]) => {
      for (const { position, recordedAt } of ledger) {
        const expected = foldedUpTo(ledger, id!, position);
        expect(await bench.histories.asOf(workspaceId, id!, { position })).toEqual(expected);
        const lastThen = ledger.findLast((event) => event.recordedAt <= recordedAt)!.position;
        expect(await bench.histories.asOf(workspaceId, id!, { time: recordedAt })).toEqual(
          foldedUpTo(ledger, id!, lastThen),
        );
        for (const annotation of [...(expected?.claims ?? []), ...(expected?.disputes ?? [])]) {
          const { kind, id: annotationId } = annotation;
          expect(
            await bench.histories.annotationAsOf(workspaceId, id!, kind, annotationId, { position }),
          ).toEqual(annotation);
        }
      }
    });
  });

  it('pages of every list hold every item once, in order', async () => {
    await check(async ({ workspaceId }, ledger, incidentIds, limit) => {
      const summaries = await everything((cursor) =>
        bench.incidents.incidents(workspaceId, { limit, ...(cursor !== undefined && { cursor }) }),
      );
      expect(summaries.map(({ id }) => id).sort()).toEqual([...incidentIds].sort());

      for (const id of incidentIds) {
        const live = (await bench.incidents.incident(workspaceId, id))!;
        const lists = {
          claim: live.claims,
          warning: live.warnings,
          attack: live.attacks,
          link: live.links,
          dispute: live.disputes,
          comment: live.comments,
          item: live.items,
        };
        const standing: Record<string, number> = {};
        for (const [kind, list] of Object.entries(lists) as [keyof typeof lists, typeof live.claims][]) {
          const paged = await everything((cursor) =>
            bench.incidents.annotations(workspaceId, id, kind, {
              limit,
              ...(cursor !== undefined && { cursor }),
            }),
          );
          expect(paged).toEqual(list);
          standing[kind] = list.filter(({ status }) => status !== 'retracted').length;
        }
        expect(
          await everything((cursor) =>
            bench.incidents.documents(workspaceId, id, { limit, ...(cursor !== undefined && { cursor }) }),
          ),
        ).toEqual(live.documents);
        const { counts, ...header } = summaries.find((summary) => summary.id === id)!;
        expect(live).toMatchObject(header);
        expect(counts).toEqual(standing);

        const inUse = live.claims
          .filter(({ status }) => status === 'active')
          .flatMap(({ tags }) => tags ?? []);
        const expected = [...new Set(inUse)]
          .sort(byCodePoints)
          .map((tag) => ({ tag, count: inUse.filter((each) => each === tag).length }));
        expect(
          await everything((cursor) =>
            bench.incidents.tags(workspaceId, {
              incidentId: id,
              limit,
              ...(cursor !== undefined && { cursor }),
            }),
          ),
        ).toEqual(expected);
      }

      const documents = await everything((cursor) =>
        bench.library.documents(workspaceId, { limit, ...(cursor !== undefined && { cursor }) }),
      );
      expect(documents.map(({ id }) => id).sort()).toEqual(
        ledger
          .filter(({ type }) => type === 'DocumentImported')
          .map(({ subject }) => subject ?? '')
          .sort(),
      );
    });
  });

  it('history and audit tell of every event once, in order, as the fold tells it', async () => {
    await check(async ({ workspaceId }, ledger, incidentIds, limit) => {
      const after = (cursor: string | undefined) => ({ limit, after: Number(cursor ?? 0) });
      const audited = await everything((cursor) => bench.histories.audit(workspaceId, after(cursor)));
      expect(audited.map(({ position }) => position)).toEqual(ledger.map(({ position }) => position));
      for (const change of audited) expect(changeView.parse(change)).toEqual(change);

      for (const id of incidentIds) {
        const expected = describedFrom(ledger, id);
        expect(await everything((cursor) => bench.histories.history(workspaceId, id, after(cursor)))).toEqual(
          expected,
        );
        expect(
          await everything((cursor) =>
            bench.histories.audit(workspaceId, { incidentId: id, ...after(cursor) }),
          ),
        ).toEqual(expected);
        expect(audited.filter(({ incidentId }) => incidentId === id)).toEqual(expected);
        const annotationId = expected.findLast((change) => change.annotationId !== null)?.annotationId;
        if (annotationId == null) continue;
        const about = expected.filter((change) => change.annotationId === annotationId);
        for (const read of [
          bench.histories.history(workspaceId, id, { annotationId, limit: 1000 }),
          bench.histories.audit(workspaceId, { annotationId, limit: 1000 }),
          bench.histories.audit(workspaceId, { annotationId, incidentId: id, limit: 1000 }),
        ]) {
          expect(await read).toEqual({ items: about, next: null });
        }
        expect(await bench.histories.changesBetween(workspaceId, id, annotationId, { revision: 1 })).toEqual(
          about.slice(1),
        );
      }
      for (const actor of ['alice', 'bob', 'nobody']) {
        expect(
          await everything((cursor) => bench.histories.audit(workspaceId, { actor, ...after(cursor) })),
        ).toEqual(audited.filter((change) => change.actor === actor));
      }
      expect(
        await everything((cursor) =>
          bench.histories.audit(workspaceId, { type: 'ClaimTagged', ...after(cursor) }),
        ),
      ).toEqual(audited.filter(({ type }) => type === 'ClaimTagged'));
      const [from, to] = [audited[1]!.at, audited.at(-2)!.at];
      expect(
        await everything((cursor) => bench.histories.audit(workspaceId, { from, to, ...after(cursor) })),
      ).toEqual(audited.filter(({ at }) => at >= from && at <= to));
    });
  });
});

const byCodePoints = (a: string, b: string): number => Buffer.from(a).compare(Buffer.from(b));
