import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/* Files made to break their readers. */

interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  /** False values in the directory. */
  readonly claimedBytes?: number;
  readonly isEncrypted?: boolean;
}

/** A ZIP archive with deflated entries (APPNOTE.TXT 6.3.10). */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimedBytes = content.length, isEncrypted = false } of entries) {
    const packed = deflateRawSync(content, { level: 1 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isEncrypted ? 1 : 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedBytes, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listing, end]);
}

const DOCX_PARTS = {
  '[Content_Types].xml':
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels':
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
};

/** A Word document with this XML as its main part. */
export const docxOf = (
  document: string | Buffer,
  more: Partial<ZipEntry> = {},
  others: readonly ZipEntry[] = [],
): Buffer =>
  zipOf([
    ...Object.entries(DOCX_PARTS).map(([name, content]) => ({ name, content: Buffer.from(content) })),
    { name: 'word/document.xml', content: Buffer.from(document), ...more },
    ...others,
  ]);

export const wordXml = (body: string, before = ''): string =>
  `<?xml version="1.0"?>${before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;

/** A PDF of one page with this content stream. */
export function pdfOf(content: Buffer, { trailer = '', objects = '' } = {}): Buffer {
  const packed = deflateSync(content, { level: 1 });
  const head = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
${objects}
4 0 obj<</Length ${packed.length}/Filter/FlateDecode>>stream
`;
  return Buffer.concat([
    Buffer.from(head, 'latin1'),
    packed,
    Buffer.from(`\nendstream endobj\ntrailer<</Root 1 0 R${trailer}>>\n%%EOF`, 'latin1'),
  ]);
}
