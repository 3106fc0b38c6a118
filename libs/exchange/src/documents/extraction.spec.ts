import { Extraction, ExtractionBusy } from './extraction.js';
import type { DocumentMediaType } from './formats.js';
import { docxOf, pdfOf, wordXml, zipOf } from './hostile-files.fixture.js';
import { UnreadableDocument } from './reader.js';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const MIB = 1024 * 1024;
const WORDS = wordXml('<w:p><w:r><w:t>Nine were killed.</w:t></w:r></w:p>');
const PAGE = Buffer.from('BT /F1 12 Tf 72 700 Td (Nine were killed.) Tj ET');
const ENCRYPTED = {
  objects: `6 0 obj<</Filter/Standard/V 1/R 2/O<${'ab'.repeat(32)}>/U<${'cd'.repeat(32)}>/P -4>>endobj`,
  trailer: '/Encrypt 6 0 R/ID[<00><00>]',
};
const nestedMail = Array.from(
  { length: 3000 },
  (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
).join('');

describe('files that are made to break their readers', () => {
  const extraction = new Extraction();
  afterAll(() => extraction.close());
  const read = (mediaType: DocumentMediaType, bytes: Uint8Array) =>
    extraction.read({ mediaType, bytes, charset: undefined });

  it.each<[string, DocumentMediaType, () => Buffer, RegExp]>([
    [
      'a DOCX that unpacks to 80 MiB',
      DOCX,
      () => docxOf(Buffer.alloc(80 * MIB, ' ')),
      /^It unpacks to more than 64 MiB/,
    ],
    [
      'a DOCX that lies about it',
      DOCX,
      () => docxOf(Buffer.alloc(80 * MIB, ' '), { claimedBytes: 100 }),
      /^It unpacks to more than 64 MiB/,
    ],
    [
      'a DOCX whose other parts do',
      DOCX,
      () => docxOf(WORDS, {}, [{ name: 'word/media/a.png', content: Buffer.alloc(70 * MIB) }]),
      /^It unpacks to more than 64 MiB/,
    ],
    [
      'a DOCX with entities to expand',
      DOCX,
      () => docxOf(wordXml('<w:p/>', '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>')),
      /declares a document type/,
    ],
    [
      'a DOCX with an external entity',
      DOCX,
      () => docxOf(wordXml('<w:p/>', '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">')),
      /declares a document type/,
    ],
    [
      'a DOCX with a password inside',
      DOCX,
      () => docxOf(WORDS, { isEncrypted: true }),
      /^It is password-protected/,
    ],
    [
      'a DOCX with a password, as Word saves it',
      DOCX,
      () => Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      /^It is password-protected, or/,
    ],
    ['a DOCX that is cut off', DOCX, () => docxOf(WORDS).subarray(0, 500), /^It is a damaged archive/],
    [
      'a ZIP archive that is no DOCX',
      DOCX,
      () => zipOf([{ name: 'a.txt', content: Buffer.from('a') }]),
      /^It is not a Word document/,
    ],
    ['a PDF with a password', 'application/pdf', () => pdfOf(PAGE, ENCRYPTED), /^It is password-protected/],
    [
      'a scanned PDF',
      'application/pdf',
      () => pdfOf(Buffer.from('')),
      /^It contains no text; it is probably a scan/,
    ],
    [
      'a PDF that is none',
      'application/pdf',
      () => Buffer.from('%PDF-1.7 nothing'),
      /^It cannot be read as a PDF/,
    ],
    [
      'a page without text',
      'text/html',
      () => Buffer.from('<html><body><img src="http://127.0.0.1:9/a.png"></body></html>'),
      /^The page has no text/,
    ],
    [
      'Markdown of 20,000 nested quotations',
      'text/markdown',
      () => Buffer.from(`${'>'.repeat(20_000)}x`),
      /^It cannot be read as Markdown/,
    ],
    [
      'Markdown with a field that no document has',
      'text/markdown',
      () => Buffer.from('---\nTLP: red\n---\n\nNine.'),
      /^The file: its front matter: .*TLP; remove them/,
    ],
    [
      'an e-mail of 3,000 nested parts',
      'message/rfc822',
      () => Buffer.from(`From: a@example.org\r\n${nestedMail}x`),
      /^It cannot be read as e-mail/,
    ],
    [
      'an e-mail to 200,000 people',
      'message/rfc822',
      () => Buffer.from(`From: a@example.org\r\nTo: ${'a@b.c, '.repeat(200_000)}\r\n\r\nx`),
      /^It cannot be read as e-mail/,
    ],
    ['no e-mail', 'message/rfc822', () => Buffer.from('Nine were killed.'), /^It is not an e-mail/],
  ])('%s is refused in a sentence', async (_, mediaType, bytes, why) => {
    await expect(read(mediaType, bytes())).rejects.toThrow(why);
  });

  it.each<[string, DocumentMediaType, () => Buffer, string]>([
    ['brackets that never close', 'text/markdown', () => Buffer.from('['.repeat(50_000)), '[['],
    ['emphasis that never closes', 'text/markdown', () => Buffer.from('**a *b '.repeat(20_000)), '**a *b'],
    [
      'a row of 20,000 cells',
      'text/html',
      () => Buffer.from(`<table><tr>${'<td>1</td>'.repeat(20_000)}</table>`),
      '1\t1\t1',
    ],
    ['an attribute of 4 MiB', 'text/html', () => Buffer.from(`<p title="${'x'.repeat(4 * MIB)}">y</p>`), 'y'],
    [
      '20,000 paragraphs',
      'text/html',
      () => Buffer.from('<p>Nine people were killed, he said.</p>'.repeat(20_000)),
      'Nine',
    ],
    [
      'XML that refers to the network',
      'text/html',
      () =>
        Buffer.from(
          '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x"><p>Nine.</p><link rel=stylesheet href="http://127.0.0.1:9/x">',
        ),
      'Nine.',
    ],
  ])('%s: the text is read', async (_, mediaType, bytes, beginning) => {
    expect((await read(mediaType, bytes())).text.slice(0, beginning.length)).toBe(beginning);
  });

  it.each([
    '<html><title>Cable</title><body><p>Nine were killed.</p></body></html>',
    '<title>Cable</title><p>Nine were killed.',
    '<!-- seen --><html lang=en><meta charset=utf-8><title>Cable</title>Nine were killed.',
    '<html>\n<head><title>Cable</title>\n<body>Nine were killed.',
  ])('%s: tags that HTML lets an author leave out are not needed', async (page) => {
    const { text, details } = await read('text/html', Buffer.from(page));
    expect([text, details.title]).toEqual(['Cable\n\nNine were killed.', 'Cable']);
  });

  it('the same bytes give the same text', async () => {
    const [first, second] = await Promise.all([read(DOCX, docxOf(WORDS)), read(DOCX, docxOf(WORDS))]);
    expect(first).toEqual(second);
    expect(first.text).toBe('Nine were killed.');
  });
});

describe('reading in a thread', () => {
  const request = { mediaType: DOCX as DocumentMediaType, bytes: docxOf(WORDS), charset: undefined };

  it('a file that takes too long is refused, and the next one gets its own time', async () => {
    const extraction = new Extraction({ milliseconds: 1, mebibytes: 512, waiting: 4 });
    for (const attempt of [1, 2]) {
      const refused = await extraction.read(request).catch((error: unknown) => error);
      expect([attempt, refused]).toEqual([attempt, expect.any(UnreadableDocument)]);
      expect((refused as Error).message).toMatch(/^Reading it as DOCX takes longer than/);
    }
    await extraction.close();
  });

  it('a file that takes too much memory is refused, and the next one is read', async () => {
    const extraction = new Extraction({ milliseconds: 60_000, mebibytes: 48, waiting: 4 });
    const bomb = {
      ...request,
      mediaType: 'application/pdf' as const,
      bytes: pdfOf(Buffer.alloc(160 * MIB, ' ')),
    };
    await expect(extraction.read(bomb)).rejects.toThrow(/takes more than 48 MiB of memory/);
    expect((await extraction.read(request)).text).toBe('Nine were killed.');
    await extraction.close();
  });

  it('only so many files wait', async () => {
    const extraction = new Extraction({ milliseconds: 60_000, mebibytes: 512, waiting: 2 });
    const readings = [extraction.read(request), extraction.read(request)];
    await expect(extraction.read(request)).rejects.toThrow(ExtractionBusy);
    expect(await Promise.all(readings)).toHaveLength(2);
    await extraction.close();
  });
});
