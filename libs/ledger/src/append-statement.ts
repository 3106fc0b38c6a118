import { pgArray, type Element, type ElementType } from './pg-array.js';
import { keyColumns, wireType, type TableChange } from './view-rows.js';
import type { StoredEvent, TableColumn } from './ledger-types.js';

/** A statement of the pool; one with a name is prepared once a connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** One move of a workspace's head: from exactly `oldSize` and `epoch`, by these events. */
export interface Move {
  readonly workspaceId: string;
  readonly oldSize: number;
  readonly epoch: number;
  readonly frontier: Buffer;
  /** ISO 8601 with milliseconds. */
  readonly recordedAt: string;
  readonly events: readonly StoredEvent[];
  /** The events' payloads as RFC 8785 text, in the same order. */
  readonly payloads: readonly string[];
}

interface EventColumn {
  readonly name: string;
  readonly type: ElementType;
  readonly of: (event: StoredEvent) => Element | null;
}

const EVENT_COLUMNS: readonly EventColumn[] = [
  { name: 'stream_id', type: 'text', of: (e) => e.streamId },
  { name: 'stream_version', type: 'integer', of: (e) => e.streamVersion },
  { name: 'event_id', type: 'uuid', of: (e) => e.eventId },
  { name: 'type', type: 'text', of: (e) => e.type },
  { name: 'schema_version', type: 'smallint', of: (e) => e.schemaVersion },
  { name: 'subject', type: 'text', of: (e) => e.subject },
  { name: 'actor_id', type: 'text', of: (e) => e.actorId },
  { name: 'command_id', type: 'text', of: (e) => e.commandId },
  { name: 'command_index', type: 'integer', of: (e) => e.commandIndex },
  { name: 'correlation_id', type: 'text', of: (e) => e.correlationId },
  { name: 'causation_id', type: 'text', of: (e) => e.causationId },
  { name: 'command_digest', type: 'bytea', of: (e) => e.commandDigest },
  { name: 'payload_commitment', type: 'bytea', of: (e) => e.payloadCommitment },
  { name: 'payload_salt', type: 'bytea', of: (e) => e.payloadSalt },
  { name: 'leaf_hash', type: 'bytea', of: (e) => e.leafHash },
];

const MOVE_PARAMETERS = 6;
const NAMES = EVENT_COLUMNS.map((column) => column.name).join(', ');
const ARRAYS = EVENT_COLUMNS.map((column, i) => `$${MOVE_PARAMETERS + 1 + i}::${column.type}[]`).join(', ');
const PAYLOADS = `$${MOVE_PARAMETERS + 1 + EVENT_COLUMNS.length}::text[]`;
const FIRST_VIEW_PARAMETER = MOVE_PARAMETERS + EVENT_COLUMNS.length + 2;

/**
 * Moves the head and inserts the events and the views' rows, all or nothing. The inserts read from `moved`, so where the head
 * was not where the batch was decided on, nothing happens at all and the answer is 0.
 */
export function appendStatement(move: Move, tables: readonly TableChange[]): Statement {
  const views = viewClauses(tables, FIRST_VIEW_PARAMETER);
  return prepared(
    `WITH moved AS (
       UPDATE ledger_heads SET size = $4::bigint, frontier = $5::bytea, last_recorded_at = $6::timestamptz
       WHERE workspace_id = $1::text AND size = $2::bigint AND epoch = $3::bigint RETURNING 1),
     appended AS (
       INSERT INTO events (workspace_id, position, recorded_at, ${NAMES}, payload)
       SELECT $1::text, $2::bigint + u.n, $6::timestamptz, ${EVENT_COLUMNS.map((column) => `u.${column.name}`).join(', ')}, u.payload
       FROM moved, unnest(${ARRAYS}, ${PAYLOADS}) WITH ORDINALITY AS u (${NAMES}, payload, n))${views.clauses}
     SELECT count(*) FROM moved`,
    [
      move.workspaceId,
      move.oldSize,
      move.epoch,
      move.oldSize + move.events.length,
      move.frontier,
      move.recordedAt,
      ...EVENT_COLUMNS.map((column) => pgArray(column.type, move.events.map(column.of))),
      pgArray('text', move.payloads),
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

function prepared(text: string, values: readonly unknown[]): Statement {
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
): { clauses: string; values: readonly Buffer[] } {
  const clauses: string[] = [];
  const values: Buffer[] = [];
  for (const { shape, upserts, deletes } of tables) {
    const rest = shape.columns.filter((column) => !shape.key.includes(column.name));
    if (upserts) {
      const names = shape.columns.map((column) => column.name).join(', ');
      clauses.push(`INSERT INTO ${shape.name} (${names})
        SELECT ${cast(shape.columns)} FROM moved, ${source(shape.columns, firstParameter + values.length)}
        ON CONFLICT (${shape.key.join(', ')}) DO ${
          rest.length === 0
            ? 'NOTHING'
            : `UPDATE SET ${rest.map((column) => `${column.name} = EXCLUDED.${column.name}`).join(', ')}`
        }`);
      values.push(...upserts);
    }
    if (deletes) {
      const key = keyColumns(shape);
      clauses.push(`DELETE FROM ${shape.name} AS t
        USING moved, ${source(key, firstParameter + values.length)}
        WHERE ${key.map((column) => `t.${column.name} = ${cast([column])}`).join(' AND ')}`);
      values.push(...deletes);
    }
  }
  return { clauses: clauses.map((clause, i) => `,\n     view_${i} AS (${clause})`).join(''), values };
}

function source(columns: readonly TableColumn[], firstParameter: number): string {
  const arrays = columns.map((column, i) => `$${firstParameter + i}::${wireType(column.type)}[]`);
  return `unnest(${arrays.join(', ')}) AS u (${columns.map((column) => column.name).join(', ')})`;
}

function cast(columns: readonly TableColumn[]): string {
  return columns
    .map((column) =>
      wireType(column.type) === column.type ? `u.${column.name}` : `CAST(u.${column.name} AS ${column.type})`,
    )
    .join(', ');
}
