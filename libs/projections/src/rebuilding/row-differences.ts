import {
  queryOverRows,
  type Row,
  sha256,
  SHA256_BYTES,
  type TableColumn,
  type TableRows,
  type TableShape,
} from '@casebook/ledger';
import type { Database } from '../reading/event-pages.js';
import { type Copy, fewAtOnce, digestsOf, lineText, type RowSum, sameKey } from './row-sets.js';

/*
 * The differences between rebuilt and live rows. Most views have few or none, so a rebuilt row that equals
 * its live row leaves no trace: the others go into the copies, and the keys of all differing rows into a
 * table beside each copy. All are temporary tables of one connection.
 */

const differingName = ({ name }: Pick<Copy, 'name'>): string => `differing_${name}`;
const producedName = ({ name }: Pick<TableShape, 'name'>): string => `produced_${name.replace('.', '_')}`;

const keyOf = ({ key }: TableShape, table: string): string =>
  key.map((column) => `${table}.${column} AS ${column}`).join(', ');
const keyColumns = ({ key, columns }: TableShape): TableColumn[] =>
  key.map((name) => columns.find((column) => column.name === name)!);

/** The distinct keys of the differing rows, as a table for a FROM clause. */
export const differing = (copy: Copy): string => `(SELECT DISTINCT * FROM ${differingName(copy)})`;

export async function createDiffering(database: Database, copy: Copy): Promise<void> {
  const { shape, name } = copy;
  await database.query(
    `CREATE TEMPORARY TABLE ${differingName(copy)} AS SELECT ${keyOf(shape, name)} FROM ${name} WITH NO DATA`,
  );
}

/**
 * Puts the rows that differ from the live ones into the copy. Returns how many have a live row with their
 * key.
 *
 * @param rows all rows of whole streams in the table.
 * @param digests of the rows: `digestsOfRows`.
 */
export async function compareRows(
  database: Database,
  copy: Copy,
  workspaceId: string,
  rows: readonly Row[],
  digests: Buffer,
): Promise<number> {
  const made = rows.map((row, i) => ({ row, at: SHA256_BYTES * i }));
  const { equal, others } = await alikeAsWhole(database, copy, workspaceId, made, digests);
  let met = equal;
  for (const few of fewAtOnce(others)) met += await compareByKey(database, copy, few, digests);
  return met;
}

interface Made {
  readonly row: Row;
  /** The index of its digest. */
  readonly at: number;
}

/**
 * Compares all rows of a stream at once if the table names each row's stream: the database hashes its rows in
 * place and sends one digest per stream. Returns the rows of the streams that differ, to be compared one by
 * one.
 */
async function alikeAsWhole(
  database: Database,
  { shape }: Copy,
  workspaceId: string,
  made: readonly Made[],
  digests: Buffer,
): Promise<{ equal: number; others: readonly Made[] }> {
  const { streamColumn } = shape;
  if (streamColumn === undefined) return { equal: 0, others: made };
  const order = shape.key.filter((column) => column !== 'workspace_id' && column !== streamColumn);
  const streams = new Map<string, Made[]>();
  for (const each of made) {
    const stream = each.row[streamColumn] as string;
    const its = streams.get(stream);
    if (its === undefined) streams.set(stream, [each]);
    else its.push(each);
  }
  const { type } = shape.columns.find(({ name }) => name === streamColumn)!;
  // One stream at a time: for all at once, the planner may read whole indexes.
  const { rows: inUse } = await database.query<{ stream: string; digest: Buffer | null }>(
    `SELECT s.stream::text AS stream,
       (SELECT sha256(string_agg(sha256(convert_to(${lineText(shape, 'live')}, 'UTF8')), '' ORDER BY ${order.map((column) => `live.${column}`).join(', ')}))
        FROM ${shape.name} live WHERE live.workspace_id = $1 AND live.${streamColumn} = s.stream) AS digest
     FROM unnest($2::${type}[]) AS s (stream)`,
    [workspaceId, [...streams.keys()]],
  );
  let equal = 0;
  for (const { stream, digest } of inUse) {
    const its = streams.get(stream);
    if (its === undefined || digest === null || !digest.equals(digestOfAll(its, order, digests))) continue;
    streams.delete(stream);
    equal += its.length;
  }
  return { equal, others: [...streams.values()].flat() };
}

function digestOfAll(made: readonly Made[], order: readonly string[], digests: Buffer): Buffer {
  const sorted = made.toSorted((a, b) => {
    for (const column of order) {
      const [one, other] = [a.row[column] as string | number, b.row[column] as string | number];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  });
  const inOrder = Buffer.allocUnsafe(SHA256_BYTES * sorted.length);
  sorted.forEach(({ at }, i) => digests.copy(inOrder, SHA256_BYTES * i, at, at + SHA256_BYTES));
  return sha256(inOrder);
}

/** Sends keys and digests: hashing its own row costs the database less than reading the rebuilt one. */
async function compareByKey(
  database: Database,
  { shape, name }: Copy,
  made: readonly Made[],
  digests: Buffer,
): Promise<number> {
  const { rows: answer } = await queryOverRows<{ met: number; differ: number[] | null }>(
    database,
    [...keyColumns(shape), { name: 'made_at', type: 'integer' }, { name: 'made_digest', type: 'bytea' }],
    made.map(({ row, at }, i) => ({
      ...keyIn(shape, row),
      made_at: i,
      made_digest: digests.subarray(at, at + SHA256_BYTES),
    })),
    // LIMIT 1 forces an index lookup per key, whatever size the planner assumes for either side.
    (source) =>
      `SELECT count(live.digest) AS met, array_agg(made.made_at) FILTER (WHERE live.digest IS DISTINCT FROM made.made_digest) AS differ
       FROM ${source} made
       LEFT JOIN LATERAL (
         SELECT sha256(convert_to(${lineText(shape, 'live')}, 'UTF8')) AS digest
         FROM ${shape.name} live WHERE ${sameKey(shape, 'live', 'made')} LIMIT 1) live ON true`,
  );
  const { met, differ } = answer[0]!;
  if (differ !== null) {
    await queryOverRows(
      database,
      shape.columns,
      differ.map((i) => made[i]!.row),
      (source) => `INSERT INTO ${name} (${columnsOf(shape)}) SELECT ${columnsOf(shape)} FROM ${source} made`,
    );
  }
  return met;
}

const columnsOf = ({ columns }: TableShape): string => columns.map((column) => column.name).join(', ');

const keyIn = ({ key }: TableShape, row: Row): Row => {
  const its: Record<string, Row[string]> = {};
  for (const column of key) its[column] = row[column];
  return its;
};

export async function countInUse(database: Database, { shape }: Copy, workspaceId: string): Promise<number> {
  const { rows } = await database.query<{ n: number }>(
    `SELECT count(*) AS n FROM ${shape.name} WHERE workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]!.n;
}

/** Records the copy's rows as differing. */
export async function noteCopied(database: Database, copy: Copy): Promise<void> {
  const { shape, name } = copy;
  await database.query(`INSERT INTO ${differingName(copy)} SELECT ${keyOf(shape, name)} FROM ${name}`);
}

/**
 * Records the rows that a projection writes or removes as differing; the final comparison decides whether
 * they do.
 */
export async function noteTouched(database: Database, copy: Copy, rows: readonly TableRows[]): Promise<void> {
  const touched = rows
    .filter(({ table }) => table === copy.shape.name)
    .flatMap(({ upserts, deletes = [] }) => [...upserts, ...deletes])
    .map((row) => keyIn(copy.shape, row));
  if (touched.length === 0) return;
  const name = differingName(copy);
  await database.query(`INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1)`, [
    JSON.stringify(touched),
  ]);
}

/** Creates a table for the keys of all rebuilt rows. */
export async function createProduced(database: Database, { shape, name }: Copy): Promise<void> {
  await database.query(
    `CREATE TEMPORARY TABLE ${producedName(shape)} AS SELECT ${keyOf(shape, name)} FROM ${name} WITH NO DATA`,
  );
}

export async function noteProduced(database: Database, { shape }: Copy, rows: readonly Row[]): Promise<void> {
  for (const few of fewAtOnce(rows)) {
    await queryOverRows(
      database,
      keyColumns(shape),
      few,
      (source) => `INSERT INTO ${producedName(shape)} SELECT * FROM ${source} made`,
    );
  }
}

/** Records the live rows whose keys were not produced as differing. */
export async function noteUnexpected(database: Database, copy: Copy, workspaceId: string): Promise<void> {
  const { shape } = copy;
  await database.query(
    `INSERT INTO ${differingName(copy)}
     SELECT ${keyOf(shape, 'live')} FROM ${shape.name} live
     WHERE live.workspace_id = $1 AND NOT EXISTS (SELECT FROM ${producedName(shape)} p WHERE ${sameKey(shape, 'live', 'p')})`,
    [workspaceId],
  );
}

/**
 * The checksum of the live rows. Every rebuilt row was compared with its live row by value, so this is the
 * rebuilt rows' checksum except for the differing ones.
 */
export async function sumInUse(
  database: Database,
  workspaceId: string,
  copies: readonly Copy[],
  rebuilt: RowSum,
): Promise<RowSum> {
  const sum = rebuilt.copy();
  for (const copy of copies) {
    const { shape, name } = copy;
    for await (const digest of digestsOf(database, shape, name, '', [])) sum.remove(digest);
    const differ = `WHERE t.workspace_id = $1 AND EXISTS (SELECT FROM ${differingName(copy)} d WHERE ${sameKey(shape, 't', 'd')})`;
    for await (const digest of digestsOf(database, shape, shape.name, differ, [workspaceId])) sum.add(digest);
  }
  return sum;
}
