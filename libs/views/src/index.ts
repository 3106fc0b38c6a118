export { AccessQueries } from './members/access-queries.js';
export type { Authenticated } from './members/access-queries.js';
export { AnalysisQueries } from './analysis/analysis-queries.js';
export type { ActivityFilter, BoardFilter } from './analysis/analysis-queries.js';
export { suggestionIn } from './analysis/suggestions.js';
export type { Suggestion } from './analysis/suggestions.js';
export { viewEntities } from './entities.js';
export { planErasure } from './erasure.js';
export type { ErasureRequest, PlannedErasure } from './erasure.js';
export { ChangeQueries, MomentsReversed } from './past/change-queries.js';
export { HistoryQueries } from './past/history-queries.js';
export type {
  After,
  AuditFilter,
  HistoryFilter,
  HistoryQueriesOptions,
  NamedThing,
} from './past/history-queries.js';
export { IncidentQueries } from './incidents/incident-queries.js';
export type { AnnotationFilter, IncidentFilter, TagFilter } from './incidents/incident-queries.js';
export { incidentFold } from './incidents/incident-fold.js';
export type { CountedIncident } from './incidents/incident-fold.js';
export { inlineViews } from './inline-views.js';
export { LibraryQueries } from './library/library-queries.js';
export type { DocumentFilter, LibraryQueriesOptions } from './library/library-queries.js';
export { MemberQueries } from './members/member-queries.js';
export { TooManyLargeReads } from './large-reads.js';
export { BadCursor, TooMuchAtOnce } from './paging.js';
export type { Page, PageRequest } from './paging.js';
export {
  annotationView,
  attachmentView,
  documentView,
  incidentHeader,
  incidentView,
  incidentViewSteps,
  memberView,
} from './rendering.js';
export type { AttachmentView, DocumentLookup } from './rendering.js';
export { PastLists } from './past/past-lists.js';
export { IncidentSources } from './past/incident-source.js';
export type { AttachedDocument, Erasure, IncidentAnalyses, IncidentSource } from './past/incident-source.js';
export { IncidentProofs } from './incidents/incident-proof.js';
export { projections } from './projections.js';
export { describeDocumentChange } from './past/library-and-member-changes.js';
export { UndoQueries } from './past/undo-queries.js';
export type { ToUndo } from './past/undo-queries.js';
export { RevisionQueries } from './past/revision-queries.js';
export type { Thing } from './past/revision-queries.js';
export { SearchQueries } from './search/search-queries.js';
export type { SearchRequest } from './search/search-queries.js';
export { MalformedSearch } from './search/search-terms.js';
export { atOnce, inSlices } from './time-slice.js';
export type { Steps } from './time-slice.js';
export { WorkspaceDifferences } from './past/workspace-difference.js';
export type { WorkspaceDifferenceRequest } from './past/workspace-difference.js';
export { documentFold, erasuresFold, membersFold, newEvent, streamOf, streams } from './streams.js';
