/*
 * A spreadsheet runs a cell of a CSV file that begins with one of these as a formula, whatever its owner meant. An apostrophe before it
 * makes it text. Cells that begin with an apostrophe before such a character get one more, so that reading is exact.
 */
const ESCAPED = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/** The text as a spreadsheet will not run it. */
export const withoutFormula = (cell: string): string => (ESCAPED.test(cell) ? `'${cell}` : cell);

/** The text that {@link withoutFormula} was given. */
export const withFormula = (cell: string): string =>
  cell.startsWith("'") && ESCAPED.test(cell) ? cell.slice(1) : cell;
