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
    error: 'holds a space or a character beyond ASCII; percent-encode it (RFC 3986)',
  });

/** The description of a document. */
export const documentDetails = z.strictObject({
  title: phrase(1000),
  publisher: phrase().optional(),
  published: edtfDate.optional(),
  retrieved: edtfDate.optional(),
  url: webAddress.optional(),
  language: languageTag.optional(),
  tlp: tlp.optional(),
  reliability: reliability.optional(),
  upstream: phrase().optional().meta({
    description:
      'the report that this one repeats, such as an agency dispatch or another paper. Documents with the same upstream count as one source',
  }),
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
