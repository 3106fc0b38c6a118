import type { AnnotationKind } from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import type { ExportFormat, ExportOptions, ImportFormat } from '../format.js';
import { readItems } from '../read-items.js';
import { readAnnotation } from './read.js';
import { canonicals, containerIri, contextsAt, webAnnotation, type WritingContext } from './write.js';

export * from './context.js';
export { referencesOf } from './terms.js';
export { NoAnnotation, readAnnotation, withReferences } from './read.js';
export {
  annotationIri,
  canonicalIri,
  containerIri,
  contextsAt,
  webAnnotation,
  type WritingContext,
} from './write.js';

/** What is referred to comes before what refers to it, as far as there is such an order. */
const IN_ORDER: readonly AnnotationKind[] = [
  'claim',
  'item',
  'warning',
  'attack',
  'link',
  'dispute',
  'comment',
];

/** Text is gathered to pieces of about this many UTF-16 units. */
const PIECE = 32 * 1024;

/** The whole incident as one AnnotationCollection with its page embedded. Erased annotations are not in it. */
async function* collection(
  source: IncidentSource,
  { base }: ExportOptions,
): AsyncGenerator<string, void, void> {
  const { header, workspaceId, names } = source;
  const context: WritingContext = {
    base,
    workspaceId,
    incidentId: header.id,
    names,
    canonicalOf: await canonicals(source),
  };
  const id = containerIri(context);
  let total = 0;
  const head = {
    '@context': contextsAt(base),
    id,
    type: ['AnnotationCollection'],
    ...(header.title !== undefined && { label: header.title }),
    created: header.recordedAt,
    modified: header.revisedAt,
  };
  yield `${JSON.stringify(head).slice(0, -1)},\n"first":{"id":${JSON.stringify(`${id}?page=0`)},"type":"AnnotationPage","partOf":{"id":${JSON.stringify(id)}},"startIndex":0,"items":[`;
  let piece = '';
  for await (const view of source.annotations(IN_ORDER)) {
    if (view.status === 'erased') continue;
    piece += `${total === 0 ? '' : ','}\n${JSON.stringify(webAnnotation(view, context))}`;
    total += 1;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}]},\n"last":${JSON.stringify(`${id}?page=0`)},\n"total":${total}}\n`;
}

export const webAnnotationExport: ExportFormat = {
  mediaType: 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
  extension: 'jsonld',
  description: 'W3C Web Annotation: an AnnotationCollection in JSON-LD with its page embedded',
  write: collection,
};

export const webAnnotationImport: ImportFormat = {
  description: 'W3C Web Annotation: one annotation, a list, a collection or a page, in JSON-LD',
  read: (bytes, { parse }) =>
    readItems(bytes, {
      paths: ['items', 'first.items', '@graph'],
      parse,
      read: (json) => readAnnotation(json),
    }),
};

/** The same of the claims in one document, in however many incidents; each incident is a page. */
export async function* documentAnnotations(
  documentId: string,
  sources: AsyncIterable<IncidentSource>,
  { base, workspaceId }: { readonly base: string; readonly workspaceId: string },
): AsyncGenerator<string, void, void> {
  const id = `${base}/v1/workspaces/${workspaceId}/documents/${documentId}/export/web-annotation`;
  const pages: string[] = [];
  let total = 0;
  yield `${JSON.stringify({ '@context': contextsAt(base), id, type: ['AnnotationCollection'] }).slice(0, -1)},\n"first":{"id":${JSON.stringify(`${id}?page=0`)},"type":"AnnotationPage","partOf":{"id":${JSON.stringify(id)}},"startIndex":0,"items":[`;
  for await (const source of sources) {
    const context: WritingContext = {
      base,
      workspaceId,
      incidentId: source.header.id,
      names: source.names,
      canonicalOf: await canonicals(source),
    };
    for await (const view of source.annotations(['claim'])) {
      if (view.kind !== 'claim' || view.anchor?.documentId !== documentId) continue;
      pages.push(`${total === 0 ? '' : ','}\n${JSON.stringify(webAnnotation(view, context))}`);
      total += 1;
      if (pages.length < 20) continue;
      yield pages.splice(0).join('');
    }
  }
  yield `${pages.join('')}]},\n"last":${JSON.stringify(`${id}?page=0`)},\n"total":${total}}\n`;
}
