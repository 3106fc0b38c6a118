import { edtfBounds, type IncidentView, type ScorecardView } from '@casebook/contracts';
import { leadTime } from './lead-time.js';
import {
  type Attack,
  claimsOf,
  type Dispute,
  type DocumentKnowledge,
  groupedBy,
  standingClaims,
  stands,
  type Warning,
} from './standing.js';
import { supportOf } from './support.js';
import type { Steps } from '../time-slice.js';

type Scored = ScorecardView['warnings'][number];

const PARTS = ['when', 'where', 'who', 'how'] as const;

/**
 * Each active warning with the attacks it is linked to: its specificity and lead time, whether it was public before
 * or after, whether it is contested, who was warned, and its number of sources.
 *
 * It is contested while a dispute is open (or reopened) about the warning itself, one of its links, or a
 * claim that is evidence of either.
 */
export function* warningScorecard(
  incident: IncidentView,
  documents: DocumentKnowledge,
): Steps<ScorecardView> {
  const claims = standingClaims(incident);
  const attacks = new Map(incident.attacks.filter(stands).map((attack) => [attack.id, attack]));
  const linksOf = groupedBy(incident.links.filter(stands), ({ warningId }) => warningId ?? '');
  const disputesOf = disputesByTarget(incident.disputes.filter(stands));

  const scored = function* (warning: Warning): Steps<Scored> {
    const {
      id,
      summary = '',
      issuedBy,
      issuedTo,
      issuedAt,
      channel,
      specificity = {},
      evidence = [],
    } = warning;
    const links = (linksOf.get(id) ?? []).flatMap((link) => {
      const attack = attacks.get(link.attackId ?? '');
      return attack === undefined ? [] : [{ ...link, attack }];
    });
    const about = new Set([
      id,
      ...evidence,
      ...links.flatMap(({ id: linkId, evidence: grounds = [] }) => [linkId, ...grounds]),
    ]);
    const contesting: { dispute: Dispute; through: string[] }[] = [];
    for (const dispute of disputesAbout(about, disputesOf)) {
      const through = (dispute.targets ?? []).filter((target) => about.has(target));
      contesting.push({ dispute, through });
      yield STEPS_A_DISPUTE;
    }
    return {
      warningId: id,
      summary,
      ...(issuedBy !== undefined && { issuedBy }),
      told: issuedTo ?? [],
      ...(issuedAt !== undefined && { issuedAt }),
      ...(channel !== undefined && { channel }),
      specificity: {
        when: specificity.when ?? null,
        where: specificity.where ?? null,
        who: specificity.who ?? null,
        how: specificity.how ?? null,
      },
      stated: PARTS.filter((part) => specificity[part] === 'stated').length,
      disclosed: warning.disclosed ?? null,
      links: links.map(({ id: linkId, attack, relation, assessment, confidence }) => ({
        linkId,
        attackId: attack.id,
        attack: attack.summary ?? '',
        ...(relation !== undefined && { relation }),
        ...(assessment !== undefined && { assessment }),
        ...(confidence !== undefined && { confidence }),
        leadTime: leadTimeOf(warning, attack),
      })),
      contested: contestedBy(contesting.map(({ dispute }) => dispute)),
      disputes: contesting.map(({ dispute, through }) => ({
        disputeId: dispute.id,
        question: dispute.question ?? '',
        state: dispute.state ?? 'open',
        through,
      })),
      support: supportOf(claimsOf(evidence, claims), documents),
    };
  };
  const warnings: Scored[] = [];
  for (const warning of incident.warnings.filter(stands)) {
    warnings.push(yield* scored(warning));
    yield 1;
  }
  return { incidentId: incident.id, position: incident.position, warnings };
}

/** Steps per dispute in the answer: it has its question, and may be about several warnings. */
const STEPS_A_DISPUTE = 100;

/** The disputes about each annotation, with their place in the incident. */
type DisputesByTarget = ReadonlyMap<string, readonly { dispute: Dispute; at: number }[]>;

function disputesByTarget(disputes: readonly Dispute[]): DisputesByTarget {
  const found = new Map<string, { dispute: Dispute; at: number }[]>();
  for (const [at, dispute] of disputes.entries()) {
    for (const target of new Set(dispute.targets)) {
      const known = found.get(target);
      if (known === undefined) found.set(target, [{ dispute, at }]);
      else known.push({ dispute, at });
    }
  }
  return found;
}

/** The disputes about any of these, each once, in the order of the incident. */
function disputesAbout(about: ReadonlySet<string>, disputesOf: DisputesByTarget): Dispute[] {
  const found = new Map<number, Dispute>();
  for (const id of about) for (const { dispute, at } of disputesOf.get(id) ?? []) found.set(at, dispute);
  return [...found].sort(([a], [b]) => a - b).map(([, dispute]) => dispute);
}

function leadTimeOf({ issuedAt }: Warning, { occurredAt }: Attack): Scored['links'][number]['leadTime'] {
  const [from, to] = [issuedAt?.edtf, occurredAt?.edtf].map((edtf) =>
    edtf === undefined ? null : edtfBounds(edtf),
  );
  return from && to ? leadTime(from, to) : null;
}

const contestedBy = (disputes: readonly Dispute[]): Scored['contested'] =>
  disputes.length === 0
    ? 'uncontested'
    : disputes.some(({ state }) => state === 'open' || state === 'reopened')
      ? 'contested'
      : 'settled';
