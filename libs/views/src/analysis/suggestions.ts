import {
  type DateBounds,
  type DisputeFields,
  boundTime,
  edtfBounds,
  type IncidentView,
  type Suggested,
  type SuggestionsView,
  type SuggestionView,
} from '@casebook/contracts';
import type { OpenedIncident, SuggestionDecision } from '@casebook/incident';
import { sha256, uuidOf } from '@casebook/ledger';
import canonicalize from 'canonicalize';
import { bound, byRange, contradict, figuresOf, rangeKey, type StatedFigure } from './figures.js';
import { quoteOf } from './source-count.js';
import {
  type AnchoredClaim,
  asserts,
  type Attack,
  claimsOf,
  evidenceOfAttack,
  groupedBy,
  groupedInSteps,
  normalised,
  standingClaims,
  stands,
  trimmedOf,
  type Warning,
} from './standing.js';
import type { Steps } from '../time-slice.js';

/** A suggestion before any decision about it. */
export interface Suggestion {
  /** A UUID derived from the kind, the subjects and the facts: the same facts always have the same id. */
  readonly id: string;
  readonly suggested: Suggested;
  /** The dispute that accepting it raises, if any. */
  readonly dispute?: DisputeFields;
}

/**
 * Possible oversights in the incident as it is:
 *
 * - contradictory-figures: figures for the same thing in one attack that cannot both be true, unless one dispute names both claims
 * - one-quote-two-parties: the same words, asserted at first hand by different parties
 * - span-claimed-twice: two claims on one span, unless they state figures of different things
 * - warning-without-link: a warning that is not linked to any attack
 * - window-covers-attack: an attack that may have occurred within a warning's window, with no link between them
 *
 * Ordered by these kinds, then by annotation.
 */
export function* suggestionsOf(incident: IncidentView): Steps<Suggestion[]> {
  const claims = standingClaims(incident);
  const attacks = incident.attacks.filter(stands);
  const warnings = incident.warnings.filter(stands);
  const disputed = disputedTogether(incident);
  const attackIds = new Set(attacks.map(({ id }) => id));
  const linked = new Set<string>();
  for (const { warningId, attackId } of incident.links.filter(stands)) {
    if (warningId === undefined || attackId === undefined || !attackIds.has(attackId)) continue;
    linked.add(warningId).add(`${warningId} ${attackId}`);
  }
  const found: Suggestion[] = [];
  for (const attack of attacks) {
    for (const each of yield* contradictoryFigures(attack, claims, disputed)) found.push(each);
  }
  for (const each of yield* quotesOfTwoParties([...claims.values()])) found.push(each);
  for (const each of yield* spansClaimedTwice([...claims.values()])) found.push(each);
  for (const warning of warnings) {
    if (linked.has(warning.id)) continue;
    yield STEPS_A_SUGGESTION;
    found.push(warningWithoutLink(warning));
  }
  for (const each of yield* coveredAttacks(warnings, attacks, linked)) found.push(each);
  return found;
}

/** Steps per suggestion: it is hashed and put into words. */
const STEPS_A_SUGGESTION = 150;

/** A suggestion's id: SHA-256 of its kind, subjects and facts, in the form of a UUID. */
const suggestionId = ({ kind, subjects, facts }: Suggested): string =>
  uuidOf(sha256(canonicalize({ kind, subjects, facts }) ?? ''));

function suggestion({ subjects, ...rest }: Suggested, dispute?: DisputeFields): Suggestion {
  const suggested = { ...rest, subjects: [...new Set(subjects)].sort() };
  return { id: suggestionId(suggested), suggested, ...(dispute !== undefined && { dispute }) };
}

const shortened = (text: string, most = 80): string => {
  const characters = Array.from(text.replace(/\s+/gu, ' ').trim());
  return characters.length <= most
    ? characters.join('')
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};
/** In our quotation marks, without the source's. */
const quoted = (text = ''): string => `“${shortened(trimmedOf(text, /[\s“”„«»‘’"]/u))}”`;

// ---- contradictory figures ----

/**
 * The limits of a dispute on targets, positions and evidence; the rest is suggested once that dispute stands.
 */
const MOST = { targets: 100, positions: 50 };

/** Whether one dispute names both claims, in some steps. */
type DisputedTogether = (a: string, b: string) => Steps<boolean>;

function disputedTogether(incident: IncidentView): DisputedTogether {
  const disputesOf = new Map<string, Set<string>>();
  for (const { id, targets = [], positions = [] } of incident.disputes.filter(stands)) {
    for (const claim of [...targets, ...positions.flatMap(({ evidence = [] }) => evidence)]) {
      const known = disputesOf.get(claim);
      if (known === undefined) disputesOf.set(claim, new Set([id]));
      else known.add(id);
    }
  }
  return function* (a, b) {
    const [ofA, ofB] = [disputesOf.get(a), disputesOf.get(b)];
    if (ofA === undefined || ofB === undefined) return false;
    yield ofA.size;
    return [...ofA].some((id) => ofB.has(id));
  };
}

/** The figures that contradict another one, unless one dispute names both. */
function* contradicted(figures: readonly StatedFigure[], disputed: DisputedTogether): Steps<StatedFigure[]> {
  const highestMin = largestOf(figures.map(({ min }) => min));
  const lowestMax = -largestOf(figures.map(({ max }) => -max));
  const found: StatedFigure[] = [];
  for (const one of figures) {
    yield 1;
    if (one.max >= highestMin && one.min <= lowestMax) continue;
    for (const other of figures) {
      yield 1;
      if (!contradict(one, other) || (yield* disputed(one.claim.id, other.claim.id))) continue;
      found.push(one);
      break;
    }
  }
  return found;
}

const largestOf = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);

function* contradictoryFigures(
  attack: Attack,
  claims: ReadonlyMap<string, AnchoredClaim>,
  disputed: DisputedTogether,
): Steps<Suggestion[]> {
  const stated = figuresOf(claimsOf(evidenceOfAttack(attack), claims)).filter(({ claim }) => asserts(claim));
  const found: Suggestion[] = [];
  for (const [counts, figures] of groupedBy(stated, ({ counts: of }) => of)) {
    const contradictory = (yield* contradicted(figures, disputed))
      .sort((a, b) => byRange(a, b) || (a.claim.id < b.claim.id ? -1 : 1))
      .slice(0, MOST.targets);
    if (contradictory.length === 0) continue;
    yield STEPS_A_SUGGESTION;
    const dispute = {
      question: `How many does ${quoted(attack.summary)} count as ${shortened(counts, 100)}?`,
      targets: contradictory.map(({ claim }) => claim.id),
      positions: [...groupedBy(contradictory, rangeKey).values()].slice(0, MOST.positions).map((same) => ({
        statement: `${same.map(rangeInWords)[0] ?? ''} ${counts}`,
        evidence: same.map(({ claim }) => claim.id),
      })),
      grounds: 'The figures cannot all be right.',
    };
    const suggested = suggestion(
      {
        kind: 'contradictory-figures',
        subjects: [attack.id, ...contradictory.map(({ claim }) => claim.id)],
        sentence: `Of ${quoted(attack.summary)}, ${contradictory.length} claims contradict each other: ${shortened([...new Set(contradictory.map(rangeInWords))].join('; '), 200)} ${counts}.`,
        facts: {
          counts,
          figures: contradictory.map(({ claim, min, max }) => ({
            claimId: claim.id,
            min: bound(min),
            max: bound(max),
          })),
        },
      },
      dispute,
    );
    found.push(suggested);
  }
  return found;
}

function rangeInWords({ min, max }: StatedFigure): string {
  if (min === max) return String(min);
  if (max === Infinity) return `${min} or more`;
  return min === -Infinity ? `${max} or fewer` : `${min} to ${max}`;
}

// ---- quotes and spans ----

function* quotesOfTwoParties(claims: readonly AnchoredClaim[]): Steps<Suggestion[]> {
  const attributed = claims.flatMap((claim) => {
    const name = claim.asserters?.[0]?.name;
    return name === undefined ? [] : { claim, party: normalised(name), name };
  });
  const found: Suggestion[] = [];
  for (const [quote, saying] of yield* groupedInSteps(attributed, ({ claim }) =>
    quoteOf(claim.anchor.exact),
  )) {
    if (quote === '' || new Set(saying.map(({ party }) => party)).size < 2) continue;
    yield STEPS_A_SUGGESTION;
    const parties = saying
      .map(({ claim, name }) => ({ claimId: claim.id, name }))
      .sort((a, b) => (a.claimId < b.claimId ? -1 : 1));
    const suggested = suggestion({
      kind: 'one-quote-two-parties',
      subjects: saying.map(({ claim }) => claim.id),
      sentence: `${quoted(saying[0]?.claim.anchor.exact)} is said by ${[...new Set(parties.map(({ name }) => shortened(name)))].slice(0, 5).join(', and by ')}.`,
      facts: { quote, parties },
    });
    found.push(suggested);
  }
  return found;
}

function* spansClaimedTwice(claims: readonly AnchoredClaim[]): Steps<Suggestion[]> {
  const groups = yield* groupedInSteps(claims, ({ anchor, figure }) =>
    JSON.stringify([
      anchor.documentId,
      anchor.start,
      anchor.end,
      figure === undefined ? null : normalised(figure.counts),
    ]),
  );
  const found: Suggestion[] = [];
  for (const same of groups.values()) {
    if (same.length < 2) continue;
    yield STEPS_A_SUGGESTION;
    const { documentId, start, end, exact } = (same[0] as AnchoredClaim).anchor;
    found.push(
      suggestion({
        kind: 'span-claimed-twice',
        subjects: same.map(({ id }) => id),
        sentence: `${quoted(exact)} is claimed ${same.length === 2 ? 'twice' : `${same.length} times`}, at the same place.`,
        facts: { span: { documentId, start, end } },
      }),
    );
  }
  return found;
}

// ---- warnings ----

const warningWithoutLink = ({ id, summary, issuedAt, window }: Warning): Suggestion =>
  suggestion({
    kind: 'warning-without-link',
    subjects: [id],
    sentence: `The warning ${quoted(summary)} is not linked to any attack.`,
    facts: {
      ...(issuedAt?.edtf !== undefined && { issuedAt: issuedAt.edtf }),
      ...(window?.edtf !== undefined && { window: window.edtf }),
    },
  });

/** A window that is open on both sides covers everything, and says nothing. */
function* coveredAttacks(
  warnings: readonly Warning[],
  attacks: readonly Attack[],
  linked: ReadonlySet<string>,
): Steps<Suggestion[]> {
  const dated: { attack: Attack; occurredAt: string; when: [number, number] }[] = [];
  for (const attack of attacks) {
    yield 1;
    const occurredAt = attack.occurredAt?.edtf;
    const when = occurredAt === undefined ? null : edtfBounds(occurredAt);
    if (occurredAt !== undefined && when !== null) dated.push({ attack, occurredAt, when: spanOf(when) });
  }
  const found: Suggestion[] = [];
  for (const warning of warnings) {
    yield 1;
    const window = warning.window?.edtf;
    const bounds = window === undefined ? null : edtfBounds(window);
    if (window === undefined || bounds === null || (bounds.earliest === null && bounds.latest === null))
      continue;
    const [opens, closes] = spanOf(bounds);
    for (const {
      attack,
      occurredAt,
      when: [earliest, latest],
    } of dated) {
      yield 1;
      if (earliest > closes || opens > latest || linked.has(`${warning.id} ${attack.id}`)) continue;
      yield STEPS_A_SUGGESTION;
      found.push(
        suggestion({
          kind: 'window-covers-attack',
          subjects: [warning.id, attack.id],
          sentence: `${quoted(attack.summary)} may have occurred within the window of the warning ${quoted(warning.summary)}, but no link connects them.`,
          facts: { window, occurredAt },
        }),
      );
    }
  }
  return found;
}

const spanOf = ({ earliest, latest }: DateBounds): [number, number] => [
  boundTime(earliest, -Infinity),
  boundTime(latest, Infinity),
];

// ---- decisions ----

/** A suggestion by its id: as it is now, or else as it was at its last decision. */
export function* suggestionIn(
  incident: IncidentView,
  decisions: OpenedIncident['suggestions'],
  id: string,
): Steps<Omit<Suggestion, 'id'> | null> {
  const holding = (yield* suggestionsOf(incident)).find((each) => each.id === id);
  const suggested = holding?.suggested ?? decisions.get(id)?.suggestion;
  return holding ?? (suggested ? { suggested } : null);
}

/**
 * The suggestions of an incident and the decisions about them. A decision holds while its suggestion's facts are
 * unchanged; changed facts make a new, open suggestion. A decision whose suggestion no longer applies is
 * listed last.
 */
export function* decidedSuggestions(
  incident: IncidentView,
  decisions: readonly SuggestionDecision[],
): Steps<SuggestionsView> {
  const decided = new Map(decisions.map((decision) => [decision.id, decision]));
  const now = yield* suggestionsOf(incident);
  const holding = new Set(now.map(({ id }) => id));
  return {
    incidentId: incident.id,
    position: incident.position,
    suggestions: [
      ...now.map(({ id, suggested }) => viewOf(id, suggested, true, decided.get(id))),
      ...[...decided.values()].flatMap((decision) =>
        holding.has(decision.id) || decision.suggestion === null
          ? []
          : viewOf(decision.id, decision.suggestion, false, decision),
      ),
    ],
  };
}

function viewOf(
  id: string,
  suggested: Suggested,
  holds: boolean,
  decision: SuggestionDecision | undefined,
): SuggestionView {
  if (decision === undefined) return { id, ...suggested, state: 'open', holds };
  const { outcome, by, at, reason, disputeId, position } = decision;
  return {
    id,
    ...suggested,
    state: outcome,
    holds,
    decision: {
      by,
      at,
      ...(reason !== undefined && { reason }),
      ...(disputeId !== undefined && { disputeId }),
      position,
    },
  };
}
