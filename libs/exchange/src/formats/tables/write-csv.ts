import { stringify } from 'csv-stringify/sync';
import type { IncidentSource } from '@casebook/views';
import { type ExportFormat, type ExportOptions, ExportRefused } from '../format.js';
import { withoutFormula } from './formula.js';
import { headerOf, rowsOf } from './rows.js';

/** Rows per piece. */
const PIECE = 100;

/** One table of the incident (RFC 4180, in UTF-8, with a header row). */
async function* csv(source: IncidentSource, { rows }: ExportOptions): AsyncGenerator<string, void, void> {
  if (rows === undefined) {
    throw new ExportRefused(
      'invalid-request',
      'A CSV file holds one table: choose it with kind, such as ?kind=claims.',
    );
  }
  const options = { record_delimiter: '\r\n' };
  yield stringify([headerOf(rows)], options);
  let piece: string[][] = [];
  for await (const row of rowsOf(source, rows)) {
    piece.push(row.map((cell) => withoutFormula(String(cell ?? ''))));
    if (piece.length < PIECE) continue;
    yield stringify(piece, options);
    piece = [];
  }
  if (piece.length > 0) yield stringify(piece, options);
}

export const csvExport: ExportFormat = {
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  description: 'CSV, one table by kind: claims, warnings, attacks, links, disputes, comments, items or tolls',
  write: csv,
};
