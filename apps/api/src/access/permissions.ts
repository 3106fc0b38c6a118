import type { Permission, Role } from '@casebook/contracts';

export type { Permission };

/** The complete table of roles and permissions. */
export const PERMISSIONS: Record<Permission, readonly Role[]> = {
  /**
   * See documents, incidents, annotations, their history and the ledger, within restrictions and one's own
   * clearance.
   */
  read: ['reader', 'annotator', 'adjudicator', 'auditor', 'admin'],
  /** Propose annotations, which others accept or decline: for tokens of scripts and assistants. */
  propose: ['annotator', 'adjudicator', 'admin'],
  /** Import documents, open incidents; record, revise and retract annotations; raise, withdraw and reopen disputes. */
  annotate: ['annotator', 'adjudicator', 'admin'],
  /** Settle disputes, close and reopen incidents, restrict them to members. */
  adjudicate: ['adjudicator', 'admin'],
  /** See incidents that are restricted to others. */
  oversee: ['auditor', 'admin'],
  /** Change members, roles, clearances and tokens; open workspaces. */
  administer: ['admin'],
};

/**
 * What a caller may do: the member's role, and the permissions that the token is narrowed to (`null`: not
 * narrowed).
 */
export interface Powers {
  readonly role: Role;
  readonly permissions: readonly Permission[] | null;
}

/** The role alone gives permission; a token never adds to it. */
export const may = ({ role, permissions }: Powers, permission: Permission): boolean =>
  PERMISSIONS[permission].includes(role) && (permissions === null || permissions.includes(permission));
