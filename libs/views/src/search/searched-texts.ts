import type { DocumentDetails } from '@casebook/contracts';
import { type Annotation, isKind } from '@casebook/incident';
import type { Searched, Weight } from './term-index.js';

/*
 * What of each thing is searched, the first text being what it is called by. What the words count for: A what the thing is about, in
 * the analyst's words; B who is named; C where, and tags; D everything else, quotes and whole documents.
 */

type Text = string | undefined;

const text = (field: string, value: Text, weight: Weight): Searched[] =>
  value === undefined || value === '' ? [] : [{ field, text: value, weight }];
const person = (field: string, value: Text): Searched[] =>
  text(field, value, 'B').map((each) => ({ names: 'person', ...each }));
const place = (field: string, value: Text): Searched[] =>
  text(field, value, 'C').map((each) => ({ names: 'place', ...each }));
const each = (
  field: string,
  values: readonly string[] | undefined,
  as: (field: string, value: string) => Searched[],
): Searched[] => (values ?? []).flatMap((value, index) => as(`${field}/${index}`, value));
const plain = (field: string, value: Text): Searched[] => text(field, value, 'D');

export function textsOfDocument(
  { title, publisher, upstream }: DocumentDetails,
  documentText: string,
): Searched[] {
  return [
    ...text('/title', title, 'A'),
    ...person('/publisher', publisher),
    ...person('/upstream', upstream),
    ...plain('/text', documentText),
  ];
}

export const textsOfIncident = ({ title, summary }: { title: string; summary?: string }): Searched[] => [
  ...text('/title', title, 'A'),
  ...plain('/summary', summary),
];

/** Nothing of an erased annotation. */
export function textsOfAnnotation(annotation: Annotation): Searched[] {
  if (annotation.fields === null) return [];
  return [...textsOfFields(annotation), ...plain('/retraction/reason', annotation.retraction?.reason)];
}

function textsOfFields(annotation: Annotation): Searched[] {
  if (isKind(annotation, 'claim')) {
    const { anchor, statement, asserters, tags, figure, estimative } = annotation.fields!;
    return [
      ...text('/statement', statement, 'A'),
      ...plain('/anchor/exact', anchor.exact),
      ...(asserters ?? []).flatMap(({ name }, index) => person(`/asserters/${index}/name`, name)),
      ...each('/tags', tags, (field, tag) => text(field, tag, 'C')),
      ...plain('/figure/counts', figure?.counts),
      ...plain('/figure/asPrinted', figure?.asPrinted),
      ...plain('/estimative', estimative),
    ];
  }
  if (isKind(annotation, 'warning')) {
    const fields = annotation.fields!;
    return [
      ...text('/summary', fields.summary, 'A'),
      ...person('/issuedBy', fields.issuedBy),
      ...each('/issuedTo', fields.issuedTo, person),
      ...person('/threatActor', fields.threatActor),
      ...each('/targets', fields.targets, plain),
      ...each('/method', fields.method, plain),
      ...plain('/channel', fields.channel),
      ...plain('/issuedAt/asPrinted', fields.issuedAt?.asPrinted),
      ...plain('/window/asPrinted', fields.window?.asPrinted),
    ];
  }
  if (isKind(annotation, 'attack')) {
    const fields = annotation.fields!;
    return [
      ...text('/summary', fields.summary, 'A'),
      ...place('/place/name', fields.place?.name),
      ...place('/place/country', fields.place?.country),
      ...each('/actors', fields.actors, person),
      ...person('/claimedBy', fields.claimedBy),
      ...each('/weapons', fields.weapons, plain),
      ...plain('/occurredAt/asPrinted', fields.occurredAt?.asPrinted),
    ];
  }
  if (isKind(annotation, 'dispute')) {
    const { question, positions, grounds } = annotation.fields!;
    return [
      ...text('/question', question, 'A'),
      ...(positions ?? []).flatMap(({ statement, heldBy }, index) => [
        ...plain(`/positions/${index}/statement`, statement),
        ...person(`/positions/${index}/heldBy`, heldBy),
      ]),
      ...plain('/grounds', grounds),
      ...plain('/resolution/reason', annotation.resolution?.reason),
    ];
  }
  if (isKind(annotation, 'link')) return text('/grounds', annotation.fields!.grounds, 'A');
  if (isKind(annotation, 'comment')) return text('/body', annotation.fields!.body, 'A');
  throw new Error(`an annotation of the kind ${annotation.kind} is not searched`);
}
