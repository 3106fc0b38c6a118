import { poolOf } from '@casebook/postgres';
import { rebuildView, undoRebuild } from '@casebook/projections';
import { projections } from '@casebook/views';
import { lookForGarbageSooner } from './garbage.js';
import { progressBar } from './progress.js';
import { withResources } from './with-resources.js';

export interface RebuildCommand {
  readonly workspace: string;
  readonly back?: boolean;
}

/**
 * Rebuilds a view and corrects its differences while the service runs, or reverts the last rebuild.
 */
export async function rebuild(name: string, { workspace, back }: RebuildCommand): Promise<void> {
  const projection = projections.filter(({ view }) => view.name === name).at(-1);
  if (projection === undefined) {
    throw new Error(
      `there is no view ${name}; the views are ${projections.map(({ view }) => view.name).join(', ')}`,
    );
  }
  lookForGarbageSooner();
  await withResources(async ({ dataSource }) => {
    const pool = poolOf(dataSource);
    if (back === true) {
      const restored = await undoRebuild(pool, workspace, projection);
      process.stdout.write(`${name}: the last rebuild was reverted, ${restored} rows restored\n`);
      return;
    }
    const bar = progressBar('rebuilding', 'events');
    const rebuilt = await rebuildView(pool, workspace, projection, {
      onProgress: ({ events, total }) => bar.update(events, total),
    }).finally(() => bar.stop());
    const { position, events, rows, checksumBefore, checksumAfter, replaced } = rebuilt;
    process.stdout.write(
      `${name}_v${projection.view.version}: ${events} events folded, ${rows} rows as of position ${position}\n` +
        `  in use:  ${checksumBefore}\n  rebuilt: ${checksumAfter}\n` +
        (replaced === 0
          ? '  equal: nothing changed\n'
          : `  ${replaced} rows were corrected; npx casebook rebuild ${name} --back reverts it\n`),
    );
  });
}
