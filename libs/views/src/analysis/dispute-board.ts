import type { BoardEntryView } from '@casebook/contracts';
import { type AnchoredClaim, claimsOf, type Dispute, type DocumentKnowledge } from './standing.js';
import { supportOf } from './support.js';

const DAY = 86_400_000;

/**
 * One dispute as the board shows it, with its positions ordered by support. `claims` holds the active claims of its
 * evidence; `now` is the instant at which an open dispute's age ends (milliseconds since the epoch).
 */
export function boardEntry(
  {
    id,
    question,
    state,
    owner,
    recordedBy,
    recordedAt,
    revisedAt,
    targets,
    positions = [],
    resolution,
  }: Dispute,
  incident: { readonly id: string; readonly title?: string },
  claims: ReadonlyMap<string, AnchoredClaim>,
  documents: DocumentKnowledge,
  now: number,
): BoardEntryView {
  const until = resolution === undefined ? now : Date.parse(resolution.decidedAt);
  return {
    disputeId: id,
    incidentId: incident.id,
    ...(incident.title !== undefined && { incidentTitle: incident.title }),
    question: question ?? '',
    state: state ?? 'open',
    owner: owner ?? null,
    raisedBy: recordedBy,
    raisedAt: recordedAt,
    changedAt: revisedAt,
    // This server's clock may be slightly behind that of the server that recorded it.
    ageDays: Math.max(0, Math.floor((until - Date.parse(recordedAt)) / DAY)),
    targets: targets ?? [],
    positions: positions
      .map(({ statement, heldBy, evidence = [] }, index) => ({
        index,
        statement,
        ...(heldBy !== undefined && { heldBy }),
        prevails: resolution?.prevailing === index,
        support: supportOf(claimsOf(evidence, claims), documents),
      }))
      .sort(
        ({ support: a }, { support: b }) =>
          b.sourceCount - a.sourceCount || b.documentCount - a.documentCount || b.claimCount - a.claimCount,
      ),
  };
}
