import type { MemberView, Permission, Role, Tlp, TokenView } from '@casebook/contracts';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { MemberRow, TokenRow } from './entities.js';
import { decodeCursor, type Page, pageOf, type PageRequest } from './paging.js';
import { prepared } from './prepared.js';

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
  /**
   * The tokens of all requests that arrive in one turn of the event loop are asked for together, once all of them are there. Nothing is
   * remembered from one query to the next: what was revoked before a request arrived is dead to it.
   */
  private readonly tokenHolders = new DataLoader((asked: readonly AskedToken[]) => this.findHolders(asked), {
    cache: false,
    batchScheduleFn: (ask) => setImmediate(ask),
  });

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
  authenticate(digestHex: string, workspaceId?: string): Promise<Authenticated | null> {
    return this.tokenHolders.load({ digestHex, workspaceId: workspaceId ?? null });
  }

  private async findHolders(asked: readonly AskedToken[]): Promise<(Authenticated | null)[]> {
    const rows = await prepared<StoredAuthenticated>(this.dataSource, {
      name: 'token-holders',
      text: `SELECT asked.n, t.*
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (digest, workspace_id, n)
       CROSS JOIN LATERAL (
         SELECT t.workspace_id, t.member_id, m.role, m.clearance, t.id, t.permissions, t.expires_at
         FROM members_v1.tokens t
         JOIN members_v1.members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
         WHERE t.digest = asked.digest AND (asked.workspace_id IS NULL OR t.workspace_id = asked.workspace_id)
           AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND m.status = 'active'
         ORDER BY t.issued_at DESC, t.workspace_id, t.id LIMIT 1) t`,
      values: [asked.map(({ digestHex }) => digestHex), asked.map(({ workspaceId }) => workspaceId)],
    });
    const holders = new Map(rows.map((row) => [row.n, row]));
    return asked.map((_, i) => {
      const row = holders.get(i + 1);
      return row === undefined
        ? null
        : {
            workspaceId: row.workspace_id,
            memberId: row.member_id,
            role: row.role,
            clearance: row.clearance ?? 'red',
            tokenId: row.id,
            permissions: row.permissions,
            expiresAt: row.expires_at?.toISOString() ?? null,
          };
    });
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

interface AskedToken {
  readonly digestHex: string;
  readonly workspaceId: string | null;
}

interface StoredAuthenticated {
  /** Which of those asked, from 1. */
  readonly n: number;
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
