import {
  casualtiesView,
  decodeEvent,
  type DocumentEventType,
  graphView,
  type IncidentEventType,
  type Moment,
  type RecordedEvent,
  scorecardView,
  sourcesView,
  suggestionsView,
  timelineView,
} from '@casebook/contracts';
import { evolve, evolveDocument, initialDocument, initialIncident } from '@casebook/incident';
import type { StoredEvent } from '@casebook/ledger';
import { histories } from '@casebook/testing';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { casualtyLedger } from './casualty-ledger.js';
import { incidentGraph } from './incident-graph.js';
import { sourceCount } from './source-count.js';
import { decidedSuggestions } from './suggestions.js';
import { timeline } from './timeline.js';
import { warningScorecard } from './warning-scorecard.js';
import { type Bench, everything, openBench, type Writer } from '../workspace.fixture.js';
import { AnalysisQueries, BadCursor, incidentView, streams } from '../index.js';
import { atOnce } from '../time-slice.js';

let bench: Bench;
let analysis: AnalysisQueries;
beforeAll(async () => {
  bench = await openBench();
  analysis = new AnalysisQueries(bench.dataSource, bench.incidents, bench.histories);
});
afterAll(() => bench.close());

/** Every analysis by the plainest way there is: of the state that all events up to a position fold to. */
function analysedUpTo(ledger: readonly StoredEvent[], incidentId: string, position: number) {
  const until = ledger.filter((event) => event.position <= position);
  const of = (streamId: string) => until.filter((event) => event.streamId === streamId).map(decodeEvent);
  const state = (of(streams.incident(incidentId)) as RecordedEvent<IncidentEventType>[]).reduce(
    evolve,
    initialIncident,
  );
  if (state.status === 'unopened') return null;
  const documents = (id: string) => {
    const document = (of(streams.document(id)) as RecordedEvent<DocumentEventType>[]).reduce(
      evolveDocument,
      initialDocument,
    );
    return document.status === 'unknown' ? undefined : (document.details ?? undefined);
  };
  const incident = incidentView(state, documents);
  const decisions = [...state.suggestions.values()].sort((a, b) => a.position - b.position);
  return {
    sources: sourcesView.parse(atOnce(sourceCount(incident, documents))),
    casualties: casualtiesView.parse(atOnce(casualtyLedger(incident, documents))),
    scorecard: scorecardView.parse(atOnce(warningScorecard(incident, documents))),
    suggestions: suggestionsView.parse(atOnce(decidedSuggestions(incident, decisions))),
    timeline: timelineView.parse(atOnce(timeline(incident))),
    graph: graphView.parse(atOnce(incidentGraph(incident))),
  };
}

async function analysed(workspaceId: string, id: string, moment?: Moment) {
  const [sources, casualties, scorecard, suggestions, line, graph] = await Promise.all([
    analysis.sources(workspaceId, id, moment),
    analysis.casualties(workspaceId, id, moment),
    analysis.scorecard(workspaceId, id, moment),
    analysis.suggestions(workspaceId, id, moment),
    analysis.timeline(workspaceId, id, moment),
    analysis.graph(workspaceId, id, moment),
  ]);
  return sources && { sources, casualties, scorecard, suggestions, timeline: line, graph };
}

test('an analysis now, or as of any position, is that of the state that the events up to there make', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories({ maxCommands: 30 }),
      fc.integer({ min: 1, max: 5 }),
      async (history, step) => {
        const writer = await bench.workspace();
        const { workspaceId } = writer;
        await writer.play(history);
        await writer.document({
          type: 'DescribeDocument',
          documentId: history.documents[0]!.id,
          changes: { upstream: 'Quillon Press Agency', publisher: 'The Courier' },
        });
        const ledger = await bench.ledger.readAll(workspaceId, { limit: 10_000 });
        const id = history.incidentId;
        expect(await analysed(workspaceId, id)).toEqual(analysedUpTo(ledger, id, ledger.length));
        for (let position = 0; position <= ledger.length; position += step) {
          expect(await analysed(workspaceId, id, { position })).toEqual(analysedUpTo(ledger, id, position));
        }
        const { recordedAt } = ledger[Math.floor(ledger.length / 2)]!;
        const then = ledger.findLast((event) => event.recordedAt <= recordedAt)!.position;
        expect(await analysed(workspaceId, id, { time: recordedAt })).toEqual(analysedUpTo(ledger, id, then));
      },
    ),
    { numRuns: 12 },
  );
});

test('of an incident that there is not there is no analysis', async () => {
  const { workspaceId } = await bench.workspace();
  expect(await analysed(workspaceId, uuidv7())).toBeNull();
  expect(await analysed(workspaceId, uuidv7(), { position: 7 })).toBeNull();
});

describe('across the workspace', () => {
  const now = new Date('2031-03-04T09:00:00.000Z');

  const disputed = async (writer: Writer, questions: readonly string[], owner?: string) => {
    const incidentId = uuidv7();
    await writer.incident(incidentId, {
      type: 'OpenIncident',
      incidentId,
      fields: { title: 'River market' },
    });
    const attackId = uuidv7();
    await writer.incident(incidentId, {
      type: 'RecordAnnotation',
      kind: 'attack',
      id: attackId,
      fields: { summary: 'Blast' },
    });
    const ids: string[] = [];
    for (const question of questions) {
      const id = uuidv7();
      ids.push(id);
      await writer.incident(incidentId, {
        type: 'RecordAnnotation',
        kind: 'dispute',
        id,
        fields: { question, targets: [attackId], ...(owner !== undefined && { owner }) },
      });
    }
    return { incidentId, ids };
  };

  test('the board has the disputes of every incident but the retracted, in pages and by filter', async () => {
    const writer = await bench.workspace();
    const first = await disputed(writer, ['one', 'two', 'three'], 'bob');
    const second = await disputed(writer, ['four', 'five']);
    const { workspaceId } = writer;
    const [one, two, three] = first.ids as [string, string, string];
    await writer.incident(first.incidentId, {
      type: 'RetractAnnotation',
      kind: 'dispute',
      id: two,
      reason: 'A slip.',
    });
    await writer.incident(first.incidentId, { type: 'WithdrawDispute', id: three });
    const idsOf = (filter: Partial<Parameters<AnalysisQueries['disputes']>[1]>) =>
      everything((cursor) =>
        analysis.disputes(workspaceId, { limit: 2, now, ...filter, ...(cursor !== undefined && { cursor }) }),
      ).then((items) => items.map(({ disputeId }) => disputeId));
    expect(await idsOf({})).toEqual([one, three, ...second.ids]);
    expect(await idsOf({ state: 'withdrawn' })).toEqual([three]);
    expect(await idsOf({ owner: 'bob', state: 'open' })).toEqual([one]);
    expect(await idsOf({ incidentId: second.incidentId })).toEqual(second.ids);
    expect(await idsOf({ owner: 'nobody' })).toEqual([]);
    await expect(analysis.disputes(workspaceId, { limit: 2, now, cursor: 'x' })).rejects.toThrow(BadCursor);
  });

  test('activity is that of the ledger, counted by hand, in pages of any size', async () => {
    const writer = await bench.workspace();
    const { workspaceId } = writer;
    const { incidentId } = await disputed(writer, ['one', 'two']);
    await disputed(writer, ['three']);
    await writer.incident(incidentId, { type: 'CloseIncident' }, 'bob');
    const all = (limit: number, filter: object = {}) =>
      everything((cursor) =>
        analysis.activity(workspaceId, { limit, ...filter, ...(cursor !== undefined && { cursor }) }),
      );
    const whole = await all(100);
    expect(whole.reduce((sum, { changes }) => sum + changes, 0)).toBe(8);
    // Whatever day it is, or becomes meanwhile.
    const ofIncident = (wantedMember: string, wantedKind: string) =>
      whole
        .filter(
          (line) =>
            line.incidentId === incidentId && line.member === wantedMember && line.kind === wantedKind,
        )
        .reduce((sum, { changes }) => sum + changes, 0);
    expect([
      ofIncident('alice', 'incident'),
      ofIncident('alice', 'attack'),
      ofIncident('alice', 'dispute'),
      ofIncident('bob', 'incident'),
    ]).toEqual([1, 1, 2, 1]);
    expect(await all(1)).toEqual(whole);
    expect(await all(2, { member: 'bob' })).toEqual(whole.filter(({ member }) => member === 'bob'));
    expect(await all(2, { kind: 'dispute' })).toEqual(whole.filter(({ kind }) => kind === 'dispute'));
    expect(await all(2, { incidentId })).toEqual(whole.filter((line) => line.incidentId === incidentId));
    expect(await all(2, { from: '2001-01-01T00:00:00.000Z', to: '2001-01-02T00:00:00.000Z' })).toEqual([]);
    for (const cursor of ['x', Buffer.from('["never","","",""]').toString('base64url')]) {
      await expect(analysis.activity(workspaceId, { limit: 2, cursor })).rejects.toThrow(BadCursor);
    }
  });
});
