import { aKind, type AnnotationKind, eachKind, type FieldsOf, KINDS, valuesAt } from '@casebook/contracts';
import { refuse, type Refused } from './decision.js';
import { type Annotation, isKind, type OpenedIncident, stands } from './state.js';

/** A reference and the kinds that it may refer to. `pointer`: its place in the request's body. */
interface Reference {
  readonly id: string;
  readonly pointer: string;
  readonly kinds: readonly AnnotationKind[];
}

/** The ids of all annotations that an annotation refers to. */
export function referencesOf(annotation: Annotation): string[] {
  if (annotation.fields === null) return [];
  const ids = referencesIn(annotation.kind, annotation.fields).map(({ id }) => id);
  if (!isKind(annotation, 'comment')) return ids;
  const { targetId, replyTo } = annotation.fields;
  return replyTo === undefined ? [targetId] : [targetId, replyTo];
}

/** The fields of each kind that refer to annotations of the incident; the target of a comment is checked separately. */
const REFERENCES = eachKind((kind, { references }) =>
  kind === 'comment'
    ? []
    : references.flatMap(({ at, to }) => {
        const kinds = to.filter((each): each is AnnotationKind => Object.hasOwn(KINDS, each));
        return kinds.length === 0 ? [] : [{ at, kinds }];
      }),
);

/** Every annotation that these fields refer to; `fields` may be partial. */
function referencesIn(kind: AnnotationKind, fields: Partial<FieldsOf[AnnotationKind]>): Reference[] {
  return REFERENCES[kind].flatMap(({ at, kinds }) =>
    valuesAt(fields, at).map(({ pointer, value }) => ({ id: value as string, pointer, kinds })),
  );
}

/**
 * Refuses dangling references. A revision (`before` given) is checked for added references only: an existing
 * reference stays even if its claim was retracted since.
 */
export function referenceFault(
  state: OpenedIncident,
  kind: AnnotationKind,
  fields: Partial<FieldsOf[AnnotationKind]>,
  before?: Annotation,
): Refused | null {
  const known = new Set(before?.fields == null ? [] : referencesIn(kind, before.fields).map(({ id }) => id));

  for (const { id, pointer, kinds } of referencesIn(kind, fields)) {
    if (known.has(id)) continue;
    if (id === before?.id) {
      return refuse('reference-of-wrong-kind', `${pointer} refers to the ${kind} itself.`, {
        id,
        pointer,
        kind,
      });
    }
    const target = state.annotations.get(id);
    if (target === undefined) {
      return refuse('reference-unknown', `${pointer} refers to no annotation of this incident.`, {
        id,
        pointer,
      });
    }
    if (!kinds.includes(target.kind)) {
      return refuse(
        'reference-of-wrong-kind',
        `${pointer} must refer to ${kinds.map(aKind).join(' or ')}; this is ${aKind(target.kind)}.`,
        {
          id,
          pointer,
          kind: target.kind,
        },
      );
    }
    if (!stands(target)) {
      return refuse(
        'reference-retracted',
        `${pointer} refers to ${aKind(target.kind)} that was ${target.status}.`,
        {
          id,
          pointer,
        },
      );
    }
  }

  if (kind === 'claim') {
    const anchor = (fields as Partial<FieldsOf['claim']>).anchor;
    if (anchor !== undefined && !state.documents.has(anchor.documentId)) {
      return refuse(
        'document-not-attached',
        'The document is not attached to this incident. Attach it first: POST …/documents of the incident.',
        {
          documentId: anchor.documentId,
          pointer: '/anchor/documentId',
        },
      );
    }
  }
  if (kind === 'comment' && before === undefined) return commentFault(state, fields as FieldsOf['comment']);
  return null;
}

function commentFault(state: OpenedIncident, fields: FieldsOf['comment']): Refused | null {
  const { targetId, replyTo } = fields;
  if (targetId !== state.id && !state.annotations.has(targetId)) {
    return refuse(
      'reference-unknown',
      '/targetId refers neither to an annotation of this incident nor to the incident.',
      {
        id: targetId,
        pointer: '/targetId',
      },
    );
  }
  if (replyTo === undefined) return null;
  const parent = state.annotations.get(replyTo);
  if (parent === undefined || !isKind(parent, 'comment')) {
    return refuse('reference-unknown', '/replyTo refers to no comment of this incident.', {
      id: replyTo,
      pointer: '/replyTo',
    });
  }
  return parent.fields !== null && parent.fields.targetId !== targetId
    ? refuse('reference-of-wrong-kind', '/replyTo refers to a comment on something other than /targetId.', {
        id: replyTo,
        pointer: '/replyTo',
      })
    : null;
}
