export * from './formats.js';
export { Extraction, ExtractionBusy, type ExtractedDocument } from './extraction.js';
export { markdownDetails } from './markdown.js';
export { UnreadableDocument } from './reader.js';
export { overlaid, titleOf } from './metadata.js';
