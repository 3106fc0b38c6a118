/* The text of an export in pieces large enough to be worth writing. */

/** The approximate size of a piece, in UTF-16 units. */
const PIECE = 32 * 1024;

/** The same text in fewer pieces. */
export async function* gathered(
  texts: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string, void, void> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** The items of a JSON list without its brackets, one per line. */
export async function* listItems(
  items: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<string, void, void> {
  let isFirst = true;
  for await (const item of items) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(item)}`;
    isFirst = false;
  }
}
