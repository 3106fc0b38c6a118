import {
  type CasualtiesView,
  boundTime,
  edtfBounds,
  type IncidentView,
  type StatedFigureView,
  type TollView,
} from '@casebook/contracts';
import { bound, byRange, figuresOf, rangeKey, type StatedFigure } from './figures.js';
import {
  type AnchoredClaim,
  asserts,
  type Attack,
  claimsOf,
  type DocumentKnowledge,
  evidenceOfAttack,
  groupedBy,
  isAnchored,
  standingClaims,
  stands,
} from './standing.js';
import { sourceGroups, supportOf } from './support.js';
import type { Steps } from '../time-slice.js';

/**
 * Every figure stated by the evidence of each attack, grouped by what it counts, with the low, high and best figure.
 *
 * Low, high and best cover active claims that assert their figure. Denied, asked and speculated figures are listed
 * but not counted, and retracted ones are listed separately. The best figure is the analyst's if the attack has one.
 * Otherwise it is derived: the figure stated by the most independent sources; among equals, the one published last;
 * if several remain, the range that contains them. Open figures are skipped if there are closed ones, and hedged
 * figures if there are plain ones.
 *
 * Figures of claims that are not evidence of an attack are listed separately, so that none goes unnoticed.
 */
export function* casualtyLedger(incident: IncidentView, documents: DocumentKnowledge): Steps<CasualtiesView> {
  const standing = standingClaims(incident);
  const retracted = new Map(
    incident.claims
      .filter((claim) => claim.status === 'retracted')
      .filter(isAnchored)
      .map((claim) => [claim.id, claim]),
  );
  const attacks = incident.attacks.filter(stands);
  const ofAnAttack = new Set(attacks.flatMap(evidenceOfAttack));
  const others = [...standing.values()].filter(({ id }) => !ofAnAttack.has(id));
  const ofNoAttack: CasualtiesView['ofNoAttack'] = [];
  for (const claim of others) {
    yield 1;
    for (const figure of figuresOf([claim])) ofNoAttack.push({ ...viewOf(figure), counted: false });
  }
  const ledger: CasualtiesView['attacks'] = [];
  for (const attack of attacks) {
    const ids = evidenceOfAttack(attack);
    yield STEPS_A_FIGURE * (1 + ids.length);
    const figures = groupedBy(figuresOf(claimsOf(ids, standing)), ({ counts }) => counts);
    const former = groupedBy(figuresOf(claimsOf(ids, retracted)), ({ counts }) => counts);
    const counted = new Set([...Object.keys(attack.casualties ?? {}), ...figures.keys(), ...former.keys()]);
    ledger.push({
      attackId: attack.id,
      summary: attack.summary ?? '',
      ...(attack.occurredAt !== undefined && { occurredAt: attack.occurredAt }),
      tolls: [...counted].map((counts) =>
        tollOf(
          counts,
          figures.get(counts) ?? [],
          former.get(counts) ?? [],
          analystsOf(attack, counts),
          documents,
        ),
      ),
    });
  }
  return { incidentId: incident.id, position: incident.position, ofNoAttack, attacks: ledger };
}

/** A figure in the answer has its claim's quote and asserters. */
const STEPS_A_FIGURE = 50;

type Analysts = NonNullable<TollView['analyst']>;

function analystsOf({ casualties }: Attack, counts: string): Analysts | undefined {
  if (counts !== 'killed' && counts !== 'wounded') return undefined;
  const { best, low, high } = casualties?.[counts] ?? {};
  if (best === undefined && low === undefined && high === undefined) return undefined;
  return {
    ...(best !== undefined && { best }),
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
  };
}

function tollOf(
  counts: string,
  figures: readonly StatedFigure[],
  former: readonly StatedFigure[],
  analyst: Analysts | undefined,
  documents: DocumentKnowledge,
): TollView {
  const counted = figures.filter(({ claim }) => asserts(claim));
  const least = Math.min(...counted.map(({ min, max }) => (Number.isFinite(min) ? min : max)));
  const most = Math.max(...counted.map(({ min, max }) => (Number.isFinite(max) ? max : min)));
  return {
    counts,
    low: bound(least),
    high: bound(most),
    openBelow: counted.length > 0 && !counted.some(({ min }) => min === least),
    openAbove: counted.length > 0 && !counted.some(({ max }) => max === most),
    best: bestOf(counted, analyst, documents),
    ...(analyst !== undefined && { analyst }),
    support: supportOf(claimsIn(counted), documents),
    figures: [...figures].sort(byRange).map(viewOf),
    retracted: [...former].sort(byRange).map(viewOf),
  };
}

const claimsIn = (figures: readonly StatedFigure[]): AnchoredClaim[] => figures.map(({ claim }) => claim);

function bestOf(
  counted: readonly StatedFigure[],
  analyst: Analysts | undefined,
  documents: DocumentKnowledge,
): TollView['best'] {
  const carriedBy = (figures: readonly StatedFigure[]) => ({
    claims: claimsIn(figures).map(({ id }) => id),
    sourceCount: sourceGroups(claimsIn(figures), documents).length,
  });
  const best = analyst?.best;
  if (best !== undefined) {
    const carriers = counted.filter(({ min, max }) => min <= best && best <= max);
    return { min: best, max: best, basis: 'analyst', ...carriedBy(carriers) };
  }

  // An open figure ("at least 31") is compatible with anything above it and supports none of it; a hedged figure has
  // half the weight.
  const closed = counted.filter(({ min, max }) => Number.isFinite(min) && Number.isFinite(max));
  const candidates = closed.length > 0 ? closed : counted;
  const plain = candidates.filter(({ claim }) => claim.modality !== 'hedged');
  const stated = [...groupedBy(plain.length > 0 ? plain : candidates, rangeKey).values()];
  const mostSources = largest(stated, (same) => sourceGroups(claimsIn(same), documents).length);
  const latest = largest(mostSources, (same) =>
    Math.max(...claimsIn(same).map((claim) => publishedAt(claim, documents))),
  );
  const chosen = latest.flat();
  if (chosen.length === 0) return null;
  return {
    min: bound(Math.min(...chosen.map(({ min }) => min))),
    max: bound(Math.max(...chosen.map(({ max }) => max))),
    basis: 'derived',
    ...carriedBy(chosen),
  };
}

/** All of those that have the largest measure. */
function largest<T>(items: readonly T[], measure: (item: T) => number): T[] {
  const measured = items.map((item) => ({ item, size: measure(item) }));
  const most = Math.max(...measured.map(({ size }) => size));
  return measured.filter(({ size }) => size === most).map(({ item }) => item);
}

function publishedAt({ anchor }: AnchoredClaim, documents: DocumentKnowledge): number {
  const published = documents(anchor.documentId)?.published;
  const latest = published === undefined ? null : (edtfBounds(published)?.latest ?? null);
  return boundTime(latest, -Infinity);
}

function viewOf({ claim, counts, min, max }: StatedFigure): StatedFigureView {
  const { id, anchor, asserters, modality, figure } = claim;
  return {
    claimId: id,
    counts,
    min: bound(min),
    max: bound(max),
    ...(figure?.asPrinted !== undefined && { asPrinted: figure.asPrinted }),
    documentId: anchor.documentId,
    exact: anchor.exact,
    start: anchor.start,
    end: anchor.end,
    asserters: asserters ?? [],
    ...(modality !== undefined && { modality }),
    counted: asserts(claim),
  };
}
