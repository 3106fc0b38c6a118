export { readDocumentFile, UnreadableDocument } from './document-file.js';
