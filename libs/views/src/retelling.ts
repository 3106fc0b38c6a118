import { applyView, type RecordedEvent } from '@casebook/ledger';
import { type Database, pageOfStream } from './event-pages.js';
import { streamByStream } from './rebuild.js';
import { revisionFoldOf, revisionsView } from './revisions-view.js';

const PAGE = 2000;

/**
 * Tells the revisions of these streams anew from their events as they are now, and drops the rows that rebuilds kept, which may quote them:
 * for an erasure, in its transaction, once the payloads are gone. The caller holds the row of the view in `view_progress`, so that no
 * runner is at work, and raises the workspace's epoch, so that none goes on from what it folded before.
 */
export async function retellRevisions(
  database: Database,
  workspaceId: string,
  streamIds: readonly string[],
): Promise<void> {
  await database.query('DELETE FROM view_kept_rows WHERE workspace_id = $1', [workspaceId]);
  for (const { name } of revisionsView.tables) {
    await database.query(`DELETE FROM ${name} WHERE workspace_id = $1 AND stream_id = ANY ($2)`, [
      workspaceId,
      streamIds,
    ]);
  }
  const { rows } = await database.query<{ stream_id: string; version: number }>(
    `SELECT e.stream_id, max(e.stream_version) AS version
     FROM events e JOIN view_progress p ON p.workspace_id = e.workspace_id AND p.view = $3 AND p.version = $4 AND e.position <= p.position
     WHERE e.workspace_id = $1 AND e.stream_id = ANY ($2) GROUP BY e.stream_id`,
    [workspaceId, streamIds, revisionsView.name, revisionsView.version],
  );
  for (const { stream_id: streamId, version: upTo } of rows) {
    const changesOf = streamByStream(workspaceId, revisionFoldOf);
    for (let after = 0; after < upTo;) {
      const events: RecordedEvent[] = await pageOfStream(database, workspaceId, {
        streamId,
        after,
        upTo,
        limit: PAGE,
      });
      await applyView(database, revisionsView, changesOf(events));
      after = events.at(-1)?.streamVersion ?? upTo;
    }
  }
}
