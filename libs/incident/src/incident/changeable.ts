import type { AnnotationKind } from '@casebook/contracts';
import { refuse, type Refused } from './decision.js';
import { type Annotation, type OpenedIncident, stands } from './state.js';

/** The annotation of a command, if it can be changed. */
export function changeable(
  state: OpenedIncident,
  { kind, id }: { kind: AnnotationKind; id: string },
): Annotation | Refused {
  const found = state.annotations.get(id);
  return found?.kind === kind && stands(found) ? found : changeableFault(found, kind, id);
}

export function changeableFault(found: Annotation | undefined, kind: AnnotationKind, id: string): Refused {
  return found?.kind !== kind
    ? refuse('annotation-unknown', `There is no ${kind} with this id in the incident.`, { kind, id })
    : refuse(
        'annotation-retracted',
        `The ${kind} was ${found.status}; it is kept as it was. Record a new one instead.`,
        found.retraction && { retraction: found.retraction },
      );
}
