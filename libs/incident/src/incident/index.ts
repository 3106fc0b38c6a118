export type { IncidentCommand } from './commands.js';
export { decide } from './decide.js';
export type { IncidentDecision } from './decision.js';
export { evolve } from './evolve.js';
export { referencesOf } from './references.js';
export * from './state.js';
export { withDecision } from './suggestions.js';
