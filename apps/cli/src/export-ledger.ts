import { checkpointLine, eventLine } from '@casebook/exchange';
import { Checkpoints } from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import { ArchiveWriter } from './archive-file.js';
import { progressBar } from './progress.js';
import { withGround } from './with-ground.js';

/** Events in one part of the file: of the largest documents, some 400 MB. */
const PART = 100;

/** Writes a workspace's ledger to a file that proves itself: every event, and behind them the signed checkpoint. */
export async function exportLedger(
  file: string,
  { workspace, resume }: { readonly workspace: string; readonly resume?: boolean },
): Promise<void> {
  await withGround(async ({ ledger, dataSource, signingKeys }) => {
    const checkpoints = new Checkpoints(poolOf(dataSource), signingKeys);
    const checkpoint = await checkpoints.latest(workspace);
    if (checkpoint === null) throw new Error(`there is no workspace ${workspace}`);
    const writer = await ArchiveWriter.open(file, workspace, resume === true);
    const bar = progressBar('exporting', checkpoint.size, 'events');
    try {
      while (writer.position < checkpoint.size) {
        const events = await ledger.readAll(workspace, {
          after: writer.position,
          to: checkpoint.size,
          limit: PART,
        });
        const last = events.at(-1);
        if (last === undefined)
          throw new Error(
            `the ledger has no event behind position ${writer.position}; casebook verify says more`,
          );
        await writer.add(events.map(eventLine), last.position);
        bar.update(last.position);
      }
      const { size, root, note } = checkpoint;
      const verifierKeys = await checkpoints.verifierKeys(workspace);
      await writer.add(
        [
          checkpointLine(workspace, new Date().toISOString(), {
            size,
            root: root.toString('base64'),
            note,
            verifierKeys,
          }),
        ],
        size,
      );
      await writer.finish();
      bar.stop();
      process.stdout.write(
        `${file}: ${size} events of the workspace ${workspace}, root ${root.toString('base64')}\n`,
      );
    } catch (error) {
      bar.stop();
      await writer.close();
      throw error;
    }
  });
}
