export { createDataSource, createPool, poolOf, STATEMENT_TIMEOUT_MS } from './data-source.js';
export type { ConnectionOptions, CreateDataSourceOptions, DatabaseRole } from './data-source.js';
export { joinEmbeddedPostgres, runningEmbeddedPostgres, startEmbeddedPostgres } from './embedded.js';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded.js';
export {
  enterReadingScope,
  leaveReadingScope,
  NobodyReads,
  withoutReadingScope,
  withReadingScope,
} from './reading-scope.js';
export type { ReadingScope } from './reading-scope.js';
export { migrate, refuseOutdated, refuseUnsuitable, UnsuitableDatabaseError } from './migrate.js';
export { destinationOf, placeOf } from './servers.js';
export { DirectoryInUseError } from './single-owner.js';
