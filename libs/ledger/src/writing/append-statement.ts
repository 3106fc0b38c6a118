import { eventRecords } from './event-records.js';
import { keyColumns, wireType, type EncodedRows, type TableChange } from './view-rows.js';
import type { StoredEvent, TableColumn } from '../ledger-types.js';

/** A statement of the pool; one with a name is prepared once a connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

/** One move of a workspace's head: from exactly `oldSize` and `epoch`, by these events. */
export interface Move {
  readonly workspaceId: string;
  readonly oldSize: number;
  readonly epoch: number;
  readonly frontier: Buffer;
  /** Of the last event. */
  readonly recordedAt: string;
  readonly events: readonly StoredEvent[];
  /** The events' payloads as RFC 8785 text, in the same order; `null`: erased. */
  readonly payloads: readonly (string | null)[];
}

const MOVE_PARAMETERS = 7;

const EVENT_COLUMNS = `stream_id, stream_version, event_id, type, schema_version, subject, actor_id, command_id, command_index,
  correlation_id, causation_id, command_digest, payload_commitment, payload_salt, leaf_hash, payload, recorded_at`;

/**
 * Moves the head and inserts the events and the views' rows, all or nothing. All inserts read from `moved`, so where the head was
 * not where the batch was decided on, nothing happens at all: the statement then counts 0 rows, and else one for each event.
 */
export function appendStatement(move: Move, tables: readonly TableChange[]): Statement {
  const views = viewClauses(tables, MOVE_PARAMETERS + 1);
  return prepared(
    `WITH moved AS (
       UPDATE ledger_heads SET size = $4::bigint, frontier = $5::bytea, last_recorded_at = $6::timestamptz
       WHERE workspace_id = $1::text AND size = $2::bigint AND epoch = $3::bigint RETURNING 1)${views.clauses}
     INSERT INTO events (workspace_id, position, ${EVENT_COLUMNS})
     SELECT $1::text, $2::bigint + n, ${EVENT_COLUMNS}
     FROM moved, unnest($7::appended_event[]) WITH ORDINALITY AS appended (${EVENT_COLUMNS}, n)`,
    [
      move.workspaceId,
      move.oldSize,
      move.epoch,
      move.oldSize + move.events.length,
      move.frontier,
      move.recordedAt,
      eventRecords(move.events, move.payloads),
      ...views.values,
    ],
  );
}

/** The rows of one view alone, for when it must be able to fail apart from the events. */
export function viewStatement(tables: readonly TableChange[]): Statement {
  const views = viewClauses(tables, 1);
  return prepared(`WITH moved AS (SELECT 1)${views.clauses} SELECT count(*) FROM moved`, views.values);
}

/** Every distinct text gets a name for good: as many as there are sets of tables that change together. */
const names = new Map<string, string>();
const MAX_NAMES = 256;

function prepared(text: string, values: unknown[]): Statement {
  let name = names.get(text);
  if (name === undefined && names.size < MAX_NAMES) {
    name = `casebook_append_${names.size}`;
    names.set(text, name);
  }
  return name === undefined ? { text, values } : { name, text, values };
}

function viewClauses(
  tables: readonly TableChange[],
  firstParameter: number,
): { clauses: string; values: unknown[] } {
  const clauses: string[] = [];
  const values: unknown[] = [];
  for (const { shape, upserts, deletes } of tables) {
    const rest = shape.columns.filter((column) => !shape.key.includes(column.name));
    if (upserts) {
      const names = shape.columns.map((column) => column.name).join(', ');
      clauses.push(`INSERT INTO ${shape.name} (${names})
        SELECT ${cast(shape.columns)} FROM moved, ${source(shape.columns, upserts, firstParameter + values.length)}
        ON CONFLICT (${shape.key.join(', ')}) DO ${
          rest.length === 0
            ? 'NOTHING'
            : `UPDATE SET ${rest.map((column) => `${column.name} = EXCLUDED.${column.name}`).join(', ')}`
        }`);
      values.push(...upserts.values);
    }
    if (deletes) {
      const key = keyColumns(shape);
      clauses.push(`DELETE FROM ${shape.name} AS t
        USING moved, ${source(key, deletes, firstParameter + values.length)}
        WHERE ${key.map((column) => `t.${column.name} = ${cast([column])}`).join(' AND ')}`);
      values.push(...deletes.values);
    }
  }
  return { clauses: clauses.map((clause, i) => `,\n     view_${i} AS (${clause})`).join(''), values };
}

/** Rows that are all of a statement's parameters, as a table of the columns' own types. */
export function rowsSource(columns: readonly TableColumn[], rows: EncodedRows): string {
  const typed = columns.map((column) => `${cast([column])} AS ${column.name}`);
  return `(SELECT ${typed.join(', ')} FROM ${source(columns, rows, 1)})`;
}

/** Arrays are unnested in the SELECT list: in FROM each would be written to a store of its own first, which costs more than a few rows do. */
function source(columns: readonly TableColumn[], rows: EncodedRows, firstParameter: number): string {
  const parameter = (column: TableColumn, i: number): string =>
    `$${firstParameter + i}::${wireType(column.type)}`;
  return rows.single
    ? `(VALUES (${columns.map(parameter).join(', ')})) AS u (${columns.map(({ name }) => name).join(', ')})`
    : `(SELECT ${columns.map((column, i) => `unnest(${parameter(column, i)}[]) AS ${column.name}`).join(', ')}) AS u`;
}

function cast(columns: readonly TableColumn[]): string {
  return columns
    .map((column) =>
      wireType(column.type) === column.type ? `u.${column.name}` : `CAST(u.${column.name} AS ${column.type})`,
    )
    .join(', ');
}
