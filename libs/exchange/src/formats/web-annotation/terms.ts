import { type AnnotationKind, valuesAt } from '@casebook/contracts';

/*
 * How the fields of each kind are said in the Web Annotation vocabulary. Writing and reading share this table; every field that is not
 * in it is said below `casebook`, by its own name.
 */

interface Terms {
  readonly motivation: string;
  /** The field that the textual body says, and the purpose that the body has. */
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

/** The ids of what an annotation refers to. */
export const referencesOf = (kind: AnnotationKind, fields: object): string[] =>
  TERMS[kind].references.flatMap((at) => valuesAt(fields, at).map(({ value }) => String(value)));

/** Why an annotation of this kind was made, in the standard's words, unless its source says otherwise. */
export function motivationOf(kind: AnnotationKind, fields: Readonly<Record<string, unknown>>): string {
  if (kind === 'comment' && fields['replyTo'] !== undefined) return 'replying';
  if (kind === 'claim' && fields['statement'] === undefined)
    return Array.isArray(fields['tags']) && fields['tags'].length > 0 ? 'tagging' : 'highlighting';
  return TERMS[kind].motivation;
}
