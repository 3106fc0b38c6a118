import { poolOf } from '@casebook/postgres';
import { replayViews } from '@casebook/projections';
import { projections } from '@casebook/views';
import { lookForGarbageSooner } from './garbage.js';
import { progressBar } from './progress.js';
import { withResources } from './with-resources.js';

/** Compares the views with the ledger. Exit code 1 with the differing rows if they do not agree. */
export async function replay({ workspace }: { readonly workspace: string }): Promise<void> {
  lookForGarbageSooner();
  await withResources(async ({ ledger, dataSource }) => {
    const head = await ledger.head(workspace);
    if (head === null) throw new Error(`there is no workspace ${workspace}`);
    const bar = progressBar('replaying', 'events');
    const views = await replayViews(poolOf(dataSource), projections, workspace, {
      onProgress: ({ events, total }) => bar.update(events, total),
    });
    bar.stop();
    for (const { view, events, rowsCompared, differences } of views) {
      process.stdout.write(
        `${view}: ${events} events replayed, ${rowsCompared} rows compared, ${differences.length} differ\n`,
      );
      for (const difference of differences.slice(0, 20))
        process.stdout.write(`  ${JSON.stringify(difference)}\n`);
    }
    if (views.some(({ holds }) => !holds)) process.exitCode = 1;
  });
}
