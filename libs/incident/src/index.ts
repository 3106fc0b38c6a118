export { codePoints, resolveAnchor } from './anchor.js';
export { describeChange } from './changes.js';
export * from './document.js';
export * from './erasures.js';
export * from './incident.js';
export * from './members.js';
export { type Deed, deedOf, isAdjudication, undo, type Undoer, type Undoing } from './undo.js';
export { type DocumentDeed, documentDeedOf, undoDocument } from './undo-document.js';
export { merge, type Merge, type Revised } from './merge.js';
