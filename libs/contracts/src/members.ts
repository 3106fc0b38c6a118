import { z } from 'zod';
import { instant, memberId, phrase, prose, workspaceId } from './primitives.js';
import { role } from './vocabularies.js';

/** `POST /v1/workspaces` */
export const openWorkspace = z
  .strictObject({ id: workspaceId, title: phrase().optional() })
  .meta({ id: 'OpenWorkspace', example: { id: 'desk-two', title: 'Second desk' } });
export type OpenWorkspace = z.infer<typeof openWorkspace>;

/** `POST …/members` */
export const addMember = z
  .strictObject({ id: memberId, name: phrase(200), role })
  .meta({ id: 'AddMember', example: { id: 'alice', name: 'Alice Ferrand', role: 'annotator' } });
export type AddMember = z.infer<typeof addMember>;

/** `PATCH …/members/{memberId}` */
export const reviseMember = z
  .strictObject({ name: phrase(200).optional(), role: role.optional(), reason: prose().optional() })
  .meta({ id: 'ReviseMember' });
export type ReviseMember = z.infer<typeof reviseMember>;

/** `POST …/members/{memberId}/tokens`: the answer shows the token once; only its SHA-256 is kept. */
export const issueToken = z
  .strictObject({ label: phrase(200).optional(), expiresAt: instant.optional() })
  .meta({ id: 'IssueToken', example: { label: 'laptop' } });
export type IssueToken = z.infer<typeof issueToken>;
