import { getDocumentProxy, getMeta } from 'unpdf';
import { detailsOf } from './metadata.js';
import { type Line, linesOf, paragraphsOf, type Piece } from './pdf-layout.js';
import { type DocumentReader, UnreadableDocument } from './reader.js';

const MOST_PAGES = 5_000;

/** The text of a PDF in content order, with lines joined into paragraphs. Images of text are not read. */
export const pdf: DocumentReader = {
  extractor: 'pdf/1 unpdf/1.7.0',
  async read({ bytes }) {
    // A copy, because the library takes ownership of the buffer.
    const file = await opened(new Uint8Array(bytes));
    if (file.numPages > MOST_PAGES)
      throw new UnreadableDocument(`It has more than ${MOST_PAGES} pages; split it.`);
    const lines: Line[] = [];
    for (let number = 1; number <= file.numPages; number += 1) {
      const page = await file.getPage(number);
      const { items } = await page.getTextContent({ disableNormalization: true });
      for (const line of linesOf(items as readonly Piece[], number)) lines.push(line);
      page.cleanup();
    }
    const text = paragraphsOf(lines).join('\n\n');
    if (text.trim() === '') {
      throw new UnreadableDocument(
        'It contains no text; it is probably a scan. Run OCR on it first, and import the result.',
      );
    }
    const { info } = (await getMeta(file)) as {
      info?: { Title?: string; Author?: string; Language?: string };
    };
    return {
      text,
      details: detailsOf({ title: info?.Title, author: info?.Author, language: info?.Language }),
    };
  },
};

async function opened(bytes: Uint8Array): ReturnType<typeof getDocumentProxy> {
  try {
    return await getDocumentProxy(bytes, { isEvalSupported: false, disableFontFace: true, verbosity: 0 });
  } catch (cause) {
    throw (cause as Error).name === 'PasswordException'
      ? new UnreadableDocument('It is password-protected; save it without a password.', { cause })
      : new UnreadableDocument('It cannot be read as a PDF; it may be damaged or cut off.', { cause });
  }
}
