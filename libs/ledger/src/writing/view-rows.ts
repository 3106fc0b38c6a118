import { pgArray, pgValue, type Element, type ElementType } from './pg-array.js';
import type {
  ColumnValue,
  InlineView,
  Row,
  StreamChange,
  TableColumn,
  TableRows,
  TableShape,
} from '../ledger-types.js';

/** What a batch changes in one table; `null` for no rows. */
export interface TableChange {
  readonly shape: TableShape;
  readonly upserts: EncodedRows | null;
  readonly deletes: EncodedRows | null;
}

/**
 * Rows as parameters, one per column: plain values for a single row, a binary array for more. Unnesting an
 * array costs the server some 5 µs per column before the first row, more than everything else about a single
 * row.
 */
export interface EncodedRows {
  readonly single: boolean;
  readonly values: readonly unknown[];
}

/**
 * Asks the view for its rows and encodes them for the statement. Throws what the view throws, and an error if
 * a row does not fit the table's shape: both are the view's failure, never the events'.
 */
export function changesOfView(view: InlineView, changes: readonly StreamChange[]): TableChange[] {
  const gathered = new GatheredRows(view);
  for (const rows of view.project(changes)) gathered.add(rows);
  return gathered.encoded();
}

/**
 * The same for several statements of bounded size, since one event may give megabytes of rows. Pauses where
 * the event loop may go on with other work, with no changes if there are too few for a statement.
 */
export function* changesInParts(
  view: InlineView,
  changes: readonly StreamChange[],
): Generator<TableChange[], void, void> {
  let gathered = new GatheredRows(view);
  let units = 0;
  for (const rows of view.project(changes)) {
    gathered.add(rows);
    units += unitsIn(rows.upserts);
    if (units < STATEMENT_UNITS) {
      yield [];
      continue;
    }
    yield gathered.encoded();
    gathered = new GatheredRows(view);
    units = 0;
  }
  yield gathered.encoded();
}

/** Rows of this many characters are written together: encoding them takes some milliseconds. */
const STATEMENT_UNITS = 512 * 1024;

const unitsIn = (rows: readonly Row[]): number => {
  let units = 0;
  for (const row of rows) {
    for (const value of Object.values(row)) if (typeof value === 'string') units += value.length;
  }
  return units;
};

/** The rows that a view gives, by table. */
class GatheredRows {
  private readonly upserts = new Map<TableShape, Row[]>();
  private readonly deletes = new Map<TableShape, Row[]>();

  constructor(private readonly view: InlineView) {}

  add({ table, upserts, deletes = [] }: TableRows): void {
    const shape = this.view.tables.find(({ name }) => name === table);
    if (!shape)
      throw new Error(`View ${this.view.name} gave rows for ${table}, which is not among its tables`);
    collect(this.upserts, shape, upserts);
    collect(this.deletes, shape, deletes);
  }

  encoded(): TableChange[] {
    const { upserts, deletes } = this;
    return this.view.tables
      .filter((shape) => upserts.has(shape) || deletes.has(shape))
      .map((shape) => ({
        shape,
        upserts: encode(shape.columns, upserts.get(shape)),
        deletes: encode(keyColumns(shape), deletes.get(shape)),
      }));
  }
}

/** The columns of the key, in the order that `deletes` uses. */
export function keyColumns(shape: TableShape): TableColumn[] {
  return shape.key.map((name) => {
    const column = shape.columns.find((one) => one.name === name);
    if (!column) throw new Error(`${shape.name} has no column ${name}, which its key names`);
    return column;
  });
}

/** The type in which a column's values are sent; the statement casts it if the column has another type. */
export function wireType(columnType: string): ElementType {
  switch (columnType) {
    case 'bytea':
    case 'uuid':
    case 'boolean':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double precision':
    case 'jsonb':
      return columnType;
    case 'timestamp with time zone':
    case 'timestamp(3) with time zone':
      return 'timestamp with time zone';
    default:
      return 'text';
  }
}

function collect(into: Map<TableShape, Row[]>, shape: TableShape, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const gathered = into.get(shape);
  if (gathered === undefined) into.set(shape, [...rows]);
  else for (const row of rows) gathered.push(row);
}

function encode(columns: readonly TableColumn[], rows: readonly Row[] | undefined): EncodedRows | null {
  return rows === undefined ? null : encodeRows(columns, rows);
}

/** Takes at least one row. Throws if a value does not fit its column. */
export function encodeRows(columns: readonly TableColumn[], rows: readonly Row[]): EncodedRows {
  const [first] = rows;
  if (first === undefined) throw new Error('there are no rows to encode');
  const single = rows.length === 1;
  return {
    single,
    values: columns.map((column) => {
      const type = wireType(column.type);
      return single
        ? pgValue(type, element(type, column, first[column.name]))
        : pgArray(type, rows.length, (i) => element(type, column, rows[i]![column.name]));
    }),
  };
}

function element(type: ElementType, column: TableColumn, value: ColumnValue): Element | null {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'jsonb':
      return JSON.stringify(value);
    case 'timestamp with time zone': {
      const time =
        value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : NaN;
      if (Number.isNaN(time))
        throw new TypeError(`${column.name} takes a time, not ${JSON.stringify(value)}`);
      return time;
    }
    case 'bytea':
      if (!Buffer.isBuffer(value)) throw new TypeError(`${column.name} takes a Buffer`);
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw new TypeError(`${column.name} takes a boolean`);
      return value;
    case 'smallint':
    case 'integer':
    case 'bigint':
      if (!Number.isSafeInteger(value)) throw new TypeError(`${column.name} takes an integer`);
      return value as number;
    case 'double precision':
      if (typeof value !== 'number') throw new TypeError(`${column.name} takes a number`);
      return value;
    case 'uuid':
      if (typeof value !== 'string' || !UUID.test(value)) throw new TypeError(`${column.name} takes a UUID`);
      return value;
    case 'text':
      return textOf(column, value);
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function textOf(column: TableColumn, value: NonNullable<ColumnValue>): string {
  if (column.type === 'json') return JSON.stringify(value);
  if (Array.isArray(value)) return arrayLiteral(value as readonly unknown[]);
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
    case 'function':
    case 'object':
    case 'symbol':
    case 'undefined':
      throw new TypeError(`${column.name} (${column.type}) takes a string`);
  }
}

/** The text form of a one-dimensional array, with every element quoted. */
function arrayLiteral(elements: readonly unknown[]): string {
  const quoted = elements.map((one) =>
    one === null || one === undefined
      ? 'NULL'
      : `"${String(one as string | number | boolean).replace(/["\\]/g, '\\$&')}"`,
  );
  return `{${quoted.join(',')}}`;
}
