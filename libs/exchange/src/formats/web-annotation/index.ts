import type { IncidentSource } from '@casebook/views';
import type { ExportFormat, ExportOptions, ImportFormat } from '../format.js';
import { IN_ORDER } from '../annotations.js';
import { gathered, listItems } from '../pieces.js';
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

/** An AnnotationCollection with its one page embedded. */
async function* collectionOf(
  head: { readonly id: string } & Readonly<Record<string, unknown>>,
  annotations: AsyncIterable<object>,
): AsyncGenerator<string, void, void> {
  const { id } = head;
  const page = JSON.stringify(`${id}?page=0`);
  let total = 0;
  const counted = async function* (): AsyncGenerator<object, void, void> {
    for await (const annotation of annotations) {
      total += 1;
      yield annotation;
    }
  };
  yield `${JSON.stringify(head).slice(0, -1)},\n"first":{"id":${page},"type":"AnnotationPage","partOf":{"id":${JSON.stringify(id)}},"startIndex":0,"items":[`;
  yield* gathered(listItems(counted()));
  yield `]},\n"last":${page},\n"total":${total}}\n`;
}

const contextOf = async (source: IncidentSource, base: string): Promise<WritingContext> => ({
  base,
  workspaceId: source.workspaceId,
  incidentId: source.header.id,
  names: source.names,
  canonicalOf: await canonicals(source),
});

/** The whole incident, without erased annotations. */
async function* collection(
  source: IncidentSource,
  { base }: ExportOptions,
): AsyncGenerator<string, void, void> {
  const { header } = source;
  const context = await contextOf(source, base);
  const head = {
    '@context': contextsAt(base),
    id: containerIri(context),
    type: ['AnnotationCollection'],
    ...(header.title !== undefined && { label: header.title }),
    created: header.recordedAt,
    modified: header.revisedAt,
  };
  const annotations = async function* (): AsyncGenerator<object, void, void> {
    for await (const view of source.annotations(IN_ORDER))
      if (view.status !== 'erased') yield webAnnotation(view, context);
  };
  yield* collectionOf(head, annotations());
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

/** The claims in one document, across all incidents. */
export async function* documentAnnotations(
  documentId: string,
  sources: AsyncIterable<IncidentSource>,
  { base, workspaceId }: { readonly base: string; readonly workspaceId: string },
): AsyncGenerator<string, void, void> {
  const id = `${base}/v1/workspaces/${workspaceId}/documents/${documentId}/export/web-annotation`;
  const claims = async function* (): AsyncGenerator<object, void, void> {
    for await (const source of sources) {
      const context = await contextOf(source, base);
      for await (const view of source.annotations(['claim']))
        if (view.kind === 'claim' && view.anchor?.documentId === documentId)
          yield webAnnotation(view, context);
    }
  };
  yield* collectionOf({ '@context': contextsAt(base), id, type: ['AnnotationCollection'] }, claims());
}
