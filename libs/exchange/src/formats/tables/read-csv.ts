import { type ExchangeFormat, UUID } from '@casebook/contracts';
import { sha256 } from '@casebook/ledger';
import type { ImportFormat, ReadItem, ReadOptions, UnreadItem } from '../format.js';
import { given, isObject, type JsonObject, nameFrom, stringIn, titleFrom } from '../json.js';
import { BrokenInput } from '../json-items.js';
import { itemKeptBefore } from '../kept-item.js';
import { NoAnnotation } from '../web-annotation/read.js';
import { BadCell } from './cells.js';
import { type Column, putCell } from './column.js';
import { type CsvRecord, csvRecords } from './csv-records.js';
import { decoded, isKnownCharset } from './decode.js';
import { withFormula } from './formula.js';
import {
  ANNOTATION_ROWS,
  type AnnotationRows,
  COLUMNS,
  isAnnotationRows,
  KIND_OF,
  THE_INCIDENT,
} from './tables.js';

/** The meaning of a file's column: a Casebook column, or a name under which its cells are kept. */
interface Header {
  readonly names: readonly string[];
  readonly columns: readonly (Column | undefined)[];
  /** The file is a Casebook export: its ids are ids of annotations. */
  readonly isOwn: boolean;
}

const IRI = /^[a-z][a-z0-9+.-]*:/i;
/** Refers to the incident being imported into, whichever it is. */
const ANY_INCIDENT = '/incidents/00000000-0000-0000-0000-000000000000';

/** The columns allowed as targets of a mapping. */
const mappable = (rows: AnnotationRows): string[] =>
  COLUMNS[rows].filter(({ at }) => at !== '').map(({ name }) => name);

/** The rows of a table as items. */
async function* items(
  bytes: AsyncIterable<Uint8Array>,
  { rows, columns = {}, charset }: ReadOptions,
): AsyncGenerator<ReadItem | UnreadItem, void, void> {
  if (rows === undefined || !isAnnotationRows(rows)) throw new Error('a table of no annotations');
  let header: Header | undefined;
  for await (const record of csvRecords(decoded(bytes, charset))) {
    if (header === undefined) {
      header = headerIn(record.cells, rows, columns);
      continue;
    }
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    const { line } = record;
    try {
      yield { ...itemOf(record, rows, header), line, isStrict: true };
    } catch (error) {
      if (!(error instanceof NoAnnotation)) throw error;
      yield { unread: error, line };
    }
  }
  if (header === undefined)
    throw new BrokenInput('The table is empty; its first row names the columns.', 'malformed-csv');
}

/** @throws BrokenInput */
function headerIn(
  cells: readonly string[],
  rows: AnnotationRows,
  mapping: Readonly<Record<string, string>>,
): Header {
  const ours = new Map(COLUMNS[rows].map((column) => [column.name, column]));
  const names = cells.map((cell, index) => nameIn(cell.trim()) ?? `column ${index + 1}`);
  const mapped = new Map(Object.entries(mapping));
  const columns = names.map((name) => ours.get(mapped.get(name) ?? name.toLowerCase()));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const mappedTwice = columns.find((column, index) => column && columns.indexOf(column) !== index);
  if (twice !== undefined || mappedTwice !== undefined) {
    throw new BrokenInput(
      `Two columns of the table are ${JSON.stringify(twice ?? mappedTwice?.name)}; give each a name of its own.`,
      'malformed-csv',
    );
  }
  if (columns.every((column) => column === undefined)) {
    throw new BrokenInput(
      `None of the columns of the table is known (${names.slice(0, 20).join(', ')}). Use columns to map them to ${mappable(rows).join(', ')}.`,
      'malformed-csv',
    );
  }
  return { names, columns, isOwn: names.includes('recorded_by') && names.includes('recorded_at') };
}

/** A name for keeping a cell in JSON. */
const nameIn = (name: string): string | undefined => (name === '' || name === '__proto__' ? undefined : name);

/** @throws NoAnnotation */
function itemOf({ cells, line }: CsvRecord, rows: AnnotationRows, header: Header): ReadItem {
  const { names, columns, isOwn } = header;
  if (cells.length !== names.length) {
    throw new NoAnnotation(
      `Line ${line} has ${cells.length} cells, but the header has ${names.length}. Quote cells that contain the delimiter or a line break.`,
    );
  }
  const said: Record<string, unknown> = {};
  const others: Record<string, string> = {};
  for (const [index, cell] of cells.entries()) {
    const column = columns[index];
    if (cell.trim() === '' || column?.at === '') continue;
    if (column === undefined) others[names[index]!] = withFormula(cell);
    else putIn(said, column, withFormula(cell), line);
  }
  const id = stringIn(said['id']);
  const uuid = isOwn && id !== undefined && UUID.test(id) ? id : undefined;
  const key =
    uuid !== undefined
      ? `urn:uuid:${uuid}`
      : id !== undefined
        ? `${rows}/${id}`
        : `row/${sha256(JSON.stringify([rows, names, cells])).toString('hex')}`;
  const filled = names.map((name, index) => [name, withFormula(cells[index]!)]).filter(([, cell]) => cell);
  return {
    keys: [key],
    origin: originOf(said, others, { id, uuid }),
    ...partsOf(said, rows),
    kept: keptOf(said, rows, Object.fromEntries(filled) as JsonObject),
  };
}

function putIn(said: Record<string, unknown>, column: Column, cell: string, line: number): void {
  const { name, codec, refersTo } = column;
  const read = (value: string): unknown => {
    const known = codec.read(value);
    if (refersTo === undefined) return known;
    return Array.isArray(known)
      ? known.map((each) => nameOf(String(each), refersTo))
      : nameOf(String(known), refersTo);
  };
  try {
    putCell({ ...column, codec: { ...codec, read } }, cell, said);
  } catch (error) {
    if (!(error instanceof BadCell)) throw error;
    throw new NoAnnotation(`On line ${line}, the column ${name} ${error.message}.`);
  }
}

/** The target of a reference: a row of another table by its id there, or an annotation by its own id. */
function nameOf(reference: string, refersTo: string): string {
  if (refersTo === 'any' && reference === THE_INCIDENT) return ANY_INCIDENT;
  if (UUID.test(reference)) return `urn:uuid:${reference}`;
  return refersTo === 'any' || IRI.test(reference) ? reference : `${refersTo}/${reference}`;
}

/** The annotation to make from a row. Rows of items make none. */
function partsOf(said: JsonObject, rows: AnnotationRows): Pick<ReadItem, 'annotation'> {
  if (rows === 'items') return {};
  const { anchor, retraction, state, status, resolution, ...rest } = said;
  const fields = Object.fromEntries(Object.entries(rest).filter(([name]) => !HEADER.has(name)));
  const { documentId, ...quote } = isObject(anchor) ? anchor : {};
  const reason = isObject(retraction) ? stringIn(retraction['reason']) : undefined;
  const standing = {
    ...((retraction !== undefined || status === 'retracted') && {
      retraction: given({ by: '', at: '', reason }) as { by: string; at: string },
    }),
    ...(state !== undefined && { state: state as 'open' }),
    ...(isObject(resolution) && { resolution }),
  };
  return {
    annotation: {
      kind: KIND_OF[rows],
      fields,
      ...(rows === 'claims' && { quote: given({ source: stringIn(documentId), ...quote }) }),
      ...(Object.keys(standing).length > 0 && { standing }),
    },
  };
}

/** Data about a row that is not a field of its annotation. */
const HEADER: ReadonlySet<string> = new Set([
  'id',
  'revision',
  'recordedBy',
  'recordedAt',
  'revisedBy',
  'revisedAt',
  'origin',
]);

function originOf(
  said: JsonObject,
  others: Readonly<Record<string, string>>,
  { id, uuid }: { readonly id: string | undefined; readonly uuid: string | undefined },
): ReadItem['origin'] {
  const from = isObject(said['origin']) ? said['origin'] : undefined;
  const rest = {
    ...(isObject(from?.['rest']) && from['rest']),
    ...(Object.keys(others).length > 0 && { columns: others }),
  };
  const isOurs = uuid !== undefined && from?.['format'] === undefined;
  const by = isOurs ? { name: nameFrom(stringIn(said['recordedBy'])) } : from?.['attributedTo'];
  return {
    format: (uuid === undefined ? 'csv' : (from?.['format'] ?? 'casebook')) as ExchangeFormat,
    ...(given({
      id: uuid === undefined ? id : stringIn(from?.['id']),
      canonical: stringIn(from?.['canonical']) ?? (uuid && `urn:uuid:${uuid}`),
      attributedTo: by,
      created: stringIn(isOurs ? said['recordedAt'] : from?.['created']),
      modified: stringIn(isOurs ? said['revisedAt'] : from?.['modified']),
      rest: Object.keys(rest).length > 0 ? rest : undefined,
    }) as object),
  };
}

/** @param row its cells by column name */
function keptOf(said: JsonObject, rows: AnnotationRows, row: JsonObject): ReadItem['kept'] {
  const about = Array.isArray(said['about']) ? said['about'].map(String) : [];
  if (rows === 'items' && isObject(said['content'])) {
    return itemKeptBefore(said, { about, content: said['content'] });
  }
  const words = said['statement'] ?? said['summary'] ?? said['question'] ?? said['body'] ?? said['title'];
  return {
    type: rows,
    ...given({ title: titleFrom(stringIn(words)) }),
    about,
    content: row,
    why: 'It names no document of this incident, or refers to something that is not here.',
  };
}

export const csvImport: ImportFormat = {
  description: 'CSV: a table with a header row and annotations of one kind, given by kind',
  refusal: ({ rows, columns = {}, charset }) => {
    const tables = ANNOTATION_ROWS.join(', ');
    if (rows === undefined) return { parameter: 'kind', detail: `is missing; name the table: ${tables}` };
    if (!isAnnotationRows(rows)) {
      return {
        parameter: 'kind',
        detail: `is ${rows}, which is computed from claims and attacks; import those. The tables that can be imported: ${tables}`,
      };
    }
    const strange = Object.values(columns).find((name) => !mappable(rows).includes(name));
    if (strange !== undefined) {
      return {
        parameter: 'columns',
        detail: `maps to ${strange}, which is not a column of ${rows}: ${mappable(rows).join(', ')}`,
      };
    }
    return charset !== undefined && !isKnownCharset(charset)
      ? { header: 'Content-Type', detail: `has the unknown charset ${charset}; send utf-8` }
      : undefined;
  },
  read: items,
};
