import type { MemberView, Permission, Role, Tlp, TokenView } from '@casebook/contracts';
import type { DataSource } from 'typeorm';
import { MemberRow, TokenRow } from './entities.js';
import { decodeCursor, type Page, pageOf, type PageRequest } from './paging.js';

/** Who a token stands for. */
export interface Authenticated {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
  /** The highest marking that the member may see. */
  readonly clearance: Tlp;
  readonly tokenId: string;
  /** What the token is narrowed to; `null`: nothing. */
  readonly permissions: readonly Permission[] | null;
  /** ISO 8601; `null`: never. */
  readonly expiresAt: string | null;
}

/** Reads the member lists and tokens as they are now. */
export class MemberQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The active members in the order of their ids. */
  async members(workspaceId: string, { cursor, limit }: PageRequest): Promise<Page<MemberView>> {
    const query = this.dataSource
      .getRepository(MemberRow)
      .createQueryBuilder('m')
      .where(`m.workspaceId = :workspaceId AND m.status = 'active'`, { workspaceId })
      .orderBy('m.id')
      .limit(limit + 1);
    if (cursor !== undefined) query.andWhere('m.id > :last', { last: decodeCursor(cursor, ['string'])[0] });
    return pageOf(await query.getMany(), limit, memberOf, ({ id }) => [id]);
  }

  /** A member, or a former one: the audit names both. `null` for somebody who never was. */
  async member(workspaceId: string, memberId: string): Promise<MemberView | null> {
    const row = await this.dataSource.getRepository(MemberRow).findOneBy({ workspaceId, id: memberId });
    return row && memberOf(row);
  }

  /**
   * The member behind a token (lower-case hex SHA-256), in whichever workspace: `null` where the token is unknown, revoked or
   * expired, or its member removed. A token that was issued in several workspaces counts for `workspaceId` if given, else for
   * the one where it was issued last.
   */
  async authenticate(digestHex: string, workspaceId?: string): Promise<Authenticated | null> {
    const [row] = await this.dataSource.query<StoredAuthenticated[]>(
      `SELECT t.workspace_id, t.member_id, m.role, m.clearance, t.id, t.permissions, t.expires_at
       FROM members_v1.tokens t
       JOIN members_v1.members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
       WHERE t.digest = $1 AND ($2::text IS NULL OR t.workspace_id = $2)
         AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND m.status = 'active'
       ORDER BY t.issued_at DESC, t.workspace_id, t.id LIMIT 1`,
      [digestHex, workspaceId ?? null],
    );
    if (row === undefined) return null;
    return {
      workspaceId: row.workspace_id,
      memberId: row.member_id,
      role: row.role,
      clearance: row.clearance ?? 'red',
      tokenId: row.id,
      permissions: row.permissions,
      expiresAt: row.expires_at?.toISOString() ?? null,
    };
  }

  /** A member's tokens in the order of issue, the revoked and expired included; never a token itself, nor its digest. */
  async tokens(workspaceId: string, memberId: string): Promise<TokenView[]> {
    const rows = await this.dataSource
      .getRepository(TokenRow)
      .find({ where: { workspaceId, memberId }, order: { issuedAt: 'ASC', id: 'ASC' } });
    return rows.map(({ id, label, permissions, issuedAt, expiresAt, revokedAt }) => ({
      id,
      memberId,
      ...(label !== null && { label }),
      ...(permissions !== null && { permissions: permissions as Permission[] }),
      issuedAt: issuedAt.toISOString(),
      ...(expiresAt !== null && { expiresAt: expiresAt.toISOString() }),
      ...(revokedAt !== null && { revokedAt: revokedAt.toISOString() }),
    }));
  }
}

interface StoredAuthenticated {
  readonly workspace_id: string;
  readonly member_id: string;
  readonly role: Role;
  readonly clearance: Tlp | null;
  readonly id: string;
  readonly permissions: Permission[] | null;
  readonly expires_at: Date | null;
}

const memberOf = (row: MemberRow): MemberView => {
  const { id, name, role, clearance, identity, status, revision, addedAt, position } = row;
  return {
    id,
    name,
    role: role as Role,
    ...(clearance !== null && { clearance: clearance as Tlp }),
    ...(identity !== null && { identity }),
    status: status as MemberView['status'],
    revision,
    addedAt: addedAt.toISOString(),
    position,
  };
};
