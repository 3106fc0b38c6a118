import { disputeFields, suggested as suggestedSchema } from '@casebook/contracts';
import { decide } from '@casebook/incident';
import { histories } from '@casebook/testing';
import fc from 'fast-check';
import { incidentView } from '../rendering.js';
import { attack, claim, dispute, id, incidentWith, killed, link, warning } from './incident.fixture.js';
import { decidedSuggestions, suggestionIn, suggestionsOf } from './suggestions.js';
import { atOnce } from '../time-slice.js';

type Lists = Parameters<typeof incidentWith>[0];

const suggested = (lists: Lists) =>
  atOnce(suggestionsOf(incidentWith(lists))).map(({ suggested: each }) => each);
const kinds = (lists: Lists) => suggested(lists).map(({ kind }) => kind);
const said = (name: string) => ({ asserters: [{ name }] });

describe('contradictory figures', () => {
  const blast = (...evidence: number[]) => attack(99, { summary: 'Blast', evidence: evidence.map(id) });
  const claims = [killed(1, 'a', [9, 9]), killed(2, 'b', [11, null]), killed(3, 'c', [8, 12])];

  it('are those of one attack that cannot both be so', () => {
    expect(suggested({ claims, attacks: [blast(1, 2, 3)] })).toEqual([
      {
        kind: 'contradictory-figures',
        subjects: [id(1), id(2), id(99)],
        sentence: 'Of “Blast”, 2 claims contradict each other: 9; 11 or more killed.',
        facts: {
          counts: 'killed',
          figures: [
            { claimId: id(1), min: 9, max: 9 },
            { claimId: id(2), min: 11, max: null },
          ],
        },
      },
    ]);
    expect(kinds({ claims, attacks: [blast(1, 3), { ...blast(2), id: id(98) }] })).toEqual([]);
  });

  it('are none between what is said and what is denied or guessed', () => {
    const guessed = killed(4, 'd', [90, 90], { modality: 'speculation' });
    expect(kinds({ claims: [...claims, guessed], attacks: [blast(1, 4)] })).toEqual([]);
  });

  it('are none where one dispute names both claims; a retracted dispute names none', () => {
    const names = dispute(97, {
      question: 'How many?',
      targets: [id(1)],
      positions: [{ statement: '11', evidence: [id(2)] }],
    });
    expect(kinds({ claims, attacks: [blast(1, 2)], disputes: [names] })).toEqual([]);
    const apart = [1, 2].map((n) => dispute(90 + n, { question: 'So?', targets: [id(n)] }));
    expect(kinds({ claims, attacks: [blast(1, 2)], disputes: apart })).toEqual(['contradictory-figures']);
    const retracted = { ...names, status: 'retracted' as const };
    expect(kinds({ claims, attacks: [blast(1, 2)], disputes: [retracted] })).toEqual([
      'contradictory-figures',
    ]);
  });

  it('make a dispute with a position for each figure', () => {
    const same = killed(4, 'd', [9, 9]);
    const incident = incidentWith({ claims: [...claims, same], attacks: [blast(1, 2, 4)] });
    expect(atOnce(suggestionsOf(incident))[0]?.dispute).toEqual({
      question: 'How many does “Blast” count as killed?',
      targets: [id(1), id(4), id(2)],
      positions: [
        { statement: '9 killed', evidence: [id(1), id(4)] },
        { statement: '11 or more killed', evidence: [id(2)] },
      ],
      grounds: 'The figures cannot all be right.',
    });
  });

  it('more than one dispute takes are suggested in turns', () => {
    const many = Array.from({ length: 150 }, (_, n) => killed(n + 1, 'a', [n, n]));
    const attacks = [blast(...many.map((_, n) => n + 1))];
    const [first] = atOnce(suggestionsOf(incidentWith({ claims: many, attacks })));
    expect(disputeFields.parse(first?.dispute)).toMatchObject({ targets: { length: 100 } });
  });
});

describe('one quote of two parties', () => {
  it('is the same words, marks and spacing aside, at first hand of different parties', () => {
    const claims = [
      claim(1, 'a', { exact: '“Nobody told us.”', ...said('the mayor') }),
      claim(2, 'b', { exact: 'nobody  told us', ...said('a baker') }),
    ];
    expect(suggested({ claims })).toEqual([
      {
        kind: 'one-quote-two-parties',
        subjects: [id(1), id(2)],
        sentence: '“Nobody told us.” is said by the mayor, and by a baker.',
        facts: {
          quote: 'nobody told us',
          parties: [
            { claimId: id(1), name: 'the mayor' },
            { claimId: id(2), name: 'a baker' },
          ],
        },
      },
    ]);
  });

  it('is none where the party is the same, or nobody knows', () => {
    const exact = 'Nobody told us';
    const claims = [
      claim(1, 'a', { exact, ...said('The Mayor') }),
      claim(2, 'b', { exact, asserters: [{ name: 'the mayor' }, { name: 'a paper' }] }),
      claim(3, 'c', { exact }),
    ];
    expect(kinds({ claims })).toEqual([]);
  });
});

it('a quote of twenty thousand dots is compared as fast as any', () => {
  const exact = `${'.'.repeat(19_999)}a`;
  const claims = [claim(1, 'a', { exact, ...said('x') }), claim(2, 'b', { exact: 'A', ...said('y') })];
  expect(kinds({ claims })).toEqual(['one-quote-two-parties']);
});

describe('a span claimed twice', () => {
  const at = { start: 10, exact: 'nine killed and three hurt' };
  it('is two claims at one place of one document', () => {
    expect(suggested({ claims: [claim(1, 'a', at), claim(2, 'a', at), claim(3, 'b', at)] })).toMatchObject([
      {
        kind: 'span-claimed-twice',
        subjects: [id(1), id(2)],
        sentence: '“nine killed and three hurt” is claimed twice, at the same place.',
        facts: { span: { start: 10, end: 36 } },
      },
    ]);
  });

  it('is none where each states a figure of something else', () => {
    const counting = (n: number, counts: string) => claim(n, 'a', { ...at, figure: { counts, min: n } });
    expect(kinds({ claims: [counting(1, 'killed'), counting(2, 'wounded')] })).toEqual([]);
  });
});

describe('warnings', () => {
  const call = warning(1, { summary: 'A call', window: { edtf: '2031-03-04/2031-03-06' } });
  const blast = (n: number, edtf: string) => attack(n, { summary: 'Blast', occurredAt: { edtf } });
  const tie = (n: number, attackId: number, status?: 'retracted') =>
    link(n, { warningId: id(1), attackId: id(attackId) }, status);

  it('without a link are suggested, and so are those whose link or attack was retracted', () => {
    const bare = { ...call, window: undefined } as typeof call;
    expect(kinds({ warnings: [bare] })).toEqual(['warning-without-link']);
    expect(kinds({ warnings: [bare], attacks: [blast(2, '2031')], links: [tie(3, 2)] })).toEqual([]);
    expect(kinds({ warnings: [bare], attacks: [blast(2, '2031')], links: [tie(3, 2, 'retracted')] })).toEqual(
      ['warning-without-link'],
    );
    const gone = { ...blast(2, '2031'), status: 'retracted' as const };
    expect(kinds({ warnings: [bare], attacks: [gone], links: [tie(3, 2)] })).toEqual([
      'warning-without-link',
    ]);
  });

  it('cover each attack that may have occurred within their window, unless a link ties them', () => {
    const attacks = [
      blast(2, '2031-03-04'),
      blast(3, '2031-03-07'),
      blast(4, '2031-03'),
      blast(5, '2031-03-05/..'),
    ];
    expect(suggested({ warnings: [call], attacks, links: [tie(9, 2)] })).toMatchObject([
      {
        kind: 'window-covers-attack',
        subjects: [id(1), id(4)],
        facts: { window: '2031-03-04/2031-03-06', occurredAt: '2031-03' },
      },
      { kind: 'window-covers-attack', subjects: [id(1), id(5)] },
    ]);
  });

  it('with a window that is open on both sides, or printed only, cover nothing', () => {
    const attacks = [blast(2, '2031-03-04')];
    for (const window of [{ edtf: '../..' }, { asPrinted: 'in the coming days' }]) {
      expect(kinds({ warnings: [{ ...call, window }], attacks })).toEqual(['warning-without-link']);
    }
  });
});

describe('the id of a suggestion', () => {
  const attacks = [attack(99, { summary: 'Blast', evidence: [id(1), id(2)] })];
  const idOf = (lists: Lists) => atOnce(suggestionsOf(incidentWith(lists)))[0]?.id;
  const [nine, eleven] = [killed(1, 'a', [9, 9]), killed(2, 'b', [11, 11])];
  const first = idOf({ claims: [nine, eleven], attacks });

  it('is a UUID of version 8, made of kind, subjects and facts alone', () => {
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const retold = [{ ...attacks[0]!, summary: 'Blast at the market', evidence: [id(2), id(1)] }];
    expect(idOf({ claims: [eleven, nine], attacks: retold })).toBe(first);
  });

  it('is another where a fact is another', () => {
    expect(idOf({ claims: [nine, killed(2, 'b', [12, 12])], attacks })).not.toBe(first);
    expect(
      idOf({
        claims: [nine, { ...eleven, id: id(3) }],
        attacks: [attack(99, { summary: '', evidence: [id(1), id(3)] })],
      }),
    ).not.toBe(first);
  });
});

test('what was decided stays decided while it holds, and is listed after that', () => {
  const bare = incidentWith({ warnings: [warning(1, { summary: 'A call' })] });
  const [open] = atOnce(suggestionsOf(bare));
  const decision = {
    id: open!.id,
    outcome: 'dismissed' as const,
    suggestion: open!.suggested,
    reason: 'Nothing came of it.',
    by: 'bob',
    at: '2031-03-05T09:00:00.000Z',
    revision: 1,
    position: 7,
  };
  expect(atOnce(decidedSuggestions(bare, [])).suggestions).toMatchObject([{ state: 'open', holds: true }]);
  expect(atOnce(decidedSuggestions(bare, [decision])).suggestions).toEqual([
    {
      id: open!.id,
      ...open!.suggested,
      state: 'dismissed',
      holds: true,
      decision: { by: 'bob', at: decision.at, reason: 'Nothing came of it.', position: 7 },
    },
  ]);
  const revised = incidentWith({
    warnings: [warning(1, { summary: 'A call', issuedAt: { edtf: '2031-03' } })],
  });
  expect(atOnce(decidedSuggestions(revised, [decision])).suggestions).toMatchObject([
    { state: 'open', holds: true },
    { id: open!.id, state: 'dismissed', holds: false },
  ]);
  // Erased by law: what was suggested is gone, unless it is suggested still.
  const erased = { ...decision, suggestion: null };
  expect(atOnce(decidedSuggestions(revised, [erased])).suggestions).toHaveLength(1);
  expect(atOnce(decidedSuggestions(bare, [erased])).suggestions).toMatchObject([{ state: 'dismissed' }]);
});

test('in any history each suggestion appears once, can be stored, and is settled for good when accepted', () => {
  fc.assert(
    fc.property(histories({ maxCommands: 60 }), ({ state, events }) => {
      if (state.status !== 'open') return;
      const incident = incidentView(state, () => undefined);
      const all = atOnce(suggestionsOf(incident));
      expect(new Set(all.map(({ id: each }) => each)).size).toBe(all.length);
      for (const { id: suggestionId, suggested: suggestion, dispute: raised } of all) {
        expect(suggestedSchema.parse(suggestion)).toEqual(suggestion);
        expect(atOnce(suggestionIn(incident, state.suggestions, suggestionId))?.suggested).toEqual(
          suggestion,
        );
        if (raised === undefined) continue;
        expect(disputeFields.parse(raised)).toEqual(raised);
        const decision = decide(
          {
            type: 'AcceptSuggestion',
            suggestionId,
            suggestion,
            dispute: { id: id(events.length + 1), fields: raised },
          },
          state,
        );
        expect(decision.accepted && decision.events.map(({ type }) => type)).toEqual(
          state.suggestions.get(suggestionId)?.outcome === 'accepted'
            ? []
            : ['DisputeRaised', 'SuggestionAccepted'],
        );
        const settled = atOnce(
          suggestionsOf({
            ...incident,
            disputes: [...incident.disputes, dispute(events.length + 1, raised)],
          }),
        );
        expect(settled.map(({ id: each }) => each)).not.toContain(suggestionId);
      }
    }),
    { numRuns: 200 },
  );
});

test('of any figures, accepting suggestion after suggestion leaves no contradiction that no dispute names', () => {
  const ranges = fc
    .tuple(fc.option(fc.nat({ max: 6 }), { nil: null }), fc.option(fc.nat({ max: 6 }), { nil: null }))
    .map(([min, more]): [number | null, number | null] => [min, more === null ? null : (min ?? 0) + more]);
  let disputes = 0;
  fc.assert(
    fc.property(fc.array(ranges, { minLength: 2, maxLength: 8 }), (figures) => {
      const claims = figures.map((range, n) => killed(n + 1, `paper ${n}`, range));
      const attacks = [attack(99, { summary: 'Blast', evidence: claims.map(({ id: each }) => each) })];
      const apart = (
        [min, max]: [number | null, number | null],
        [least, most]: [number | null, number | null],
      ) => (max ?? Infinity) < (least ?? -Infinity) || (most ?? Infinity) < (min ?? -Infinity);
      const contradicted = claims.filter((_, n) =>
        figures.some((other) => figures[n] !== undefined && apart(figures[n], other)),
      );
      const [first, ...more] = atOnce(suggestionsOf(incidentWith({ claims, attacks })));
      expect(more).toEqual([]);
      expect(first?.suggested.subjects ?? []).toEqual(
        contradicted.length === 0 ? [] : [...contradicted.map(({ id: each }) => each), id(99)].sort(),
      );
      if (first?.dispute === undefined) return;
      disputes += 1;
      expect(first.dispute.positions?.flatMap(({ evidence = [] }) => evidence).sort()).toEqual(
        [...first.dispute.targets].sort(),
      );
      expect(kinds({ claims, attacks, disputes: [dispute(98, first.dispute)] })).toEqual([]);
    }),
  );
  expect(disputes).toBeGreaterThan(20);
});
