import type {
  AnnotationKind,
  DisputeStanding,
  FieldsOf,
  IncidentDetails,
  RequestedChangesOf,
  SettleDispute,
  Suggested,
} from '@casebook/contracts';
import type { Annotation } from './state.js';

export type IncidentCommand =
  | { type: 'OpenIncident'; incidentId: string; fields: IncidentDetails; restrictedTo?: readonly string[] }
  | {
      type: 'ReviseIncident';
      changes: { title?: string; summary?: string | null };
      reason?: string;
      expected?: number;
      base?: object;
    }
  | { type: 'CloseIncident'; reason?: string; expected?: number }
  | { type: 'ReopenIncident'; reason?: string; expected?: number }
  | { type: 'RestrictIncident'; members: readonly string[]; reason?: string; expected?: number }
  | { type: 'UnrestrictIncident'; reason?: string; expected?: number }
  | {
      type: 'AttachDocument';
      documentId: string;
      /** Set if it undoes a detachment. */
      reason?: string;
    }
  | { type: 'DetachDocument'; documentId: string; reason: string }
  | {
      [K in AnnotationKind]: { type: 'RecordAnnotation'; kind: K; id: string; fields: FieldsOf[K] };
    }[AnnotationKind]
  | {
      [K in AnnotationKind]: {
        type: 'ReviseAnnotation';
        kind: K;
        id: string;
        changes: RequestedChangesOf<K>;
        reason?: string;
        expected?: number;
        base?: object;
      };
    }[AnnotationKind]
  | { type: 'RetractAnnotation'; kind: AnnotationKind; id: string; reason: string; expected?: number }
  | { type: 'SettleDispute'; id: string; resolution: SettleDispute; expected?: number }
  | { type: 'WithdrawDispute'; id: string; reason?: string; expected?: number }
  | { type: 'ReopenDispute'; id: string; reason?: string; expected?: number }
  /** Undoes a retraction. */
  | { type: 'ReinstateAnnotation'; kind: AnnotationKind; id: string; reason?: string }
  /** Undoes a settlement, a withdrawal or a reopening: the dispute's state is as before. */
  | ({ type: 'RestoreDispute'; id: string; reason?: string } & Pick<Annotation, 'resolution'> & {
        standing: DisputeStanding;
      })
  | {
      type: 'AcceptSuggestion';
      suggestionId: string;
      /** `null`: no suggestion has this id, and none was ever decided. */
      suggestion: Suggested | null;
      reason?: string;
      /** The dispute that accepting raises. */
      dispute?: { id: string; fields: FieldsOf['dispute'] };
    }
  | { type: 'DismissSuggestion'; suggestionId: string; suggestion: Suggested | null; reason: string };

/**
 * `expected`: the revision that the client has seen (`If-Match`); any revision if absent. `base`: the fields
 * at that revision; if given and somebody else changed the thing since, both sides' changes are merged.
 */
