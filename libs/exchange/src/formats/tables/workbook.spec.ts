import readXlsxFile from 'read-excel-file/node';
import { strFromU8, unzipSync } from 'fflate';
import type { Cell } from './cells.js';
import { CELL_LENGTH, workbook } from './workbook.js';

async function* rowsOf(rows: readonly (readonly Cell[])[]) {
  yield* await Promise.resolve(rows);
}
async function written(rows: readonly (readonly Cell[])[], header = ['a', 'b', 'c']): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of workbook(
    [{ name: 'claims', header, rows: rowsOf(rows) }],
    new Date('2031-03-05T09:11:00Z'),
  ))
    parts.push(part);
  return Buffer.concat(parts);
}
describe('a workbook', () => {
  it('is read by another library with the same values, and holds no formula', async () => {
    const rows: Cell[][] = [
      ['=cmd|calc!A0', '-1', '+1'],
      ['@SUM(A1)', 'a\tb', 'a\nb'],
      ['<b>&"\'</b>', 'שלום עולם', '🙂🏳️‍🌈'],
      [9, -49.0213, 1e9],
      ['_x0041_', 'a\u000bb\u0001', 'CR\r\nLF'],
      ['e\u0301', '\u200fRTL', 'x'.repeat(CELL_LENGTH)],
    ];
    const bytes = await written(rows);
    const [sheet] = await readXlsxFile(bytes, { trim: false });
    expect(sheet?.sheet).toBe('claims');
    expect(sheet?.data[0]).toEqual(['a', 'b', 'c']);
    expect(sheet?.data.slice(1)).toEqual(rows);
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toContain('xl/worksheets/sheet1.xml');
    for (const content of Object.values(files)) expect(strFromU8(content)).not.toMatch(/<f[ >]/);
  });

  it('leaves absent cells empty', async () => {
    const [sheet] = await readXlsxFile(
      await written([
        ['only', undefined, 'last'],
        [undefined, '', 7],
      ]),
    );
    expect(sheet?.data.slice(1)).toEqual([
      ['only', null, 'last'],
      [null, null, 7],
    ]);
  });
});
