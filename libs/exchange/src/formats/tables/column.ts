import type { AnnotationView } from '@casebook/contracts';
import type { AttachedDocument } from '@casebook/views';
import { isObject } from '../json.js';
import { BadCell, type Cell, type Codec, joined, parted } from './cells.js';

/** A column of a table of annotations. */
export interface Column {
  /** Its name in the header row. Names never change. */
  readonly name: string;
  /** Its field: a JSON Pointer, in which one `*` stands for each item of a list. Empty: imports ignore the column. */
  readonly at: string;
  readonly codec: Codec;
  /** The kind of its ids, by the name of its table; `any`: several kinds. */
  readonly refersTo?: string;
  /** Its value if it has no field. */
  readonly derive?: (view: AnnotationView, context: RowContext) => Cell;
}

/** The context of rows besides their annotations. */
export interface RowContext {
  readonly incidentId: string;
  /** The details of the attached documents, by id. */
  readonly documents: ReadonlyMap<string, AttachedDocument['details']>;
}

type Fields = Record<string, unknown>;

const stepsOf = (at: string): string[] => at.split('/').slice(1);

function valueAt(root: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((now, step) => (isObject(now) ? now[step] : undefined), root);
}

/** The cell of an annotation. */
export function cellOf({ at, codec, derive }: Column, view: AnnotationView, context: RowContext): Cell {
  if (derive !== undefined) return derive(view, context);
  const [before = '', behind] = at.split('/*');
  const write = (value: unknown): Cell =>
    value === undefined || value === null ? undefined : codec.write(value);
  const value = valueAt(view, stepsOf(before));
  if (behind === undefined) return write(value);
  if (!Array.isArray(value)) return undefined;
  return joined(value.map((each: unknown) => write(valueAt(each, stepsOf(behind)))));
}

/** Writes a cell's value into the fields of an annotation. @throws BadCell */
export function putCell({ at, codec }: Column, cell: string, fields: Fields): void {
  const [before = '', behind] = at.split('/*');
  if (behind === undefined) return put(fields, stepsOf(before), codec.read(cell));
  const values = parted(cell);
  const steps = stepsOf(behind);
  const list = (valueAt(fields, stepsOf(before)) as unknown[] | undefined) ?? [];
  if (steps.length === 0)
    return put(
      fields,
      stepsOf(before),
      values.filter((value) => value !== undefined).map((value) => codec.read(value)),
    );
  for (const [index, value] of values.entries()) {
    const item = (list[index] ??= {}) as Fields;
    if (value !== undefined) put(item, steps, codec.read(value));
  }
  put(fields, stepsOf(before), list);
}

function put(root: Fields, steps: readonly string[], value: unknown): void {
  const last = steps.at(-1);
  if (last === undefined) throw new BadCell('has no place');
  const owner = steps.slice(0, -1).reduce<Fields>((now, step) => (now[step] ??= {}) as Fields, root);
  owner[last] = value;
}
