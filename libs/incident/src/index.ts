export { anchorSteps, codePoints, reanchor, REANCHOR_SHARE, resolveAnchor } from './anchor/index.js';
export type { ForeignQuote, Reanchored, Resolved } from './anchor/index.js';
export { describeChange } from './changes.js';
export * from './document.js';
export * from './erasures.js';
export * from './incident/index.js';
export * from './members.js';
export {
  type RecordedChange,
  recordedChangeOf,
  isAdjudication,
  undo,
  type Undoer,
  type Undoing,
} from './undo.js';
export { type RecordedDocumentChange, recordedDocumentChangeOf, undoDocument } from './undo-document.js';
export { isParted } from './revision.js';
export { merge, type Merge, type Revised } from './merge.js';
