import { importArchive } from '../../api/src/index.js';
import { linesOf, outlivedIn } from './archive-file.js';
import { progressBar } from './progress.js';
import { withResources } from './with-resources.js';

/** Restores an archive into an empty workspace, and prints what the workspace then holds. */
export async function importLedger(
  file: string,
  { verifierKey }: { readonly verifierKey?: string },
): Promise<void> {
  // A file that cannot be read is refused before a database is made or migrated for it.
  for await (const _ of linesOf(file)) break;
  await withResources(
    async (resources) => {
      const bar = progressBar('importing', 'events');
      const { size, workspaceId, root, origin, outlived } = await importArchive(
        resources,
        () => linesOf(file),
        {
          ...(verifierKey !== undefined && { verifierKey }),
          progressed: (done, of) => bar.update(done, of),
        },
      ).finally(() => bar.stop());
      process.stdout.write(
        `${file}: ${size} events are in the workspace ${workspaceId}, root ${root.toString('base64')}, as ${origin} signed it\n`,
      );
      if (outlived.size > 0) process.stdout.write(outlivedIn(file, outlived));
    },
    { migrates: true },
  );
}
