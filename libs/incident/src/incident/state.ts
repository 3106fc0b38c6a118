import type {
  AnnotationKind,
  AnnotationStatus,
  DisputeStanding,
  FieldsOf,
  IncidentDetails,
  SettleDispute,
  Suggested,
} from '@casebook/contracts';
import type { Map as PersistentMap } from 'immutable';

export interface Annotation<K extends AnnotationKind = AnnotationKind> {
  readonly kind: K;
  readonly id: string;
  /** 1 when recorded, one more with each change. */
  readonly revision: number;
  /** `erased` exactly where `fields` is null; then `retraction` and `standing` still say what became of it. */
  readonly status: AnnotationStatus;
  /** `null` once what it said was erased by law. */
  readonly fields: FieldsOf[K] | null;
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly revisedBy: string;
  readonly revisedAt: string;
  /** Of the event that recorded it: the order of annotations. */
  readonly recordedPosition: number;
  /** Of the latest event about it. */
  readonly position: number;
  readonly retraction?: { readonly by: string; readonly at: string; readonly reason?: string };
  /** Disputes only: how it stands, whether or not it was retracted since. */
  readonly standing?: DisputeStanding;
  /** Disputes only, while settled. */
  readonly resolution?: SettleDispute & { readonly decidedBy: string; readonly decidedAt: string };
}

export interface Attachment {
  readonly documentId: string;
  readonly attachedBy: string;
  readonly attachedAt: string;
}

/** What was last decided about a suggestion. */
export interface SuggestionDecision {
  readonly id: string;
  readonly outcome: 'accepted' | 'dismissed';
  /** What was suggested; `null` once erased by law. */
  readonly suggestion: Suggested | null;
  /** What accepting it raised, also if it was dismissed since. */
  readonly disputeId?: string;
  readonly reason?: string;
  readonly by: string;
  readonly at: string;
  /** How often it was decided. */
  readonly revision: number;
  /** Of the latest decision. */
  readonly position: number;
}

/** By id. A map of immutable.js; or, in a state that is one caller's own, one that is changed in place. */
export interface Annotations extends Iterable<[id: string, annotation: Annotation]> {
  readonly size: number;
  get(id: string): Annotation | undefined;
  has(id: string): boolean;
  values(): Iterable<Annotation>;
  set(id: string, annotation: Annotation): Annotations;
}

export type IncidentState =
  | { readonly status: 'unopened' }
  | {
      readonly status: 'open' | 'closed';
      readonly id: string;
      /** `null` once erased by law. */
      readonly details: IncidentDetails | null;
      /** The members who alone may see it, in the order of their ids; left out: every member. */
      readonly restrictedTo?: readonly string[];
      /** Of title, summary, status and restriction; annotations have their own. */
      readonly revision: number;
      readonly recordedBy: string;
      readonly recordedAt: string;
      readonly revisedBy: string;
      readonly revisedAt: string;
      /** Of the latest event of the stream. */
      readonly position: number;
      readonly documents: PersistentMap<string, Attachment>;
      readonly annotations: Annotations;
      /** The suggestions that were decided about. */
      readonly suggestions: PersistentMap<string, SuggestionDecision>;
    };
export type OpenedIncident = Exclude<IncidentState, { status: 'unopened' }>;

export const initialIncident: IncidentState = { status: 'unopened' };

/** The annotation of this id, if the incident has one. */
export const annotationIn = (incident: IncidentState, id: string): Annotation | undefined =>
  incident.status === 'unopened' ? undefined : incident.annotations.get(id);

export const isKind = <K extends AnnotationKind>(
  annotation: Annotation,
  kind: K,
): annotation is Annotation<K> => annotation.kind === kind;

/** Whether it was neither retracted nor erased. */
export const stands = ({ status }: Annotation): boolean => status !== 'retracted' && status !== 'erased';
