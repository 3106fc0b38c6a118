export { codePoints } from './code-points.js';
export { type ForeignQuote, reanchor, type Reanchored, REANCHOR_SHARE } from './reanchor.js';
export { anchorSteps, resolveAnchor, type Resolved } from './resolve.js';
