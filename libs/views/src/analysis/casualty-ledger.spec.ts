import type { FieldsOf, TollView } from '@casebook/contracts';
import { casualtyLedger } from './casualty-ledger.js';
import { attack, claim, id, incidentWith, killed, knowing } from './incident.fixture.js';
import type { AnchoredClaim } from './standing.js';
import { atOnce } from '../time-slice.js';

/** The killed of an attack whose evidence these claims are. */
function toll(
  claims: AnchoredClaim[],
  casualties?: FieldsOf['attack']['casualties'],
  documents = knowing(),
): TollView {
  const attacks = [
    attack(99, {
      summary: 'Blast at the market',
      evidence: claims.map((each) => each.id),
      ...(casualties !== undefined && { casualties }),
    }),
  ];
  const ledger = atOnce(casualtyLedger(incidentWith({ claims, attacks }), documents));
  const found = ledger.attacks[0]?.tolls.find(({ counts }) => counts === 'killed');
  if (found === undefined) throw new Error('there is no toll');
  return found;
}

describe('low and high', () => {
  it('are the lowest and the highest number that is stated', () => {
    expect(
      toll([killed(1, 'a', [31, null]), killed(2, 'b', [47, 47]), killed(3, 'c', [38, 40])]),
    ).toMatchObject({
      low: 31,
      high: 47,
      openBelow: false,
      openAbove: false,
    });
  });

  it('are open where who states the number says that it may be more, or less', () => {
    expect(toll([killed(1, 'a', [81, null])])).toMatchObject({ low: 81, high: 81, openAbove: true });
    expect(toll([killed(1, 'a', [81, null]), killed(2, 'b', [81, 81])])).toMatchObject({ openAbove: false });
    expect(toll([killed(1, 'a', [null, 50])])).toMatchObject({ low: 50, high: 50, openBelow: true });
  });

  it('leave out what is denied, asked or guessed, which is listed all the same', () => {
    const { low, high, figures } = toll([
      killed(1, 'a', [9, 9]),
      killed(2, 'a', [90, 90], { modality: 'speculation' }),
      killed(3, 'a', [80, 80], { modality: 'question' }),
      killed(4, 'a', [0, 0], { modality: 'denied' }),
    ]);
    expect([low, high]).toEqual([9, 9]);
    expect(figures.map(({ claimId, counted }) => [claimId, counted])).toEqual([
      [id(4), false],
      [id(1), true],
      [id(3), false],
      [id(2), false],
    ]);
  });

  it('are of the claims that stand; what was retracted is listed apart', () => {
    const { high, figures, retracted } = toll([
      killed(1, 'a', [9, 9]),
      claim(2, 'b', { figure: { counts: 'killed', min: 90, max: 90 } }, 'retracted'),
    ]);
    expect(high).toBe(9);
    expect(figures.map(({ claimId }) => claimId)).toEqual([id(1)]);
    expect(retracted.map(({ claimId, min }) => [claimId, min])).toEqual([[id(2), 90]]);
  });
});

describe('the best figure', () => {
  it('is the analyst’s, carried by the claims that it fits', () => {
    const claims = [killed(1, 'a', [31, null]), killed(2, 'b', [38, 38]), killed(3, 'c', [47, 47])];
    const { best, analyst } = toll(claims, { killed: { best: 38, low: 31 } });
    expect(best).toEqual({ min: 38, max: 38, basis: 'analyst', claims: [id(1), id(2)], sourceCount: 2 });
    expect(analyst).toEqual({ best: 38, low: 31 });
  });

  it('that no claim carries is still the analyst’s, and shows it', () => {
    expect(toll([killed(1, 'a', [47, 47])], { killed: { best: 38 } }).best).toMatchObject({
      claims: [],
      sourceCount: 0,
    });
  });

  it('is derived from what most independent sources state', () => {
    const agency = { upstream: 'Quillon' };
    const claims = [
      killed(1, 'a', [47, 47]),
      killed(2, 'b', [47, 47]),
      killed(3, 'c', [38, 38]),
      killed(4, 'd', [38, 38]),
    ];
    const documents = knowing({ a: agency, b: { ...agency, published: '2031-03-09' }, c: {}, d: {} });
    expect(toll(claims, undefined, documents).best).toEqual({
      min: 38,
      max: 38,
      basis: 'derived',
      claims: [id(3), id(4)],
      sourceCount: 2,
    });
  });

  it('is, of equals, what was published last', () => {
    const documents = knowing({ a: { published: '2031-03-05' }, b: { published: '2031-03' }, c: {} });
    const claims = [killed(1, 'a', [47, 47]), killed(2, 'b', [38, 38]), killed(3, 'c', [12, 12])];
    expect(toll(claims, undefined, documents).best).toMatchObject({ min: 38, max: 38, claims: [id(2)] });
  });

  it('is a range where several are still equal', () => {
    expect(toll([killed(1, 'a', [38, 38]), killed(2, 'a', [44, 45])]).best).toMatchObject({
      min: 38,
      max: 45,
      claims: [id(1), id(2)],
      sourceCount: 1,
    });
  });

  it('passes over open figures where there are closed ones, and hedged where there are plain ones', () => {
    const open = [killed(1, 'a', [31, null]), killed(2, 'b', [31, null])];
    expect(toll([...open, killed(3, 'c', [38, 38])]).best).toMatchObject({ min: 38, max: 38 });
    expect(toll(open).best).toMatchObject({ min: 31, max: null, claims: [id(1), id(2)] });
    const hedged = killed(4, 'd', [40, 60], { modality: 'hedged' });
    expect(toll([hedged, killed(3, 'd', [104, 104])]).best).toMatchObject({ min: 104, max: 104 });
    expect(toll([hedged]).best).toMatchObject({ min: 40, max: 60 });
  });
});

it('figures are separated by what they count, and synonyms count as one', () => {
  const counting = (n: number, counts: string) => claim(n, 'a', { figure: { counts, min: n, max: n } });
  const claims = [counting(1, 'Fatalities'), counting(2, 'injured'), counting(3, 'rockets'), claim(4, 'a')];
  const attacks = [
    attack(99, {
      summary: 'Blast',
      evidence: [id(3), id(4)],
      casualties: { killed: { evidence: [id(1)] }, wounded: { evidence: [id(2)] } },
    }),
  ];
  const { tolls } = atOnce(casualtyLedger(incidentWith({ claims, attacks }), knowing())).attacks[0] ?? {
    tolls: [],
  };
  expect(tolls.map(({ counts, low }) => [counts, low])).toEqual([
    ['killed', 1],
    ['wounded', 2],
    ['rockets', 3],
  ]);
});

it('an attack that was retracted has no ledger', () => {
  const attacks = [attack(99, { summary: 'Blast' }, 'retracted')];
  expect(atOnce(casualtyLedger(incidentWith({ attacks }), knowing())).attacks).toEqual([]);
});

test('a figure that is evidence of no attack that stands is listed by itself, and counts for none', () => {
  const claims = [
    killed(1, 'a', [9, 9]),
    killed(2, 'b', [12, null]),
    killed(3, 'c', [40, 40]),
    claim(4, 'd'),
  ];
  const attacks = [
    attack(98, { summary: 'One', evidence: [id(1)] }),
    attack(97, { summary: 'Another', casualties: { killed: { evidence: [id(1)] } } }),
    attack(99, { summary: 'None', evidence: [id(2)] }, 'retracted'),
  ];
  const ledger = atOnce(casualtyLedger(incidentWith({ claims, attacks }), knowing()));
  expect(
    ledger.ofNoAttack.map(({ claimId, counts, min, max, counted }) => [claimId, counts, min, max, counted]),
  ).toEqual([
    [id(2), 'killed', 12, null, false],
    [id(3), 'killed', 40, 40, false],
  ]);
  // Of two attacks it is in the toll of each.
  expect(ledger.attacks.map(({ tolls }) => tolls[0]?.high)).toEqual([9, 9]);
});
