import {
  aKind,
  type DecidedEvent,
  type FieldsOf,
  type IncidentEventType,
  KINDS,
  REQUIRED_FIELDS,
} from '@casebook/contracts';
import { clearedOf, staleness } from '../revision.js';
import { changeable, changeableFault } from './changeable.js';
import type { IncidentCommand } from './commands.js';
import { accept, because, type IncidentDecision, refuse, unchanged } from './decision.js';
import { referenceFault } from './references.js';
import { revisionToRecord } from './revisions.js';
import { type OpenedIncident, stands } from './state.js';

/* Decisions about annotations of any kind. */

export function record(
  { kind, id, fields }: Extract<IncidentCommand, { type: 'RecordAnnotation' }>,
  state: OpenedIncident,
): IncidentDecision {
  const same = state.annotations.get(id);
  if (same === undefined) {
    const event = { type: KINDS[kind].events.recorded, subject: id, data: fields };
    return referenceFault(state, kind, fields) ?? accept(event as DecidedEvent<IncidentEventType>);
  }
  return same.kind === kind
    ? unchanged()
    : refuse(
        'reference-of-wrong-kind',
        `The id belongs to ${aKind(same.kind)}; a new ${kind} needs a new id.`,
        {
          id,
          kind: same.kind,
        },
      );
}

export function revise(
  command: Extract<IncidentCommand, { type: 'ReviseAnnotation' }>,
  state: OpenedIncident,
): IncidentDecision {
  const { kind, id, expected, reason } = command;
  const found = changeable(state, command);
  if ('accepted' in found) return found;
  const stale = staleness(`The ${kind}`, expected, found.revision);
  if (found.kind === 'dispute' && found.standing !== 'open' && found.standing !== 'reopened') {
    return (
      stale ??
      refuse('dispute-not-open', `The dispute is ${found.standing}. Reopen it before you revise it.`, {
        state: found.standing,
      })
    );
  }
  const left = revisionToRecord<object>(kind, found.fields, command, stale);
  if (left === null) return unchanged();
  if ('accepted' in left) return left;
  const { changes } = left;
  const cleared = clearedOf(changes, REQUIRED_FIELDS[kind]);
  if (cleared !== undefined) {
    return refuse('field-required', `A ${kind} needs its ${cleared}; send another, or retract it.`, {
      field: cleared,
      pointer: `/${cleared}`,
    });
  }
  return (
    referenceFault(state, kind, changes, found) ??
    accept({
      type: KINDS[kind].events.revised,
      subject: id,
      data: { changes, ...because(reason) },
    })
  );
}

export function retract(
  command: Extract<IncidentCommand, { type: 'RetractAnnotation' }>,
  state: OpenedIncident,
): IncidentDecision {
  const { id, kind, expected, reason } = command;
  const target = state.annotations.get(id);
  if (target?.kind === kind && target.retraction !== undefined) return unchanged();
  const found = changeable(state, command);
  if ('accepted' in found) return found;
  return (
    staleness(`The ${kind}`, expected, found.revision) ??
    accept({ type: KINDS[kind].events.retracted, subject: id, data: { reason } })
  );
}

/** Undoes a retraction: the annotation is as before. */
export function reinstate(
  { kind, id, reason }: Extract<IncidentCommand, { type: 'ReinstateAnnotation' }>,
  state: OpenedIncident,
): IncidentDecision {
  const found = state.annotations.get(id);
  if (found?.kind === kind && found.retraction === undefined && stands(found)) return unchanged();
  if (found?.kind !== kind || found.fields === null) return changeableFault(found, kind, id);
  const { anchor } = found.fields as Partial<FieldsOf['claim']>;
  return anchor !== undefined && !state.documents.has(anchor.documentId)
    ? refuse(
        'document-not-attached',
        'The document of the claim is no longer attached to this incident. Attach it again first.',
        { documentId: anchor.documentId },
      )
    : accept({ type: KINDS[kind].events.reinstated, subject: id, data: because(reason) });
}
