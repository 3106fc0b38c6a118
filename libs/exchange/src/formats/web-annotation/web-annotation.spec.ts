import { existsSync, readFileSync } from 'node:fs';
import type { AnnotationKind, AnnotationView } from '@casebook/contracts';
import { fieldsOf } from '@casebook/testing';
import fc from 'fast-check';
import jsonld from 'jsonld';
import { CASEBOOK_CONTEXT } from './context.js';
import { readAnnotation, withReferences } from './read.js';
import { contextsAt, webAnnotation, type WritingContext } from './write.js';

const INCIDENT = '01990000-0000-7000-8000-000000000001';
const ID = '01990000-0000-7000-8000-0000000000ff';
const context: WritingContext = {
  base: 'https://casebook.example',
  workspaceId: 'desk',
  incidentId: INCIDENT,
  names: new Map([['alice', 'Alice “A” Lund']]),
  canonicalOf: (id) => `urn:uuid:${id}`,
};

const viewOf = (kind: AnnotationKind, fields: object): AnnotationView =>
  ({
    id: ID,
    kind,
    revision: 1,
    status: 'active',
    ...fields,
    ...(kind === 'dispute' && { state: 'open' }),
    recordedBy: 'alice',
    recordedAt: '2031-03-05T09:11:00.000Z',
    revisedBy: 'alice',
    revisedAt: '2031-03-05T09:11:00.000Z',
    position: 7,
  }) as unknown as AnnotationView;

const views = fc.oneof(
  ...Object.entries(fieldsOf()).map(([kind, fields]) =>
    (fields as fc.Arbitrary<object>).map((each) => viewOf(kind as AnnotationKind, each)),
  ),
);
/** As it goes over the wire. */
const written = (view: AnnotationView): Record<string, unknown> =>
  JSON.parse(JSON.stringify(webAnnotation(view, context))) as Record<string, unknown>;

/** What an import makes of what was written, where it names the same things. */
function read(view: AnnotationView): AnnotationView {
  const { annotation, origin, kept } = readAnnotation(written(view));
  const { why: _, ...item } = kept;
  if (annotation === undefined) return viewOf('item', { format: origin.format, ...item, origin });
  const { kind, fields, quote } = annotation;
  const { source: __, ...anchor } = quote ?? {};
  const documentId = view.kind === 'claim' ? view.anchor?.documentId : undefined;
  const references = withReferences(kind, fields, (name) =>
    name.startsWith('urn:uuid:') ? name.slice(9) : INCIDENT,
  );
  return viewOf(kind, {
    ...references,
    ...(kind === 'claim' && { anchor: { documentId, prefix: '', suffix: '', ...anchor } }),
    origin,
  });
}

/** The fields that the ledger holds of it. */
const fieldsIn = (view: AnnotationView): object => {
  const { origin: _, ...fields } = view as unknown as Record<string, unknown>;
  return fields;
};

const anno = new URL('../../../../../../shared/conformance/jsonld/jsonld/anno.jsonld', import.meta.url);
/** Skipped where ../shared/conformance with the W3C's context is not at hand. */
const whereConformance = existsSync(anno) ? it : it.skip;

describe('an annotation written as a Web Annotation', () => {
  it('is read back with every field of its kind', () => {
    fc.assert(
      fc.property(
        views.filter(({ kind }) => kind !== 'item'),
        (view) => {
          expect(fieldsIn(read(view))).toEqual(fieldsIn(view));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('and read and written again is the same', () => {
    fc.assert(
      fc.property(views, (view) => {
        const once = written(read(view));
        expect(written(read(read(view)))).toEqual(once);
        if (view.kind !== 'item') expect(once).toEqual(written(view));
      }),
      { numRuns: 300 },
    );
  });

  whereConformance('expands in safe mode, so no term of it is dropped', async () => {
    const document = JSON.parse(readFileSync(anno, 'utf8')) as object;
    const documentLoader = (url: string) =>
      Promise.resolve({
        contextUrl: undefined,
        documentUrl: url,
        document: url.endsWith('anno.jsonld') ? document : (CASEBOOK_CONTEXT as object),
      });
    await fc.assert(
      fc.asyncProperty(views, async (view) => {
        const annotation = { '@context': contextsAt(context.base), ...written(view) };
        await jsonld.expand(annotation, { documentLoader, safe: true } as jsonld.Options.Expand);
      }),
      { numRuns: 100 },
    );
  });
});
