import { readFiles } from './read-files.js';

const file = (name: string, content: string | Uint8Array) => ({
  name,
  bytes: (typeof content === 'string' ? new TextEncoder().encode(content) : content).slice().buffer,
});

describe('files that were dropped', () => {
  it('a text is kept to the letter, its first line its title', () => {
    const text = '\ufeff  Nine dead\r\n\r\nAt least nine …\u00a0\n';
    expect(readFiles([file('a.txt', text)]).candidates).toEqual([
      { file: 'a.txt', text, title: 'Nine dead' },
    ]);
  });

  it('a sidecar and a front matter say what is known; what they do not know is left out', () => {
    const sidecar = 'title: "Nine: dead"\npublisher: The Courier\npublished: 2031-03-04\nnonsense: 1\n';
    const front = `---\ntitle: Ten dead\nlanguage: en\n---\n\nText`;
    expect(
      readFiles([file('a.yaml', sidecar), file('a.txt', 'Text'), file('b.txt', front)]).candidates,
    ).toEqual([
      { file: 'a.txt', text: 'Text', title: 'Nine: dead', publisher: 'The Courier', published: '2031-03-04' },
      { file: 'b.txt', text: 'Text', title: 'Ten dead', language: 'en' },
    ]);
  });

  it('a file that is not text is recognised, and the others are still read', () => {
    const { candidates, unreadable } = readFiles([
      file('a.txt', new Uint8Array([0x25, 0xff, 0xfe])),
      file('b.txt', ' \n'),
      file('c.txt', 'a\0b'),
      file('d.txt', 'good'),
    ]);
    expect(candidates.map((each) => each.file)).toEqual(['d.txt']);
    expect(unreadable).toEqual([
      { file: 'a.txt', reason: 'not-utf8' },
      { file: 'b.txt', reason: 'empty' },
      { file: 'c.txt', reason: 'nul' },
    ]);
  });

  it('a file that the service reads goes as it is, with what its sidecar says', () => {
    const pdf = file('Note.PDF', '%PDF-1.7');
    expect(readFiles([pdf, file('Note.yaml', 'tlp: amber\n'), file('empty.html', '')])).toEqual({
      candidates: [
        {
          file: 'Note.PDF',
          text: '',
          title: '',
          tlp: 'amber',
          content: { bytes: pdf.bytes, mediaType: 'application/pdf' },
        },
      ],
      unreadable: [{ file: 'empty.html', reason: 'empty' }],
    });
  });
});
