import type { MemberView, Permission, Role, Tlp, TokenView } from '@casebook/contracts';
import type { DataSource } from 'typeorm';
import { MemberRow, TokenRow } from '../entities.js';
import { decodeCursor, type Page, pageOf, type PageRequest } from '../paging.js';

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

  /** A current or former member, since the audit names both; `null` if there never was one. */
  async member(workspaceId: string, memberId: string): Promise<MemberView | null> {
    const row = await this.dataSource.getRepository(MemberRow).findOneBy({ workspaceId, id: memberId });
    return row && memberOf(row);
  }

  /** A member's tokens in the order of issue, including revoked and expired ones; never the token itself or its digest. */
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
