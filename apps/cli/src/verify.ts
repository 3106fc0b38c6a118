import { growthFault, type SignedRecord, verifyLedger } from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import { replayViews } from '@casebook/projections';
import { projections } from '@casebook/views';
import { lookForGarbageSooner } from './garbage.js';
import { progressBar } from './progress.js';
import { withResources } from './with-resources.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Recomputes a workspace's ledger and views. Exit code 1 with every contradiction. */
export async function verify({ workspace }: { readonly workspace: string }): Promise<void> {
  lookForGarbageSooner();
  await withResources(async ({ dataSource, signedRecord }) => {
    const ledgerBar = progressBar('verifying the ledger', 'events');
    const result = await verifyLedger(poolOf(dataSource), workspace, {
      onProgress: ({ events, total }) => ledgerBar.update(events, total),
    });
    ledgerBar.stop();
    if (result === null) throw new Error(`there is no workspace ${workspace}`);
    const lies = [...result.lies];
    const forked = await againstRecord(poolOf(dataSource), signedRecord, workspace, result);
    if (forked !== null) lies.push({ where: 'what was signed', position: null, detail: forked });
    for (const { where, detail } of lies) say(`LIE  ${where}: ${detail}`);
    say(
      `ledger: ${result.size} events, ${result.tiles} tiles and ${result.checkpoints} checkpoints recomputed, root ${result.root.toString('base64')}, ${lies.length === 0 ? 'sound' : `${lies.length} lies`}`,
    );
    const viewsBar = progressBar('folding the views again', 'events');
    const views = await replayViews(poolOf(dataSource), projections, workspace, {
      onProgress: ({ events, total }) => viewsBar.update(events, total),
    });
    viewsBar.stop();
    for (const { view, rowsCompared, differences, holds } of views) {
      for (const { table, key, fault, columns } of differences.slice(0, 20)) {
        say(
          `LIE  ${table} ${JSON.stringify(key)}: ${fault}${columns.length > 0 ? ` in ${columns.join(', ')}` : ''}`,
        );
      }
      say(
        `view ${view}: ${rowsCompared} rows compared with their fold, ${holds ? 'equal' : `${differences.length} differ`}`,
      );
    }
    if (lies.length > 0 || views.some(({ holds }) => !holds)) process.exitCode = 1;
  });
}

/** Why this is not the ledger signed here before, according to the record beside the key; `null` if it is, or nothing was signed here. */
async function againstRecord(
  pool: ReturnType<typeof poolOf>,
  record: SignedRecord,
  workspace: string,
  now: { readonly size: number; readonly root: Buffer },
): Promise<string | null> {
  try {
    const recorded = await record.largest(workspace);
    return recorded && (await growthFault(pool, workspace, recorded, now));
  } catch (error) {
    return `the record in ${record.directory} cannot be compared: ${(error as Error).message}`;
  }
}
