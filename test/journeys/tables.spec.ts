import { exportedRows } from '@casebook/contracts';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { enter } from '../support/corpus.js';
import { fetchExport } from '../support/exports.js';
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
    return parse<Row>(text, { columns: true });
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

  it('as a workbook have a sheet each, with numbers as numbers, and long texts whole in a sheet of their own', async () => {
    const question = 'Which? '.repeat(100);
    const positions = Array.from({ length: 5 }, (_, index) => ({
      statement: `${index}: ${'=long; '.repeat(1420)}🙂`,
    }));
    const { id } = await enter(alice, `incidents/${ids['incident']}/disputes`, {
      question,
      targets: [ids['claim']],
      positions,
    });
    await service.caughtUp();
    const { status, bytes } = await fetchExport(
      service.url,
      alice,
      `incidents/${ids['incident']}/export/xlsx`,
    );
    expect(status).toBe(200);
    const sheets = await readXlsxFile(bytes, { trim: false });
    expect(sheets.map(({ sheet }) => sheet)).toEqual([...exportedRows.options, 'long texts']);
    const rowsIn = (name: string): Record<string, unknown>[] => {
      const [header = [], ...rows] = sheets.find(({ sheet }) => sheet === name)!.data;
      return rows.map((row) => Object.fromEntries(row.map((cell, index) => [header[index], cell])));
    };
    expect(rowsIn('claims')[0]).toMatchObject({ statement: '=Nine were killed', start: 9, credibility: 2 });
    expect(rowsIn('attacks')[0]).toMatchObject({ latitude: -49.0213, longitude: -121.7702, killed_best: 9 });
    const dispute = rowsIn('disputes').find((row) => row['id'] === id)!;
    expect(dispute['positions']).toMatch(/… \(whole in the sheet “long texts”\)$/);
    const parts = rowsIn('long texts');
    expect(parts.map(({ sheet, row, column, part }) => [sheet, row, column, part])).toEqual([
      ['disputes', 3, 'positions', 1],
      ['disputes', 3, 'positions', 2],
    ]);
    expect(parted(parts.map(({ text }) => text).join(''))).toEqual(
      positions.map(({ statement }) => statement),
    );
  });

  it('as CSV need a kind', async () => {
    const refused = await alice.get(`incidents/${ids['incident']}/export/csv`);
    expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining('?kind=claims')]);
    expect((await alice.get(`incidents/${ids['incident']}/export/csv?kind=people`)).status).toBe(400);
  });
});

/** The values of a cell that holds several: `; ` between them, `\\;` for a semicolon of their own. */
const parted = (cell: string): string[] =>
  cell.split(/(?<!\\)(?:\\\\)*; /).map((value) => value.replace(/\\([\\;])/g, '$1'));
