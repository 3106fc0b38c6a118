import type { AnnotationKind, IncidentView, SourcesView } from '@casebook/contracts';
import { figuresOf, rangeKey } from './figures.js';
import {
  type AnchoredClaim,
  asserts,
  claimsOf,
  type DocumentKnowledge,
  evidenceOfAttack,
  groupedBy,
  normalised,
  standingClaims,
  stands,
  trimmedOf,
  wordsOf,
} from './standing.js';
import { supportOf } from './support.js';

type Because = SourcesView['claims'][number]['because'];

/**
 * For each claim, each position of a dispute, and the evidence of each warning, attack and link: the number
 * of supporting documents, and of the independent sources behind them.
 *
 * A claim stands in one document. It is also supported by the claims
 * - that are evidence of the same position of a dispute,
 * - that state the same figure of the same attack,
 * - that quote the same words of the same party.
 * Support is not transitive. Retracted claims support nothing.
 */
export function sourceCount(incident: IncidentView, documents: DocumentKnowledge): SourcesView {
  const claims = standingClaims(incident);
  const groups = groupsOf(incident, claims);
  const groupsWith = new Map<string, Group[]>();
  for (const group of groups) {
    for (const { id } of group.claims) {
      const known = groupsWith.get(id);
      if (known === undefined) groupsWith.set(id, [group]);
      else known.push(group);
    }
  }

  const evidence = (kind: AnnotationKind, annotationId: string, words: string, ids: readonly string[]) => ({
    annotationId,
    kind,
    words,
    support: supportOf(claimsOf(ids, claims), documents),
  });
  return {
    incidentId: incident.id,
    position: incident.position,
    claims: [...claims.values()].map((claim) => {
      const because: Because = [{ claimId: claim.id, reason: 'itself' }];
      const known = new Set([claim.id]);
      for (const { reason, through, claims: others } of groupsWith.get(claim.id) ?? []) {
        for (const { id } of others) {
          if (known.has(id)) continue;
          known.add(id);
          because.push({ claimId: id, reason, ...(through !== undefined && { through }) });
        }
      }
      return {
        claimId: claim.id,
        words: wordsOf(claim),
        support: supportOf(claimsOf([...known], claims), documents),
        because,
      };
    }),
    positions: incident.disputes.filter(stands).flatMap(({ id: disputeId, positions = [] }) =>
      positions.map(({ statement, evidence: ids = [] }, index) => ({
        disputeId,
        index,
        statement,
        support: supportOf(claimsOf(ids, claims), documents),
      })),
    ),
    evidence: [
      ...incident.warnings
        .filter(stands)
        .map(({ id, summary = '', evidence: ids = [] }) => evidence('warning', id, summary, ids)),
      ...incident.attacks
        .filter(stands)
        .map((attack) => evidence('attack', attack.id, attack.summary ?? '', evidenceOfAttack(attack))),
      ...incident.links
        .filter(stands)
        .map(({ id, relation = '', evidence: ids = [] }) => evidence('link', id, relation, ids)),
    ],
  };
}

/** Claims that support each other. */
interface Group {
  readonly reason: Exclude<Because[number]['reason'], 'itself'>;
  readonly through?: string;
  readonly claims: readonly AnchoredClaim[];
}

function groupsOf(incident: IncidentView, claims: ReadonlyMap<string, AnchoredClaim>): Group[] {
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
  const words = [
    ...groupedBy(claims.values(), ({ anchor, asserters, id }) => {
      const party = asserters?.[0]?.name;
      return party === undefined ? id : `${normalised(party)}\n${quoteOf(anchor.exact)}`;
    }).values(),
  ].map((same): Group => ({ reason: 'same-words', claims: same }));
  return [...positions, ...figures, ...words].filter(({ claims: { length } }) => length > 1);
}

/** A quote as it is compared: without the quotation marks, spaces and stops around it. */
export const quoteOf = (exact: string): string => trimmedOf(normalised(exact), /[\p{P}\s]/u);
