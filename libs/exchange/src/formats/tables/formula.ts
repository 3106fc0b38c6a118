/*
 * A spreadsheet runs a CSV cell that begins with one of these as a formula, even if it was meant as text. A preceding
 * apostrophe makes it text. Cells that begin with an apostrophe before such a character get one more, so that reading
 * is exact.
 */
const ESCAPED = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/** The text in a form that a spreadsheet does not run. */
export const withoutFormula = (cell: string): string => (ESCAPED.test(cell) ? `'${cell}` : cell);

/** The inverse of {@link withoutFormula}. */
export const withFormula = (cell: string): string =>
  cell.startsWith("'") && ESCAPED.test(cell) ? cell.slice(1) : cell;
