import { readDocumentAt, readDocumentFile, type Sidecar } from './document-file.js';
import { UnreadableDocument } from './documents/reader.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const beside = (text: string): Sidecar => ({ name: 'a.yaml', bytes: bytes(text) });

describe('a document file', () => {
  it('without a description: its first line is the title, and its text is all of it', () => {
    expect(readDocumentFile('a.txt', bytes('\n  Nine killed \r\n\r\nText.\r\n'))).toEqual({
      title: 'Nine killed',
      text: '\n  Nine killed \r\n\r\nText.\r\n',
    });
  });

  it('with a front matter: its fields, and the text behind it byte for byte', () => {
    const file =
      '---\ntitle: A title\npublished: 2031-03-04\nupstream: Meridian\n---\n\nFirst.\u00a0Second.\n';
    expect(readDocumentFile('a.txt', bytes(file))).toEqual({
      title: 'A title',
      published: '2031-03-04',
      upstream: 'Meridian',
      text: 'First.\u00a0Second.\n',
    });
  });

  it.each([
    ['a byte order mark before it', '\ufeff---\ntitle: Cable\ntlp: red\n---\nText.\n'],
    ['a space behind each of its two lines', '--- \ntitle: Cable\ntlp: red\n---\t \nText.\n'],
    ['blank lines before the first', '\n \r\n---\ntitle: Cable\ntlp: red\n---\nText.\n'],
    ['... as its last line', '---\ntitle: Cable\ntlp: red\n...\nText.\n'],
    ['line ends of an old Macintosh', '---\rtitle: Cable\rtlp: red\r---\rText.\n'],
    ['line separators of Unicode', '---\u2028title: Cable\u2028tlp: red\u2028---\u2028Text.\n'],
    ['a comment behind a line', '--- # by hand\ntitle: Cable\ntlp: red\n---\nText.\n'],
    ['its language behind the first line', '---yaml\ntitle: Cable\ntlp: red\n---\nText.\n'],
    ['a zero-width space behind a line', '---\u200b\ntitle: Cable\ntlp: red\n---\u200b\nText.\n'],
  ])('with a front matter that has %s: its marking holds', (_what, file) => {
    expect(readDocumentFile('a.txt', bytes(file))).toEqual({ title: 'Cable', tlp: 'red', text: 'Text.\n' });
  });

  it('with an empty front matter: it is taken off, and a text may begin with --- behind it', () => {
    expect(readDocumentFile('a.txt', bytes('---\n---\n\n---\nText.')).text).toBe('---\nText.');
  });

  it.each([
    ['is not closed', '---\ntitle: Cable\ntlp: red\n', /never closed/],
    ['has nothing behind it', '---\ntitle: Cable\ntlp: red\n---', /text /],
    ['is no YAML', '---\ntitle: [\n---\nText.', /its front matter: is not YAML/],
    ['is no list of fields', '---\nRED\n---\nText.', /its front matter: is not a list of fields/],
    ['has a marking that is none', '---\ntlp: rouge\n---\nText.', /its front matter: tlp /],
    ['has a field twice', '---\ntlp: red\ntlp: clear\n---\nText.', /not YAML: .*unique/],
    ['is TOML', '+++\ntlp = "red"\n+++\nText.', /not YAML/],
    [
      'says that it is JSON',
      '---json\n{"tlp": "red"}\n---\nText.',
      /---json starts front matter that is not YAML/,
    ],
  ])('a front matter that %s is refused', (_what, file, message) => {
    expect(() => readDocumentFile('a.txt', bytes(file))).toThrow(message);
  });

  it('a first line that only looks like the beginning of a front matter is text', () => {
    for (const text of [
      '--- Forwarded message ---\nText.',
      '-----BEGIN-----\n',
      '---- \nText.',
      '— — —\nText.',
    ])
      expect(readDocumentFile('a.txt', bytes(text)).text).toBe(text);
  });

  it('with a front matter and a sidecar: the sidecar counts more, but the stricter marking holds', () => {
    const file = (tlp: string) => bytes(`---\ntitle: In front\npublisher: Courier\n${tlp}\n---\nText.`);
    const sidecar = beside('title: Beside\ntlp: green');
    expect(readDocumentFile('a.txt', file('tlp: red'), sidecar)).toEqual({
      title: 'Beside',
      publisher: 'Courier',
      tlp: 'red',
      text: 'Text.',
    });
    expect(readDocumentFile('a.txt', file('tlp: clear'), sidecar).tlp).toBe('green');
    expect(readDocumentFile('a.txt', file('url: https://example.org'), sidecar).tlp).toBe('green');
    expect(() => readDocumentFile('a.txt', file('tlp: rot'), sidecar)).toThrow(/its front matter: tlp /);
  });

  it('keeps the characters that a value is written with', () => {
    const yaml = [
      'title: 0311',
      'upstream: 1.10',
      'published: 0793',
      'publisher: 12345678901234567890',
      'language: en',
    ].join('\n');
    expect(readDocumentFile('a.txt', bytes(`---\n${yaml}\n---\nText.`))).toMatchObject({
      title: '0311',
      upstream: '1.10',
      published: '0793',
      publisher: '12345678901234567890',
    });
    for (const written of ['1e3', '0x1F', '0o17', '.inf', '-0', 'true', '1_000', '+7', '1.0'])
      expect(readDocumentFile('a.txt', bytes('Text.'), beside(`title: ${written}`)).title).toBe(written);
    expect(
      readDocumentFile(
        'a.txt',
        bytes('Text.'),
        beside('{\n\t"title": 1.10, "upstream": "\\ud83d\\ude00\\/"}'),
      ),
    ).toMatchObject({ title: '1.10', upstream: '😀/' });
    expect(() => readDocumentFile('a.txt', bytes('Text.'), beside('publisher: null'))).toThrow(/publisher /);
  });

  it('a title from a long first line is cut where a character ends', () => {
    const titleOf = (text: string): string => readDocumentFile('a.txt', bytes(text)).title;
    expect(titleOf(`${'x'.repeat(999)}😀 and more`)).toBe('x'.repeat(999));
    expect(titleOf(`${'x'.repeat(996)}👩‍👩‍👧 and more`)).toBe('x'.repeat(996));
    expect(titleOf(`${'x'.repeat(998)}e\u0301\u0302 and more`)).toBe('x'.repeat(998));
    expect(titleOf('x'.repeat(1000))).toHaveLength(1000);
  });

  it('a title holds no control of its line, and is the name of the file where no line has anything else', () => {
    const titleOf = (text: string): string => readDocumentFile('a.txt', bytes(text)).title;
    expect(titleOf('Page\fone\u0007\nText.')).toBe('Page one');
    expect(titleOf('\f\n\u0001\nText.')).toBe('Text.');
    expect(titleOf('\ufeff\n \f\n')).toBe('a.txt');
  });

  it('keeps a byte order mark: it is part of what was received', () => {
    expect(readDocumentFile('a.txt', bytes('\ufeffTitle')).text).toBe('\ufeffTitle');
  });

  describe('at a path', () => {
    const files: Record<string, string | Buffer | Error> = {
      'in/a.txt': 'Text.',
      'in/a.yml': 'title: From YAML',
      'in/b.yaml': 'plain: text',
      'in/c.d/c': 'No ending.',
      'in/d.txt': 'Text.',
      'in/d.txt.json': '{"title": "From JSON"}',
      'in/two.txt': 'Text.',
      'in/two.yaml': 'tlp: clear',
      'in/two.json': '{"tlp": "red"}',
      'in/closed.txt': 'Text.',
      'in/closed.yaml': Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }),
      'in/latin.txt': 'Text.',
      'in/latin.yaml': Buffer.from('title: D\xe9p\xeache', 'latin1'),
      'in/same.txt': 'Text.',
      'in/same.yaml': 'title: One file',
      'in/same.YAML': 'title: One file',
    };
    const read = async (path: string): Promise<Uint8Array> => {
      const found = files[path];
      if (found === undefined) throw Object.assign(new Error(`ENOENT ${path}`), { code: 'ENOENT' });
      if (found instanceof Error) throw found;
      return Buffer.from(found as string);
    };
    const titleAt = async (path: string): Promise<string> => (await readDocumentAt(path, read)).title;

    it('a description has the name of its document, with or without its ending', async () => {
      expect(await titleAt('in/a.txt')).toBe('From YAML');
      expect(await titleAt('in/c.d/c')).toBe('No ending.');
      expect(await titleAt('in/d.txt')).toBe('From JSON');
      expect(await titleAt('in/same.txt')).toBe('One file');
      await expect(titleAt('in/none.txt')).rejects.toThrow('ENOENT in/none.txt');
    });

    it.each([
      ['in/closed.txt', /^closed\.txt: its description closed\.yaml exists but cannot be read: EACCES/],
      ['in/latin.txt', /^latin\.yaml: is not UTF-8 text/],
      ['in/two.txt', /^two\.txt: has two descriptions that differ, two\.yaml and two\.json/],
      ['in/b.yaml', /^b\.yaml: is a description/],
    ])('%s is refused, for its description', async (path, message) => {
      await expect(titleAt(path)).rejects.toThrow(UnreadableDocument);
      await expect(titleAt(path)).rejects.toThrow(message);
    });
  });

  it.each([
    ['not UTF-8', Uint8Array.of(0x41, 0xff), undefined, /not UTF-8/],
    ['a description that is no YAML', bytes('x'), 'a: [', /not YAML/],
    ['a description that is a list', bytes('x'), '- a', /not a list of fields/],
    ['an unknown field', bytes('x'), 'titel: x', /titel/],
    ['a bad date', bytes('x'), 'published: yesterday', /published .*EDTF/],
    ['no text', bytes(''), 'title: x', /text/],
    ['a PDF', bytes('%PDF-1.7\n'), undefined, /is a PDF, not plain text/],
    ['RTF', bytes('{\\rtf1\\ansi Text.}'), undefined, /is RTF, not plain text/],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0x00), undefined, /is UTF-16, not plain/],
    ['HTML', bytes('\n<!DOCTYPE html>\n<p>Text.'), undefined, /is HTML, not plain text/],
  ])('refuses %s, naming the file', (_what, content, sidecar, message) => {
    const reading = () =>
      readDocumentFile('bad.txt', content, sidecar === undefined ? undefined : beside(sidecar));
    expect(reading).toThrow(UnreadableDocument);
    expect(reading).toThrow(message);
    expect(reading).toThrow(/^bad\.txt: /);
  });
});
