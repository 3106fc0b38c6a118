import type {
  AnnotationKind,
  AnnotationStatus,
  AnnotationView,
  IncidentSummary,
  IncidentView,
} from '@casebook/contracts';
import type { DataSource } from 'typeorm';
import type { Page, PageRequest } from './paging.js';
import type { AttachmentView } from './rendering.js';

export interface IncidentFilter extends PageRequest {
  readonly status?: 'open' | 'closed';
  /** Words in the title or the summary, as one string, letter case aside. */
  readonly q?: string;
}

export interface AnnotationFilter extends PageRequest {
  readonly status?: AnnotationStatus;
  readonly recordedBy?: string;
  /** A claim's tag, exactly as typed. */
  readonly tag?: string;
  /** The document that a claim stands in. */
  readonly documentId?: string;
  /** What a dispute or a comment is about, or an end of a link. */
  readonly targetId?: string;
  /** Of a claim. */
  readonly modality?: string;
}

export interface TagFilter extends PageRequest {
  readonly incidentId?: string;
  readonly prefix?: string;
}

export interface TagCount {
  readonly tag: string;
  /** Claims that carry it now, the retracted left out. */
  readonly count: number;
}

/** Reads incidents as they are now. Every answer is of one snapshot and holds all that was answered to a writer before it. */
export declare class IncidentQueries {
  constructor(dataSource: DataSource);
  /** The whole incident; `null` where the workspace has none of this id. */
  incident(workspaceId: string, incidentId: string): Promise<IncidentView | null>;
  /** The newest first. */
  incidents(workspaceId: string, filter: IncidentFilter): Promise<Page<IncidentSummary>>;
  /** In the order in which they were recorded; `null` where there is no such incident. */
  annotations(
    workspaceId: string,
    incidentId: string,
    kind: AnnotationKind,
    filter: AnnotationFilter,
  ): Promise<Page<AnnotationView> | null>;
  /** `null` where there is no such annotation, or it is of another kind. */
  annotation(
    workspaceId: string,
    incidentId: string,
    kind: AnnotationKind,
    id: string,
  ): Promise<AnnotationView | null>;
  /** The attached documents in the order in which they were attached; `null` where there is no such incident. */
  documents(workspaceId: string, incidentId: string, page: PageRequest): Promise<Page<AttachmentView> | null>;
  /** Tags in use by claims, in the order of their code points. */
  tags(workspaceId: string, filter: TagFilter): Promise<Page<TagCount>>;
}
