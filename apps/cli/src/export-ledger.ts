import { existsSync } from 'node:fs';
import { ArchiveOvertaken, archivePages, wasOvertaken } from '@casebook/exchange';
import { ArchiveWriter } from './archive-file.js';
import { requireTarget } from './failures.js';
import { progressBar } from './progress.js';
import { withResources } from './with-resources.js';

/**
 * Writes a workspace's ledger to a self-proving file: every event, then the signed checkpoint. If a written
 * event is erased meanwhile, the export starts over, so a finished file never holds what was erased before it
 * was finished.
 */
export async function exportLedger(
  file: string,
  {
    workspace,
    resume,
    force,
  }: { readonly workspace: string; readonly resume?: boolean; readonly force?: boolean },
): Promise<void> {
  requireTarget(file);
  if (existsSync(file) && force !== true) throw new Error(`${file} exists already; --force overwrites it`);
  await withResources(async ({ ledger, checkpoints }) => {
    let checkpoint = await checkpoints.latest(workspace);
    if (checkpoint === null) throw new Error(`there is no workspace ${workspace}`);
    const writer = await ArchiveWriter.open(file, workspace, resume === true);
    const bar = progressBar('exporting', 'events');
    const startOver = async (): Promise<void> => {
      await writer.startOver();
      process.stdout.write('An event already written was erased: the export starts again.\n');
    };
    try {
      if (writer.position > 0 && (await wasOvertaken(ledger, workspace, writer))) await startOver();
      for (let finished = false; !finished;) {
        writer.writeFrom(checkpoint.size);
        const verifierKeys = await checkpoints.verifierKeys(workspace);
        const pages = archivePages(ledger, workspace, { ...checkpoint, verifierKeys }, writer.position);
        try {
          for await (const { lines, position } of pages) {
            await writer.add(lines, position);
            bar.update(position, checkpoint.size);
          }
          finished = true;
        } catch (error) {
          if (!(error instanceof ArchiveOvertaken)) throw error;
          await startOver();
          checkpoint = (await checkpoints.latest(workspace)) ?? checkpoint;
        }
      }
      await writer.finish();
      bar.stop();
      const { size, root } = checkpoint;
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
