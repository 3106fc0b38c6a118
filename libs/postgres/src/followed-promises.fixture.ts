import { executionAsyncId } from 'node:async_hooks';
import { withReadingScope } from './reading-scope.js';

// Tells its parent whether Node follows promises before, within and after a reading scope. A program of its own, since Jest has them followed all the time.

async function areFollowed(): Promise<boolean> {
  await Promise.resolve();
  const first = executionAsyncId();
  await Promise.resolve();
  return executionAsyncId() !== first;
}

const scope = { workspaceId: 'default', viewer: null, clearance: 4 };
process.send!({
  before: await areFollowed(),
  within: await withReadingScope(scope, areFollowed),
  after: await areFollowed(),
  again: await withReadingScope(scope, areFollowed),
});
process.disconnect();
