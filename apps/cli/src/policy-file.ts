import { cosignaturesOn, meetsQuorum, openCheckpoint, parsePolicy, type Policy } from '@casebook/ledger';
import { readGiven } from './failures.js';

/** @throws Error naming the file */
export async function readPolicyFile(file: string): Promise<Policy> {
  const text = (await readGiven(file)).toString('utf8');
  try {
    return parsePolicy(text);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Checks a checkpoint that is signed by a key of its log against a policy.
 * @returns the cosigners and times, in words
 * @throws Error, BadNote if the policy does not hold
 */
export function requirePolicy(note: string, policy: Policy): string {
  if (policy.logs.length > 0) {
    const { origin } = openCheckpoint(
      note,
      policy.logs.map(({ verifier }) => verifier),
    );
    if (!policy.logs.some(({ verifier }) => verifier.name === origin))
      throw new Error(`the policy has no log ${origin}`);
  }
  const found = cosignaturesOn(note, policy.witnesses);
  const names = found.map(({ witness }) => witness.name);
  const said =
    found
      .map(({ witness, time }) => `${witness.name} at ${new Date(Number(time) * 1000).toISOString()}`)
      .join(', ') || 'no witness';
  if (!meetsQuorum(policy, names))
    throw new Error(
      `the checkpoint is cosigned by ${said}, which is not the quorum ${policy.quorum} of the policy`,
    );
  return said;
}
