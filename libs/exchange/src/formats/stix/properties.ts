import { type AnnotationKind, type AnnotationView, edtfBounds, type Tlp } from '@casebook/contracts';
import { given, type JsonObject, listOf, shortened, stringIn, titleFrom } from '../json.js';
import { stixId, typeIn } from './ids.js';
import { machineTags } from './markings.js';

/*
 * The mapping between each kind and STIX properties, in both directions. Fields that are not in `said` go into the extension.
 */

type Json = Record<string, unknown>;

/** The context that an object needs besides the annotation itself. */
export interface StixContext {
  /** The id of the incident's grouping. */
  readonly grouping: string;
  /** The prefix of members' addresses. */
  readonly members: string;
  readonly names: ReadonlyMap<string, string>;
  /** The marking of a document; `undefined` if it has none. */
  tlpOf(this: void, documentId: string): Tlp | undefined;
  /** The strictest marking of the documents, for annotations that are not about a single document. */
  readonly tlp: Tlp | undefined;
  /** The STIX id of an annotation or of the incident. */
  idOf(this: void, id: string): string;
}

interface Properties<K extends AnnotationKind> {
  /** The names of the properties. */
  readonly names: readonly string[];
  /** The fields they represent. */
  readonly said: readonly string[];
  /** `created`: that of the object. */
  write(view: AnnotationView & { readonly kind: K }, context: StixContext, created: string): Json;
  /** The inverse: the fields, with STIX ids as references. */
  read(json: JsonObject, extension: JsonObject): Json;
}

/** Maximum UTF-16 units of a readable name. */
const NAME = 250;
const nameOf = (summary: string | undefined, otherwise: string): string =>
  shortened(titleFrom(summary) ?? otherwise, NAME);

export const reportIdOf = (documentId: string): string => stixId('report', documentId);

/** The subjects of an object; by default, the incident. */
const refs = (
  ids: readonly (string | undefined)[] | undefined,
  { grouping, idOf }: StixContext,
): string[] => {
  const given = (ids ?? []).filter((id) => id !== undefined).map(idOf);
  return given.length > 0 ? given : [grouping];
};

const claim: Properties<'claim'> = {
  names: ['content', 'abstract', 'authors', 'labels', 'object_refs'],
  said: ['statement', 'tags'],
  write({ statement, anchor, tags = [], asserters = [] }, { grouping }) {
    const authors = [...new Set(asserters.map(({ name }) => name))];
    return {
      content: statement ?? anchor?.exact ?? '',
      ...(anchor !== undefined && statement !== undefined && { abstract: shortened(anchor.exact, NAME) }),
      ...(authors.length > 0 && { authors }),
      ...(tags.length > 0 && { labels: tags }),
      object_refs: [anchor === undefined ? grouping : reportIdOf(anchor.documentId)],
    };
  },
  read: ({ content, labels }, extension) =>
    given({
      statement: extension['content_from'] === 'quote' ? undefined : content,
      tags: labels === undefined ? undefined : listOf(labels),
    }),
};

const warning: Properties<'warning'> = {
  names: ['name', 'description', 'report_types', 'published', 'object_refs'],
  said: ['summary'],
  write: ({ summary, issuedAt, evidence }, context, created) => ({
    name: nameOf(summary, 'A warning'),
    description: summary,
    report_types: ['threat-report'],
    published: earliest(issuedAt?.edtf) ?? created,
    object_refs: refs(evidence, context),
  }),
  read: ({ description }) => given({ summary: description }),
};

const attack: Properties<'attack'> = {
  names: ['name', 'description'],
  said: ['summary'],
  write: ({ summary }) => ({ name: nameOf(summary, 'An attack'), description: summary }),
  read: ({ description }) => given({ summary: description }),
};

/** The later thing retaliates for the earlier one; every other relation reads from the earlier to the later. */
const inReadingOrder = <T>(relation: unknown, ends: readonly [T, T]): readonly [T, T] =>
  relation === 'retaliation-for' ? [ends[1], ends[0]] : ends;

const link: Properties<'link'> = {
  names: ['relationship_type', 'source_ref', 'target_ref', 'description'],
  said: ['relation', 'grounds', 'warningId', 'earlierAttackId', 'attackId'],
  write({ relation, grounds, warningId, earlierAttackId, attackId }, { idOf }) {
    const [source, target] = inReadingOrder(relation, [warningId ?? earlierAttackId ?? '', attackId ?? '']);
    return {
      relationship_type: relation ?? 'related-to',
      source_ref: idOf(source),
      target_ref: idOf(target),
      ...(grounds !== undefined && { description: grounds }),
    };
  },
  read(json) {
    const relation = stringIn(json['relationship_type']);
    const [earlier, attackId] = inReadingOrder(relation, [json['source_ref'], json['target_ref']]);
    return given({
      relation: relation === 'related-to' ? undefined : relation,
      grounds: json['description'],
      attackId,
      [typeIn(earlier) === 'report' ? 'warningId' : 'earlierAttackId']: earlier,
    });
  },
};

const dispute: Properties<'dispute'> = {
  names: ['explanation', 'opinion', 'object_refs'],
  said: ['question', 'targets'],
  write: ({ question, state, targets }, context) => ({
    explanation: question,
    opinion: state === 'open' || state === 'reopened' ? 'disagree' : 'neutral',
    object_refs: refs(targets, context),
  }),
  read: ({ explanation, object_refs: targets }) => given({ question: explanation, targets: listOf(targets) }),
};

const comment: Properties<'comment'> = {
  names: ['content', 'object_refs'],
  said: ['body', 'targetId'],
  write: ({ body, targetId, replyTo }, context) => ({
    content: body,
    object_refs: refs([targetId, replyTo], context),
  }),
  read: ({ content, object_refs: targets }) => given({ body: content, targetId: listOf(targets)[0] }),
};

const item: Properties<'item'> = {
  names: ['content', 'object_refs', 'labels'],
  said: [],
  write(view, { grouping }) {
    const tags = machineTags(view);
    return {
      content: view.title ?? view.type ?? `An item of ${view.format ?? 'another tool'}`,
      object_refs: [grouping],
      ...(tags.length > 0 && { labels: [...new Set(tags)] }),
    };
  },
  read: () => ({}),
};

export const PROPERTIES: { readonly [K in AnnotationKind]: Properties<K> } = {
  claim,
  warning,
  attack,
  link,
  dispute,
  comment,
  item,
};

export const propertiesOf = (view: AnnotationView, context: StixContext, created: string): Json =>
  (PROPERTIES[view.kind] as Properties<AnnotationKind>).write(view, context, created);

/** Whether a STIX property represents the field; none represents an empty list. */
export const said = (kind: AnnotationKind, field: string, value: unknown): boolean =>
  PROPERTIES[kind].said.includes(field) && !(Array.isArray(value) && value.length === 0);

/** The first moment that a date can mean, within the years allowed by STIX. */
export function earliest(edtf: string | undefined): string | undefined {
  const bound = edtf === undefined ? undefined : edtfBounds(edtf)?.earliest;
  return bound != null && /^\d{4}-/.test(bound) ? bound : undefined;
}
