import { stands } from './annotations.js';
import type { Claim, Incident } from './types.js';

/** The annotations that an open dispute is about, each with the disputes' ids. */
export function disputedIn(incident: Incident): Map<string, string[]> {
  const disputed = new Map<string, string[]>();
  for (const { id, status, state, targets = [] } of incident.disputes) {
    if (!stands({ status }) || (state !== 'open' && state !== 'reopened')) continue;
    for (const target of targets) disputed.set(target, [...(disputed.get(target) ?? []), id]);
  }
  return disputed;
}

/** The warnings and attacks that no dispute is about, but a claim of their evidence, or a link of theirs. */
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

/** How a claim stands: disputed before all else, then as hedged as its source puts it. */
export const toneOf = (
  { id, modality = 'stated' }: Pick<Claim, 'id' | 'modality'>,
  disputed: ReadonlyMap<string, unknown>,
): 'stated' | 'hedged' | 'disputed' =>
  disputed.has(id) ? 'disputed' : modality === 'stated' ? 'stated' : 'hedged';
