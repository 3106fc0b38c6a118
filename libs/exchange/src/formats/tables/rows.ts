import type { CasualtiesView, ExportedRows } from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import { type Cell, joined } from './cells.js';
import { cellOf, type RowContext } from './column.js';
import { COLUMNS, isAnnotationRows, KIND_OF } from './tables.js';

/* The rows of each table of an incident, for every kind of table file. */

type Toll = CasualtiesView['attacks'][number]['tolls'][number];
type Attack = CasualtiesView['attacks'][number];

/** The columns of the table of tolls. They come from the casualty analysis, so they cannot be imported. */
const TOLLS: readonly (readonly [name: string, cell: (attack: Attack, toll: Toll) => Cell])[] = [
  ['attack_id', ({ attackId }) => attackId],
  ['attack', ({ summary }) => summary],
  ['occurred_at', ({ occurredAt }) => occurredAt?.edtf],
  ['occurred_at_as_printed', ({ occurredAt }) => occurredAt?.asPrinted],
  ['counts', (_, { counts }) => counts],
  ['low', (_, { low }) => low ?? undefined],
  ['high', (_, { high }) => high ?? undefined],
  ['open_below', (_, { openBelow }) => (openBelow ? 'yes' : 'no')],
  ['open_above', (_, { openAbove }) => (openAbove ? 'yes' : 'no')],
  ['best_min', (_, { best }) => best?.min ?? undefined],
  ['best_max', (_, { best }) => best?.max ?? undefined],
  ['best_basis', (_, { best }) => best?.basis],
  ['best_claims', (_, { best }) => joined(best?.claims ?? [])],
  ['sources', (_, { support }) => support.sourceCount],
  ['documents', (_, { support }) => support.documentCount],
  ['figures', (_, { figures }) => figures.length],
];

/** The header row. */
export const headerOf = (rows: ExportedRows): string[] =>
  isAnnotationRows(rows) ? COLUMNS[rows].map(({ name }) => name) : TOLLS.map(([name]) => name);

/** The rows below the header, one by one. Erased annotations have none. */
export async function* rowsOf(
  source: IncidentSource,
  rows: ExportedRows,
): AsyncGenerator<readonly Cell[], void, void> {
  if (!isAnnotationRows(rows)) {
    for (const attack of (await source.analyses.casualties()).attacks)
      for (const toll of attack.tolls) yield TOLLS.map(([, cell]) => cell(attack, toll));
    return;
  }
  const context: RowContext = {
    incidentId: source.header.id,
    documents: new Map(source.documents.map(({ id, details }) => [id, details])),
  };
  const columns = COLUMNS[rows];
  for await (const view of source.annotations([KIND_OF[rows]]))
    if (view.status !== 'erased') yield columns.map((column) => cellOf(column, view, context));
}
