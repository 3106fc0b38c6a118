import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { parse, serialize } from 'parse5';
import { blockText, type DomNode } from './block-text.js';
import { decodeText } from './charset.js';
import { detailsOf } from './metadata.js';
import { type DocumentReader, UnreadableDocument } from './reader.js';

/** Maximum elements searched for the readable part; a larger page is read whole. */
const MOST_ELEMENTS = 50_000;
/** Bytes in which HTML declares its charset (HTML Living Standard, 13.2.3.2). */
const DECLARATION_BYTES = 1024;

/** The readable part of a page, title first. Nothing referenced by the page is fetched. */
export const html: DocumentReader = {
  extractor: 'html/2 parse5/8.1.1 linkedom/0.18.15 readability/0.6.0',
  read({ bytes, charset }) {
    const page = decodeText(bytes, charset ?? declaredIn(bytes), true);
    const { document } = parseHTML(wholePage(page)) as unknown as { document: HtmlDocument };
    const said = metadataOf(document);
    const whole = blockText(document.body ?? document.documentElement);
    if (whole.trim() === '') throw new UnreadableDocument('The page has no text.');
    const { text, title = said.title, author = said.author } = readable(document) ?? { text: whole };
    const isThere = title === undefined || text.startsWith(title);
    return {
      text: isThere ? text : `${title}\n\n${text}`,
      details: detailsOf({ ...said, title, author }),
    };
  },
};

interface HtmlElement extends DomNode {
  getAttribute(name: string): string | null;
  readonly textContent: string | null;
}
interface HtmlDocument extends DomNode {
  readonly body: DomNode | null;
  readonly documentElement: HtmlElement;
  querySelector(selector: string): HtmlElement | null;
}

/** Adds the optional tags that the author left out: linkedom finds no body without them. */
const wholePage = (page: string): string => serialize(parse(page));

/** The whole text of an HTML fragment. */
export function fragmentText(fragment: string): string {
  const { document } = parseHTML(wholePage(fragment)) as unknown as { document: HtmlDocument };
  return blockText(document.body ?? document.documentElement);
}

/** The charset in a `meta` element or an XML declaration. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const beginning = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  return (
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(beginning)?.[1] ??
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(beginning)?.[1]
  );
}

/** The article of a page; `undefined` if the library finds none. Changes the document. */
function readable(
  document: HtmlDocument,
): { readonly text: string; readonly title?: string; readonly author?: string } | undefined {
  try {
    const article = new Readability<DomNode>(document, {
      maxElemsToParse: MOST_ELEMENTS,
      serializer: (content: DomNode) => content,
    }).parse();
    const text = article?.content ? blockText(article.content) : '';
    if (article === null || text.trim() === '') return undefined;
    const { title, byline } = article;
    return {
      text,
      ...(title && { title: title.replace(/\s+/g, ' ').trim() }),
      ...(byline && { author: byline.trim() }),
    };
  } catch {
    // The library gives up on very large pages.
    return undefined;
  }
}

function metadataOf(document: HtmlDocument): Parameters<typeof detailsOf>[0] & { readonly title?: string } {
  const meta = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const content = document
        .querySelector(`meta[property="${name}"], meta[name="${name}"]`)
        ?.getAttribute('content');
      if (content) return content;
    }
    return undefined;
  };
  const title = meta('og:title') ?? document.querySelector('title')?.textContent ?? undefined;
  return {
    ...(title !== undefined && { title }),
    author: meta('author', 'article:author', 'citation_author'),
    publisher: meta('og:site_name', 'application-name', 'citation_publisher'),
    published:
      meta('article:published_time', 'datePublished', 'date', 'dc.date', 'DC.date.issued') ??
      document.querySelector('time[datetime]')?.getAttribute('datetime'),
    language: document.documentElement.getAttribute('lang'),
    url: document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta('og:url'),
  };
}
