import { DOMParser } from 'linkedom';
import mammoth from 'mammoth';
import { foreignFormat } from '../foreign-format.js';
import { fragmentText } from './html.js';
import { detailsOf } from './metadata.js';
import { type DocumentReader, UnreadableDocument } from './reader.js';
import { unzip } from './zip.js';

/** Maximum unpacked bytes of an archive. */
const UNPACKED = 64 * 1024 * 1024;
const MAIN_PART = 'word/document.xml';

/** A Word document: its running text, footnotes and tables; no images, and nothing external. */
export const docx: DocumentReader = {
  extractor: 'docx/2 mammoth/1.13.0 parse5/8.1.1 linkedom/0.18.15',
  async read({ bytes }) {
    if (foreignFormat(bytes) === 'an old office document') {
      throw new UnreadableDocument(
        'It is password-protected, or in the old .doc format. Save it as .docx without a password.',
      );
    }
    const parts = unzip(bytes, UNPACKED);
    if (!parts.has(MAIN_PART))
      throw new UnreadableDocument('It is not a Word document: it has no word/document.xml.');
    for (const [name, part] of parts) refuseDeclarations(name, part);
    const converted = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      {
        externalFileAccess: false,
        includeEmbeddedStyleMap: false,
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    );
    return { text: fragmentText(converted.value), details: detailsInCore(parts.get('docProps/core.xml')) };
  },
};

/** Office Open XML has no document type declarations (ECMA-376, part 2, 9.1.4); they allow entities that expand to gigabytes. */
function refuseDeclarations(name: string, part: Buffer): void {
  if (/\.(?:xml|rels)$/i.test(name) && part.includes('<!DOCTYPE'))
    throw new UnreadableDocument(
      `Its part ${name.slice(0, 100)} declares a document type, which is not allowed in a Word document.`,
    );
}

/** Title, author and language; its dates are those of the file, not of publication. */
function detailsInCore(part: Buffer | undefined): ReturnType<typeof detailsOf> {
  if (part === undefined) return {};
  const core = new DOMParser().parseFromString(part.toString('utf8'), 'text/xml');
  const said = (name: string): string | null =>
    (core.querySelector(name.replace(':', '\\:')) as { textContent: string | null } | null)?.textContent ??
    null;
  return detailsOf({ title: said('dc:title'), author: said('dc:creator'), language: said('dc:language') });
}
