import type { DocumentDetails, IncidentView } from '@casebook/contracts';
import type { Steps } from '../time-slice.js';

/*
 * The input of every analysis: an incident's view at some moment, and what was known about its documents
 * then. Nothing else, so the same analysis works now and as of any position.
 */

export type Claim = IncidentView['claims'][number];
export type Warning = IncidentView['warnings'][number];
export type Attack = IncidentView['attacks'][number];
export type Dispute = IncidentView['disputes'][number];

/** A claim with a place in its document: any but an erased one. */
export type AnchoredClaim = Claim & { readonly anchor: NonNullable<Claim['anchor']> };

/** What is known about a document besides its text; `undefined` if nothing is, or it was erased. */
export type DocumentKnowledge = (
  documentId: string,
) => Pick<DocumentDetails, 'title' | 'publisher' | 'upstream' | 'published'> | undefined;

/** Neither retracted nor erased. */
export const stands = ({ status }: { readonly status: string }): boolean =>
  status !== 'retracted' && status !== 'erased';

export const isAnchored = (claim: Claim): claim is AnchoredClaim => claim.anchor !== undefined;

/** Claims by their ids. Evidence is looked up here, so what stands nowhere is left out without a word: retracted claims are evidence of nothing. */
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

/** A source that denies, asks or guesses a thing does not say that it is so. */
export const asserts = ({ modality }: Claim): boolean =>
  modality !== 'denied' && modality !== 'question' && modality !== 'speculation';

/** The claim in a few words: the analyst's, else the document's. */
export const wordsOf = ({ statement, anchor }: Claim): string => statement ?? anchor?.exact ?? '';

/** A name, or a phrase, as it is compared: compatibility forms, letter case and spacing aside. */
export function normalised(name: string): string {
  const known = NORMALISED.get(name);
  if (known !== undefined) return known;
  const result = name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  if (name.length > MOST_REMEMBERED) return result;
  if (NORMALISED.size === MOST_NORMALISED) NORMALISED.clear();
  NORMALISED.set(name, result);
  return result;
}

/** Caches normalised names: an incident has few, and compares each for every claim that bears it. Bounded. */
const NORMALISED = new Map<string, string>();
const MOST_NORMALISED = 5_000;
const MOST_REMEMBERED = 200;

/** Without what the pattern says of single characters, at both ends. A loop, because a pattern for the end looks at long runs again and again. */
export function trimmedOf(text: string, pattern: RegExp): string {
  let [start, end] = [0, text.length];
  while (start < end && pattern.test(text.charAt(start))) start += 1;
  while (start < end && pattern.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** {@link groupedBy} for keys that are costly to make. */
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
