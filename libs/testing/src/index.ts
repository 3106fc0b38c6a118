export { createEmptyDatabase, createTestDatabase } from './database.js';
export type { TestDatabase } from './database.js';
export { nextMessage, startProgram } from './programs.js';
