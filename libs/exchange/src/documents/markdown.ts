import type { DocumentDetails } from '@casebook/contracts';
import { marked } from 'marked';
import { detailsInFrontMatter } from './front-matter-details.js';
import { decodeText } from './charset.js';
import { fragmentText } from './html.js';
import type { DocumentReader } from './reader.js';

/** The details in the front matter of a Markdown file in UTF-8 or with a byte order mark. @throws UnreadableDocument */
export const markdownDetails = (name: string, bytes: Uint8Array): Partial<DocumentDetails> =>
  detailsInFrontMatter(name, decodeText(bytes, undefined)).details;

/** Rendered Markdown, without markup; YAML front matter has the details of the document. */
export const markdown: DocumentReader = {
  extractor: 'markdown/2 marked/18.2.1 parse5/8.1.1 linkedom/0.18.15',
  read({ bytes, charset }) {
    const { details, body } = detailsInFrontMatter('The file', decodeText(bytes, charset));
    const rendered = marked.parse(body, { async: false, gfm: true });
    return { text: fragmentText(rendered), details };
  },
};
