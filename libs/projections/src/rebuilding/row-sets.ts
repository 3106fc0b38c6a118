import { createHash } from 'node:crypto';
import {
  type ColumnValue,
  type InlineView,
  queryOverRows,
  type Row,
  SHA256_BYTES,
  type TableShape,
  ViewRejected,
  writeSha256,
} from '@casebook/ledger';
import type { Database } from '../reading/event-pages.js';

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

/** Rows in one statement: what is on its way to the database is held twice. */
const ROWS_AT_ONCE = 2000;

/** These rows in lists for one statement each, in their order. */
export function* fewAtOnce<R>(rows: readonly R[]): Generator<readonly R[], void, void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}

/** The types of which this process knows how the database writes a value; of others (tsvector, jsonb) it has to be asked. */
const WRITTEN_ALIKE = /^(text|uuid|bigint|integer|smallint|boolean|bytea|timestamp.*|text\[\]|uuid\[\])$/;

/**
 * What the rows that a projection gave hash to once they are stored: the SHA-256 of each row's line, one behind the other.
 *
 * @throws ViewRejected where a value does not fit its column.
 */
export async function digestsOfRows(
  database: Database,
  shape: TableShape,
  rows: readonly Row[],
): Promise<Buffer> {
  const digests = Buffer.allocUnsafeSlow(SHA256_BYTES * rows.length);
  let at = 0;
  const add = (line: string): void => {
    writeSha256(digests, at, line);
    at += SHA256_BYTES;
  };
  if (shape.columns.every(({ type }) => WRITTEN_ALIKE.test(type))) {
    const lineOf = lineWriter(shape);
    try {
      for (const row of rows) add(lineOf(row));
    } catch (cause) {
      throw new ViewRejected(cause);
    }
    return digests;
  }
  for (const few of fewAtOnce(rows)) {
    const { rows: lines } = await queryOverRows<{ line: string }>(
      database,
      shape.columns,
      few,
      (source) => `SELECT ${lineText(shape, 't')} AS line FROM ${source} t`,
    );
    for (const { line } of lines) add(line);
  }
  return digests;
}

/** How a row's line is written: each column by its type, which is looked at once. */
function lineWriter({ name, columns }: TableShape): (row: Row) => string {
  const parts = columns.map((column, i) => ({
    ...column,
    before: i === 0 ? `${name} [` : ', ',
    write: writerOf(column.type),
  }));
  return (row) => {
    let line = '';
    for (const { name: column, before, write } of parts) {
      const value = row[column];
      line += before + (value === null || value === undefined ? 'null' : write(value));
    }
    return `${line}]\n`;
  };
}

/** Texts of which JSON escapes nothing. */
const AS_IT_IS = /^[ !#-[\]-~]*$/;

type Writer = (value: NonNullable<ColumnValue>) => string;

function writerOf(type: string): Writer {
  if (type.startsWith('timestamp')) return (value) => `"${new Date(value as string | Date).toISOString()}"`;
  if (type === 'uuid') return (value) => `"${(value as string).toLowerCase()}"`;
  if (type === 'uuid[]')
    return (value) => JSON.stringify((value as string[]).map((one) => one.toLowerCase()));
  if (type === 'bytea') return (value) => `"${(value as Buffer).toString('hex')}"`;
  if (type === 'text')
    return (value) => (AS_IT_IS.test(value as string) ? `"${value as string}"` : JSON.stringify(value));
  return (value) => JSON.stringify(value);
}

/** What the lines of a table or of a subquery in parentheses hash to, in no order: of a row of megabytes, too, 32 bytes are sent. */
export async function* digestsOf(
  database: Database,
  shape: TableShape,
  from: string,
  rest: string,
  values: readonly unknown[],
): AsyncGenerator<Buffer, void, void> {
  const digest = `sha256(convert_to(${lineText(shape, 't')}, 'UTF8'))`;
  yield* fetched<Buffer>(database, `SELECT ${digest} FROM ${from} t ${rest}`, values);
}

/** The one column that a query gives. */
async function* fetched<T>(
  database: Database,
  query: string,
  values: readonly unknown[],
): AsyncGenerator<T, void, void> {
  await database.query(`DECLARE row_lines NO SCROLL CURSOR FOR ${query}`, [...values]);
  for (;;) {
    const { rows } = await database.query<[T]>({
      rowMode: 'array',
      text: `FETCH ${LINES_AT_ONCE} FROM row_lines`,
    });
    for (const [value] of rows) yield value;
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

  /** The rows whose lines hash to these, one behind the other. */
  add(digests: Buffer): void {
    for (let at = 0; at < digests.length; at += SHA256_BYTES) this.move(digests, at, 1);
  }

  remove(digest: Buffer): void {
    this.move(digest, 0, -1);
  }

  copy(): RowSum {
    const other = new RowSum();
    other.digits.set(this.digits);
    return other;
  }

  get checksum(): string {
    return [...this.digits].map((digit) => digit.toString(16).padStart(8, '0')).join('');
  }

  private move(digests: Buffer, at: number, sign: 1 | -1): void {
    let carry = 0;
    for (let i = 7; i >= 0; i -= 1) {
      const sum = this.digits[i]! + sign * digests.readUInt32BE(at + 4 * i) + carry;
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
    const digests = digestsOf(database, shape, tableOf(shape), 'WHERE t.workspace_id = $1', [workspaceId]);
    for await (const digest of digests) {
      sum.add(digest);
      rows += 1;
    }
  }
  return { rows, checksum: sum.checksum };
}

/**
 * The hash of a view's rows with one value in a column: SHA-256 over their lines, table after table in the view's order, rows in the order of
 * their keys. Anyone who has the rows can compute it; no other rows have the same hash.
 *
 * @param database a connection within a transaction.
 * @param where the column and its value, by table.
 */
export async function orderedRowsOf(
  database: Database,
  view: InlineView,
  workspaceId: string,
  where: (shape: TableShape) => { readonly column: string; readonly value: string },
): Promise<RowSet> {
  const hash = createHash('sha256');
  let rows = 0;
  for (const shape of view.tables) {
    const about = where(shape);
    const order = shape.key.map((name) => `t.${name}`).join(', ');
    const lines = fetched<string>(
      database,
      `SELECT ${lineText(shape, 't')} FROM ${shape.name} t WHERE t.workspace_id = $1 AND t.${about.column} = $2 ORDER BY ${order}`,
      [workspaceId, about.value],
    );
    for await (const line of lines) {
      hash.update(line);
      rows += 1;
    }
  }
  return { rows, checksum: hash.digest('hex') };
}

/** The line of a row of the table with this alias. */
export function lineText(shape: TableShape, alias: string): string {
  const columns = shape.columns.map(({ name, type }) => textOf(`${alias}.${name}`, type));
  return `'${shape.name} ' || json_build_array(${columns.join(', ')})::text || E'\\n'`;
}

/** A value's text, whatever the connection's settings are. */
function textOf(column: string, type: string): string {
  if (type.startsWith('timestamp'))
    return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return type === 'bytea' ? `encode(${column}, 'hex')` : column;
}
