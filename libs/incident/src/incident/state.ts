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
  /** `erased` exactly if `fields` is null; `retraction` and `standing` remain. */
  readonly status: AnnotationStatus;
  /** `null` once erased by law. */
  readonly fields: FieldsOf[K] | null;
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly revisedBy: string;
  readonly revisedAt: string;
  /** Position of the recording event; orders annotations. */
  readonly recordedPosition: number;
  /** Of the latest event about it. */
  readonly position: number;
  readonly retraction?: { readonly by: string; readonly at: string; readonly reason?: string };
  /** Disputes only: the state, retracted or not. */
  readonly standing?: DisputeStanding;
  /** Disputes only, while settled. */
  readonly resolution?: SettleDispute & { readonly decidedBy: string; readonly decidedAt: string };
}

export interface Attachment {
  readonly documentId: string;
  readonly attachedBy: string;
  readonly attachedAt: string;
}

/** The latest decision about a suggestion. */
export interface SuggestionDecision {
  readonly id: string;
  readonly outcome: 'accepted' | 'dismissed';
  /** The suggestion; `null` once erased by law. */
  readonly suggestion: Suggested | null;
  /** The dispute raised by accepting it, even if it was dismissed since. */
  readonly disputeId?: string;
  readonly reason?: string;
  readonly by: string;
  readonly at: string;
  /** Number of decisions. */
  readonly revision: number;
  /** Of the latest decision. */
  readonly position: number;
}

/** By id. A persistent map of immutable.js, or a mutable one in a state that belongs to one caller. */
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
      /** The only members who may see it, by id; absent: every member. */
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
      /** The decided suggestions. */
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

/** Whether it is neither retracted nor erased. */
export const stands = ({ status }: Annotation): boolean => status !== 'retracted' && status !== 'erased';
