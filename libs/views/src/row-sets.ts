import { createHash } from 'node:crypto';
import type { InlineView, TableShape } from '@casebook/ledger';
import type { Database } from './event-pages.js';
import { streams } from './streams.js';

/*
 * The rows of a view as a set of their own: a copy beside the one in use, what differs between the two, and what they hash to.
 */

export interface Copy {
  readonly shape: TableShape;
  /** A temporary table of the connection that made it. */
  readonly name: string;
}

/** Makes an empty temporary table beside each of the view's. `suffix`: what follows in CREATE TABLE. */
export async function createCopies(database: Database, view: InlineView, suffix = ''): Promise<Copy[]> {
  const copies: Copy[] = [];
  for (const shape of view.tables) {
    const name = copyName(shape);
    await database.query(`CREATE TEMPORARY TABLE ${name} (LIKE ${shape.name} INCLUDING DEFAULTS) ${suffix}`);
    await database.query(`ALTER TABLE ${name} ADD PRIMARY KEY (${shape.key.join(', ')})`);
    copies.push({ shape, name });
  }
  return copies;
}

/** The same view, writing into the copies. */
export const intoCopies = (view: InlineView): InlineView => ({
  ...view,
  tables: view.tables.map((shape) => ({ ...shape, name: copyName(shape) })),
  project: (changes) =>
    view.project(changes).map((rows) => ({ ...rows, table: copyName({ name: rows.table }) })),
});

const copyName = ({ name }: Pick<TableShape, 'name'>): string => `copy_of_${name.replace('.', '_')}`;

/** `a.x = b.x AND …` over the key. */
export const sameKey = (shape: TableShape, a: string, b: string): string =>
  shape.key.map((name) => `${a}.${name} = ${b}.${name}`).join(' AND ');

/** Whether two rows differ in any column of the shape. */
export const different = (shape: TableShape, a: string, b: string): string => {
  const all = (alias: string): string => shape.columns.map(({ name }) => `${alias}.${name}`).join(', ');
  return `ROW(${all(a)}) IS DISTINCT FROM ROW(${all(b)})`;
};

export interface RowSet {
  readonly rows: number;
  /** SHA-256, lower-case hex. */
  readonly checksum: string;
}

/** Hashed in pieces, so that neither side has to hold a whole table. */
const HASHED_AT_ONCE = 5000;

/**
 * What a view's rows hash to: SHA-256 over one line for each row, table after table in the view's order, rows in the order of their
 * keys. A line is the table's name, a space, and the JSON array of the row's columns in the order of the shape, times in UTC with
 * milliseconds and binary in hex; it ends with LF. Anybody who has the rows can compute it.
 *
 * @param tableOf which table to read for a shape: the one in use, or a copy.
 * @param incidentId the rows about one incident alone.
 */
export async function rowSetOf(
  database: Database,
  view: InlineView,
  workspaceId: string,
  {
    tableOf = ({ name }) => name,
    incidentId,
  }: { tableOf?: (shape: TableShape) => string; incidentId?: string } = {},
): Promise<RowSet> {
  const hash = createHash('sha256');
  let rows = 0;
  for (const shape of view.tables) {
    const about = incidentId === undefined ? null : aboutIncident(shape, incidentId);
    const where = about === null ? '' : `AND t.${about.column} = $2`;
    const columns = shape.columns.map(({ name, type }) => textOf(`t.${name}`, type)).join(', ');
    const { rows: pieces } = await database.query<{ lines: string; rows: number }>(
      `SELECT string_agg(line, '' ORDER BY n) AS lines, count(*) AS rows
       FROM (SELECT row_number() OVER (ORDER BY ${shape.key.map((name) => `t.${name}`).join(', ')}) AS n,
               '${shape.name} ' || json_build_array(${columns})::text || E'\\n' AS line
             FROM ${tableOf(shape)} t WHERE t.workspace_id = $1 ${where}) lines
       GROUP BY n / ${HASHED_AT_ONCE} ORDER BY n / ${HASHED_AT_ONCE}`,
      about === null ? [workspaceId] : [workspaceId, about.value],
    );
    for (const piece of pieces) {
      hash.update(piece.lines, 'utf8');
      rows += piece.rows;
    }
  }
  return { rows, checksum: hash.digest('hex') };
}

/** Where a row says which incident it is about, and how. */
function aboutIncident({ columns }: TableShape, incidentId: string): { column: string; value: string } {
  const has = (column: string): boolean => columns.some(({ name }) => name === column);
  if (has('stream_id')) return { column: 'stream_id', value: streams.incident(incidentId) };
  return { column: has('incident_id') ? 'incident_id' : 'id', value: incidentId };
}

/** A value's text, whatever the connection's settings are. */
function textOf(column: string, type: string): string {
  if (type.startsWith('timestamp'))
    return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return type === 'bytea' ? `encode(${column}, 'hex')` : column;
}
