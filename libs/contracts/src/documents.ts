import { EXAMPLE_DOCUMENT } from './examples.js';
import { z } from 'zod';
import { edtfDate } from './dates.js';
import { documentId, documentText, phrase, prose } from './primitives.js';
import { revisionOf } from './revision.js';
import { reliability, tlp } from './vocabularies.js';

/** A BCP 47 language tag. */
const languageTag = z
  .string()
  .max(100, { abort: true })
  .refine(
    (value) => {
      try {
        Intl.getCanonicalLocales(value);
        return value !== '';
      } catch {
        return false;
      }
    },
    { error: 'is not a BCP 47 language tag, such as en, fr-BE or ar' },
  );

/** An http or https URL, kept as sent. RFC 3986 allows ASCII alone; the WHATWG parser behind `z.url` allows more. */
const webAddress = z
  .url({ protocol: /^https?$/, error: 'is not an http or https URL', abort: true })
  .max(2000)
  .regex(/^[\u0021-\u007e]*$/, {
    error: 'contains a space or a non-ASCII character; percent-encode it (RFC 3986)',
  });

/** The description of a document. */
export const documentDetails = z.strictObject({
  title: phrase(1000),
  publisher: phrase().optional(),
  author: phrase().optional().meta({ description: 'the authors, as the document names them' }),
  published: edtfDate.optional(),
  retrieved: edtfDate.optional(),
  url: webAddress.optional(),
  language: languageTag.optional(),
  tlp: tlp.optional(),
  reliability: reliability.optional(),
  upstream: phrase().optional().meta({
    description:
      'the report that this one repeats, such as an agency dispatch or another paper; documents with the same upstream count as one source',
  }),
  supersedes: documentId
    .optional()
    .meta({ description: 'the earlier edition of the same document, which this one replaces' }),
});
export type DocumentDetails = z.infer<typeof documentDetails>;

/** `POST …/documents` */
export const importDocument = documentDetails.extend({ text: documentText }).meta({
  id: 'ImportDocument',
  example: {
    title: 'Blast at the river market kills at least nine',
    text: 'At least nine people were killed on Tuesday, the regional governor said.',
    publisher: 'The Harbour Courier',
    published: '2031-03-04',
    url: 'https://example.org/courier/river-market',
    language: 'en',
    upstream: 'Meridian News Agency, 4 March',
  },
});
export type ImportDocument = z.infer<typeof importDocument>;

/** Maximum bytes of a file that a document is imported from. */
export const ORIGINAL_BYTES = 10 * 1024 * 1024;
/** Bytes of an original in one event: in Base64, as long as the longest text. */
export const ORIGINAL_PART_BYTES = 3 * 1024 * 1024;

const fileName = phrase(255);

/** The file that a document's text was extracted from. */
export const originalFacts = z
  .strictObject({
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .meta({ description: 'sha256: and the SHA-256 of its bytes' }),
    mediaType: z.string().meta({ example: 'application/pdf' }),
    bytes: z.int().min(1),
    fileName: fileName.optional(),
    charset: z.string().optional().meta({ description: 'as its sender declared it' }),
    extractor: z.string().meta({
      description:
        'the program that extracted the text, with its version: the same version always extracts the same text from the same bytes',
    }),
  })
  .meta({ id: 'OriginalFacts' });
export type OriginalFacts = z.infer<typeof originalFacts>;

/** The payload of OriginalKept: a part of the file, in Base64 (RFC 4648, section 4). Part 1 comes first; all are of one command. */
export const keptOriginal = originalFacts.extend({
  part: z.int().min(1),
  parts: z.int().min(1),
  content: z.string(),
});

/** `POST …/documents` with a file as its body; with JSON, the details are in the body. */
export const importFileQuery = documentDetails.partial().extend({
  fileName: fileName.optional().meta({ description: 'of the file in the body' }),
});
export type ImportFileQuery = z.infer<typeof importFileQuery>;

/** `POST …/incidents/{id}/documents` */
export const attachDocument = z.strictObject({ documentId }).meta({
  id: 'AttachDocument',
  example: { documentId: EXAMPLE_DOCUMENT },
});
export type AttachDocument = z.infer<typeof attachDocument>;

/** `POST …/incidents/{id}/documents/{documentId}/detachment` */
export const detachDocument = z.strictObject({ reason: prose() }).meta({
  id: 'DetachDocument',
  example: { reason: 'It is about another attack.' },
});
export type DetachDocument = z.infer<typeof detachDocument>;

/** `PATCH …/documents/{id}` */
export const reviseDocument = revisionOf(documentDetails.shape, 'ReviseDocument', {
  upstream: 'Meridian News Agency, 4 March',
  reason: 'Named in its last line.',
});
export type ReviseDocument = z.infer<typeof reviseDocument>;
