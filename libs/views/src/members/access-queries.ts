import type { MemberView, Permission, Role, Tlp } from '@casebook/contracts';
import type { MembersState, Token } from '@casebook/incident';
import type { Ledger } from '@casebook/ledger';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { MemberQueries } from './member-queries.js';
import { membersView } from './members-view.js';
import { prepared } from '../prepared.js';
import { memberView } from '../rendering.js';
import { membersFold, streams } from '../streams.js';

/** The member behind a token. */
export interface Authenticated {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
  /** The highest marking that the member may see. */
  readonly clearance: Tlp;
  readonly tokenId: string;
  /** The permissions that the token is narrowed to; `null` if it is not narrowed. */
  readonly permissions: readonly Permission[] | null;
  /** ISO 8601; `null`: never. */
  readonly expiresAt: string | null;
}

/**
 * Who has access, always as of now. Answers come from the rows of the members' view if writers keep it at the head;
 * in a workspace where it is detached, they come from the ledger, folded for each query.
 */
export class AccessQueries {
  /**
   * Looks up the tokens of all requests that arrive in one turn of the event loop together. Nothing is cached
   * between queries: a token revoked before a request arrives is rejected.
   */
  private readonly tokenHolders = new DataLoader((asked: readonly AskedToken[]) => this.findHolders(asked), {
    cache: false,
    batchScheduleFn: (ask) => setImmediate(ask),
  });
  private readonly members: MemberQueries;

  constructor(
    private readonly dataSource: DataSource,
    private readonly ledger: Pick<Ledger, 'readState'>,
  ) {
    this.members = new MemberQueries(dataSource);
  }

  /**
   * The member behind a token (lower-case hex SHA-256), in any workspace: `null` if the token is unknown,
   * revoked or expired, or its member was removed. A token issued in several workspaces counts for the addressed one
   * if it was issued there, valid or not, and otherwise for the one where it was issued last.
   *
   * @param addressed also the workspace whose ledger is searched for a token unknown to the view while the view is
   * detached there.
   */
  authenticate(digestHex: string, addressed?: string): Promise<Authenticated | null> {
    return this.tokenHolders.load({ digestHex, addressed: addressed ?? null });
  }

  /** A current or former member; `null` if there never was one. */
  async member(workspaceId: string, memberId: string): Promise<MemberView | null> {
    // Queried first: a view that is at the head includes everything recorded before this call.
    if (!(await this.isDetached(workspaceId))) return this.members.member(workspaceId, memberId);
    const member = (await this.membersIn(workspaceId)).members.get(memberId);
    return member === undefined ? null : memberView(member);
  }

  /** Whether the token was issued to this member, and neither revoked nor expired since. */
  async isGood(workspaceId: string, memberId: string, tokenId: string): Promise<boolean> {
    const token = (await this.isDetached(workspaceId))
      ? (await this.membersIn(workspaceId)).tokens.get(tokenId)
      : (await this.members.tokens(workspaceId, memberId)).find(({ id }) => id === tokenId);
    return token?.memberId === memberId && isUsable(token);
  }

  /** Every workspace where this caller's token is valid, the caller's own first. */
  async workspacesOf({
    workspaceId,
    tokenId,
  }: Pick<Authenticated, 'workspaceId' | 'tokenId'>): Promise<
    Pick<Authenticated, 'workspaceId' | 'memberId' | 'role'>[]
  > {
    const rows = await prepared<Pick<StoredHolder, 'workspace_id' | 'member_id' | 'role'>>(this.dataSource, {
      name: 'token-workspaces',
      text: `SELECT DISTINCT t.workspace_id, t.member_id, m.role, t.workspace_id <> $1 AS other
       FROM members_v1.tokens own
       JOIN members_v1.tokens t ON t.digest = own.digest
       JOIN members_v1.members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
       WHERE own.workspace_id = $1 AND own.id = $2
         AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND m.status = 'active'
       ORDER BY other, t.workspace_id`,
      values: [workspaceId, tokenId],
    });
    return rows.map(({ workspace_id, member_id, role }) => ({
      workspaceId: workspace_id,
      memberId: member_id,
      role,
    }));
  }

  private async findHolders(asked: readonly AskedToken[]): Promise<(Authenticated | null)[]> {
    const rows = await prepared<StoredHolder>(this.dataSource, {
      name: 'token-holders',
      text: `SELECT asked.n, t.*, coalesce(t.workspace_id, asked.addressed) AS place, p.status IS DISTINCT FROM 'attached' AS detached,
         asked.addressed, coalesce(a.status <> 'attached', false) AS addressed_detached
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (digest, addressed, n)
       LEFT JOIN LATERAL (
         SELECT t.workspace_id, t.member_id, m.role, m.clearance, t.id, t.permissions, t.expires_at,
           t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND m.status = 'active' AS usable
         FROM members_v1.tokens t
         JOIN members_v1.members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
         WHERE t.digest = asked.digest
         ORDER BY (t.workspace_id = asked.addressed) DESC NULLS LAST, usable DESC, t.issued_at DESC, t.workspace_id, t.id LIMIT 1) t ON true
       LEFT JOIN view_progress p ON p.workspace_id = coalesce(t.workspace_id, asked.addressed) AND p.view = $3 AND p.version = $4
       LEFT JOIN view_progress a ON a.workspace_id = asked.addressed AND a.view = $3 AND a.version = $4`,
      values: [
        asked.map(({ digestHex }) => digestHex),
        asked.map(({ addressed }) => addressed),
        membersView.name,
        membersView.version,
      ],
    });
    const holders = new Map(rows.map((row) => [row.n, row]));
    const folded = new Map<string, Promise<MembersState>>();
    const inLedger = async (place: string, digestHex: string): Promise<Authenticated | null> => {
      if (!folded.has(place)) folded.set(place, this.membersIn(place));
      return holderAmong(await folded.get(place)!, place, digestHex);
    };
    return Promise.all(
      asked.map(async ({ digestHex }, i) => {
        const row = holders.get(i + 1);
        if (row?.place == null) return null;
        const { place, addressed } = row;
        if (row.addressed_detached && addressed !== null && addressed !== place) {
          const holder = await inLedger(addressed, digestHex);
          if (holder !== null) return holder;
        }
        if (row.detached) return inLedger(place, digestHex);
        return row.usable === true ? holderOf(row as StoredHolder & { id: string }) : null;
      }),
    );
  }

  private async isDetached(workspaceId: string): Promise<boolean> {
    const rows = await prepared<object>(this.dataSource, {
      name: 'members-attached',
      text: `SELECT FROM view_progress WHERE workspace_id = $1 AND view = $2 AND version = $3 AND status = 'attached'`,
      values: [workspaceId, membersView.name, membersView.version],
    });
    return rows.length === 0;
  }

  private membersIn(workspaceId: string): Promise<MembersState> {
    return this.ledger.readState(workspaceId, streams.members, membersFold);
  }
}

const isUsable = ({ revokedAt, expiresAt }: { revokedAt?: string; expiresAt?: string }): boolean =>
  revokedAt === undefined && (expiresAt === undefined || Date.parse(expiresAt) > Date.now());

/** The same as the query of the view's rows. */
function holderAmong(
  { members, tokens }: MembersState,
  workspaceId: string,
  digestHex: string,
): Authenticated | null {
  let latest: Token | undefined;
  for (const token of tokens.values()) {
    if (token.digest !== digestHex || !isUsable(token)) continue;
    if (members.get(token.memberId)?.status !== 'active') continue;
    if (latest === undefined || token.issuedAt > latest.issuedAt) latest = token;
  }
  const member = latest && members.get(latest.memberId);
  if (latest === undefined || member === undefined) return null;
  return {
    workspaceId,
    memberId: member.id,
    role: member.role,
    clearance: member.clearance ?? 'red',
    tokenId: latest.id,
    permissions: latest.permissions ?? null,
    expiresAt: latest.expiresAt ?? null,
  };
}

interface AskedToken {
  readonly digestHex: string;
  readonly addressed: string | null;
}

/** All from the workspace to `usable` are NULL if no row has the token. */
interface StoredHolder {
  /** The index of the queried token, from 1. */
  readonly n: number;
  readonly workspace_id: string;
  readonly member_id: string;
  readonly role: Role;
  readonly clearance: Tlp | null;
  readonly id: string | null;
  readonly permissions: Permission[] | null;
  readonly expires_at: Date | null;
  readonly usable: boolean | null;
  /** The workspace of the token, or else of the address. */
  readonly place: string | null;
  /** The members' view is not at the head there. */
  readonly detached: boolean;
  readonly addressed: string | null;
  /** The members' view is not at the head in the addressed workspace. */
  readonly addressed_detached: boolean;
}

const holderOf = (row: StoredHolder & { readonly id: string }): Authenticated => ({
  workspaceId: row.workspace_id,
  memberId: row.member_id,
  role: row.role,
  clearance: row.clearance ?? 'red',
  tokenId: row.id,
  permissions: row.permissions,
  expiresAt: row.expires_at?.toISOString() ?? null,
});
