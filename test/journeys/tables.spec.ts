import { parse } from 'csv-parse/sync';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

type Row = Record<string, string>;

describe('the tables of an incident', () => {
  let service: TestService;
  let alice: Client;
  let ids: Record<string, string>;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    ids = await incidentOfAllKinds(alice);
  });
  afterAll(() => service.close());

  const table = async (kind: string): Promise<Row[]> => {
    const { status, text } = await alice.get(`incidents/${ids['incident']}/export/csv?kind=${kind}`);
    expect([status, text]).toEqual([200, expect.any(String)]);
    return parse(text, { columns: true }) as Row[];
  };

  it('as CSV have a header of stable names, and a row for each annotation', async () => {
    const claims = await table('claims');
    expect(claims).toHaveLength(2);
    expect(claims[0]).toMatchObject({
      id: ids['claim'],
      statement: "'=Nine were killed",
      quote: '“nine” people',
      document_id: ids['document'],
      document_title: 'Blast at the market',
      start: '9',
      asserters: 'the governor; Meridian',
      asserter_kinds: 'named; organisation',
      tags: 'toll; blessés',
      figure_min: '9',
      figure_max: '',
      recorded_by: 'alice',
      status: 'active',
    });
    expect(await table('attacks')).toMatchObject([
      { summary: 'A blast', latitude: "'-49.0213", killed_best: '9', killed_evidence: ids['claim'] },
    ]);
    expect(await table('disputes')).toMatchObject([
      {
        targets: `${ids['claim']}; ${ids['attack']}`,
        positions: 'Nine.; Twelve.',
        position_evidence: `${ids['claim']}; `,
        state: 'open',
      },
    ]);
    expect(await table('tolls')).toMatchObject([
      { attack_id: ids['attack'], counts: 'killed', best_min: '9', best_max: '9', best_basis: 'analyst' },
    ]);
  });

  it('as CSV need a kind', async () => {
    const refused = await alice.get(`incidents/${ids['incident']}/export/csv`);
    expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining('?kind=claims')]);
    expect((await alice.get(`incidents/${ids['incident']}/export/csv?kind=people`)).status).toBe(400);
  });
});
