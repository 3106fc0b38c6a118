import type { ReadItem, ReadOptions, UnreadItem } from './format.js';
import { isObject } from './json.js';
import { jsonItems } from './json-items.js';

export interface ItemReading {
  /** Where the lists of items are, besides the text itself: `rows`, `first.items`. */
  readonly paths: readonly string[];
  readonly parse: ReadOptions['parse'];
  read(this: void, json: unknown): ReadItem;
}

/** The items of a JSON text, one by one. A text without such a list is one item. */
export async function* readItems(
  bytes: AsyncIterable<Uint8Array>,
  { paths, parse, read }: ItemReading,
): AsyncGenerator<ReadItem | UnreadItem, void, void> {
  let found = 0;
  for await (const part of jsonItems(bytes, new Set(paths))) {
    const attempt = (json: () => unknown): ReadItem | UnreadItem => {
      try {
        return read(json());
      } catch (unread) {
        return { unread };
      }
    };
    if (part.kind === 'item') {
      found += 1;
      const { bytes: own } = part;
      yield attempt(() => {
        if (own === null) throw new ItemTooLong();
        return parse(own);
      });
      continue;
    }
    if (found > 0) continue;
    const envelope = parse(part.bytes);
    // An empty list is no item.
    if (!paths.some((path) => hasList(envelope, path))) yield attempt(() => envelope);
  }
}

/** An item that exceeds the limit. */
export class ItemTooLong extends Error {
  override readonly name = 'ItemTooLong';
  constructor() {
    super('The item is longer than 1 MiB.');
  }
}

function hasList(json: unknown, path: string): boolean {
  const value = path.split('.').reduce<unknown>((now, name) => (isObject(now) ? now[name] : undefined), json);
  return Array.isArray(value);
}
