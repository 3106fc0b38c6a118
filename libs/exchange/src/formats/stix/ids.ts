import type { AnnotationKind, AnnotationView } from '@casebook/contracts';
import { uuidOfName } from '@casebook/ledger';
import { canonicalIri } from '../web-annotation/write.js';

/** `type--UUID`, of any version and variant (STIX 2.1, 2.9). */
const STIX_ID = /^([a-z][a-z0-9-]*)--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The type in a STIX id; `undefined` if it is not a STIX id. */
export const typeIn = (id: unknown): string | undefined =>
  typeof id === 'string' ? STIX_ID.exec(id)?.[1] : undefined;

/** The namespace of Casebook's ids: they are derived from what they identify, so the same thing has the same id in every export. */
const NAMESPACE = Buffer.from('4d9c3b0e71f85a62b6c4d02e9a7f1358', 'hex');

export const stixId = (type: string, name: string): string => `${type}--${uuidOfName(NAMESPACE, name)}`;

/** The STIX type that each kind is written as. */
export const STIX_TYPES: Readonly<Record<AnnotationKind, string>> = {
  claim: 'note',
  warning: 'report',
  attack: 'incident',
  link: 'relationship',
  dispute: 'opinion',
  comment: 'note',
  item: 'note',
};

/** Objects of other tools that become annotations keep their type and id. */
const FOREIGN_TYPES: Readonly<Partial<Record<AnnotationKind, readonly string[]>>> = {
  comment: ['note', 'opinion'],
  attack: ['incident'],
};

/** The original id of an annotation from another tool's STIX object; `undefined` if it is not one. */
export function foreignId(view: AnnotationView): string | undefined {
  if (view.kind === 'item') {
    const id = view.format === 'stix' ? view.content?.['id'] : undefined;
    return typeIn(id) !== undefined && typeIn(id) === view.content?.['type'] ? (id as string) : undefined;
  }
  const { format, id } = view.origin ?? {};
  const type = format === 'stix' ? typeIn(id) : undefined;
  return type !== undefined && FOREIGN_TYPES[view.kind]?.includes(type) === true ? id : undefined;
}

/** The id of an annotation's STIX object. */
export const stixIdOf = (view: AnnotationView): string =>
  foreignId(view) ?? stixId(STIX_TYPES[view.kind], canonicalIri(view.id, view.origin));
