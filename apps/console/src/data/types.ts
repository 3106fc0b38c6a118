import type { components } from '@casebook/client';

/** The API's types, by the names used in the pages. */
type Schemas = components['schemas'];

export type NewDocument = Schemas['ImportDocument'];
export type DisputeBoardEntry = Schemas['DisputeBoardEntry'];
export type Incident = Schemas['Incident'];
export type IncidentSummary = Schemas['IncidentSummary'];
export type Document = Schemas['Document'];
export type Claim = Schemas['Claim'];
export type Warning = Schemas['Warning'];
export type Attack = Schemas['Attack'];
export type Link = Schemas['Link'];
export type Dispute = Schemas['Dispute'];
export type Comment = Schemas['Comment'];
export type Item = Schemas['Item'];
export type Change = Schemas['Change'];
export type Blame = Schemas['Blame'];
export type Member = Schemas['Member'];
export type Asserter = Schemas['Asserter'];
export type Figure = Schemas['Figure'];
export type WriteAnswer = Schemas['WriteAnswer'];
export type Kind = Schemas['AnnotationKind'];

/** Any annotation, told apart by `kind`. */
export type Annotation =
  | (Claim & { kind: 'claim' })
  | (Warning & { kind: 'warning' })
  | (Attack & { kind: 'attack' })
  | (Link & { kind: 'link' })
  | (Dispute & { kind: 'dispute' })
  | (Comment & { kind: 'comment' })
  | (Item & { kind: 'item' });

/** The body for recording each kind. */
export interface NewAnnotation {
  claim: Schemas['TagClaim'];
  warning: Schemas['RecordWarning'];
  attack: Schemas['RecordAttack'];
  link: Schemas['LinkWarning'];
  dispute: Schemas['RaiseDispute'];
  comment: Schemas['MakeComment'];
  item: Schemas['KeepItem'];
}

/** The body for revising each kind: only the changed fields; null clears a field. */
export interface RevisedAnnotation {
  claim: Schemas['ReviseClaim'];
  warning: Schemas['ReviseWarning'];
  attack: Schemas['ReviseAttack'];
  link: Schemas['ReviseLink'];
  dispute: Schemas['ReviseDispute'];
  comment: Schemas['ReviseComment'];
  item: Schemas['ReviseItem'];
}
