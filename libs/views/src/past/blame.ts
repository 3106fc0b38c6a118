import type { BlameView } from '@casebook/contracts';
import { changedFields, fieldsOf } from './revised.js';
import type { RevisedAnnotation } from './revised.js';

/** A revision of an annotation, with the data of its event that only the ledger has. */
export interface BlamedRevision extends RevisedAnnotation {
  readonly eventId: string;
  readonly isErased: boolean;
}

/**
 * For each field of an annotation, the event that set its value: the last one that changed it. `revisions`:
 * all of the annotation's up to a moment, in order, at least one. An event whose content was erased has no known
 * changes, so it sets no field.
 */
export function blameOf(revisions: readonly BlamedRevision[]): BlameView {
  const last = revisions.at(-1)!.annotation;
  const makers = new Map<string, BlamedRevision>();
  let before = fieldsOf(null);
  for (const revision of revisions) {
    const after = fieldsOf(revision.annotation);
    for (const field of changedFields(before, after)) makers.set(field, revision);
    before = after;
  }
  const { id, kind, revision, recordedBy, position } = last;
  return {
    id,
    kind,
    revision,
    recordedBy,
    position,
    fields: [...makers]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, { change, eventId }]) => {
        const { position: made, at, actor, type, sentence, reason } = change;
        return {
          field,
          value: before[field] ?? null,
          madeBy: {
            position: made,
            at,
            actor,
            type,
            sentence,
            ...(reason !== undefined && { reason }),
            eventId,
          },
        };
      }),
    erased: revisions.filter(({ isErased }) => isErased).map(({ change }) => change.position),
  };
}
