import { z } from 'zod';
import { anyInstant, memberId, phrase, prose, workspaceId } from './primitives.js';
import { permission, role, tlp } from './vocabularies.js';

/** `POST /v1/workspaces` */
export const openWorkspace = z
  .strictObject({ id: workspaceId, title: phrase().optional() })
  .meta({ id: 'OpenWorkspace', example: { id: 'desk-two', title: 'Second desk' } });
export type OpenWorkspace = z.infer<typeof openWorkspace>;

const clearance = tlp.meta({
  description:
    'the highest TLP marking that the member may see; documents above it, and incidents with such a document, are hidden from the member. Default: red, which is everything',
});
export const memberIdentity = phrase(255).meta({
  description:
    'the subject (`sub`) of the member’s OpenID Connect tokens; no other subject can sign in as this member',
});

/** `POST …/members` */
export const addMember = z
  .strictObject({
    id: memberId,
    name: phrase(200),
    role,
    clearance: clearance.optional(),
    identity: memberIdentity.optional(),
  })
  .meta({ id: 'AddMember', example: { id: 'alice', name: 'Alice Ferrand', role: 'annotator' } });
export type AddMember = z.infer<typeof addMember>;

/** `PATCH …/members/{memberId}` */
export const reviseMember = z
  .strictObject({
    name: phrase(200).optional(),
    role: role.optional(),
    clearance: clearance.nullable().optional(),
    identity: memberIdentity.nullable().optional(),
    reason: prose().optional(),
  })
  .meta({ id: 'ReviseMember', example: { role: 'adjudicator', reason: 'Leads the desk from today.' } });
export type ReviseMember = z.infer<typeof reviseMember>;

/** The permissions of a narrowed token. */
export const scope = z
  .array(permission)
  .min(1)
  .max(permission.options.length)
  .refine((given) => new Set(given).size === given.length, { error: 'names a permission twice' })
  .meta({
    description:
      'the permissions of the token, within the member’s role: ["read"] makes a read-only token. Default: all',
  });

/** `POST …/members/{memberId}/tokens`: the answer shows the token once; only its SHA-256 is kept. */
export const issueToken = z
  .strictObject({
    label: phrase(200).optional(),
    expiresAt: anyInstant.optional(),
    permissions: scope.optional(),
  })
  .meta({ id: 'IssueToken', example: { label: 'laptop' } });
export type IssueToken = z.infer<typeof issueToken>;

/** The members that an incident is restricted to. */
export const restrictedMembers = z
  .array(memberId)
  .min(1)
  .max(500)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'names a member twice' })
  .meta({
    description: 'the only members who may see the incident, besides those with permission to oversee',
  });

/** `POST …/incidents/{id}/restriction` */
export const restrictIncident = z
  .strictObject({
    members: restrictedMembers,
    reason: prose().optional(),
  })
  .meta({ id: 'RestrictIncident', example: { members: ['alice'], reason: 'A source is at risk.' } });
export type RestrictIncident = z.infer<typeof restrictIncident>;
