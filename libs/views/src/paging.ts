import { UUID } from '@casebook/contracts';

/** A page of a list: `next` is the cursor of the next page, `null` at the end. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/**
 * The start and the maximum length of a page. `cursor` is the `next` of the previous page, uninterpreted;
 * absent for the first page.
 */
export interface PageRequest {
  readonly cursor?: string;
  /** 1 or more. The caller bounds it. */
  readonly limit: number;
}

/** A cursor that does not come from a list of this kind. The client's mistake: a 400 naming the parameter. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
  constructor() {
    super('The cursor does not come from this list. Leave it out to start at the first page.');
  }
}

/** Maximum size of an unpaged answer, in bytes of the stored content. */
export const WHOLE_BYTES = 32 * 1024 * 1024;

/** More than one answer may hold. Ask for it in pages or for a shorter period. */
export class TooMuchAtOnce extends Error {
  override readonly name = 'TooMuchAtOnce';
  constructor() {
    super(`This is more than the ${WHOLE_BYTES / 1024 / 1024} MiB that one answer may hold.`);
  }
}

type CursorPart = 'string' | 'number' | 'instant' | 'uuid';

/** The sort key of a page's last row, as base64url of a JSON list: opaque to clients, and all that the next page needs. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * The sort key in a cursor, of exactly these types.
 * @throws BadCursor for anything that `encodeCursor` would not produce from such a key
 */
export function decodeCursor(cursor: string, parts: readonly CursorPart[]): (string | number)[] {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new BadCursor();
  }
  if (!Array.isArray(key) || key.length !== parts.length) throw new BadCursor();
  const values = key as unknown[];
  return parts.map((part, index) => {
    const value = values[index];
    if (!fits(part, value)) throw new BadCursor();
    return value;
  });
}

function fits(part: CursorPart, value: unknown): value is string | number {
  switch (part) {
    case 'number':
      return Number.isSafeInteger(value);
    case 'string':
      return typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000');
    case 'uuid':
      return typeof value === 'string' && UUID.test(value);
    case 'instant':
      return typeof value === 'string' && isInstant(value);
  }
}

const FOUR_DIGIT_YEAR = /^[1-9]\d{3}-/;

function isInstant(value: string): boolean {
  const time = new Date(value);
  return FOUR_DIGIT_YEAR.test(value) && !Number.isNaN(time.getTime()) && time.toISOString() === value;
}

/** Maximum size of a page, in UTF-16 units of its rows as stored or as JSON. */
export const PAGE_BYTES = 1024 * 1024;

const sizeOf = (row: unknown): number => {
  const { body } = row as { body?: unknown };
  return typeof body === 'string' ? body.length : JSON.stringify(row).length;
};

/**
 * The rows that fit on a page: at most `limit`, fewer if they exceed `PAGE_BYTES` together, but at least one.
 */
export function shownOf<Row>(rows: readonly Row[], limit: number): Row[] {
  let bytes = 0;
  const shown = rows.slice(0, limit);
  const end = shown.findIndex((row, at) => (bytes += sizeOf(row)) > PAGE_BYTES && at > 0);
  return end < 0 ? shown : shown.slice(0, end);
}

/** Makes a page from rows that include at least one more than it holds if there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  key: (row: Row) => readonly (string | number)[],
): Page<Item> {
  const shown = shownOf(rows, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    next: rows.length > shown.length && last !== undefined ? encodeCursor(key(last)) : null,
  };
}
