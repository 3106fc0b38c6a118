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

/** How a claim stands: disputed before all else, then as hedged as its source puts it. */
export const toneOf = (
  { id, modality = 'stated' }: Pick<Claim, 'id' | 'modality'>,
  disputed: ReadonlyMap<string, unknown>,
): 'stated' | 'hedged' | 'disputed' =>
  disputed.has(id) ? 'disputed' : modality === 'stated' ? 'stated' : 'hedged';
