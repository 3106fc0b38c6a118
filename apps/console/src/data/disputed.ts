import { stands } from './annotations.js';
import type { Claim, Incident } from './types.js';

/** The annotations under an open dispute, each with the ids of its disputes. */
export function disputedIn(incident: Incident): Map<string, string[]> {
  const disputed = new Map<string, string[]>();
  for (const { id, status, state, targets = [] } of incident.disputes) {
    if (!stands({ status }) || (state !== 'open' && state !== 'reopened')) continue;
    for (const target of targets) disputed.set(target, [...(disputed.get(target) ?? []), id]);
  }
  return disputed;
}

/** Warnings and attacks that are not disputed themselves, but have disputed evidence or links. */
export function contestedIn(incident: Incident, disputed: ReadonlyMap<string, unknown>): Set<string> {
  const links = incident.links.filter((link) => stands(link) && disputed.has(link.id));
  const linked = links.flatMap(({ warningId, attackId }) => [warningId, attackId]);
  const evidenced = [...incident.warnings, ...incident.attacks].filter(({ evidence = [] }) =>
    evidence.some((claim) => disputed.has(claim)),
  );
  return new Set(
    [...linked, ...evidenced.map(({ id }) => id)].filter(
      (id) => id !== undefined && !disputed.has(id),
    ) as string[],
  );
}

/** The tone of a claim: disputed takes precedence, then the modality given by its source. */
export const toneOf = (
  { id, modality = 'stated' }: Pick<Claim, 'id' | 'modality'>,
  disputed: ReadonlyMap<string, unknown>,
): 'stated' | 'hedged' | 'disputed' =>
  disputed.has(id) ? 'disputed' : modality === 'stated' ? 'stated' : 'hedged';
