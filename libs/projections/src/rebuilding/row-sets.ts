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

/* A view's rows as a set: a copy beside the live one, the comparison of the two, and their hashes. */

export interface Copy {
  readonly shape: TableShape;
  /** A temporary table of the connection that created it. */
  readonly name: string;
}

/**
 * Creates an empty temporary table without an index for each of the view's. `suffix` ends the CREATE TABLE.
 */
export async function createCopies(database: Database, view: InlineView, suffix = ''): Promise<Copy[]> {
  // PostgreSQL fixes the value once a connection has used a temporary table, so every creator sets the same
  // one.
  await database.query(`SET temp_buffers = '64MB'`);
  const copies: Copy[] = [];
  for (const shape of view.tables) {
    const name = copyName(shape);
    await database.query(`CREATE TEMPORARY TABLE ${name} (LIKE ${shape.name} INCLUDING DEFAULTS) ${suffix}`);
    copies.push({ shape, name });
  }
  return copies;
}

/**
 * Call it once most rows are inserted: building an index at once costs less than growing it with every row.
 */
export async function indexCopies(database: Database, copies: readonly Copy[]): Promise<void> {
  for (const { shape, name } of copies) {
    await database.query(`ALTER TABLE ${name} ADD PRIMARY KEY (${shape.key.join(', ')})`);
  }
}

/** The same view, writing into the copies. */
export const intoCopies = (view: InlineView): InlineView => ({
  ...view,
  tables: view.tables.map((shape) => ({ ...shape, name: copyName(shape) })),
  *project(changes) {
    for (const rows of view.project(changes)) yield { ...rows, table: copyName({ name: rows.table }) };
  },
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
 * The hash of rows. Each row is a line: the table's name, a space, and a JSON array of the row's columns in
 * the shape's order, with a space after each comma, times in UTC with milliseconds and binary in hex; it ends
 * with LF.
 */

/** Rows per statement: rows on their way to the database are in memory twice. */
const ROWS_AT_ONCE = 2000;

/** Splits these rows into one list per statement, in order. */
export function* fewAtOnce<R>(rows: readonly R[]): Generator<readonly R[], void, void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}

/**
 * The types whose text this process writes as the database does; for others (tsvector, jsonb) the database
 * must be asked.
 */
const WRITTEN_ALIKE = /^(text|uuid|bigint|integer|smallint|boolean|bytea|timestamp.*|text\[\]|uuid\[\])$/;

/**
 * The hashes of projected rows as they will be stored: the concatenated SHA-256 of each row's line.
 *
 * @throws ViewRejected if a value does not fit its column.
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

/** Returns the writer of a row's line, which looks up each column's type once. */
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

/** Texts in which JSON escapes nothing. */
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

/**
 * The hashes of the lines of a table or of a parenthesized subquery, in no order: even a row of megabytes
 * travels as 32 bytes.
 */
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

/** The single column of a query's rows. */
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

/** Fetched in pieces, so that neither side holds a whole table. */
const LINES_AT_ONCE = 2000;

/**
 * The checksum of a view's rows: the sum, modulo 2^256, of the SHA-256 of each row's line, in lower-case hex.
 * It does not depend on the order of the rows, so it is computed while they are folded. It detects faults; it
 * does not protect against an attacker who chooses the rows and can construct two sets with the same sum.
 */
export class RowSum {
  /** The sum's 32-bit digits, most significant first. */
  private readonly digits = new Uint32Array(8);

  /** Adds rows by the concatenated hashes of their lines. */
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
 * All rows of a view in a workspace.
 *
 * @param database a connection within a transaction.
 * @param tableOf which table to read for a shape; the live one by default.
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
 * The hash of a view's rows with one value in a column: SHA-256 over their lines, table after table in the
 * view's order, rows in key order. Anyone who has the rows can compute it, and no other rows have the same
 * hash.
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

/** A value's text, independent of the connection's settings. */
function textOf(column: string, type: string): string {
  if (type.startsWith('timestamp'))
    return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return type === 'bytea' ? `encode(${column}, 'hex')` : column;
}
