import type { DocumentDetails, IncidentView } from '@casebook/contracts';
import type { Steps } from '../time-slice.js';

/*
 * The input of every analysis: an incident's view at some moment, and the details of its documents then. Nothing
 * else, so the same analysis works now and as of any position.
 */

export type Claim = IncidentView['claims'][number];
export type Warning = IncidentView['warnings'][number];
export type Attack = IncidentView['attacks'][number];
export type Dispute = IncidentView['disputes'][number];

/** A claim with a place in its document: any but an erased one. */
export type AnchoredClaim = Claim & { readonly anchor: NonNullable<Claim['anchor']> };

/** A document's details without its text; `undefined` if they are unknown or were erased. */
export type DocumentKnowledge = (
  documentId: string,
) => Pick<DocumentDetails, 'title' | 'publisher' | 'upstream' | 'published'> | undefined;

/** Neither retracted nor erased. */
export const stands = ({ status }: { readonly status: string }): boolean =>
  status !== 'retracted' && status !== 'erased';

export const isAnchored = (claim: Claim): claim is AnchoredClaim => claim.anchor !== undefined;

/** Claims by their ids. Evidence is looked up here, so claims that are missing are silently left out: retracted claims are not evidence. */
export function standingClaims(incident: IncidentView): ReadonlyMap<string, AnchoredClaim> {
  const standing = incident.claims.filter((claim) => stands(claim) && isAnchored(claim)) as AnchoredClaim[];
  return new Map(standing.map((claim) => [claim.id, claim]));
}

/** Those of `ids` that are in `claims`, each once, in the order of the ids. */
export const claimsOf = (
  ids: readonly (string | undefined)[],
  claims: ReadonlyMap<string, AnchoredClaim>,
): AnchoredClaim[] => [...new Set(ids)].flatMap((id) => (id === undefined ? [] : (claims.get(id) ?? [])));

/** Every claim that an attack names: as its evidence, or as evidence of its casualties. */
export const evidenceOfAttack = ({ evidence, casualties }: Attack): string[] => [
  ...(evidence ?? []),
  ...(casualties?.killed?.evidence ?? []),
  ...(casualties?.wounded?.evidence ?? []),
];

/** Whether the source asserts it, rather than denying, asking or speculating. */
export const asserts = ({ modality }: Claim): boolean =>
  modality !== 'denied' && modality !== 'question' && modality !== 'speculation';

/** The claim in a few words: the analyst's, or else the document's. */
export const wordsOf = ({ statement, anchor }: Claim): string => statement ?? anchor?.exact ?? '';

/** A name or phrase normalised for comparison: ignores compatibility forms, letter case and spacing. */
export function normalised(name: string): string {
  const known = NORMALISED.get(name);
  if (known !== undefined) return known;
  const result = name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  if (name.length > MOST_REMEMBERED) return result;
  if (NORMALISED.size === MOST_NORMALISED) NORMALISED.clear();
  NORMALISED.set(name, result);
  return result;
}

/** Caches normalised names: an incident has few, and compares each once per claim that has it. Bounded. */
const NORMALISED = new Map<string, string>();
const MOST_NORMALISED = 5_000;
const MOST_REMEMBERED = 200;

/** Strips characters that match the pattern from both ends. A loop, because a pattern for the end rescans long runs. */
export function trimmedOf(text: string, pattern: RegExp): string {
  let [start, end] = [0, text.length];
  while (start < end && pattern.test(text.charAt(start))) start += 1;
  while (start < end && pattern.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** {@link groupedBy} for keys that are costly to compute. */
export function* groupedInSteps<T>(items: Iterable<T>, key: (item: T) => string): Steps<Map<string, T[]>> {
  const keyed: { item: T; of: string }[] = [];
  for (const item of items) {
    keyed.push({ item, of: key(item) });
    yield 1;
  }
  const groups = groupedBy(keyed, ({ of }) => of);
  return new Map([...groups].map(([of, group]) => [of, group.map(({ item }) => item)]));
}

/** The items of each key, keys and items in their order. */
export function groupedBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const of = key(item);
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [item]);
    else group.push(item);
  }
  return groups;
}
