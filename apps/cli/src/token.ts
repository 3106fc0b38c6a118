import { role } from '@casebook/contracts';
import { OPERATOR } from '@casebook/incident';
import { commandMembers, issueTokenFor } from '../../api/src/index.js';
import { withResources } from './with-resources.js';

export interface TokenOptions {
  readonly workspace: string;
  readonly member: string;
  readonly role?: string;
  readonly name?: string;
  readonly label: string;
}

/**
 * Anyone who can start this command controls the database, so it needs no token. Prints only the new token on
 * standard output.
 */
export async function token(options: TokenOptions): Promise<void> {
  const given = options.role === undefined ? undefined : role.safeParse(options.role);
  if (given?.success === false) throw new Error(`--role must be one of ${role.options.join(', ')}`);
  await withResources(async ({ ledger }) => {
    if (given !== undefined) {
      const member = { id: options.member, name: options.name ?? options.member, role: given.data };
      await commandMembers(
        ledger,
        { workspaceId: options.workspace, actorId: OPERATOR, correlationId: 'casebook-token' },
        [{ type: 'AddMember', member }],
      );
    }
    const issued = await issueTokenFor(ledger, {
      workspaceId: options.workspace,
      memberId: options.member,
      label: options.label,
    });
    process.stdout.write(`${issued.token}\n`);
  });
}
