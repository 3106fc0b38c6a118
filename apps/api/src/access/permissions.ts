import type { Role } from '@casebook/contracts';

/** What a route asks of whoever calls it. */
export type Permission = 'read' | 'annotate' | 'adjudicate' | 'administer';

/** Who may do what: the whole of it. */
export const PERMISSIONS: Record<Permission, readonly Role[]> = {
  /** See documents, incidents, annotations, their history and the ledger. */
  read: ['reader', 'annotator', 'adjudicator', 'auditor', 'admin'],
  /** Import documents, open incidents; record, revise and retract annotations; raise, withdraw and reopen disputes. */
  annotate: ['annotator', 'adjudicator', 'admin'],
  /** Settle disputes, close and reopen incidents. */
  adjudicate: ['adjudicator', 'admin'],
  /** Change members, roles and tokens; open workspaces. */
  administer: ['admin'],
};

export const permits = (role: Role, permission: Permission): boolean =>
  PERMISSIONS[permission].includes(role);
