import { type DocumentDetails, KINDS, type SearchedText, valuesAt, type Weight } from '@casebook/contracts';
import type { Annotation } from '@casebook/incident';
import type { Searched } from './term-index.js';

/* The searched texts of each thing. The first is the title of the result. */

type Text = string | undefined;

const text = (field: string, value: Text, weight: Weight): Searched[] =>
  value === undefined || value === '' ? [] : [{ field, text: value, weight }];
const person = (field: string, value: Text): Searched[] =>
  text(field, value, 'B').map((each) => ({ names: 'person', ...each }));
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
export function textsOfAnnotation({ kind, fields, resolution, retraction }: Annotation): Searched[] {
  if (fields === null) return [];
  const searched: readonly SearchedText[] = KINDS[kind].searched;
  return [
    ...searched.flatMap(({ at, weight, names }) =>
      valuesAt(fields, at).flatMap(({ pointer, value }) =>
        text(pointer, value as string, weight).map((each) => (names ? { names, ...each } : each)),
      ),
    ),
    ...plain('/resolution/reason', resolution?.reason),
    ...plain('/retraction/reason', retraction?.reason),
  ];
}
