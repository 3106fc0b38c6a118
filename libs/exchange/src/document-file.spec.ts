import { readDocumentAt, readDocumentFile, UnreadableDocument } from './document-file.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

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

  it('with a sidecar: what looks like a front matter is text', () => {
    const text = '---\nnot: ours\n---\n';
    expect(readDocumentFile('a.txt', bytes(text), 'title: From the sidecar\npublished: 2031')).toEqual({
      title: 'From the sidecar',
      published: '2031',
      text,
    });
  });

  it('keeps a byte order mark: it is part of what was received', () => {
    expect(readDocumentFile('a.txt', bytes('\ufeffTitle')).text).toBe('\ufeffTitle');
  });

  it('at a path: with the first sidecar that there is, and never itself', async () => {
    const files: Record<string, string> = {
      'in/a.txt': 'Text.',
      'in/a.yml': 'title: From YAML',
      'in/a.json': '{"title": "From JSON"}',
      'in/b.yaml': 'plain: text',
      'in/c.d/c': 'No ending.',
    };
    const read = (path: string) =>
      files[path] === undefined
        ? Promise.reject(new Error(`ENOENT ${path}`))
        : Promise.resolve(bytes(files[path]));
    expect((await readDocumentAt('in/a.txt', read)).title).toBe('From YAML');
    expect(await readDocumentAt('in/b.yaml', read)).toEqual({ title: 'plain: text', text: 'plain: text' });
    expect((await readDocumentAt('in/c.d/c', read)).title).toBe('No ending.');
    await expect(readDocumentAt('in/none.txt', read)).rejects.toThrow('ENOENT in/none.txt');
  });

  it.each([
    ['not UTF-8', Uint8Array.of(0x41, 0xff), undefined, /not UTF-8/],
    ['a description that is no YAML', bytes('x'), 'a: [', /not YAML/],
    ['a description that is a list', bytes('x'), '- a', /not a list of fields/],
    ['an unknown field', bytes('x'), 'titel: x', /titel/],
    ['a bad date', bytes('x'), 'published: yesterday', /published .*EDTF/],
    ['no text', bytes(''), 'title: x', /text/],
  ])('refuses %s, naming the file', (_what, content, sidecar, message) => {
    const reading = () => readDocumentFile('bad.txt', content, sidecar);
    expect(reading).toThrow(UnreadableDocument);
    expect(reading).toThrow(message);
    expect(reading).toThrow(/^bad\.txt: /);
  });
});
