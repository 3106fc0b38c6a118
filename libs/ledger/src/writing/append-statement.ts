import { eventRecords, eventValues } from './event-records.js';
import { otherShapes } from './key-shapes.js';
import { keyColumns, wireType, type EncodedRows, type TableChange } from './view-rows.js';
import type { StoredEvent, TableColumn } from '../ledger-types.js';

/** A statement for the pool; a named one is prepared once per connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

/** One advance of a workspace's head, by these events, from exactly `oldSize` and `epoch`. */
export interface Move {
  readonly workspaceId: string;
  readonly oldSize: number;
  readonly epoch: number;
  readonly frontier: Buffer;
  /** The last event's time. */
  readonly recordedAt: string;
  readonly events: readonly StoredEvent[];
  /** The events' payloads as RFC 8785 text, in the same order; `null` for an erased payload. */
  readonly payloads: readonly (string | null)[];
  /** The ids of the commands that arrived with a key: nothing is appended if one is recorded in its other shape. */
  readonly keys: readonly string[];
}

/** The number of parameters besides the events. */
const MOVE_PARAMETERS = 6;

/** The columns of `appended_event`. */
const EVENT_COLUMNS = [
  ['stream_id', 'text'],
  ['stream_version', 'integer'],
  ['event_id', 'uuid'],
  ['type', 'text'],
  ['schema_version', 'smallint'],
  ['subject', 'text'],
  ['actor_id', 'text'],
  ['command_id', 'text'],
  ['command_index', 'integer'],
  ['correlation_id', 'text'],
  ['causation_id', 'text'],
  ['command_digest', 'bytea'],
  ['payload_commitment', 'bytea'],
  ['payload_salt', 'bytea'],
  ['leaf_hash', 'bytea'],
  ['payload', 'text'],
  ['recorded_at', 'timestamptz'],
] as const;

const EVENT_NAMES = EVENT_COLUMNS.map(([name]) => name).join(', ');

const MANY_EVENTS = `SELECT $1::text, $2::bigint + n, ${EVENT_NAMES}
     FROM moved, unnest($${MOVE_PARAMETERS + 1}::appended_event[]) WITH ORDINALITY AS appended (${EVENT_NAMES}, n)`;

/** For a single event, one parameter per column: taking one event out of an array costs the server more. */
const ONE_EVENT = `SELECT $1::text, $4::bigint, ${EVENT_COLUMNS.map(([, type], i) => `$${MOVE_PARAMETERS + 1 + i}::${type}`).join(', ')}
     FROM moved`;

/**
 * Moves the head and inserts the events and the views' rows, all or nothing. Every insert reads from `moved`,
 * so the statement writes nothing and counts 0 rows if the head is not where the batch was decided, or a key is
 * recorded in its other shape; otherwise it counts one row per event. The keys are compared with all that is
 * recorded up to this head, since the head's size is that of the same snapshot.
 */
export function appendStatement(move: Move, tables: readonly TableChange[]): Statement {
  const [first] = move.events;
  const single = first !== undefined && move.events.length === 1;
  const events = single
    ? eventValues(first, move.payloads[0] ?? null)
    : [eventRecords(move.events, move.payloads)];
  const free = MOVE_PARAMETERS + events.length + 1;
  const shapes = move.keys.length === 0 ? null : otherShapes(move.keys, free);
  const keys = shapes?.values ?? [];
  const views = viewClauses(tables, free + keys.length);
  return prepared(
    `WITH moved AS (
       UPDATE ledger_heads SET size = $4::bigint, frontier = $5::bytea, last_recorded_at = $6::timestamptz
       WHERE workspace_id = $1::text AND size = $2::bigint AND epoch = $3::bigint
         ${shapes === null ? '' : `AND NOT EXISTS (${shapes.found})`} RETURNING 1)${views.clauses}
     INSERT INTO events (workspace_id, position, ${EVENT_NAMES})
     ${single ? ONE_EVENT : MANY_EVENTS}`,
    [
      move.workspaceId,
      move.oldSize,
      move.epoch,
      move.oldSize + move.events.length,
      move.frontier,
      move.recordedAt,
      ...events,
      ...keys,
      ...views.values,
    ],
  );
}

/** The rows of one view alone, for a view that must be able to fail without the events. */
export function viewStatement(tables: readonly TableChange[]): Statement {
  const views = viewClauses(tables, 1);
  return prepared(`WITH moved AS (SELECT 1)${views.clauses} SELECT count(*) FROM moved`, views.values);
}

/**
 * Each distinct text keeps its name for good: there are as many as there are sets of tables that change
 * together.
 */
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

/** Rows that are all of a statement's parameters, as a table with the columns' own types. */
export function rowsSource(columns: readonly TableColumn[], rows: EncodedRows): string {
  const typed = columns.map((column) => `${cast([column])} AS ${column.name}`);
  return `(SELECT ${typed.join(', ')} FROM ${source(columns, rows, 1)})`;
}

/**
 * Arrays are unnested in the SELECT list: in FROM, PostgreSQL first writes each one to a tuplestore, which
 * costs more than a few rows do.
 */
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
