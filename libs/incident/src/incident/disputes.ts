import type { SettleDispute } from '@casebook/contracts';
import { isDeepStrictEqual } from 'node:util';
import { staleness } from '../revision.js';
import { changeable } from './changeable.js';
import type { IncidentCommand } from './commands.js';
import { accept, because, type IncidentDecision, refuse, type Refused, unchanged } from './decision.js';
import type { Annotation, OpenedIncident } from './state.js';

/** Decides a dispute's state: settled, withdrawn or reopened. */
export function decideStanding(
  command: Extract<IncidentCommand, { type: 'SettleDispute' | 'WithdrawDispute' | 'ReopenDispute' }>,
  state: OpenedIncident,
): IncidentDecision {
  const { id } = command;
  const found = changeable(state, { id, kind: 'dispute' });
  if ('accepted' in found) return found;
  const { standing } = found;
  const stale = staleness('The dispute', command.expected, found.revision);
  switch (command.type) {
    case 'SettleDispute':
      return settle(command, found as Annotation<'dispute'>, stale);
    case 'WithdrawDispute':
      if (standing === 'withdrawn') return unchanged();
      if (stale !== null) return stale;
      return standing === 'resolved'
        ? refuse('dispute-not-open', 'The dispute is resolved. Only an open dispute can be withdrawn.', {
            state: standing,
          })
        : accept({ type: 'DisputeWithdrawn', subject: id, data: because(command.reason) });
    case 'ReopenDispute':
      if (standing === 'reopened') return unchanged();
      if (stale !== null) return stale;
      return standing === 'open'
        ? refuse(
            'dispute-not-settled',
            'The dispute is open. Only a resolved or withdrawn one can be reopened.',
            { state: standing },
          )
        : accept({ type: 'DisputeReopened', subject: id, data: because(command.reason) });
  }
}

function settle(
  { id, resolution }: Extract<IncidentCommand, { type: 'SettleDispute' }>,
  { fields, standing, resolution: present }: Annotation<'dispute'>,
  stale: Refused | null,
): IncidentDecision {
  if (present !== undefined && sameResolution(present, resolution)) return unchanged();
  if (stale !== null) return stale;
  if (standing !== 'open' && standing !== 'reopened') {
    return refuse('dispute-not-open', `The dispute is ${standing}. Reopen it before you settle it again.`, {
      state: standing,
    });
  }
  const positions = fields?.positions?.length ?? 0;
  if (resolution.prevailing !== undefined && resolution.prevailing >= positions) {
    return refuse(
      'position-unknown',
      positions === 0
        ? 'The dispute has no positions, so none can prevail. Add positions, or choose another outcome.'
        : `The dispute has ${positions} positions; prevailing counts from 0, so it is at most ${positions - 1}.`,
      { positions, pointer: '/prevailing' },
    );
  }
  return accept({ type: 'DisputeSettled', subject: id, data: resolution });
}

/** Restores a dispute's state from before it was settled, withdrawn or reopened. */
export function restore(
  { id, standing, resolution, reason }: Extract<IncidentCommand, { type: 'RestoreDispute' }>,
  state: OpenedIncident,
): IncidentDecision {
  const found = changeable(state, { id, kind: 'dispute' });
  if ('accepted' in found) return found;
  return found.standing === standing && isDeepStrictEqual(found.resolution, resolution)
    ? unchanged()
    : accept({
        type: 'DisputeRestored',
        subject: id,
        data: { standing, ...(resolution && { resolution }), ...because(reason) },
      });
}
const sameResolution = (a: SettleDispute, b: SettleDispute): boolean =>
  a.outcome === b.outcome && a.prevailing === b.prevailing && a.reason === b.reason;
