import type { MemberView, Role } from '@casebook/contracts';
import type { DataSource } from 'typeorm';
import type { Page, PageRequest } from './paging.js';

/** Who a token stands for. */
export interface Authenticated {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
  readonly tokenId: string;
  /** ISO 8601; `null`: never. */
  readonly expiresAt: string | null;
}

/** A token as its owner sees it: neither the token nor its digest. */
export interface TokenView {
  readonly id: string;
  readonly memberId: string;
  readonly label?: string;
  readonly issuedAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
}

/** Reads the member lists and tokens as they are now. */
export declare class MemberQueries {
  constructor(dataSource: DataSource);
  /** The active members in the order of their ids. */
  members(workspaceId: string, page: PageRequest): Promise<Page<MemberView>>;
  /** `null` for an unknown or removed member. */
  member(workspaceId: string, memberId: string): Promise<MemberView | null>;
  /**
   * The member behind a token (lower-case hex SHA-256), in whichever workspace: `null` where the token is unknown, revoked or
   * expired, or its member removed. A token that was issued in several workspaces counts for `workspaceId` if given, else for
   * the one where it was issued last.
   */
  authenticate(digestHex: string, workspaceId?: string): Promise<Authenticated | null>;
  /** A member's tokens in the order of issue, the revoked and expired included. */
  tokens(workspaceId: string, memberId: string): Promise<TokenView[]>;
}
