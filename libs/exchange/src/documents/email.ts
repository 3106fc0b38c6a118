import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { fragmentText } from './html.js';
import { asTitle, detailsOf } from './metadata.js';
import { type DocumentReader, UnreadableDocument } from './reader.js';

/** Recipients listed by name; the rest are counted. */
const MOST_NAMED = 50;

/**
 * A message: the important headers, then its text (from HTML if there is no plain text), then the names of its
 * attachments. Attachments are not read: each can be imported as its own document.
 */
export const email: DocumentReader = {
  extractor: 'email/2 mailparser/3.14.2 parse5/8.1.1 linkedom/0.18.15',
  async read({ bytes }) {
    const mail = await simpleParser(Buffer.from(bytes), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      skipImageLinks: true,
    });
    const isMessage =
      mail.headers.size > 0 && (mail.from ?? mail.date ?? mail.subject ?? mail.to) !== undefined;
    if (!isMessage)
      throw new UnreadableDocument('It is not an e-mail: it has no From, To, Date or Subject (RFC 5322).');
    const [from] = mail.from?.value ?? [];
    return {
      text: [headersOf(mail), bodyOf(mail), attachmentsOf(mail)].filter((part) => part !== '').join('\n\n'),
      details: detailsOf({
        title: mail.subject,
        author: from?.name || from?.address,
        published: isoOf(mail.date),
      }),
    };
  },
};

function headersOf({ from, to, cc, date, subject }: ParsedMail): string {
  const lines: (readonly [name: string, value: string])[] = [
    ['From', addressesIn(from)],
    ['To', addressesIn(to)],
    ['Cc', addressesIn(cc)],
    ['Date', isoOf(date)?.replace('.000Z', 'Z') ?? ''],
    ['Subject', subject ?? ''],
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${asTitle(value, 10_000)}`)
    .join('\n');
}

const isoOf = (date: Date | undefined): string | undefined =>
  date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();

function addressesIn(header: AddressObject | AddressObject[] | undefined): string {
  const all = [header ?? []].flat().flatMap(({ value }) => value);
  const named = all
    .slice(0, MOST_NAMED)
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : name || (address ?? '')));
  return [...named, ...(all.length > MOST_NAMED ? [`and ${all.length - MOST_NAMED} more`] : [])].join(', ');
}

function bodyOf({ text, html }: ParsedMail): string {
  if (text !== undefined && text.trim() !== '') return text.replace(/\r\n?/g, '\n').trim();
  return typeof html === 'string' ? fragmentText(html) : '';
}

function attachmentsOf({ attachments }: ParsedMail): string {
  return attachments
    .filter(({ related }) => !related)
    .map(({ filename, contentType, size }) =>
      asTitle(`Attachment: ${filename ?? 'without a name'} (${contentType}, ${size} bytes)`),
    )
    .join('\n');
}
