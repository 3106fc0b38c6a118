import { createHash } from 'node:crypto';
import {
  type ColumnValue,
  type InlineView,
  queryOverRows,
  type Row,
  type TableShape,
} from '@casebook/ledger';
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

/** Makes an empty temporary table beside each of the view's, without an index. `suffix`: what follows in CREATE TABLE. */
export async function createCopies(database: Database, view: InlineView, suffix = ''): Promise<Copy[]> {
  // PostgreSQL takes no other value once a connection has used a temporary table, so all that make some say the same here.
  await database.query(`SET temp_buffers = '64MB'`);
  const copies: Copy[] = [];
  for (const shape of view.tables) {
    const name = copyName(shape);
    await database.query(`CREATE TEMPORARY TABLE ${name} (LIKE ${shape.name} INCLUDING DEFAULTS) ${suffix}`);
    copies.push({ shape, name });
  }
  return copies;
}

/** To be called once the bulk of the rows is in: an index that is made at once costs less than one that grows with every row. */
export async function indexCopies(database: Database, copies: readonly Copy[]): Promise<void> {
  for (const { shape, name } of copies) {
    await database.query(`ALTER TABLE ${name} ADD PRIMARY KEY (${shape.key.join(', ')})`);
  }
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

/*
 * What rows hash to. A row is a line: the table's name, a space, and the JSON array of the row's columns in the order of the shape, with a
 * space behind each comma, times in UTC with milliseconds and binary in hex; it ends with LF.
 */

/** The types of which this process knows how the database writes a value; of others (tsvector, jsonb) it has to be asked. */
const WRITTEN_ALIKE = /^(text|uuid|bigint|integer|smallint|boolean|bytea|timestamp.*|text\[\]|uuid\[\])$/;

/** The lines that the rows which a projection gave have once they are stored. */
export async function linesOfRows(
  database: Database,
  shape: TableShape,
  rows: readonly Row[],
): Promise<string[]> {
  if (shape.columns.every(({ type }) => WRITTEN_ALIKE.test(type))) {
    return rows.map((row) => lineOf(shape, row));
  }
  const { rows: lines } = await queryOverRows<{ line: string }>(
    database,
    shape.columns,
    rows,
    (source) => `SELECT ${lineText(shape)} AS line FROM ${source} t`,
  );
  return lines.map(({ line }) => line);
}

function lineOf(shape: TableShape, row: Row): string {
  const values = shape.columns.map(({ name, type }) => JSON.stringify(stored(type, row[name])));
  return `${shape.name} [${values.join(', ')}]\n`;
}

function stored(type: string, value: ColumnValue): ColumnValue {
  if (value === undefined || value === null) return null;
  if (type.startsWith('timestamp')) return new Date(value as string | Date).toISOString();
  if (type.startsWith('uuid')) return Array.isArray(value) ? value.map(lowerCase) : lowerCase(value);
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}

const lowerCase = (value: ColumnValue): string => (value as string).toLowerCase();

/** The lines of a table or of a subquery in parentheses, in no order unless `rest` of the statement says one. */
export async function* linesOf(
  database: Database,
  shape: TableShape,
  from: string,
  rest: string,
  values: readonly unknown[],
): AsyncGenerator<string, void, void> {
  const columns = shape.columns.map(({ name, type }) => textOf(`t.${name}`, type)).join(', ');
  await database.query(
    `DECLARE row_lines NO SCROLL CURSOR FOR
     SELECT '${shape.name} ' || json_build_array(${columns})::text || E'\n' FROM ${from} t ${rest}`,
    [...values],
  );
  for (;;) {
    const { rows } = await database.query<[string]>({
      rowMode: 'array',
      text: `FETCH ${LINES_AT_ONCE} FROM row_lines`,
    });
    for (const [line] of rows) yield line;
    if (rows.length < LINES_AT_ONCE) break;
  }
  await database.query('CLOSE row_lines');
}

/** Read in pieces, so that neither side has to hold a whole table. */
const LINES_AT_ONCE = 2000;

/**
 * The checksum of a view's rows: the sum, modulo 2^256, of the SHA-256 of each row's line, in lower-case hex. It does not depend on the
 * order of the rows, so it is taken along while they are folded. It tells apart what faults make different; it is no proof against
 * somebody who chooses the rows, who can make two sets with one sum.
 */
export class RowSum {
  /** The number's 32-bit digits, the highest first. */
  private readonly digits = new Uint32Array(8);

  add(line: string): void {
    this.move(line, 1);
  }

  remove(line: string): void {
    this.move(line, -1);
  }

  copy(): RowSum {
    const other = new RowSum();
    other.digits.set(this.digits);
    return other;
  }

  get checksum(): string {
    return [...this.digits].map((digit) => digit.toString(16).padStart(8, '0')).join('');
  }

  private move(line: string, sign: 1 | -1): void {
    const digest = createHash('sha256').update(line).digest();
    let carry = 0;
    for (let i = 7; i >= 0; i -= 1) {
      const sum = this.digits[i]! + sign * digest.readUInt32BE(4 * i) + carry;
      carry = Math.floor(sum / 0x1_0000_0000);
      this.digits[i] = sum - carry * 0x1_0000_0000;
    }
  }
}

export interface RowSet {
  readonly rows: number;
  /** Lower-case hex. */
  readonly checksum: string;
}

/**
 * All rows that a view has in a workspace.
 *
 * @param database a connection within a transaction.
 * @param tableOf which table to read for a shape: the one in use where left out.
 */
export async function rowSetOf(
  database: Database,
  view: InlineView,
  workspaceId: string,
  tableOf: (shape: TableShape) => string = ({ name }) => name,
): Promise<RowSet> {
  const sum = new RowSum();
  let rows = 0;
  for (const shape of view.tables) {
    const lines = linesOf(database, shape, tableOf(shape), 'WHERE t.workspace_id = $1', [workspaceId]);
    for await (const line of lines) {
      sum.add(line);
      rows += 1;
    }
  }
  return { rows, checksum: sum.checksum };
}

/**
 * What a view's rows about one incident hash to: SHA-256 over their lines, table after table in the view's order, rows in the order of
 * their keys. Anybody who has the rows can compute it, and nobody can make other rows with it.
 *
 * @param database a connection within a transaction.
 */
export async function incidentRowsOf(
  database: Database,
  view: InlineView,
  workspaceId: string,
  incidentId: string,
): Promise<RowSet> {
  const hash = createHash('sha256');
  let rows = 0;
  for (const shape of view.tables) {
    const about = aboutIncident(shape, incidentId);
    const order = shape.key.map((name) => `t.${name}`).join(', ');
    const lines = linesOf(
      database,
      shape,
      shape.name,
      `WHERE t.workspace_id = $1 AND t.${about.column} = $2 ORDER BY ${order}`,
      [workspaceId, about.value],
    );
    for await (const line of lines) {
      hash.update(line);
      rows += 1;
    }
  }
  return { rows, checksum: hash.digest('hex') };
}

/** The line of a row of `t`. */
function lineText(shape: TableShape): string {
  const columns = shape.columns.map(({ name, type }) => textOf(`t.${name}`, type));
  return `'${shape.name} ' || json_build_array(${columns.join(', ')})::text || E'\\n'`;
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
