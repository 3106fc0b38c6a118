import { type AnnotationKind, valuesAt } from '@casebook/contracts';

/*
 * The Web Annotation terms for the fields of each kind, for both writing and reading. Fields that are not in this
 * table go below `casebook` under their own names.
 */

interface Terms {
  readonly motivation: string;
  /** The field in the textual body, and the purpose of the body. */
  readonly text?: { readonly field: string; readonly purpose: string };
  /** Fields that name other annotations, as JSON Pointers in which `*` stands for each item of a list. */
  readonly references: readonly string[];
}

export const TERMS: Readonly<Record<AnnotationKind, Terms>> = {
  claim: {
    motivation: 'describing',
    text: { field: 'statement', purpose: 'describing' },
    references: [],
  },
  warning: {
    motivation: 'describing',
    text: { field: 'summary', purpose: 'describing' },
    references: ['/evidence/*'],
  },
  attack: {
    motivation: 'describing',
    text: { field: 'summary', purpose: 'describing' },
    references: ['/evidence/*', '/casualties/killed/evidence/*', '/casualties/wounded/evidence/*'],
  },
  link: {
    motivation: 'linking',
    text: { field: 'grounds', purpose: 'linking' },
    references: ['/warningId', '/earlierAttackId', '/attackId', '/evidence/*'],
  },
  dispute: {
    motivation: 'questioning',
    text: { field: 'question', purpose: 'questioning' },
    references: ['/targets/*', '/positions/*/evidence/*'],
  },
  comment: {
    motivation: 'commenting',
    text: { field: 'body', purpose: 'commenting' },
    references: ['/targetId', '/replyTo'],
  },
  item: { motivation: 'bookmarking', references: [] },
};

/** The ids that an annotation refers to. */
export const referencesOf = (kind: AnnotationKind, fields: object): string[] =>
  TERMS[kind].references.flatMap((at) => valuesAt(fields, at).map(({ value }) => String(value)));

/** The standard motivation of this kind, unless its source gives another. */
export function motivationOf(kind: AnnotationKind, fields: Readonly<Record<string, unknown>>): string {
  if (kind === 'comment' && fields['replyTo'] !== undefined) return 'replying';
  if (kind === 'claim' && fields['statement'] === undefined)
    return Array.isArray(fields['tags']) && fields['tags'].length > 0 ? 'tagging' : 'highlighting';
  return TERMS[kind].motivation;
}
