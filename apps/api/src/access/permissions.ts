import type { Permission, Role } from '@casebook/contracts';

export type { Permission };

/** Who may do what: the whole of it. */
export const PERMISSIONS: Record<Permission, readonly Role[]> = {
  /** See documents, incidents, annotations, their history and the ledger, as far as restrictions and the own clearance go. */
  read: ['reader', 'annotator', 'adjudicator', 'auditor', 'admin'],
  /** Import documents, open incidents; record, revise and retract annotations; raise, withdraw and reopen disputes. */
  annotate: ['annotator', 'adjudicator', 'admin'],
  /** Settle disputes, close and reopen incidents, restrict them to members. */
  adjudicate: ['adjudicator', 'admin'],
  /** See incidents that are restricted to others. */
  oversee: ['auditor', 'admin'],
  /** Change members, roles, clearances and tokens; open workspaces. */
  administer: ['admin'],
};

/** What a caller is allowed by: the member's role, and what the token is narrowed to (`null`: nothing). */
export interface Powers {
  readonly role: Role;
  readonly permissions: readonly Permission[] | null;
}

/** The role alone gives permission; a token never adds to it. */
export const may = ({ role, permissions }: Powers, permission: Permission): boolean =>
  PERMISSIONS[permission].includes(role) && (permissions === null || permissions.includes(permission));
