export { copyDatabase, createEmptyDatabase, createTestDatabase } from './database.js';
export type { TestDatabase } from './database.js';
export { endProgram, isCompiled, isRunning, nextMessage, startProgram } from './programs.js';
export {
  disorderedEvents,
  documentIdOf,
  documents,
  edtfDates,
  erased,
  erasedHistories,
  fieldsOf,
  histories,
  longHistory,
  phrases,
  statedDates,
  storedForm,
} from './arbitraries.js';
export type { History, HistoryShape, LibraryDocument, References, Step } from './arbitraries.js';
export { makeSynchronous, startStandby } from './standby.js';
export type { Standby } from './standby.js';
export { startOwnServer } from './test-server.js';
export type { OwnServer } from './test-server.js';
export { temporaryHome } from './temporary-home.js';
export { happened, specification } from './given-when-then.js';
export type { Decider, Given, Happened, Then } from './given-when-then.js';
