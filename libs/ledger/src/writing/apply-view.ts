import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { rowsSource, viewStatement } from './append-statement.js';
import { failureOf } from './failures.js';
import { changesInParts, encodeRows, type TableChange } from './view-rows.js';
import { TimeSlice } from '../time-slice.js';
import type { InlineView, Row, StreamChange, TableColumn } from '../ledger-types.js';

/**
 * The view cannot take these changes: its projection threw, or the database rejected its rows. A retry fails
 * the same way.
 */
export class ViewRejected extends Error {
  override readonly name = 'ViewRejected';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Writes the view's rows for the changes, for views that follow the ledger; writers apply attached views the
 * same way. Rows of megabytes take several statements, between which the event loop serves others, so
 * `client` is in a transaction.
 *
 * @throws ViewRejected; any other error is transient and not the view's fault.
 */
export async function applyView(
  client: Pick<Pool | PoolClient, 'query'>,
  view: InlineView,
  changes: readonly StreamChange[],
): Promise<void> {
  const slice = new TimeSlice();
  const parts = changesInParts(view, changes);
  for (;;) {
    const tables = nextPart(parts);
    if (tables === undefined) return;
    if (tables.length > 0) await write(client, tables);
    else if (slice.isOver) await slice.giveWay();
  }
}

function nextPart(parts: Iterator<TableChange[], void>): TableChange[] | undefined {
  try {
    return parts.next().value ?? undefined;
  } catch (cause) {
    throw new ViewRejected(cause);
  }
}

async function write(client: Pick<Pool | PoolClient, 'query'>, tables: TableChange[]): Promise<void> {
  try {
    await client.query(viewStatement(tables));
  } catch (error) {
    throw (await failureOf(error, client)) === 'rejected' ? new ViewRejected(error) : error;
  }
}

/**
 * Runs a statement that reads a view's rows as a table, to compare or count them instead of writing them as
 * `applyView` does.
 *
 * @param rows at least one, with values for `columns`.
 * @param textOf builds the statement; `source` goes into its FROM: a table with `columns`, of the types that
 * they state.
 * @throws ViewRejected; any other error is transient and not the view's fault.
 */
export async function queryOverRows<R extends QueryResultRow>(
  client: Pick<Pool | PoolClient, 'query'>,
  columns: readonly TableColumn[],
  rows: readonly Row[],
  textOf: (source: string) => string,
): Promise<QueryResult<R>> {
  let encoded: ReturnType<typeof encodeRows>;
  try {
    encoded = encodeRows(columns, rows);
  } catch (cause) {
    throw new ViewRejected(cause);
  }
  try {
    return await client.query<R>(textOf(rowsSource(columns, encoded)), [...encoded.values]);
  } catch (error) {
    throw (await failureOf(error, client)) === 'rejected' ? new ViewRejected(error) : error;
  }
}
