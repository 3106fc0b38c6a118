export { PERMISSIONS } from './access/permissions.js';
export { openDatabase, openGround, createApplication, type Database } from './service.js';
export { erasureAnswerOf } from './commands/erasure.handler.js';
export { run } from './run.js';
export { readDocuments, serve, type RunningService } from './serve.js';
export { InvalidSettings, readSettings, type Settings, strangeSettings } from './settings.js';
export { commandMembers, issueTokenFor, openWithAdmin } from './workspaces.js';
export { Access } from './access/access.guard.js';
export { LiveFeed, type Subscription } from './live/live-feed.js';
