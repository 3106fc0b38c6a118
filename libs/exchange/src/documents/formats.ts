import type { DocumentReader } from './reader.js';

/** A document format. Its library is loaded with the first file. */
export interface DocumentFormat {
  readonly name: string;
  readonly extensions: readonly string[];
  load(this: void): Promise<DocumentReader>;
}

/** Every format, by its media type. */
export const DOCUMENT_FORMATS = {
  'text/plain': {
    name: 'plain text',
    extensions: ['txt', 'text'],
    load: async () => (await import('./plain.js')).plain,
  },
  'text/html': {
    name: 'HTML',
    extensions: ['html', 'htm', 'xhtml'],
    load: async () => (await import('./html.js')).html,
  },
  'text/markdown': {
    name: 'Markdown',
    extensions: ['md', 'markdown'],
    load: async () => (await import('./markdown.js')).markdown,
  },
  'application/pdf': { name: 'PDF', extensions: ['pdf'], load: async () => (await import('./pdf.js')).pdf },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    name: 'DOCX',
    extensions: ['docx'],
    load: async () => (await import('./docx.js')).docx,
  },
  'message/rfc822': {
    name: 'e-mail',
    extensions: ['eml'],
    load: async () => (await import('./email.js')).email,
  },
} as const satisfies Record<string, DocumentFormat>;

export type DocumentMediaType = keyof typeof DOCUMENT_FORMATS;
export const DOCUMENT_MEDIA_TYPES = Object.keys(DOCUMENT_FORMATS) as [
  DocumentMediaType,
  ...DocumentMediaType[],
];

export const isDocumentMediaType = (mediaType: string): mediaType is DocumentMediaType =>
  Object.hasOwn(DOCUMENT_FORMATS, mediaType);

/** The usual extension of a media type, with its dot. */
export const extensionOf = (mediaType: string): string =>
  isDocumentMediaType(mediaType) ? `.${DOCUMENT_FORMATS[mediaType].extensions[0]}` : '';

/** The media type of a file's extension. */
export function mediaTypeOfFile(name: string): DocumentMediaType | undefined {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return DOCUMENT_MEDIA_TYPES.find((mediaType) =>
    (DOCUMENT_FORMATS[mediaType].extensions as readonly string[]).includes(extension),
  );
}
