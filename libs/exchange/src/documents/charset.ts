import iconv from 'iconv-lite';
import { UnreadableDocument } from './reader.js';

const BYTE_ORDER_MARKS: readonly (readonly [charset: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const HINT = 'Declare its charset, such as Content-Type: text/plain; charset=windows-1252.';

/** The encoding that a byte order mark declares. */
const marked = (bytes: Uint8Array): string | undefined =>
  BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];

/** The name of an encoding by one of its labels in the WHATWG Encoding Standard, section 4.2. */
function encodingNamed(label: string): string {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch (cause) {
    throw new UnreadableDocument(`The charset ${JSON.stringify(label.slice(0, 50))} is unknown. ${HINT}`, {
      cause,
    });
  }
}

/**
 * Decodes a text. A byte order mark overrides the declared charset; the default is UTF-8. Node decodes windows-1252 as latin-1
 * (nodejs/node issue 60888), so single-byte encodings are left to iconv-lite.
 * @param lenient broken UTF-8 that was declared as such is read with U+FFFD, as in browsers, instead of being refused
 * @throws UnreadableDocument for an unknown charset, or bytes that are invalid in it
 */
export function decodeText(bytes: Uint8Array, declared: string | undefined, lenient = false): string {
  const encoding = marked(bytes) ?? (declared === undefined ? 'utf-8' : encodingNamed(declared));
  if (!encoding.startsWith('utf-') && iconv.encodingExists(encoding)) {
    return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);
  }
  const fatal = declared === undefined || !lenient;
  try {
    // Without fatal, U+FFFD replaces invalid bytes; a byte order mark is not text.
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch (cause) {
    throw new UnreadableDocument(`It is not ${encoding.toUpperCase()} text. ${HINT}`, { cause });
  }
}
