import type { SupportView } from '@casebook/contracts';
import { type AnchoredClaim, type DocumentKnowledge, groupedBy, normalised } from './standing.js';

/**
 * The support for some claims: the number of documents, independent sources and voices.
 *
 * Documents count as one source if
 * - they have the same `upstream`,
 * - the publisher or the title of one is the upstream, or the agency, of another,
 * - or their claims' chains of asserters end in the same agency: the last organisation before the publisher.
 * Names are compared whole, ignoring letter case and spacing. The relation is transitive, so it errs towards fewer
 * sources: possible circular reporting is not counted twice.
 */
export function supportOf(claims: readonly AnchoredClaim[], documents: DocumentKnowledge): SupportView {
  const groups = sourceGroups(claims, documents);
  const voices = new Map<string, string>();
  for (const { asserters, anchor } of claims) {
    const first = asserters?.[0];
    if (first === undefined) continue;
    // “The author” of one document is not that of another.
    const voice = first.kind === 'document' ? anchor.documentId : normalised(first.name);
    if (!voices.has(voice)) voices.set(voice, first.name);
  }
  const sources = groups.map((group) => ({
    name: nameOf(group, documents),
    documents: documentsOf(group),
    claims: group.map(({ id }) => id),
  }));
  return {
    claimCount: claims.length,
    documentCount: documentsOf(claims).length,
    sourceCount: sources.length,
    voiceCount: voices.size,
    sources,
    voices: [...voices.values()],
  };
}

const documentsOf = (claims: readonly AnchoredClaim[]): string[] => [
  ...new Set(claims.map(({ anchor }) => anchor.documentId)),
];

/** The claims of each source; sources and claims in the order of `claims`. */
export function sourceGroups(
  claims: readonly AnchoredClaim[],
  documents: DocumentKnowledge,
): AnchoredClaim[][] {
  const agencies = claims.map((claim) => agencyOf(claim, documents));
  const upstreams = claims.map(({ anchor }) => documents(anchor.documentId)?.upstream);
  const named = new Set(
    [...agencies, ...upstreams].flatMap((name) => (name === undefined ? [] : normalised(name))),
  );

  // Claims that share a key belong to one source: each claim points to the first with which it shares a key, and so on up.
  const firstWith = new Map<string, number>();
  const leader = claims.map((_, index) => index);
  const leaderOf = (index: number): number => {
    let found = index;
    while (leader[found] !== undefined && leader[found] !== found) found = leader[found] ?? found;
    // Path compression keeps the next lookup short.
    leader[index] = found;
    return found;
  };
  claims.forEach(({ anchor }, index) => {
    const { publisher, title } = documents(anchor.documentId) ?? {};
    const repeated = [publisher, title].filter((name) => name !== undefined && named.has(normalised(name)));
    const names = [upstreams[index], agencies[index], ...repeated];
    const keys = names.flatMap((name) => (name === undefined ? [] : `name ${normalised(name)}`));
    for (const key of [`document ${anchor.documentId}`, ...keys]) {
      const other = firstWith.get(key);
      if (other === undefined) firstWith.set(key, index);
      else {
        const [a, b] = [leaderOf(other), leaderOf(index)];
        leader[Math.max(a, b)] = Math.min(a, b);
      }
    }
  });

  const numbered = claims.map((claim, index) => ({ claim, source: leaderOf(index) }));
  return [...groupedBy(numbered, ({ source }) => String(source)).values()].map((group) =>
    group.map(({ claim }) => claim),
  );
}

/**
 * The organisation at the end of a claim's chain of asserters, before the publisher: the agency that passed
 * it on, or the body that said it. `undefined` if the chain ends in a person, or the paper speaks in its own
 * voice.
 */
function agencyOf(
  { asserters = [], anchor }: AnchoredClaim,
  documents: DocumentKnowledge,
): string | undefined {
  const publisher = documents(anchor.documentId)?.publisher;
  const printed = (name: string): boolean =>
    publisher !== undefined && normalised(name) === normalised(publisher);
  const last = asserters.findLast(({ name, kind }) => kind !== 'document' && !printed(name));
  return last?.kind === 'organisation' ? last.name : undefined;
}

function nameOf(group: readonly AnchoredClaim[], documents: DocumentKnowledge): string {
  const known = group.map(({ anchor }) => documents(anchor.documentId));
  const ids = documentsOf(group);
  const upstream = known.find((details) => details?.upstream !== undefined)?.upstream;
  const agency = group.map((claim) => agencyOf(claim, documents)).find((name) => name !== undefined);
  const publisher = known.find((details) => details?.publisher !== undefined)?.publisher;
  const title = known.find((details) => details !== undefined)?.title;
  // One document may quote several bodies; several documents are one source because of their agency.
  return upstream ?? (ids.length > 1 ? agency : undefined) ?? publisher ?? title ?? ids[0] ?? '';
}
