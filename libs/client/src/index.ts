export { answerOf, Casebook } from './casebook.js';
export type { CasebookOptions } from './casebook.js';
export type { Followed, FollowOptions, LedgerEvent } from './follow.js';
export { ProblemAnswer } from './problem.js';
export type { Problem } from './problem.js';
export { retryingFetch } from './retrying-fetch.js';
export type { RetryOptions } from './retrying-fetch.js';
export type { components, paths } from './routes.generated.js';
