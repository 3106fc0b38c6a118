import { boardEntryView } from '@casebook/contracts';
import { boardEntry } from './dispute-board.js';
import { claim, dispute, id, INCIDENT, knowing } from './incident.fixture.js';

const RAISED = Date.parse('2031-03-04T09:00:00.000Z');
const DAY = 86_400_000;
const claims = new Map([1, 2, 3, 4].map((n) => [id(n), claim(n, n === 4 ? 'paper 3' : `paper ${n}`)]));
const raised = dispute(9, {
  question: 'How many?',
  targets: [id(1)],
  owner: 'bob',
  positions: [
    { statement: 'none' },
    { statement: 'one paper, two claims', evidence: [id(3), id(4)] },
    { statement: 'two papers, one dispatch', heldBy: 'an official', evidence: [id(1), id(2), id(77)] },
    { statement: 'two papers', evidence: [id(2), id(3)] },
  ],
});
const board = (entry = raised, now = RAISED) =>
  boardEntry(
    entry,
    { id: INCIDENT, title: 'River market' },
    claims,
    knowing({ 'paper 1': { upstream: 'Quillon' }, 'paper 2': { upstream: 'Quillon' } }),
    now,
  );

it('has the positions with the most independent sources first, then documents, then claims', () => {
  const entry = board();
  expect(boardEntryView.parse(entry)).toEqual(entry);
  expect(entry).toMatchObject({
    incidentTitle: 'River market',
    owner: 'bob',
    raisedBy: 'alice',
    state: 'open',
  });
  expect(
    entry.positions.map(({ statement, support: { sourceCount, documentCount } }) => [
      statement,
      sourceCount,
      documentCount,
    ]),
  ).toEqual([
    ['two papers', 2, 2],
    ['two papers, one dispatch', 1, 2],
    ['one paper, two claims', 1, 1],
    ['none', 0, 0],
  ]);
});

it('is as old as the whole days since it was raised, and never younger than none', () => {
  expect(board(raised, RAISED + 3 * DAY - 1).ageDays).toBe(2);
  expect(board(raised, RAISED + 3 * DAY).ageDays).toBe(3);
  expect(board(raised, RAISED - 5000).ageDays).toBe(0);
});

it('once settled ages no more, and shows what prevails', () => {
  const resolution = {
    outcome: 'prevails' as const,
    prevailing: 3,
    reason: 'Two papers.',
    decidedBy: 'judy',
    decidedAt: '2031-03-05T10:00:00.000Z',
  };
  const entry = board({ ...raised, status: 'resolved', state: 'resolved', resolution }, RAISED + 300 * DAY);
  expect(entry).toMatchObject({ ageDays: 1, state: 'resolved' });
  expect(entry.positions.filter(({ prevails }) => prevails).map(({ index }) => index)).toEqual([3]);
});
