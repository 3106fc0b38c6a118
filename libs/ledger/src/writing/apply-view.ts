import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import { rowsSource, viewStatement } from './append-statement.js';
import { failureOf } from './failures.js';
import { changesOfView, encodeRows, type TableChange } from './view-rows.js';
import type { InlineView, Row, StreamChange, TableColumn } from '../ledger-types.js';

/** The view will not have these changes: its projection threw, or the database rejected its rows. It will not the next time either. */
export class ViewRejected extends Error {
  override readonly name = 'ViewRejected';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Writes what the view makes of the changes, in one statement: for views that follow the ledger, in the way in which writers apply
 * those that are attached. Nothing is committed by it where `client` is in a transaction.
 *
 * @throws ViewRejected; anything else that is thrown is the moment's fault, not the view's.
 */
export async function applyView(
  client: Pick<Pool | PoolClient, 'query'>,
  view: InlineView,
  changes: readonly StreamChange[],
): Promise<void> {
  let tables: TableChange[];
  try {
    tables = changesOfView(view, changes);
  } catch (cause) {
    throw new ViewRejected(cause);
  }
  if (tables.length === 0) return;
  try {
    await client.query(viewStatement(tables));
  } catch (error) {
    throw (await failureOf(error, client)) === 'rejected' ? new ViewRejected(error) : error;
  }
}

/**
 * Runs a statement that reads rows of a view as a table: for those who compare rows, or count them, where `applyView` writes them.
 *
 * @param rows at least one, with values for `columns`.
 * @param textOf gives the statement; `source` is what it has in its FROM: a table with `columns`, of the types that these state.
 * @throws ViewRejected; anything else that is thrown is the moment's fault, not the view's.
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
