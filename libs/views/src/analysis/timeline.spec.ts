import { graphView, timelineView } from '@casebook/contracts';
import { attack, claim, dispute, id, incidentWith, link, warning } from './incident.fixture.js';
import { incidentGraph } from './incident-graph.js';
import { timeline } from './timeline.js';
import { atOnce } from '../time-slice.js';

const at = (n: number, edtf?: string) =>
  attack(n, { summary: `attack ${n}`, ...(edtf !== undefined && { occurredAt: { edtf } }) });

describe('the timeline', () => {
  it('is by what may be the earliest, then the latest; what has no date comes last', () => {
    const incident = incidentWith({
      warnings: [
        warning(1, { summary: 'printed only', issuedAt: { asPrinted: 'earlier' } }),
        warning(2, { summary: 'any time before', issuedAt: { edtf: '../2031-03-04' } }),
        warning(3, { summary: 'a month', issuedAt: { edtf: '2031-03' }, window: { edtf: '2031-04~' } }),
      ],
      attacks: [
        at(4, '2031-03-01'),
        at(5, '2031-03-01/..'),
        at(6),
        at(7, '2031-02-28'),
        { ...at(8), status: 'retracted' },
      ],
    });
    const line = atOnce(timeline(incident));
    expect(timelineView.parse(line)).toEqual(line);
    expect(line.entries.map((entry) => entry.id)).toEqual([2, 7, 4, 3, 5, 1, 6].map(id));
    expect(line.entries[3]).toMatchObject({
      kind: 'warning',
      bounds: { earliest: '2031-03-01T00:00:00.000Z', latest: '2031-03-31T23:59:59.999Z' },
      windowBounds: { earliest: '2031-04-01T00:00:00.000Z', approximate: true },
    });
    expect(line.entries[5]).toMatchObject({ date: { asPrinted: 'earlier' }, bounds: null });
  });
});

describe('the graph', () => {
  it('has what stands, and the links between it from the earlier to the later', () => {
    const incident = incidentWith({
      warnings: [warning(1, { summary: 'A call', issuedBy: 'an official', threatActor: 'the Front' })],
      attacks: [
        attack(2, { summary: 'Blast', actors: ['the Front', 'others'] }),
        at(3),
        { ...at(4), status: 'retracted' },
      ],
      links: [
        link(5, { warningId: id(1), attackId: id(2), relation: 'warned-of', confidence: 'low' }),
        link(6, { earlierAttackId: id(2), attackId: id(3) }),
        link(7, { warningId: id(1), attackId: id(4) }),
        link(8, { warningId: id(1), attackId: id(3) }, 'retracted'),
        link(11, { warningId: id(1), attackId: id(3), evidence: [id(12)] }),
      ],
      claims: [claim(12, 'a')],
      disputes: [
        dispute(13, { question: 'Did he say so?', targets: [id(12)] }),
        dispute(9, { question: 'So?', targets: [id(5)] }),
        dispute(10, { question: 'And this?', targets: [id(6)] }, 'resolved'),
      ],
    });
    const graph = atOnce(incidentGraph(incident));
    expect(graphView.parse(graph)).toEqual(graph);
    expect(graph.nodes.map(({ id: node, kind, parties }) => [node, kind, parties])).toEqual([
      [id(1), 'warning', ['an official']],
      [id(2), 'attack', ['the Front', 'others']],
      [id(3), 'attack', []],
    ]);
    expect(graph.edges).toEqual([
      { id: id(5), source: id(1), target: id(2), relation: 'warned-of', confidence: 'low', contested: true },
      { id: id(6), source: id(2), target: id(3), contested: false },
      // Through the claim that is its evidence.
      { id: id(11), source: id(1), target: id(3), contested: true },
    ]);
  });
});
