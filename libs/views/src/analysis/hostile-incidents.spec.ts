import { inSlices, type Steps } from '../time-slice.js';
import { TooMuchAtOnce } from '../index.js';
import { attack, claim, dispute, id, incidentWith, killed, knowing, warning } from './incident.fixture.js';
import { sourceCount } from './source-count.js';
import { suggestionsOf } from './suggestions.js';
import { warningScorecard } from './warning-scorecard.js';

/** How many steps an analysis says that it takes, until it is refused at `most`. */
async function stepsOf<T>(analysis: Steps<T>, most: number): Promise<number> {
  let counted = 0;
  const counting = (function* (): Steps<T> {
    for (;;) {
      const next = analysis.next();
      if (next.done) return next.value;
      counted += next.value;
      yield next.value;
    }
  })();
  await inSlices(counting, most).catch((error: unknown) => {
    if (!(error instanceof TooMuchAtOnce)) throw error;
  });
  return counted;
}

const numbers = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + at);

/*
 * Incidents of some hundred kilobytes whose analyses would compare every annotation with every other one, or
 * name all of them for each.
 */
describe('an incident made to be costly', () => {
  it('of claims that all quote the same words of one party is refused, not answered with their square', async () => {
    const claims = numbers(1, 2_000).map((n) =>
      claim(n, 'a', { exact: 'the same words', asserters: [{ name: 'Reuters' }] }),
    );
    await expect(inSlices(sourceCount(incidentWith({ claims }), knowing()))).rejects.toThrow(TooMuchAtOnce);
    const few = incidentWith({ claims: claims.slice(0, 100) });
    expect((await inSlices(sourceCount(few, knowing()))).claims).toHaveLength(100);
  });

  it('of warnings whose windows cover every attack is refused', async () => {
    const warnings = numbers(1, 400).map((n) => warning(n, { summary: 'w', window: { edtf: '2024' } }));
    const attacks = numbers(1_001, 400).map((n) =>
      attack(n, { summary: 'a', occurredAt: { edtf: '2024-05' } }),
    );
    await expect(inSlices(suggestionsOf(incidentWith({ warnings, attacks })))).rejects.toThrow(TooMuchAtOnce);
  });

  it('of figures that one dispute names together takes no more steps than it may', async () => {
    const claims = numbers(1, 2_000).map((n) => killed(n, 'a', [n, n]));
    const ids = claims.map((each) => each.id);
    const attacks = numbers(5_001, 10).map((n) => attack(n, { summary: 'a', evidence: ids }));
    const disputes = [
      dispute(9_000, { question: '?', targets: [ids[0]!], positions: [{ statement: 's', evidence: ids }] }),
    ];
    const most = 100_000;
    const steps = await stepsOf(suggestionsOf(incidentWith({ claims, attacks, disputes })), most);
    expect(steps).toBeGreaterThan(most);
    expect(steps).toBeLessThan(most + 5_000);
  });

  it('of warnings and disputes that have nothing to do with each other costs their number, not their product', async () => {
    const warnings = numbers(1, 3_000).map((n) => warning(n, { summary: 'w' }));
    const disputes = numbers(10_001, 3_000).map((n) =>
      dispute(n, { question: '?', targets: [id(n + 50_000)] }),
    );
    const steps = await stepsOf(warningScorecard(incidentWith({ warnings, disputes }), knowing()), 1e9);
    expect(steps).toBeLessThan(10_000);
  });

  it('of one claim that a thousand disputes are about, and a thousand warnings rest on, is refused', async () => {
    const claims = [claim(1, 'a')];
    const warnings = numbers(10, 1_000).map((n) => warning(n, { summary: 'w', evidence: [id(1)] }));
    const disputes = numbers(10_001, 1_000).map((n) => dispute(n, { question: '?', targets: [id(1)] }));
    await expect(
      inSlices(warningScorecard(incidentWith({ claims, warnings, disputes }), knowing())),
    ).rejects.toThrow(TooMuchAtOnce);
  });
});
