import { exportedRows, type ExportedRows } from '@casebook/contracts';
import { type IncidentSource, TooMuchAtOnce } from '@casebook/views';
import { type ExportFormat, ExportRefused } from '../format.js';
import { shortened } from '../json.js';
import type { Cell } from './cells.js';
import { headerOf, rowsOf } from './rows.js';
import { isAnnotationRows, KIND_OF } from './tables.js';
import { CELL_LENGTH, SHEET_ROWS, type Sheet, workbook } from './workbook.js';

/** The sheet for texts that are too long for a cell. */
const LONG = 'long texts';
const MARK = ` … (whole in the sheet “${LONG}”)`;

type Rows = AsyncIterable<readonly Cell[]>;

/** The tables of an incident, each read again on every request. */
interface Tables {
  of(this: void, rows: ExportedRows): Rows;
}

/** The rows of a table for a sheet: texts too long for a cell are shortened, and `hear` is then called. */
async function* fitted(cellsOf: Rows, hear: () => void): Rows & AsyncGenerator<readonly Cell[], void, void> {
  for await (const cells of cellsOf) {
    yield cells.map((cell) => {
      if (typeof cell !== 'string' || cell.length <= CELL_LENGTH) return cell;
      hear();
      return shortened(cell, CELL_LENGTH - MARK.length) + MARK;
    });
  }
}

/** Texts too long for a cell, in parts that fit, cut between characters. */
async function* longTexts(
  tables: Tables,
  withLong: ReadonlySet<ExportedRows>,
): AsyncGenerator<readonly Cell[], void, void> {
  for (const rows of withLong) {
    const header = headerOf(rows);
    let row = 1;
    for await (const cells of tables.of(rows)) {
      row += 1;
      for (const [column, cell] of cells.entries())
        if (typeof cell === 'string' && cell.length > CELL_LENGTH)
          for (const [index, part] of partsOf(cell).entries())
            yield [rows, row, header[column], index + 1, part];
    }
  }
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + CELL_LENGTH;
    const cut = /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
    parts.push(text.slice(at, cut));
    at = cut;
  }
  return parts;
}

/** The tables, including the computed tolls. For an incident too large for the analysis, a note replaces its tolls. */
async function tablesOf(source: IncidentSource): Promise<Tables> {
  const tolls: (readonly Cell[])[] = [];
  try {
    for await (const row of rowsOf(source, 'tolls')) tolls.push(row);
  } catch (error) {
    if (!(error instanceof TooMuchAtOnce)) throw error;
    tolls.push([`Not computed: ${error.message}`]);
  }
  return {
    of: (rows) =>
      rows === 'tolls'
        ? (async function* () {
            yield* tolls;
          })()
        : rowsOf(source, rows),
  };
}

async function* xlsx(source: IncidentSource): AsyncGenerator<Uint8Array, void, void> {
  const names = exportedRows.options;
  const full = names.find((rows) => isAnnotationRows(rows) && source.count([KIND_OF[rows]]) >= SHEET_ROWS);
  if (full !== undefined) {
    throw new ExportRefused(
      'too-costly',
      `A sheet holds ${SHEET_ROWS} rows, and there are more ${full} than that. Export them as CSV: export/csv?kind=${full}.`,
    );
  }
  const tables = await tablesOf(source);
  const withLong = new Set<ExportedRows>();
  const sheets = names.map((rows): Sheet => ({
    name: rows,
    header: headerOf(rows),
    rows: fitted(tables.of(rows), () => void withLong.add(rows)),
  }));
  const last: Sheet = {
    name: LONG,
    header: ['sheet', 'row', 'column', 'part', 'text'],
    rows: longTexts(tables, withLong),
  };
  yield* workbook([...sheets, last], new Date(source.header.revisedAt));
}

export const xlsxExport: ExportFormat = {
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: 'xlsx',
  description: 'an Excel workbook with one sheet per table',
  write: xlsx,
};
