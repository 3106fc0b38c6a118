import { sourcesView } from '@casebook/contracts';
import {
  attack,
  claim,
  dispute,
  id,
  incidentWith,
  killed,
  knowing,
  link,
  warning,
} from './incident.fixture.js';
import { sourceCount } from './source-count.js';
import { atOnce } from '../time-slice.js';

const because = (lists: Parameters<typeof incidentWith>[0], n: number) =>
  atOnce(sourceCount(incidentWith(lists), knowing())).claims.find(({ claimId }) => claimId === id(n))
    ?.because;

describe('a claim is supported by', () => {
  it('itself', () => {
    expect(because({ claims: [claim(1, 'a'), claim(2, 'b')] }, 1)).toEqual([
      { claimId: id(1), reason: 'itself' },
    ]);
  });

  it('the other evidence of a position that it is evidence of', () => {
    const claims = [claim(1, 'a'), claim(2, 'b'), claim(3, 'c')];
    const disputes = [
      dispute(9, {
        question: 'Was it so?',
        targets: [id(1)],
        positions: [
          { statement: 'Yes', evidence: [id(1), id(2)] },
          { statement: 'No', evidence: [id(3)] },
        ],
      }),
    ];
    expect(because({ claims, disputes }, 1)).toEqual([
      { claimId: id(1), reason: 'itself' },
      { claimId: id(2), reason: 'same-position', through: id(9) },
    ]);
    expect(because({ claims, disputes }, 3)).toHaveLength(1);
  });

  it('a claim of the same figure of the same attack, whatever the word for it', () => {
    const claims = [
      killed(1, 'a', [9, 9]),
      claim(2, 'b', { figure: { counts: 'Dead', min: 9, max: 9 } }),
      killed(3, 'c', [9, null]),
      killed(4, 'd', [9, 9], { modality: 'denied' }),
      killed(5, 'e', [9, 9]),
    ];
    const attacks = [attack(9, { summary: 'Blast', evidence: [1, 2, 3, 4].map(id) })];
    expect(because({ claims, attacks }, 1)).toEqual([
      { claimId: id(1), reason: 'itself' },
      { claimId: id(2), reason: 'same-figure', through: id(9) },
    ]);
    expect(because({ claims, attacks }, 4)).toHaveLength(1);
  });

  it('the same words of the same party elsewhere', () => {
    const asserters = [{ name: 'an official' }];
    const claims = [
      claim(1, 'a', { exact: '“It named the market,”', asserters }),
      claim(2, 'b', {
        exact: 'it named  the market',
        asserters: [{ name: 'An Official' }, { name: 'Quillon' }],
      }),
      claim(3, 'c', { exact: 'It named the market', asserters: [{ name: 'a rival' }] }),
      claim(4, 'd', { exact: 'It named the market' }),
    ];
    expect(because({ claims }, 1)).toEqual([
      { claimId: id(1), reason: 'itself' },
      { claimId: id(2), reason: 'same-words' },
    ]);
    expect(because({ claims }, 4)).toHaveLength(1);
  });
});

it('support does not go on: what supports a supporter does not support the claim', () => {
  const asserters = [{ name: 'an official' }];
  const claims = [
    claim(1, 'a'),
    claim(2, 'b', { exact: 'said so', asserters }),
    claim(3, 'c', { exact: 'said so', asserters }),
  ];
  const disputes = [
    dispute(9, {
      question: 'Was it so?',
      targets: [id(1)],
      positions: [{ statement: 'Yes', evidence: [id(1), id(2)] }],
    }),
  ];
  expect(because({ claims, disputes }, 1)?.map(({ claimId }) => claimId)).toEqual([id(1), id(2)]);
  expect(because({ claims, disputes }, 2)?.map(({ claimId }) => claimId)).toEqual([id(2), id(1), id(3)]);
});

it('what was retracted supports nothing and has no support, nor has a retracted dispute positions', () => {
  const { claims, positions, evidence } = atOnce(
    sourceCount(
      incidentWith({
        claims: [claim(1, 'a'), claim(2, 'b', {}, 'retracted')],
        warnings: [warning(3, { summary: 'A call', evidence: [id(1), id(2)] })],
        links: [link(4, { warningId: id(3), attackId: id(5) }, 'retracted')],
        disputes: [
          {
            ...dispute(6, { question: 'So?', targets: [id(1)], positions: [{ statement: 'Yes' }] }),
            status: 'retracted',
          },
        ],
      }),
      knowing(),
    ),
  );
  expect(claims.map(({ claimId }) => claimId)).toEqual([id(1)]);
  expect(positions).toEqual([]);
  expect(evidence).toMatchObject([{ annotationId: id(3), support: { claimCount: 1, documentCount: 1 } }]);
});

it('an empty incident has an empty count', () => {
  const empty = atOnce(sourceCount(incidentWith({}), knowing()));
  expect(sourcesView.parse(empty)).toEqual(empty);
  expect(empty).toMatchObject({ claims: [], positions: [], evidence: [] });
});
