import { isDeepStrictEqual } from 'node:util';
import { staleness } from '../revision.js';
import type { IncidentCommand } from './commands.js';
import { accept, because, type IncidentDecision, refuse, unchanged } from './decision.js';
import { revisionToRecord } from './revisions.js';
import type { OpenedIncident } from './state.js';

/** Decides changes of the incident itself: title, summary, status and restriction. */
export function decideDetails(
  command: Extract<
    IncidentCommand,
    {
      type: 'ReviseIncident' | 'CloseIncident' | 'ReopenIncident' | 'RestrictIncident' | 'UnrestrictIncident';
    }
  >,
  state: OpenedIncident,
): IncidentDecision {
  const stale = staleness('The incident', command.expected, state.revision);
  switch (command.type) {
    case 'ReviseIncident': {
      const left = revisionToRecord('incident', state.details, command, stale);
      if (left === null) return unchanged();
      if ('accepted' in left) return left;
      const { changes } = left;
      if (state.details === null) {
        return refuse(
          'annotation-retracted',
          'The title and summary of the incident were erased by law; they cannot be revised.',
        );
      }
      const data = { changes, ...because(command.reason) };
      return accept({ type: 'IncidentRevised', subject: state.id, data });
    }
    case 'CloseIncident':
      if (state.status === 'closed') return unchanged();
      return stale ?? accept({ type: 'IncidentClosed', subject: state.id, data: because(command.reason) });
    case 'ReopenIncident':
      if (state.status === 'open') return unchanged();
      return stale ?? accept({ type: 'IncidentReopened', subject: state.id, data: because(command.reason) });
    case 'RestrictIncident': {
      const members = [...command.members].sort();
      if (isDeepStrictEqual(members, state.restrictedTo)) return unchanged();
      const data = { members, ...because(command.reason) };
      return stale ?? accept({ type: 'IncidentRestricted', subject: state.id, data });
    }
    case 'UnrestrictIncident':
      if (state.restrictedTo === undefined) return unchanged();
      return (
        stale ?? accept({ type: 'IncidentUnrestricted', subject: state.id, data: because(command.reason) })
      );
  }
}
