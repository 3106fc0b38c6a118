export { AccessQueries } from './access-queries.js';
export type { Authenticated } from './access-queries.js';
export { AnalysisQueries } from './analysis-queries.js';
export type { ActivityFilter, BoardFilter } from './analysis-queries.js';
export { suggestionIn } from './analysis/suggestions.js';
export { viewEntities } from './entities.js';
export { planErasure } from './erasure.js';
export type { ErasureRequest, PlannedErasure } from './erasure.js';
export { ChangeQueries, MomentsReversed } from './change-queries.js';
export { HistoryQueries } from './history-queries.js';
export type {
  After,
  AuditFilter,
  HistoryFilter,
  HistoryQueriesOptions,
  NamedThing,
} from './history-queries.js';
export { IncidentQueries } from './incident-queries.js';
export type { AnnotationFilter, IncidentFilter, TagFilter } from './incident-queries.js';
export { incidentFold } from './incident-fold.js';
export type { CountedIncident } from './incident-fold.js';
export { inlineViews } from './inline-views.js';
export { LibraryQueries } from './library-queries.js';
export type { DocumentFilter, LibraryQueriesOptions } from './library-queries.js';
export { MemberQueries } from './member-queries.js';
export { BadCursor } from './paging.js';
export type { Page, PageRequest } from './paging.js';
export {
  annotationView,
  attachmentView,
  documentView,
  incidentHeader,
  incidentView,
  memberView,
} from './rendering.js';
export type { AttachmentView, DocumentLookup } from './rendering.js';
export { PastLists } from './past-lists.js';
export { ProjectionQueries } from './projection-queries.js';
export { projections } from './projections.js';
export type { Follower, Projection } from './projections.js';
export { RebuildRefused, rebuildView, undoRebuild } from './rebuild.js';
export type { Rebuilt, RebuildOptions } from './rebuild.js';
export { replayViews, verifyViews } from './replay.js';
export type { Difference, ReplayedView, ReplayOptions, ReplayProgress, VerifiedView } from './replay.js';
export { describeDocumentChange } from './library-and-member-changes.js';
export { UndoQueries } from './undo-queries.js';
export type { ToUndo } from './undo-queries.js';
export { reflected, Standings } from './reflected.js';
export type { Standing } from './reflected.js';
export { RevisionQueries } from './revision-queries.js';
export type { Thing } from './revision-queries.js';
export { SearchQueries } from './search/search-queries.js';
export type { SearchRequest } from './search/search-queries.js';
export { MalformedSearch } from './search/search-terms.js';
export { Runner } from './runner.js';
export type { RunnerOptions } from './runner.js';
export { WorkspaceDifferences } from './workspace-difference.js';
export type { WorkspaceDifferenceRequest } from './workspace-difference.js';
export { documentFold, membersFold, newEvent, streams } from './streams.js';
