import type { AnnotationKind, DocumentDetails, FieldsOf, IncidentView } from '@casebook/contracts';
import { documentIdOf } from '@casebook/testing';
import type { AnchoredClaim, DocumentKnowledge } from './standing.js';

/** A UUID by its number. */
export const id = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const INCIDENT = id(0);

const AT = '2031-03-04T09:00:00.000Z';
const header = { recordedBy: 'alice', recordedAt: AT, revisedBy: 'alice', revisedAt: AT, position: 1 };

type Lists = Pick<IncidentView, 'claims' | 'warnings' | 'attacks' | 'links' | 'disputes'>;

/** An incident with only this content. */
export const incidentWith = (lists: Partial<Lists>): IncidentView => ({
  id: INCIDENT,
  title: 'River market',
  status: 'open',
  revision: 1,
  ...header,
  documents: [],
  claims: [],
  warnings: [],
  attacks: [],
  links: [],
  disputes: [],
  comments: [],
  items: [],
  ...lists,
});

type Status = 'active' | 'retracted';
const annotation =
  <K extends AnnotationKind>(kind: K) =>
  (n: number, fields: FieldsOf[K], status: Status = 'active') => ({
    id: id(n),
    kind,
    revision: 1,
    status,
    ...fields,
    ...header,
  });

export const warning = annotation('warning');
export const attack = annotation('attack');
export const link = annotation('link');
export const dispute = (
  n: number,
  fields: FieldsOf['dispute'],
  state: 'open' | 'resolved' | 'reopened' | 'withdrawn' = 'open',
): IncidentView['disputes'][number] => ({
  id: id(n),
  kind: 'dispute',
  revision: 1,
  status: state,
  state,
  ...fields,
  ...header,
});

/** A claim in the document of this name, at a unique place unless another is given. */
export const claim = (
  n: number,
  document: string,
  {
    exact = `claim ${n}`,
    start = 100 * n,
    ...fields
  }: Partial<FieldsOf['claim']> & { exact?: string; start?: number } = {},
  status: Status = 'active',
): AnchoredClaim => ({
  id: id(n),
  kind: 'claim',
  revision: 1,
  status,
  anchor: {
    documentId: documentIdOf(document),
    exact,
    prefix: '',
    suffix: '',
    start,
    end: start + Array.from(exact).length,
  },
  ...fields,
  ...header,
});

/** A claim that this many were killed. */
export const killed = (
  n: number,
  document: string,
  [min, max]: readonly [number | null, number | null],
  fields: Partial<FieldsOf['claim']> = {},
): AnchoredClaim => claim(n, document, { figure: { counts: 'killed', min, max }, ...fields });

/** The details of documents by their names. */
export const knowing =
  (documents: Readonly<Record<string, Partial<DocumentDetails>>> = {}): DocumentKnowledge =>
  (documentId) => {
    const found = Object.entries(documents).find(([name]) => documentIdOf(name) === documentId);
    return found && { title: found[0], ...found[1] };
  };
