import type { AnnotationView } from '@casebook/contracts';
import { EXTENSION_ID, FIXED_TIME } from './extension.js';
import { stixId, typeIn } from './ids.js';

/* Identities: members, authors elsewhere, and publishers. */

export interface Identity {
  readonly id: string;
  /** Absent for an identity of another tool whose source gave no name. */
  readonly object?: object;
}

/** An identity with a name never changes, so it has one version; another name is another identity. */
function identity(id: string, name: string, identityClass: string, own: object): Identity {
  return {
    id,
    object: {
      type: 'identity',
      spec_version: '2.1',
      id,
      created: FIXED_TIME,
      modified: FIXED_TIME,
      name,
      identity_class: identityClass,
      extensions: { [EXTENSION_ID]: { extension_type: 'property-extension', ...own } },
    },
  };
}

/** Somebody known by an id, a name, or both; `undefined` without either. */
export function authorIdentity({
  id,
  name = id,
}: {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}): Identity | undefined {
  if (name === undefined) return undefined;
  if (typeIn(id) === 'identity') {
    return name === id ? { id: name } : identity(id!, name, 'individual', { kind: 'author' });
  }
  const minted = stixId('identity', JSON.stringify([id, name]));
  return identity(minted, name, 'individual', {
    kind: 'author',
    ...(id !== undefined && { source_id: id }),
  });
}

export const memberIdentity = (
  members: string,
  names: ReadonlyMap<string, string>,
  memberId: string,
): Identity => {
  const name = names.get(memberId) ?? memberId;
  const id = stixId('identity', JSON.stringify([`${members}${encodeURIComponent(memberId)}`, name]));
  return identity(id, name, 'individual', { kind: 'author' });
};

export const publisherIdentity = (name: string): Identity =>
  identity(stixId('identity', JSON.stringify(['publisher', name])), name, 'organization', {
    kind: 'publisher',
  });

/** The author of an annotation: according to its source, or else the member who recorded it. */
export const creatorOf = (
  { origin, recordedBy }: AnnotationView,
  { members, names }: { readonly members: string; readonly names: ReadonlyMap<string, string> },
): Identity | undefined =>
  origin === undefined
    ? memberIdentity(members, names, recordedBy)
    : authorIdentity(origin.attributedTo ?? {});
