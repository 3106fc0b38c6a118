import { EXAMPLE_ANNOTATION } from './examples.js';
import { z } from 'zod';
import {
  annotationKind,
  type AnnotationKind,
  disputeStanding,
  KINDS,
  settledResolution,
} from './kinds/index.js';
import { documentDetails, originalFacts } from './documents.js';
import { merged } from './merging.js';
import { documentId, entityId, instant, knownMemberId, position, workspaceId } from './primitives.js';
import { permission, role, tlp } from './vocabularies.js';

/** The API's answers, one schema each: types, OpenAPI, and validation of responses in tests. */

const revision = z.number().int().min(1).meta({ description: '1 when recorded, one more with each change' });

/** The answer to every write. */
export const writeAnswer = z
  .strictObject({
    id: z.string(),
    revision,
    position,
    merged: merged.optional(),
    differs: z.record(z.string(), z.string().nullable()).optional().meta({
      description:
        'for an import of a known text: the sent details that differ from the recorded ones, each with the recorded value (null: none). The recorded values stay; PATCH …/documents/{id} changes them. Absent if the caller is not cleared for the document',
    }),
  })
  .meta({
    id: 'WriteAnswer',
    example: { id: EXAMPLE_ANNOTATION, revision: 1, position: 42 },
  });
export type WriteAnswer = z.infer<typeof writeAnswer>;

export const annotationStatus = z
  .enum(['active', 'retracted', 'erased', 'open', 'resolved', 'reopened', 'withdrawn'])
  .meta({
    id: 'AnnotationStatus',
    description:
      'a dispute is open, resolved, reopened or withdrawn; any other annotation active; each may be retracted, or erased by law',
  });
export type AnnotationStatus = z.infer<typeof annotationStatus>;

const header = {
  id: entityId,
  kind: annotationKind,
  revision,
  status: annotationStatus,
  recordedBy: knownMemberId,
  recordedAt: instant,
  revisedBy: knownMemberId.meta({ description: 'who made the latest revision' }),
  revisedAt: instant,
  position: position.meta({ description: 'of the latest event about this annotation' }),
  retraction: z.strictObject({ by: knownMemberId, at: instant, reason: z.string().optional() }).optional(),
};

/** An erased annotation keeps only its header, so every field is optional. */
const view = <S extends z.ZodRawShape>(shape: S, id: string) =>
  z.strictObject({ ...header, ...z.strictObject(shape).partial().shape }).meta({ id });

type ViewOf<K extends AnnotationKind> = K extends 'dispute'
  ? (typeof KINDS)[K]['fields']['shape'] & typeof ofDisputes
  : (typeof KINDS)[K]['fields']['shape'];
const ofDisputes = { state: disputeStanding, resolution: settledResolution };
const viewOf = <K extends AnnotationKind>(kind: K) =>
  view(
    { ...KINDS[kind].fields.shape, ...(kind === 'dispute' && ofDisputes) } as ViewOf<K>,
    kind.charAt(0).toUpperCase() + kind.slice(1),
  );

/** How each kind is read. */
export const ANNOTATION_VIEWS = {
  claim: viewOf('claim'),
  warning: viewOf('warning'),
  attack: viewOf('attack'),
  link: viewOf('link'),
  dispute: viewOf('dispute'),
  comment: viewOf('comment'),
  item: viewOf('item'),
} as const satisfies Record<AnnotationKind, z.ZodType>;
const { claim, warning, attack, link, dispute, comment, item } = ANNOTATION_VIEWS;
export const annotationView = z
  .discriminatedUnion('kind', [
    claim.extend({ kind: z.literal('claim') }),
    warning.extend({ kind: z.literal('warning') }),
    attack.extend({ kind: z.literal('attack') }),
    link.extend({ kind: z.literal('link') }),
    dispute.extend({ kind: z.literal('dispute') }),
    comment.extend({ kind: z.literal('comment') }),
    item.extend({ kind: z.literal('item') }),
  ])
  .meta({ id: 'Annotation' });
export type AnnotationView = z.infer<typeof annotationView>;

export const documentView = z
  .strictObject({
    id: documentId,
    ...documentDetails.partial().shape,
    erased: z.boolean().optional().meta({ description: 'true: erased by law; no details remain' }),
    original: originalFacts.optional().meta({
      description: 'the file that the text was extracted from; absent if the text itself was imported',
    }),
    revision,
    bytes: z.number().int().meta({ description: 'length of the text in bytes of UTF-8' }),
    codePoints: z
      .number()
      .int()
      .meta({ description: 'length of the text in Unicode code points, the unit of anchors' }),
    recordedBy: knownMemberId,
    recordedAt: instant,
    position,
  })
  .meta({ id: 'Document' });
export type DocumentView = z.infer<typeof documentView>;

const incidentHeader = {
  id: entityId,
  title: z.string().optional(),
  summary: z.string().optional(),
  status: z.enum(['open', 'closed']),
  restrictedTo: z.array(knownMemberId).optional().meta({
    description:
      'the only members who may see it, besides those with permission to oversee; absent: every member',
  }),
  revision: revision.meta({ description: 'of the title, summary, status and restriction' }),
  recordedBy: knownMemberId,
  recordedAt: instant,
  revisedBy: knownMemberId,
  revisedAt: instant,
  position: position.meta({ description: 'of the latest event about this incident or anything in it' }),
};
export const attachmentView = z
  .strictObject({
    id: documentId,
    title: z.string().optional(),
    publisher: z.string().optional(),
    attachedBy: knownMemberId,
    attachedAt: instant,
  })
  .meta({ id: 'Attachment' });

export const incidentSummary = z
  .strictObject({
    ...incidentHeader,
    counts: z
      .record(z.string(), z.number().int())
      .meta({ description: 'annotations by kind, without retracted ones' }),
  })
  .meta({ id: 'IncidentSummary' });

/** `GET …/incidents/{id}`, now or as of any moment. */
export const incidentView = z
  .strictObject({
    ...incidentHeader,
    documents: z.array(attachmentView),
    claims: z.array(claim),
    warnings: z.array(warning),
    attacks: z.array(attack),
    links: z.array(link),
    disputes: z.array(dispute),
    comments: z.array(comment),
    items: z.array(item),
  })
  .meta({ id: 'Incident' });
export type IncidentView = z.infer<typeof incidentView>;
export type IncidentSummary = z.infer<typeof incidentSummary>;

/** One change, in the history of an incident or the audit of a workspace. */
export const changeView = z
  .strictObject({
    position,
    at: instant,
    actor: knownMemberId,
    type: z.string(),
    incidentId: entityId.nullable(),
    annotationId: entityId.nullable(),
    sentence: z.string(),
    reason: z.string().optional(),
    changes: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'Change' });
export type ChangeView = z.infer<typeof changeView>;

/** One event of the ledger, as `GET …/events` pages it. `data` is null if the payload was erased. */
export const eventView = z
  .strictObject({
    position,
    id: z.uuid(),
    type: z.string(),
    schemaVersion: z.number().int(),
    stream: z.string(),
    version: z.number().int(),
    subject: z.string().nullable(),
    actor: z.string(),
    recordedAt: instant,
    commandId: z.string(),
    correlationId: z.string(),
    causationId: z.string().nullable(),
    leafHash: z.string(),
    data: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'LedgerEvent' });
export type EventView = z.infer<typeof eventView>;

export const tagCount = z.strictObject({ tag: z.string(), count: z.number().int() }).meta({ id: 'TagCount' });
export type TagCount = z.infer<typeof tagCount>;

export const memberView = z
  .strictObject({
    id: knownMemberId,
    name: z.string(),
    role,
    clearance: tlp.optional().meta({ description: 'left out: red' }),
    identity: z.string().optional(),
    status: z.enum(['active', 'removed']),
    revision,
    addedAt: instant,
    position,
  })
  .meta({ id: 'Member' });
export type MemberView = z.infer<typeof memberView>;

/** The answer to an erasure. */
export const erasureAnswer = writeAnswer
  .extend({
    positions: z
      .array(position)
      .meta({ description: 'the events that this erased; empty if all had been erased before' }),
    quotedAt: z.array(position).meta({
      description: 'events that still hold a copy, found by their ids: erase them too, or set includeQuotes',
    }),
  })
  .meta({ id: 'ErasureAnswer' });
export type ErasureAnswer = z.infer<typeof erasureAnswer>;

/** The answer to issuing a token: the only time that the token is shown. */
export const issuedToken = writeAnswer.extend({ token: z.string().optional() }).meta({ id: 'IssuedToken' });

export const tokenView = z
  .strictObject({
    id: entityId,
    memberId: knownMemberId,
    label: z.string().optional(),
    permissions: z.array(permission).optional().meta({ description: 'absent: all of the member’s' }),
    issuedAt: instant,
    expiresAt: instant.optional(),
    revokedAt: instant.optional(),
  })
  .meta({ id: 'Token' });
export type TokenView = z.infer<typeof tokenView>;

/** The caller's own workspace. */
export const workspaceView = z
  .strictObject({ id: workspaceId, member: knownMemberId, role })
  .meta({ id: 'Workspace' });
export type WorkspaceView = z.infer<typeof workspaceView>;

/** A page of a list: `next` is the cursor of the following page, null at the end. */
export const pageOf = <T extends z.ZodType>(item: T, id: string) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() }).meta({ id });

const base64Hash = z.string().meta({ description: '32 bytes in base64' });

/** `GET …/ledger/inclusion/{position}`: RFC 6962 section 2.1.1, the leaf's sibling first. */
export const inclusionProofView = z
  .strictObject({
    index: z.number().int().meta({ description: 'of the leaf, from 0: position - 1' }),
    size: z.number().int().meta({ description: 'of the tree' }),
    leafHash: base64Hash,
    hashes: z.array(base64Hash),
    checkpoint: z
      .string()
      .optional()
      .meta({ description: 'the signed checkpoint of this size, if it is the latest' }),
  })
  .meta({ id: 'InclusionProof' });
export type InclusionProofView = z.infer<typeof inclusionProofView>;

/** `GET …/ledger/consistency`: RFC 6962 section 2.1.2. */
export const consistencyProofView = z
  .strictObject({
    from: z.number().int(),
    to: z.number().int(),
    hashes: z.array(base64Hash),
    checkpoint: z.string(),
  })
  .meta({ id: 'ConsistencyProof' });
export type ConsistencyProofView = z.infer<typeof consistencyProofView>;
