import { proveArchive } from '@casebook/exchange';
import { LedgerRestore, type StoredEvent } from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import { linesOf, outlivedIn } from './archive-file.js';
import { progressBar } from './progress.js';
import { withResources } from './with-resources.js';

/** Events in one transaction. */
const PART = 200;

/**
 * Restores an archive into an empty workspace with the same positions, times, ids and Merkle root. The whole file is proved
 * before its first event is recorded. An interrupted import resumes.
 */
export async function importLedger(
  file: string,
  { verifierKey }: { readonly verifierKey?: string },
): Promise<void> {
  const proving = proveArchive(linesOf(file), verifierKey);
  let step = await proving.next();
  while (!step.done) step = await proving.next();
  const proved = step.value;

  await withResources(
    async ({ ledger, dataSource, runner }) => {
      await ledger.openWorkspace(proved.workspaceId);
      const restore = await LedgerRestore.begin(poolOf(dataSource), proved.workspaceId);
      if (restore.storedSize > proved.size) {
        throw new Error(
          `the workspace ${proved.workspaceId} has ${restore.storedSize} events already, more than the file: import into an empty database`,
        );
      }
      const bar = progressBar('importing', 'events');
      let part: StoredEvent[] = [];
      for await (const event of proveArchive(linesOf(file), verifierKey)) {
        // Payloads that the archive's own erasures name are not restored.
        part.push(
          proved.outlived.has(event.position) ? { ...event, payload: null, payloadSalt: null } : event,
        );
        if (part.length < PART) continue;
        await restore.append(part);
        part = [];
        bar.update(restore.size, proved.size);
      }
      if (part.length > 0) await restore.append(part);
      bar.stop();
      const head = await ledger.head(proved.workspaceId);
      if (head === null || head.size !== proved.size || !head.root.equals(proved.root)) {
        throw new Error(
          `the workspace ${proved.workspaceId} does not hold the ledger of the file; run npx casebook verify`,
        );
      }
      // The views are still at position 0 and are folded now.
      await runner.catchUp(proved.workspaceId);
      process.stdout.write(
        `${file}: ${proved.size} events are in the workspace ${proved.workspaceId}, root ${head.root.toString('base64')}, as ${proved.origin} signed it\n`,
      );
      if (proved.outlived.size > 0) process.stdout.write(outlivedIn(file, proved.outlived));
    },
    { migrates: true },
  );
}
