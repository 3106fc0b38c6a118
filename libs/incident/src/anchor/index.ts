export { codePoints } from './code-points.js';
export { anchorSteps, resolveAnchor, type Resolved } from './resolve.js';
