import iconv from 'iconv-lite';
import { BrokenInput } from '../json-items.js';

const UTF8 = /^utf-?8$/i;

export const isKnownCharset = (charset: string): boolean => iconv.encodingExists(charset);

/**
 * The text of these bytes, without a byte order mark. UTF-8 is read strictly, since replaced bytes are lost; other encodings by iconv-lite,
 * because some releases of Node read windows-1252 as latin-1 (nodejs/node 60888).
 * @throws BrokenInput
 */
export async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  charset = 'utf-8',
): AsyncGenerator<string, void, void> {
  const decode = UTF8.test(charset) ? utf8() : otherThanUtf8(charset);
  for await (const chunk of chunks) yield decode(chunk);
  yield decode(undefined);
}

function utf8(): (chunk: Uint8Array | undefined) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (chunk) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new BrokenInput(
        'The table is not UTF-8. Save it as UTF-8, or declare its encoding: Content-Type: text/csv; charset=windows-1252.',
        'malformed-csv',
      );
    }
  };
}

function otherThanUtf8(charset: string): (chunk: Uint8Array | undefined) => string {
  const decoder = iconv.getDecoder(charset);
  return (chunk) => (chunk === undefined ? (decoder.end() ?? '') : decoder.write(chunk as never));
}
