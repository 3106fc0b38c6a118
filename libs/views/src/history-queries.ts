import type {
  AnnotationKind,
  AnnotationView,
  ChangeView,
  EventView,
  IncidentView,
} from '@casebook/contracts';
import type { Ledger } from '@casebook/ledger';
import type { DataSource } from 'typeorm';
import type { Page } from './paging.js';

/** A moment in a workspace's ledger: after this position, or after the last event recorded at or before this instant (ISO 8601). */
export type Moment = { readonly position: number } | { readonly time: string };

/** A page in the order of the ledger: `next` is the position to give as `after`, as a decimal. */
export interface After {
  /** Give what lies above this position; 0 where left out. */
  readonly after?: number;
  readonly limit: number;
}

export interface HistoryFilter extends After {
  readonly annotationId?: string;
}

export interface AuditFilter extends After {
  readonly actor?: string;
  readonly incidentId?: string;
  readonly annotationId?: string;
  readonly type?: string;
  /** Recorded at or after this instant, at or before that one (ISO 8601). */
  readonly from?: string;
  readonly to?: string;
}

/** Reads the past. Every answer is folded from the events, so it holds all that was answered to a writer before it. */
export declare class HistoryQueries {
  constructor(ledger: Ledger, dataSource: DataSource);
  /** The incident as it was; `null` where it was not opened yet, or never. */
  asOf(workspaceId: string, incidentId: string, moment: Moment): Promise<IncidentView | null>;
  annotationAsOf(
    workspaceId: string,
    incidentId: string,
    kind: AnnotationKind,
    id: string,
    moment: Moment,
  ): Promise<AnnotationView | null>;
  /** Every change of an incident, or of one annotation in it, in order; `null` where there is no such incident. */
  history(workspaceId: string, incidentId: string, filter: HistoryFilter): Promise<Page<ChangeView> | null>;
  /** Every change in the workspace, in order; incidents, documents and members alike. */
  audit(workspaceId: string, filter: AuditFilter): Promise<Page<ChangeView>>;
  /** The ledger itself. */
  events(workspaceId: string, page: After): Promise<Page<EventView>>;
  /**
   * What changed behind `after`, up to and with the position `to` (the head where left out). With an annotation: about it.
   * Without: about the incident's title, summary and status if `after` is a revision, about all in it if it is a position.
   */
  changesBetween(
    workspaceId: string,
    incidentId: string,
    annotationId: string | null,
    after: { readonly revision: number } | { readonly position: number },
    to?: number,
  ): Promise<ChangeView[]>;
}
