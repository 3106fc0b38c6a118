import { attack, claim, dispute, id, incidentWith, knowing, link, warning } from './incident.fixture.js';
import { warningScorecard } from './warning-scorecard.js';
import { atOnce } from '../time-slice.js';

const cardOf = (lists: Parameters<typeof incidentWith>[0]) =>
  atOnce(warningScorecard(incidentWith(lists), knowing())).warnings[0];

const call = warning(1, {
  summary: 'A call to the governor',
  issuedBy: 'an official',
  issuedTo: ['the governor', 'the police'],
  issuedAt: { edtf: '2031-03-01', asPrinted: 'on Saturday' },
  specificity: { when: 'stated', where: 'stated', how: 'vague' },
  disclosed: 'after',
  evidence: [id(2)],
});
const blast = attack(3, { summary: 'Blast', occurredAt: { edtf: '2031-03-04' } });
const tie = link(4, { warningId: id(1), attackId: id(3), relation: 'warned-of', evidence: [id(5)] });

it('says what was said, how specifically, to whom, and how long before', () => {
  expect(cardOf({ warnings: [call], attacks: [blast], links: [tie], claims: [claim(2, 'a')] })).toMatchObject(
    {
      warningId: id(1),
      issuedBy: 'an official',
      told: ['the governor', 'the police'],
      specificity: { when: 'stated', where: 'stated', who: null, how: 'vague' },
      stated: 2,
      disclosed: 'after',
      links: [
        {
          linkId: id(4),
          attackId: id(3),
          attack: 'Blast',
          relation: 'warned-of',
          leadTime: { minDays: 3, maxDays: 3, order: 'before', certain: true },
        },
      ],
      contested: 'uncontested',
      support: { documentCount: 1, sourceCount: 1 },
    },
  );
});

it('has no lead time where one of the two has no date, or only a printed one', () => {
  const printed = { ...call, issuedAt: { asPrinted: 'some days before' } };
  expect(cardOf({ warnings: [printed], attacks: [blast], links: [tie] })?.links).toMatchObject([
    { leadTime: null },
  ]);
});

it('leaves out links and attacks that were retracted', () => {
  expect(
    cardOf({ warnings: [call], attacks: [blast], links: [{ ...tie, status: 'retracted' }] })?.links,
  ).toEqual([]);
  expect(
    cardOf({ warnings: [call], attacks: [{ ...blast, status: 'retracted' }], links: [tie] })?.links,
  ).toEqual([]);
  expect(cardOf({ warnings: [{ ...call, status: 'retracted' }] })).toBeUndefined();
});

describe('is contested', () => {
  const lists = { warnings: [call], attacks: [blast], links: [tie], claims: [claim(2, 'a'), claim(5, 'b')] };
  const about = (n: number, ...state: ['open' | 'resolved' | 'reopened' | 'withdrawn'] | []) =>
    dispute(90 + n, { question: 'Was it so?', targets: [id(n)] }, ...state);

  it.each([
    ['the warning', 1],
    ['its evidence', 2],
    ['a link of it', 4],
    ['the evidence of a link', 5],
  ])('by an open dispute about %s', (_, n) => {
    expect(cardOf({ ...lists, disputes: [about(n)] })).toMatchObject({
      contested: 'contested',
      disputes: [{ disputeId: id(90 + n), state: 'open', through: [id(n)] }],
    });
  });

  it('while one is open; settled where all are resolved or withdrawn', () => {
    expect(cardOf({ ...lists, disputes: [about(1, 'resolved'), about(2, 'withdrawn')] })?.contested).toBe(
      'settled',
    );
    expect(cardOf({ ...lists, disputes: [about(1, 'resolved'), about(2, 'reopened')] })?.contested).toBe(
      'contested',
    );
  });

  it('not by a dispute about the attack, or one that was retracted', () => {
    const disputes = [about(3), { ...about(1), status: 'retracted' as const }];
    expect(cardOf({ ...lists, disputes })?.contested).toBe('uncontested');
  });
});
