/*
 * The content of table cells, for every kind of table file. Each codec reads what it writes.
 *
 * Several values in one cell are separated by `; `. A semicolon within a value is written `\;` and a backslash `\\`,
 * so nothing is lost. An empty cell is an absent value.
 */

/** A cell: text, a number, or nothing. */
export type Cell = string | number | undefined;

/** A cell that is invalid for its column; the message completes "the column … ". */
export class BadCell extends Error {
  override readonly name = 'BadCell';
}

/** How one value is written to a cell and read from its text. */
export interface Codec {
  write(this: void, value: unknown): Cell;
  /** @throws BadCell */
  read(this: void, text: string): unknown;
}

export const text: Codec = { write: (value) => value as string, read: (cell) => cell };

export const number: Codec = {
  write: (value) => value as number,
  read: (cell) => {
    const value = Number(cell);
    if (!/^\s*[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?\s*$/i.test(cell) || !Number.isFinite(value))
      throw new BadCell(
        `holds ${JSON.stringify(cell.slice(0, 100))}, which is not a number such as 9 or -49.02`,
      );
    return value;
  },
};

export const json: Codec = {
  write: (value) => JSON.stringify(value),
  read: (cell) => {
    try {
      return JSON.parse(cell) as unknown;
    } catch {
      throw new BadCell(`holds ${JSON.stringify(cell.slice(0, 100))}, which is not JSON`);
    }
  },
};

/** Ids within one value of a list, separated by spaces. */
export const ids: Codec = {
  write: (value) => (value as readonly string[]).join(' ') || undefined,
  read: (cell) => cell.split(/\s+/).filter((id) => id !== ''),
};

const escaped = (value: string): string => value.replace(/[\\;]/g, '\\$&');

/** Several values in one cell; a missing one is empty. `undefined` if all are missing. */
export const joined = (values: readonly Cell[]): string | undefined =>
  values.every((value) => value === undefined)
    ? undefined
    : values.map((value) => escaped(String(value ?? ''))).join('; ');

/** The values in a cell; an empty one is `undefined`. */
export function parted(cell: string): (string | undefined)[] {
  const values: string[] = [''];
  for (let at = 0; at < cell.length; at += 1) {
    const character = cell.charAt(at);
    if (character === '\\' && /[\\;]/.test(cell.charAt(at + 1))) {
      values.push(`${values.pop()}${cell.charAt(at + 1)}`);
      at += 1;
    } else if (character === ';') {
      values.push('');
      if (cell.charAt(at + 1) === ' ') at += 1;
    } else values.push(`${values.pop()}${character}`);
  }
  return values.map((value) => (value === '' ? undefined : value));
}
