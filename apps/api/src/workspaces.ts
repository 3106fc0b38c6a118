import { decideMembers, type MembersCommand, type MembersState } from '@casebook/incident';
import type { Ledger } from '@casebook/ledger';
import { membersFold, newEvent, streams } from '@casebook/views';
import { v7 as uuidv7 } from 'uuid';
import { digestOf, newToken } from './access/tokens.js';

/** What the service and its operator do to a member list without a request: opening a workspace, issuing a token. */

/** The workspace whose admins may open others. */
export const FIRST_WORKSPACE = 'default';

/** The member list will not have a command; the message says why. */
export class MembersRefused extends Error {
  override readonly name = 'MembersRefused';
}

/**
 * Applies commands to a workspace's member list in one commit. Resolves to the position, and whether anything was recorded.
 *
 * @throws MembersRefused, and the ledger's own faults
 */
export async function commandMembers(
  ledger: Ledger,
  { workspaceId, actorId, correlationId }: { workspaceId: string; actorId: string; correlationId: string },
  commands: readonly MembersCommand[],
): Promise<{ position: number; recorded: boolean }> {
  const outcome = await ledger.commit({
    workspaceId,
    body: null,
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
      return { position: outcome.position, recorded: true };
    case 'unchanged':
      return { position: outcome.position, recorded: false };
    case 'refused':
      throw new MembersRefused(outcome.refusal.detail);
    case 'no-such-workspace':
      throw new Error(`There is no workspace ${workspaceId}.`);
    case 'key-reused':
    case 'in-progress':
      throw new Error('a command without a key cannot meet another');
  }
}

/** Issues a token for a member; the text of the token is in the answer and nowhere else. */
export async function issueTokenFor(
  ledger: Ledger,
  {
    workspaceId,
    memberId,
    label,
    token = newToken(),
  }: { workspaceId: string; memberId: string; label: string; token?: string },
): Promise<{ token: string; tokenId: string }> {
  const tokenId = uuidv7();
  await commandMembers(ledger, { workspaceId, actorId: memberId, correlationId: tokenId }, [
    { type: 'IssueToken', tokenId, memberId, digest: digestOf(token), label },
  ]);
  return { token, tokenId };
}

/** Opens a workspace with its first admin and a token for it; `null` where the workspace is there already. */
export async function openWithAdmin(
  ledger: Ledger,
  {
    workspaceId,
    title,
    admin,
    correlationId,
    token = newToken(),
  }: {
    workspaceId: string;
    title?: string;
    admin: { id: string; name: string };
    correlationId: string;
    token?: string;
  },
): Promise<{ token: string; position: number } | null> {
  await ledger.openWorkspace(workspaceId);
  const { position, recorded } = await commandMembers(
    ledger,
    { workspaceId, actorId: admin.id, correlationId },
    [
      {
        type: 'OpenWorkspace',
        id: workspaceId,
        ...(title !== undefined && { title }),
        admin,
        token: { id: uuidv7(), digest: digestOf(token), label: 'first token' },
      },
    ],
  );
  return recorded ? { token, position } : null;
}
