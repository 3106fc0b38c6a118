import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import { createTransport } from 'nodemailer';
import { PDFDocument, StandardFonts } from 'pdf-lib';

/* An article as other programs write it: the same paragraphs as HTML, PDF, DOCX and e-mail. */

export interface Article {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** An article from plain text, whose paragraphs blank lines separate. */
export const articleOf = (title: string, text: string): Article => ({
  title,
  paragraphs: text
    .split(/\n+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== ''),
});

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A page with what surrounds an article: navigation, a script, a footer. */
export const asHtml = ({ title, paragraphs }: Article, head = '<meta charset="utf-8">'): Buffer =>
  Buffer.from(
    `<!doctype html><html lang="en"><head>${head}<title>${escaped(title)}</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<script>document.title = 'changed';</script>
<article><h1>${escaped(title)}</h1>
${paragraphs.map((paragraph) => `<p>${escaped(paragraph).replace(/ /g, (space, at: number) => (at % 80 === 79 ? '\n' : space))}</p>`).join('\n')}
</article><footer><p>Contact us</p></footer></body></html>`,
  );

export async function asDocx({ title, paragraphs }: Article): Promise<Buffer> {
  const document = new Document({
    title,
    sections: [
      {
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }),
          ...paragraphs.map((paragraph) => {
            // Word keeps a paragraph in runs, wherever its writer paused.
            const middle = Math.floor(paragraph.length / 2);
            return new Paragraph({
              children: [
                new TextRun(paragraph.slice(0, middle)),
                new TextRun({ text: paragraph.slice(middle), size: 24 }),
              ],
            });
          }),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const PAGE = { width: 595, height: 842, margin: 60, size: 11, leading: 14, gap: 8 };

export async function asPdf({ title, paragraphs }: Article): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(title);
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  let page = pdf.addPage([PAGE.width, PAGE.height]);
  let y = PAGE.height - PAGE.margin;
  for (const paragraph of [title, ...paragraphs]) {
    for (const line of wrapped(paragraph, (text) => font.widthOfTextAtSize(text, PAGE.size))) {
      if (y < PAGE.margin) {
        page = pdf.addPage([PAGE.width, PAGE.height]);
        y = PAGE.height - PAGE.margin;
      }
      page.drawText(line, { x: PAGE.margin, y, size: PAGE.size, font });
      y -= PAGE.leading;
    }
    y -= PAGE.gap;
  }
  return Buffer.from(await pdf.save());
}

/** At ordinary spaces, in lines as wide as the page. */
function wrapped(paragraph: string, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > PAGE.width - 2 * PAGE.margin) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

export interface MailOptions {
  readonly html?: boolean;
  readonly attachment?: { readonly filename: string; readonly content: string };
}

export async function asEmail({ title, paragraphs }: Article, options: MailOptions = {}): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const sent = await transport.sendMail({
    from: '“The Desk” <desk@example.org>',
    to: 'analysts@example.org',
    date: new Date('2031-03-04T05:06:07Z'),
    subject: title,
    ...(options.html === true
      ? { html: asHtml({ title, paragraphs }).toString('utf8') }
      : { text: paragraphs.join('\n\n') }),
    ...(options.attachment && { attachments: [options.attachment] }),
  });
  return sent.message as Buffer;
}
