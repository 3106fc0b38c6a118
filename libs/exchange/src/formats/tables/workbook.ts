import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Cell } from './cells.js';

/*
 * An Excel workbook (ECMA-376, Office Open XML), written as its rows arrive: a ZIP archive with an XML file per
 * sheet. Text is in inline strings, so no table of strings is kept in memory, and nothing in a sheet can be a
 * formula.
 */

export interface Sheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly Cell[]>;
}

/** Maximum UTF-16 units in a cell. */
export const CELL_LENGTH = 32_767;
/** Maximum rows in a sheet. */
export const SHEET_ROWS = 1_048_576;

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Text that looks like an escape, and characters that XML 1.0 cannot represent or does not preserve. */
const ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)|[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/gu;
const codeOf = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** As XML, with the escapes of ECMA-376 part 1, section 22.9.2.19 (ST_Xstring), which Excel reads back. */
const xml = (text: string): string =>
  text.replace(ESCAPED, codeOf).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A, B, … Z, AA, … */
function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest === 0 ? '' : letters(rest - 1)}${String.fromCharCode(65 + (column % 26))}`;
}

/** The styles of `xl/styles.xml`: bold, and text, which stays text when edited. */
const BOLD = 1;
const TEXT = 2;

function cellXml(cell: Cell, at: string, style: number): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(cell)}</t></is></c>`;
}

const rowXml = (cells: readonly Cell[], row: number, style = TEXT): string =>
  `<row r="${row}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row}`, style)).join('')}</row>`;

/** The parts of the archive other than the sheets. */
function frame(sheets: readonly Sheet[]): readonly (readonly [path: string, content: string])[] {
  const each = (of: (sheet: Sheet, number: number) => string): string =>
    sheets.map((sheet, index) => of(sheet, index + 1)).join('');
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>${each((_, number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`)}</Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${NAMESPACE}" xmlns:r="${RELATIONSHIPS}"><sheets>${each((sheet, number) => `<sheet name="${xml(sheet.name)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${each((_, number) => `<Relationship Id="rId${number}" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONSHIPS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${NAMESPACE}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ],
  ];
}

/** A sheet with a frozen header. */
const sheetHead = ({ header }: Sheet): string =>
  `<worksheet xmlns="${NAMESPACE}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${header.length}" width="22" customWidth="1"/></cols><sheetData>${rowXml(header, 1, BOLD)}`;

/** XML is compressed in pieces of about this many UTF-16 units. */
const PIECE = 64 * 1024;

/** The bytes of the workbook, in pieces. @param modified the time of its files */
export async function* workbook(
  sheets: readonly Sheet[],
  modified: Date,
): AsyncGenerator<Uint8Array, void, void> {
  let made: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    made.push(chunk);
  });
  const taken = function* (): Generator<Uint8Array, void, void> {
    const ready = made;
    made = [];
    yield* ready;
  };
  const file = (path: string): ZipDeflate => {
    const added = new ZipDeflate(path, { level: 6 });
    added.mtime = modified;
    zip.add(added);
    return added;
  };
  for (const [path, content] of frame(sheets)) file(path).push(strToU8(DECLARATION + content), true);
  for (const [index, sheet] of sheets.entries()) {
    const added = file(`xl/worksheets/sheet${index + 1}.xml`);
    let piece = DECLARATION + sheetHead(sheet);
    let row = 1;
    for await (const cells of sheet.rows) {
      row += 1;
      piece += rowXml(cells, row);
      if (piece.length < PIECE) continue;
      added.push(strToU8(piece));
      piece = '';
      yield* taken();
    }
    added.push(strToU8(`${piece}</sheetData></worksheet>`), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}
