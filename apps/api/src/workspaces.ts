import { addMember, type Json } from '@casebook/contracts';
import { decideMembers, type MembersCommand, type MembersState, OPERATOR } from '@casebook/incident';
import { type Ledger, newId } from '@casebook/ledger';
import { membersFold, newEvent, streams } from '@casebook/views';
import { digestOf, newToken } from './access/tokens.js';

/** Changes to a member list by the service or its operator, without a request: opening a workspace, issuing a token. */

/** The workspace whose admins may open others. */
export const FIRST_WORKSPACE = 'default';

/** The member of the first start's token. */
export const FIRST_ADMIN = { id: 'admin', name: 'Administrator' };

/** The member list refuses a command; the message says why. */
export class MembersRefused extends Error {
  override readonly name = 'MembersRefused';
}

/** A command's key is already used by another command, or the same command is still running. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';

  constructor(readonly status: 'key-reused' | 'in-progress') {
    super(`the key of a command is ${status}`);
  }
}

/** A client's key for a command, and the command's content. */
interface Keyed {
  readonly commandId: string;
  readonly body: Json;
}

/**
 * Applies commands to a workspace's member list in one commit. Resolves to the position, and whether anything was
 * recorded, now or when the key was first used.
 *
 * @throws MembersRefused, KeyRefused, and the ledger's own faults
 */
export async function commandMembers(
  ledger: Ledger,
  {
    workspaceId,
    actorId,
    correlationId,
    keyed,
  }: { workspaceId: string; actorId: string; correlationId: string; keyed?: Keyed | undefined },
  commands: readonly MembersCommand[],
): Promise<{ position: number; recorded: boolean; replayed: boolean }> {
  for (const command of commands) {
    const parsed = command.type === 'AddMember' ? addMember.safeParse(command.member) : null;
    if (parsed?.error) {
      const [issue] = parsed.error.issues;
      throw new MembersRefused(`The member’s ${issue?.path.join('.')} ${issue?.message}.`);
    }
  }
  const outcome = await ledger.commit({
    workspaceId,
    body: null,
    ...keyed,
    actorId,
    correlationId,
    parts: commands.map((command) => ({
      streamId: streams.members,
      fold: membersFold,
      decide: (state: MembersState) => {
        const decision = decideMembers(command, state);
        return decision.accepted ? { accepted: true, events: decision.events.map(newEvent) } : decision;
      },
    })),
  });
  switch (outcome.status) {
    case 'committed':
      return { position: outcome.position, recorded: true, replayed: outcome.replayed };
    case 'unchanged':
      return { position: outcome.position, recorded: false, replayed: false };
    case 'refused':
      throw new MembersRefused(outcome.refusal.detail);
    case 'no-such-workspace':
      throw new Error(`There is no workspace ${workspaceId}.`);
    case 'key-reused':
    case 'in-progress':
      throw new KeyRefused(outcome.status);
  }
}

/** Issues a token for a member, as the operator; the token is only in the answer. */
export async function issueTokenFor(
  ledger: Ledger,
  {
    workspaceId,
    memberId,
    label,
    token = newToken(),
  }: { workspaceId: string; memberId: string; label: string; token?: string },
): Promise<{ token: string; tokenId: string }> {
  const tokenId = newId();
  await commandMembers(ledger, { workspaceId, actorId: OPERATOR, correlationId: tokenId }, [
    { type: 'IssueToken', tokenId, memberId, digest: digestOf(token), label },
  ]);
  return { token, tokenId };
}

/**
 * Opens a workspace with its first admin and a token for them; `null` if the workspace exists already. If the same
 * key opened it, the first answer is repeated without the token, which is shown once.
 */
export async function openWithAdmin(
  ledger: Ledger,
  {
    workspaceId,
    title,
    admin,
    correlationId,
    keyed,
    token = newToken(),
  }: {
    workspaceId: string;
    title?: string;
    admin: { id: string; name: string };
    correlationId: string;
    keyed?: Keyed | undefined;
    token?: string;
  },
): Promise<{ token: string; position: number; replayed: boolean } | null> {
  await ledger.openWorkspace(workspaceId);
  const { position, recorded, replayed } = await commandMembers(
    ledger,
    { workspaceId, actorId: admin.id, correlationId, keyed },
    [
      {
        type: 'OpenWorkspace',
        id: workspaceId,
        ...(title !== undefined && { title }),
        admin,
        token: { id: newId(), digest: digestOf(token), label: 'first token' },
      },
    ],
  );
  return recorded ? { token, position, replayed } : null;
}
