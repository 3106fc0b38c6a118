import { verifyLedger } from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import { replayViews } from '@casebook/views';
import { progressBar } from './progress.js';
import { withGround } from './with-ground.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Recomputes everything that a workspace's ledger and its views say. Exit code 1, naming each, where something lies. */
export async function verify({ workspace }: { readonly workspace: string }): Promise<void> {
  await withGround(async ({ dataSource, ledger }) => {
    const head = await ledger.head(workspace);
    const bar = progressBar('verifying', head?.size ?? 0, 'events');
    const result = await verifyLedger(poolOf(dataSource), workspace, {
      onProgress: ({ events }) => bar.update(events),
    });
    bar.stop();
    if (result === null) throw new Error(`there is no workspace ${workspace}`);
    for (const { where, detail } of result.lies) say(`LIE  ${where}: ${detail}`);
    say(
      `ledger: ${result.size} events, ${result.tiles} tiles and ${result.checkpoints} checkpoints recomputed, root ${result.root.toString('base64')}, ${result.lies.length === 0 ? 'sound' : `${result.lies.length} lies`}`,
    );
    const views = await replayViews(dataSource, workspace);
    for (const { view, rowsCompared, differences } of views) {
      for (const { table, key, fault, columns } of differences.slice(0, 20)) {
        say(
          `LIE  ${table} ${JSON.stringify(key)}: ${fault}${columns.length > 0 ? ` in ${columns.join(', ')}` : ''}`,
        );
      }
      say(
        `view ${view}: ${rowsCompared} rows compared with their fold, ${differences.length === 0 ? 'equal' : `${differences.length} differ`}`,
      );
    }
    if (result.lies.length > 0 || views.some(({ differences }) => differences.length > 0))
      process.exitCode = 1;
  });
}
