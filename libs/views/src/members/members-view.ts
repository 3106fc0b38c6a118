import type { MembersState } from '@casebook/incident';
import type { InlineView, Row, TableRows, TableShape } from '@casebook/ledger';
import { membersFold } from '../streams.js';

const time = 'timestamp(3) with time zone';

const members = {
  name: 'members_v1.members',
  key: ['workspace_id', 'id'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'id', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'role', type: 'text' },
    { name: 'status', type: 'text' },
    { name: 'revision', type: 'integer' },
    { name: 'added_at', type: time },
    { name: 'position', type: 'bigint' },
    { name: 'clearance', type: 'text' },
    { name: 'identity', type: 'text' },
  ],
} as const satisfies TableShape;

const tokens = {
  name: 'members_v1.tokens',
  key: ['workspace_id', 'id'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'id', type: 'uuid' },
    { name: 'member_id', type: 'text' },
    { name: 'digest', type: 'text' },
    { name: 'label', type: 'text' },
    { name: 'issued_at', type: time },
    { name: 'expires_at', type: time },
    { name: 'revoked_at', type: time },
    { name: 'permissions', type: 'text[]' },
  ],
} as const satisfies TableShape;

/** Current access: the members of each workspace and their tokens. */
export const membersView: InlineView = {
  name: 'members',
  version: 1,
  tables: [members, tokens],
  project(changes) {
    const memberRows: Row[] = [];
    const tokenRows: Row[] = [];
    const erasedTokens: Row[] = [];
    for (const { fold, workspaceId: workspace_id, after, events } of changes) {
      if (fold !== membersFold.name) continue;
      const state = after as MembersState;
      for (const subject of subjectsOf(events, 'Member')) {
        const member = state.members.get(subject);
        if (member === undefined) continue;
        const { id, name, role, status, revision, addedAt: added_at, position, clearance, identity } = member;
        memberRows.push({
          workspace_id,
          id,
          name,
          role,
          status,
          revision,
          added_at,
          position,
          clearance,
          identity,
        });
      }
      for (const subject of subjectsOf(events, 'Token')) {
        const token = state.tokens.get(subject);
        if (token === undefined) {
          erasedTokens.push({ workspace_id, id: subject });
          continue;
        }
        tokenRows.push({
          workspace_id,
          id: token.id,
          member_id: token.memberId,
          digest: token.digest,
          label: token.label,
          issued_at: token.issuedAt,
          expires_at: token.expiresAt,
          revoked_at: token.revokedAt,
          permissions: token.permissions,
        });
      }
    }
    return [
      { table: members.name, upserts: memberRows },
      { table: tokens.name, upserts: tokenRows, deletes: erasedTokens },
    ] satisfies TableRows[];
  },
};

/** The distinct members or tokens that these events are about. */
const subjectsOf = (
  events: readonly { type: string; subject: string | null }[],
  prefix: string,
): Set<string> =>
  new Set(events.filter(({ type }) => type.startsWith(prefix)).map(({ subject }) => subject ?? ''));
