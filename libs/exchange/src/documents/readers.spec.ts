import { readFileSync } from 'node:fs';
import {
  DOCUMENT_FORMATS,
  DOCUMENT_MEDIA_TYPES,
  type DocumentMediaType,
  mediaTypeOfFile,
} from './formats.js';
import { fragmentText } from './html.js';

const reading = async (mediaType: DocumentMediaType, bytes: Uint8Array, charset?: string): Promise<string> =>
  (await (await DOCUMENT_FORMATS[mediaType].load()).read({ bytes, charset })).text;

describe('readers of documents', () => {
  it('say which version of which library makes their text', async () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const installed = new Map(
      Object.entries(dependencies).map(([name, version]) => [name.replace(/^@.*\//, ''), version]),
    );
    for (const mediaType of DOCUMENT_MEDIA_TYPES) {
      const { extractor } = await DOCUMENT_FORMATS[mediaType].load();
      for (const library of extractor.split(' ').slice(1)) {
        const [name = '', version] = library.split('/');
        expect([mediaType, name, version]).toEqual([mediaType, name, installed.get(name)]);
      }
    }
  });

  it('are chosen by the extension of a file', () => {
    expect(mediaTypeOfFile('reports/Note.PDF')).toBe('application/pdf');
    expect(mediaTypeOfFile('page.htm')).toBe('text/html');
    expect(mediaTypeOfFile('archive.tar')).toBeUndefined();
    expect(mediaTypeOfFile('README')).toBeUndefined();
  });
});

describe('the text of HTML', () => {
  it.each([
    ['line breaks', 'one<br>two<br><br>three', 'one\ntwo\n\nthree'],
    ['paragraphs', '<p>one</p><p>two</p>', 'one\n\ntwo'],
    ['paragraphs in parts of a page', '<div><div><p>one</p></div></div><div>two</div>', 'one\n\ntwo'],
    ['white space', ' a \n\t b <b> c</b> d', 'a b c d'],
    ['no-break spaces', 'about&nbsp;the&nbsp; attack', 'about\u00a0the\u00a0 attack'],
    ['inline elements', 'un<b>believ</b>able', 'unbelievable'],
    [
      'a table',
      '<table><tr><td>31</td><td>dead</td></tr><tr><td><p>9</p></td><td></td><td>x</td></tr></table>',
      '31\tdead\n9\t\tx',
    ],
    ['a table as a layout', '<table><tr><td><p>one</p><p>two</p></td></tr></table>', 'one\n\ntwo'],
    ['a list', '<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>', 'one\ntwo\n\nthree'],
    ['preformatted text', '<pre>a  b\n c</pre>d', 'a  b\n c\n\nd'],
    ['what is not shown', 'a<script>b</script><style>c</style><p hidden>d</p><template>e</template>f', 'af'],
    ['entities', 'R&amp;D &lt;b&gt; &ldquo;x&rdquo; &#x1F600;', 'R&D <b> “x” 😀'],
    ['comments', 'a<!-- b -->c', 'ac'],
  ])('%s', (_, fragment, text) => {
    expect(fragmentText(fragment)).toBe(text);
  });
});

describe('the charset of a file', () => {
  const curly = Buffer.from([0x93, 0x57, 0x65, 0x94, 0x20, 0x96, 0x20, 0x80]);
  const page = (head: string, text: Uint8Array) =>
    Buffer.concat([
      Buffer.from(`<html><head>${head}</head><body><p>`),
      text,
      Buffer.from('</p></body></html>'),
    ]);

  it.each<[string, DocumentMediaType, Uint8Array, string | undefined, string]>([
    ['declared: windows-1252', 'text/plain', curly, 'windows-1252', '“We” – €'],
    ['declared: latin-1 is windows-1252 on the web', 'text/plain', curly, 'ISO-8859-1', '“We” – €'],
    ['declared: koi8-r', 'text/plain', Buffer.from([0xd7, 0xda, 0xd2, 0xd9, 0xd7]), 'koi8-r', 'взрыв'],
    ['declared: windows-1256', 'text/plain', Buffer.from([0xc7, 0xe1]), 'windows-1256', 'ال'],
    ['declared: shift_jis', 'text/plain', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), 'shift_jis', '日本'],
    ['declared: gb18030', 'text/plain', Buffer.from([0xd6, 0xd0]), 'GB18030', '中'],
    ['a mark of UTF-16', 'text/plain', Buffer.from('\ufeffПять', 'utf16le'), undefined, 'Пять'],
    ['a mark outweighs what is declared', 'text/html', page('', Buffer.from('é')).subarray(0), 'utf-8', 'é'],
    ['a meta element', 'text/html', page('<meta charset="windows-1252">', curly), undefined, '“We” – €'],
    [
      'an older meta element',
      'text/html',
      page('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', curly),
      undefined,
      '“We” – €',
    ],
    [
      'what is declared outweighs the meta element',
      'text/html',
      page('<meta charset="koi8-r">', curly),
      'windows-1252',
      '“We” – €',
    ],
    ['Markdown', 'text/markdown', curly, 'windows-1252', '“We” – €'],
  ])('%s', async (_, mediaType, bytes, charset, text) => {
    expect(await reading(mediaType, bytes, charset)).toBe(text);
  });

  it('UTF-8 text keeps every byte, its mark too', async () => {
    const bytes = Buffer.from('\ufeffa\r\nb\u00a0');
    expect(Buffer.from(await reading('text/plain', bytes)).equals(bytes)).toBe(true);
  });

  it.each<[string, DocumentMediaType, Uint8Array, string | undefined, RegExp]>([
    ['none declared, and not UTF-8', 'text/plain', curly, undefined, /^It is not UTF-8 text\. Declare/],
    ['of a page too', 'text/html', page('', curly), undefined, /^It is not UTF-8 text\. Declare/],
    ['an unknown one', 'text/plain', curly, 'klingon', /^The charset "klingon" is unknown/],
    ['one that is no charset', 'text/plain', curly, 'base64', /^The charset "base64" is unknown/],
    ['a PDF sent as text', 'text/plain', Buffer.from('%PDF-1.7'), undefined, /^It is a PDF, not plain text/],
  ])('%s is refused', async (_, mediaType, bytes, charset, why) => {
    await expect(reading(mediaType, bytes, charset)).rejects.toThrow(why);
  });
});
