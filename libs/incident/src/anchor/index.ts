export { codePoints } from './code-points.js';
export { resolveAnchor } from './resolve.js';
