export {
  type DescribedFile,
  detailsInSidecar,
  isDescription,
  readDescribedFile,
  readDocumentAt,
  readDocumentFile,
  sidecarsOf,
} from './document-file.js';
export * from './documents/index.js';
export { cloudEvent, type CloudEvent, sequenceOf, sourceOf, TYPE_PREFIX } from './cloud-event.js';
export {
  type ArchivedCheckpoint,
  type ArchiveLine,
  brokenOffLine,
  checkpointLine,
  eventLine,
  readLine,
  UnreadableArchive,
} from './archive.js';
export { ArchiveOvertaken, type ArchivePage, archivePages, wasOvertaken } from './archive-source.js';
export { proveArchive, type ProvedArchive } from './archive-check.js';
export { proveReport, type ReportProof, UnprovedReport } from './report-proof.js';
export * from './formats/index.js';
