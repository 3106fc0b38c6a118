import { writeFileSync } from 'node:fs';
import { CommandLine, type EndedCommand } from '../../support/command-line.js';
import { type Client, startTestService, type TestService } from '../../support/service.js';
import { asDocx, asEmail, asHtml, asPdf } from '../../support/written-documents.js';

const article = (title: string) => ({
  title,
  paragraphs: [
    `${title}: at least nine people were killed on Tuesday, the regional governor said, and more were hurt.`,
  ],
});

describe('casebook import', () => {
  let service: TestService;
  let analyst: Client;
  const commands = new CommandLine();
  beforeAll(async () => {
    service = await startTestService();
    analyst = await service.member('analyst', 'annotator');
  });
  afterAll(async () => {
    await commands.close();
    await service.close();
  });

  const file = (name: string, content: string | Uint8Array): string => {
    const path = commands.path(name);
    writeFileSync(path, content);
    return path;
  };
  const run = (args: readonly string[], input?: Uint8Array): Promise<EndedCommand> =>
    commands.start(
      ['import', '--url', service.url, ...args],
      { CASEBOOK_TOKEN: analyst.token },
      input ?? Buffer.alloc(0),
    ).ended;

  it('takes every format by its extension, with the sidecar beside it; one that is refused does not stop the others', async () => {
    const files = [
      file('page.html', asHtml(article('A page'))),
      file('note.pdf', await asPdf(article('A note'))),
      file('memo.DOCX', await asDocx(article('A memo'))),
      file('letter.eml', await asEmail(article('A letter'))),
      file('post.md', '---\ntitle: A post\n---\n\nNine *people*.\n'),
      file('text.txt', 'A text.\n'),
      file('scan.pdf', '%PDF-1.7 nothing'),
    ];
    file('note.yaml', 'publisher: The Courier\ntlp: amber\n');
    const { code, stdout, stderr } = await run(files);
    expect([code, stdout.split('\n').at(-2)]).toEqual([1, '6 imported, 0 known already, 1 refused']);
    expect(stderr).toMatch(/^refused .*scan\.pdf {2}422 It cannot be read as a PDF/m);
    const id = /^new .*note\.pdf {2}(sha256:\w+)$/m.exec(stdout)?.[1] ?? '';
    expect((await analyst.get(`documents/${id}`)).body).toMatchObject({
      title: 'A note',
      publisher: 'The Courier',
      tlp: 'amber',
      original: { fileName: 'note.pdf', mediaType: 'application/pdf' },
    });
  });

  it('reads a pipe whose type is said, and tells results as JSON', async () => {
    const page = Buffer.from(asHtml(article('A pipe')));
    const { code, stdout, stderr } = await run(['-', '--type', 'html', '--json'], page);
    expect([code, stderr]).toEqual([0, '1 imported, 0 known already, 0 refused\n']);
    const result = JSON.parse(stdout) as { id: string };
    expect(result).toEqual({ file: '-', status: 'new', id: expect.stringMatching(/^sha256:/) });
    expect((await analyst.get(`documents/${result.id}`)).body).toMatchObject({ title: 'A pipe' });
  });

  it('refuses a pipe without a type, and a type that is none', async () => {
    expect(await run(['-'], Buffer.from('x'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('give --type'),
    });
    expect(await run(['-', '--type', 'png'], Buffer.from('x'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('txt, html, md, pdf, docx, eml'),
    });
  });
});
