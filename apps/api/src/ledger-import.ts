import { proveArchive, type ProvedArchive } from '@casebook/exchange';
import { LedgerRestore, type StoredEvent } from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import type { Resources } from './app.module.js';

/** Events in one transaction. */
const PART = 200;

/**
 * Restores an archive into an empty workspace with the same positions, times, ids and Merkle root. The lines are read twice: the whole
 * archive is proved before its first event is recorded. An interrupted import resumes.
 *
 * @param lines a new reading of the archive's lines for each call
 * @throws UnreadableArchive, RestoreRefused, or an error whose message says why the events cannot be imported
 */
export async function importArchive(
  { ledger, dataSource, runner }: Pick<Resources, 'ledger' | 'dataSource' | 'runner'>,
  lines: () => AsyncIterable<string>,
  {
    verifierKey,
    progressed = () => undefined,
  }: { readonly verifierKey?: string; readonly progressed?: (size: number, of: number) => void } = {},
): Promise<ProvedArchive> {
  const proving = proveArchive(lines(), verifierKey);
  let step = await proving.next();
  while (!step.done) step = await proving.next();
  const proved = step.value;

  await ledger.openWorkspace(proved.workspaceId);
  const restore = await LedgerRestore.begin(poolOf(dataSource), proved.workspaceId);
  if (restore.storedSize > proved.size) {
    throw new Error(
      `the workspace ${proved.workspaceId} has ${restore.storedSize} events already, more than the file: import into an empty database`,
    );
  }
  let part: StoredEvent[] = [];
  for await (const event of proveArchive(lines(), verifierKey)) {
    // Payloads named by the archive's own erasures are not restored.
    part.push(proved.outlived.has(event.position) ? { ...event, payload: null, payloadSalt: null } : event);
    if (part.length < PART) continue;
    await restore.append(part);
    part = [];
    progressed(restore.size, proved.size);
  }
  if (part.length > 0) await restore.append(part);
  const head = await ledger.head(proved.workspaceId);
  if (head === null || head.size !== proved.size || !head.root.equals(proved.root)) {
    throw new Error(
      `the workspace ${proved.workspaceId} does not hold the ledger of the file; run npx casebook verify`,
    );
  }
  // The views are still at position 0 and are folded now.
  await runner.catchUp(proved.workspaceId);
  return proved;
}
