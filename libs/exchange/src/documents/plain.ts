import { foreignFormat } from '../foreign-format.js';
import { decodeText } from './charset.js';
import { type DocumentReader, UnreadableDocument } from './reader.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A plain text, unchanged: every byte of UTF-8 is kept. */
export const plain: DocumentReader = {
  extractor: 'plain/1 iconv-lite/0.7.3',
  read({ bytes, charset }) {
    const format = foreignFormat(bytes);
    if (format !== null && format !== 'UTF-16')
      throw new UnreadableDocument(`It is ${format}, not plain text. Send it with its own media type.`);
    const isUtf8 = format === null && (charset === undefined || /^utf-?8$/i.test(charset.trim()));
    return { text: isUtf8 ? utf8Text(bytes) : decodeText(bytes, charset), details: {} };
  },
};

function utf8Text(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    // Throws with the reason.
    return decodeText(bytes, undefined);
  }
}
