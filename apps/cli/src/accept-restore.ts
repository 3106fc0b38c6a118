import { CheckpointRefused, growthFault, newId } from '@casebook/ledger';
import { OPERATOR } from '@casebook/incident';
import { poolOf } from '@casebook/postgres';
import { commandMembers } from '../../api/src/index.js';
import { withResources } from './with-resources.js';

/**
 * Accepts a ledger that differs from the one signed last, by its operator's decision: records that in the ledger, sets
 * the record of signed checkpoints aside and signs the ledger as it is.
 */
export async function acceptRestore({
  workspace,
  reason,
}: {
  readonly workspace: string;
  readonly reason: string;
}): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await withResources(async ({ ledger, dataSource, checkpoints, signedRecord }) => {
    const [head, recorded] = [await ledger.head(workspace), await signedRecord.largest(workspace)];
    if (head === null) throw new Error(`there is no workspace ${workspace}`);
    const fault = recorded && (await growthFault(poolOf(dataSource), workspace, recorded, head));
    if (recorded === null || fault === null) {
      say(
        `The ledger of ${workspace} is consistent with every checkpoint signed here: there is nothing to accept.`,
      );
      return;
    }
    const { position } = await commandMembers(
      ledger,
      { workspaceId: workspace, actorId: OPERATOR, correlationId: newId() },
      [
        {
          type: 'AcceptRestore',
          size: head.size,
          abandoned: { size: recorded.size, root: recorded.root.toString('base64') },
          reason,
        },
      ],
    );
    const aside = await signedRecord.layAside(workspace, recorded);
    const signed = await checkpoints.latest(workspace).catch((error: unknown) => {
      if (!(error instanceof CheckpointRefused)) throw error;
      throw new Error(
        `The database contradicts its own checkpoints, which no restore does: ${error.message}`,
        {
          cause: error,
        },
      );
    });
    say(
      `Recorded at position ${position}. The ledger of ${workspace} is signed again, with ${signed?.size} events.`,
    );
    say(`The checkpoint of ${recorded.size} events is abandoned and kept in ${aside}.`);
    say('Everyone who kept it, and every witness, will report a fork: tell them why before they find it.');
  });
}
