import type { AnnotationView } from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import type { ExportFormat, ExportOptions } from './format.js';
import { given } from './json.js';
import { gathered, listItems } from './pieces.js';

/*
 * Settled disputes as schema.org ClaimReview (https://schema.org/ClaimReview), one for each position. The rating is
 * in words, because Casebook has no scale of truth.
 */

type Dispute = Extract<AnnotationView, { kind: 'dispute' }>;
type Position = NonNullable<Dispute['positions']>[number];
type Resolution = NonNullable<Dispute['resolution']>;

/** The outcome for each position, in words. */
function ratingOf({ outcome, prevailing }: Resolution, index: number): string {
  switch (outcome) {
    case 'prevails':
      return prevailing === index ? 'Prevails' : 'Does not prevail';
    case 'compatible':
      return 'Compatible with the other positions';
    case 'all-kept':
      return 'Kept beside the other positions';
    case 'unresolvable':
      return 'Cannot be resolved';
  }
}

/** Where a claim of the evidence appeared. */
interface Appearance {
  readonly '@type': 'CreativeWork';
  readonly name?: string;
  readonly url?: string;
  readonly publisher?: { readonly '@type': 'Organization'; readonly name: string };
  readonly datePublished?: string;
}

function reviews(
  { id, question = '', positions = [], resolution }: Dispute,
  {
    base,
    source,
    appearances,
  }: { base: string; source: IncidentSource; appearances: ReadonlyMap<string, Appearance> },
): object[] {
  if (resolution === undefined) return [];
  const { workspaceId, header, names } = source;
  const url = `${base}/v1/workspaces/${workspaceId}/incidents/${header.id}/disputes/${id}`;
  const by = { '@type': 'Person', name: names.get(resolution.decidedBy) ?? resolution.decidedBy };
  return positions.map(({ statement, heldBy, evidence = [] }: Position, index) => {
    const where = unique(evidence.flatMap((claim) => appearances.get(claim) ?? []));
    return {
      '@type': 'ClaimReview',
      '@id': `urn:uuid:${id}#position-${index + 1}`,
      url,
      datePublished: resolution.decidedAt.slice(0, 10),
      author: by,
      name: question,
      claimReviewed: statement,
      reviewBody: resolution.reason,
      itemReviewed: {
        '@type': 'Claim',
        text: statement,
        ...(heldBy !== undefined && { author: { '@type': 'Thing', name: heldBy } }),
        ...(where.length > 0 && { appearance: where }),
      },
      reviewRating: {
        '@type': 'Rating',
        alternateName: ratingOf(resolution, index),
        ratingExplanation: resolution.reason,
      },
    };
  });
}

const unique = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((each) => [JSON.stringify(each), each])).values(),
];

/** A date for schema.org (ISO 8601), if the source is that precise. */
const plainDate = (edtf: string | undefined): string | undefined =>
  edtf !== undefined && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(edtf) ? edtf : undefined;

async function* claimReviews(
  source: IncidentSource,
  { base }: ExportOptions,
): AsyncGenerator<string, void, void> {
  const settled: Dispute[] = [];
  for await (const view of source.annotations(['dispute']))
    if (view.kind === 'dispute' && view.status === 'resolved') settled.push(view);
  const named = new Set(
    settled.flatMap(({ positions = [] }) => positions.flatMap(({ evidence = [] }) => evidence)),
  );
  const documents = new Map(source.documents.map(({ id, details }) => [id, details]));
  const appearances = new Map<string, Appearance>();
  for await (const view of source.annotations(['claim'])) {
    if (view.kind !== 'claim' || view.anchor === undefined || !named.has(view.id)) continue;
    const details = documents.get(view.anchor.documentId);
    if (details == null) continue;
    const { title, url, publisher, published } = details;
    appearances.set(view.id, {
      '@type': 'CreativeWork',
      ...given({
        name: title,
        url,
        publisher:
          publisher === undefined ? undefined : { '@type': 'Organization' as const, name: publisher },
        datePublished: plainDate(published),
      }),
    });
  }
  yield '{"@context":"https://schema.org","@graph":[';
  yield* gathered(listItems(settled.flatMap((dispute) => reviews(dispute, { base, source, appearances }))));
  yield ']}\n';
}

export const claimReviewExport: ExportFormat = {
  mediaType: 'application/ld+json; profile="https://schema.org"',
  extension: 'claimreview.jsonld',
  description: 'schema.org ClaimReview: the settled disputes, one review per position',
  write: claimReviews,
};
