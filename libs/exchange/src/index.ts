export { readDocumentFile, UnreadableDocument } from './document-file.js';
export { cloudEvent, type CloudEvent, sequenceOf, sourceOf, TYPE_PREFIX } from './cloud-event.js';
export {
  type ArchivedCheckpoint,
  type ArchiveLine,
  checkpointLine,
  eventLine,
  readLine,
  UnreadableArchive,
} from './archive.js';
export { proveArchive, type ProvedArchive } from './archive-check.js';
