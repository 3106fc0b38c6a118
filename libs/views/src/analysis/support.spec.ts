import { histories } from '@casebook/testing';
import fc from 'fast-check';
import { incidentView } from '../rendering.js';
import { claim, id, knowing } from './incident.fixture.js';
import { standingClaims } from './standing.js';
import { supportOf } from './support.js';

const organisation = (name: string) => ({ name, kind: 'organisation' as const });
const named = (name: string) => ({ name, kind: 'named' as const });

const sourcesOf = (...args: Parameters<typeof supportOf>): string[][] =>
  supportOf(...args).sources.map(({ claims }) => claims);

describe('documents come down to one source', () => {
  const both = [claim(1, 'courier'), claim(2, 'mercury')];

  it('where they have the same upstream, letter case and spacing aside', () => {
    const documents = knowing({
      courier: { upstream: 'Quillon Press  Agency, 11 March' },
      mercury: { upstream: 'quillon press agency, 11\u00a0March ' },
    });
    expect(supportOf(both, documents)).toMatchObject({
      claimCount: 2,
      documentCount: 2,
      sourceCount: 1,
      sources: [{ name: 'Quillon Press  Agency, 11 March' }],
    });
  });

  it('where one is by the publisher that the other repeats', () => {
    const documents = knowing({
      courier: { publisher: 'The Courier' },
      mercury: { upstream: 'the courier' },
    });
    expect(supportOf(both, documents)).toMatchObject({ sourceCount: 1, sources: [{ name: 'the courier' }] });
  });

  it('where one is the article that the other repeats', () => {
    const documents = knowing({
      courier: { publisher: 'The Courier', title: 'Ministry warned, says official' },
      mercury: { upstream: 'Ministry warned,  says official' },
    });
    expect(supportOf(both, documents)).toMatchObject({ documentCount: 2, sourceCount: 1 });
  });

  it('where their chains of asserters end in the same agency, before the publisher', () => {
    const documents = knowing({
      courier: { publisher: 'The Courier' },
      mercury: { publisher: 'The Mercury' },
    });
    const chained = (agency: string) => [
      claim(1, 'courier', {
        asserters: [named('an official'), organisation('Quillon'), organisation('The Courier')],
      }),
      claim(2, 'mercury', {
        asserters: [named('a minister'), organisation(agency), organisation('The Mercury')],
      }),
    ];
    expect(supportOf(chained('QUILLON'), documents)).toMatchObject({
      sourceCount: 1,
      voiceCount: 2,
      sources: [{ name: 'Quillon' }],
    });
    expect(supportOf(chained('Meridian'), documents)).toMatchObject({ sourceCount: 2 });
  });

  it('where the agency of one is the publisher of the other', () => {
    const documents = knowing({ courier: { publisher: 'Quillon' } });
    const quoting = claim(2, 'mercury', { asserters: [named('an official'), organisation('Quillon')] });
    expect(sourcesOf([claim(1, 'courier'), quoting], documents)).toEqual([[id(1), id(2)]]);
  });

  it('and so on from document to document', () => {
    const documents = knowing({
      a: { upstream: 'X' },
      b: { publisher: 'X', upstream: 'Y' },
      c: { upstream: 'Y' },
    });
    expect(sourcesOf([claim(1, 'a'), claim(2, 'c'), claim(3, 'd'), claim(4, 'b')], documents)).toEqual([
      [id(1), id(2), id(4)],
      [id(3)],
    ]);
  });
});

describe('documents are sources of their own', () => {
  it('where nothing is known of them', () => {
    expect(sourcesOf([claim(1, 'a'), claim(2, 'b'), claim(3, 'a')], knowing())).toEqual([
      [id(1), id(3)],
      [id(2)],
    ]);
  });

  it('where they quote the same person: that is one voice, heard by two', () => {
    const quoted = [1, 2].map((n) => claim(n, `paper ${n}`, { asserters: [named('Tomas Verrin')] }));
    expect(supportOf(quoted, knowing())).toMatchObject({
      sourceCount: 2,
      voiceCount: 1,
      voices: ['Tomas Verrin'],
    });
  });

  it('where one publisher prints both, unless another document repeats that publisher', () => {
    const documents = knowing({
      a: { publisher: 'The Mercury' },
      b: { publisher: 'The Mercury' },
      c: { upstream: 'The Mercury' },
    });
    expect(sourcesOf([claim(1, 'a'), claim(2, 'b')], documents)).toHaveLength(2);
    expect(sourcesOf([claim(1, 'a'), claim(2, 'b'), claim(3, 'c')], documents)).toHaveLength(1);
  });

  it('where each paper speaks in its own voice: two, though both are called the author', () => {
    const own = [1, 2].map((n) =>
      claim(n, `paper ${n}`, { asserters: [{ name: 'the author', kind: 'document' as const }] }),
    );
    expect(supportOf(own, knowing())).toMatchObject({ sourceCount: 2, voiceCount: 2 });
    const once = supportOf([own[0]!, claim(3, 'paper 1', { asserters: own[0]!.asserters })], knowing());
    expect(once).toMatchObject({ sourceCount: 1, voiceCount: 1, voices: ['the author'] });
  });
});

test('of any claims: sources share out the claims, are no more than the documents, and do not depend on the order', () => {
  const cases = fc.tuple(histories({ maxDocuments: 5 }), fc.infiniteStream(fc.nat()));
  fc.assert(
    fc.property(cases, ([{ state, documents }, lots]) => {
      if (state.status === 'unopened') return;
      const knowledge = (documentId: string) => documents.find((each) => each.id === documentId);
      const claims = [...standingClaims(incidentView(state, () => undefined)).values()];
      const support = supportOf(claims, knowledge);
      expect(support.sources.flatMap(({ claims: each }) => each).sort()).toEqual(
        claims.map((each) => each.id).sort(),
      );
      expect(support.sourceCount).toBeLessThanOrEqual(support.documentCount);
      expect(support.documentCount).toBeLessThanOrEqual(support.claimCount);
      const partition = (of: typeof claims) =>
        sourcesOf(of, knowledge)
          .map((group) => group.sort().join())
          .sort();
      const shuffled = claims
        .map((each) => ({ each, lot: Number(lots.next().value) }))
        .sort((a, b) => a.lot - b.lot)
        .map(({ each }) => each);
      expect(partition(shuffled)).toEqual(partition(claims));
    }),
  );
});
