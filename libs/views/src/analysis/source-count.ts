import type { AnnotationKind, IncidentView, SourcesView } from '@casebook/contracts';
import { figuresOf, rangeKey } from './figures.js';
import {
  type AnchoredClaim,
  asserts,
  claimsOf,
  type DocumentKnowledge,
  evidenceOfAttack,
  groupedBy,
  groupedInSteps,
  normalised,
  standingClaims,
  stands,
  trimmedOf,
  wordsOf,
} from './standing.js';
import { supportOf } from './support.js';
import type { Steps } from '../time-slice.js';

type Because = SourcesView['claims'][number]['because'];

/**
 * For each claim, each position of a dispute, and the evidence of each warning, attack and link: the number
 * of supporting documents, and of the independent sources behind them.
 *
 * A claim is in one document. It is also supported by the claims
 * - that are evidence of the same position of a dispute,
 * - that state the same figure of the same attack,
 * - that quote the same words of the same party.
 * Support is not transitive. Retracted claims support nothing.
 */
export function* sourceCount(incident: IncidentView, documents: DocumentKnowledge): Steps<SourcesView> {
  const claims = standingClaims(incident);
  const groups = yield* groupsOf(incident, claims);
  const groupsWith = new Map<string, Group[]>();
  for (const group of groups) {
    for (const { id } of group.claims) {
      const known = groupsWith.get(id);
      if (known === undefined) groupsWith.set(id, [group]);
      else known.push(group);
    }
  }

  const counted: SourcesView['claims'] = [];
  for (const claim of claims.values()) {
    const because: Because = [{ claimId: claim.id, reason: 'itself' }];
    const known = new Set([claim.id]);
    for (const { reason, through, claims: others } of groupsWith.get(claim.id) ?? []) {
      yield others.length;
      for (const { id } of others) {
        if (known.has(id)) continue;
        known.add(id);
        because.push({ claimId: id, reason, ...(through !== undefined && { through }) });
      }
    }
    yield STEPS_A_CLAIM * known.size;
    const support = supportOf(claimsOf([...known], claims), documents);
    counted.push({ claimId: claim.id, words: wordsOf(claim), support, because });
  }
  const positions: SourcesView['positions'] = [];
  for (const { id: disputeId, positions: sides = [] } of incident.disputes.filter(stands)) {
    for (const [index, { statement, evidence: ids = [] }] of sides.entries()) {
      yield STEPS_A_CLAIM * (1 + ids.length);
      positions.push({ disputeId, index, statement, support: supportOf(claimsOf(ids, claims), documents) });
    }
  }
  const evidence: SourcesView['evidence'] = [];
  for (const { kind, annotationId, words, ids } of evidenced(incident)) {
    yield STEPS_A_CLAIM * (1 + ids.length);
    evidence.push({ annotationId, kind, words, support: supportOf(claimsOf(ids, claims), documents) });
  }
  return { incidentId: incident.id, position: incident.position, claims: counted, positions, evidence };
}

/** Steps per claim in the answer: it is compared with others and named twice. */
const STEPS_A_CLAIM = 20;

/** Annotations other than disputes that name claims as their evidence. */
const evidenced = (incident: IncidentView) => [
  ...incident.warnings
    .filter(stands)
    .map(({ id, summary = '', evidence = [] }) => told('warning', id, summary, evidence)),
  ...incident.attacks
    .filter(stands)
    .map((attack) => told('attack', attack.id, attack.summary ?? '', evidenceOfAttack(attack))),
  ...incident.links
    .filter(stands)
    .map(({ id, relation = '', evidence = [] }) => told('link', id, relation, evidence)),
];

const told = (kind: AnnotationKind, annotationId: string, words: string, ids: readonly string[]) => ({
  kind,
  annotationId,
  words,
  ids,
});

/** Claims that support each other. */
interface Group {
  readonly reason: Exclude<Because[number]['reason'], 'itself'>;
  readonly through?: string;
  readonly claims: readonly AnchoredClaim[];
}

function* groupsOf(incident: IncidentView, claims: ReadonlyMap<string, AnchoredClaim>): Steps<Group[]> {
  const positions = incident.disputes.filter(stands).flatMap(({ id, positions = [] }) =>
    positions.map(({ evidence = [] }): Group => ({
      reason: 'same-position',
      through: id,
      claims: claimsOf(evidence, claims),
    })),
  );
  const figures = incident.attacks.filter(stands).flatMap((attack) =>
    [
      ...groupedBy(
        figuresOf(claimsOf(evidenceOfAttack(attack), claims)).filter(({ claim }) => asserts(claim)),
        rangeKey,
      ).values(),
    ].map((same): Group => ({
      reason: 'same-figure',
      through: attack.id,
      claims: same.map(({ claim }) => claim),
    })),
  );
  yield incident.disputes.length + incident.attacks.length;
  const alike = yield* groupedInSteps(claims.values(), ({ anchor, asserters, id }) => {
    const party = asserters?.[0]?.name;
    return party === undefined ? id : `${normalised(party)}\n${quoteOf(anchor.exact)}`;
  });
  const words = [...alike.values()].map((same): Group => ({ reason: 'same-words', claims: same }));
  return [...positions, ...figures, ...words].filter(({ claims: { length } }) => length > 1);
}

/** A quote as it is compared: without the quotation marks, spaces and stops around it. */
export const quoteOf = (exact: string): string => trimmedOf(normalised(exact), /[\p{P}\s]/u);
