import { executionAsyncId } from 'node:async_hooks';
import { withReadingScope } from './reading-scope.js';

// Reports to its parent whether Node tracks promises before, within and after a reading scope. A separate
// program, since Jest enables tracking permanently.

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
