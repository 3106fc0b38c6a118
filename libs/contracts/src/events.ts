import { z } from 'zod';
import {
  type AnnotationKind,
  ANNOTATION_KINDS,
  type ChangesOf,
  disputeStanding,
  KINDS,
  settledResolution,
  settleDispute,
  type KindDefinition,
} from './kinds/index.js';
import { incidentFields, reviseIncident } from './incidents.js';
import { optionalReason, retraction } from './reasons.js';
import { attachDocument, importDocument, keptOriginal, reviseDocument } from './documents.js';
import type { DocumentDetails } from './documents.js';
import { erasedPayloads } from './erasures.js';
import { addMember, restrictIncident, reviseMember, scope } from './members.js';
import { configureWorkspace } from './settings.js';
import { entityId, instant, memberId, phrase, prose, workspaceId, type JsonObject } from './primitives.js';
import { suggested } from './suggestions.js';
import type { Role, Tlp } from './vocabularies.js';
import { NoWayToUpcast, upcast, type Upcasters } from './upcast.js';

/**
 * Every event of the ledger: name, schema version and payload. Names and shapes are the storage format and never
 * change. A new shape is a new version with an upcaster from the one before (`upcast.ts`).
 *
 * The envelope has the actor, the time and the subject (an annotation, document, incident or member), so the
 * payload has only the content.
 */

/** What a revision changed (`null`: cleared), and why. */
const revised = <S extends z.ZodRawShape>(shape: S) => {
  const { reason, ...fields } = shape;
  return z.strictObject({ changes: z.strictObject(fields), reason: prose().optional() });
};

type Kinds = typeof KINDS;
/** The name of an event in the life of each kind. */
type EventName<Change extends keyof Kinds['claim']['events']> = Kinds[AnnotationKind]['events'][Change];
type KindRecordedBy = { [K in AnnotationKind as Kinds[K]['events']['recorded']]: K };
type KindRevisedBy = { [K in AnnotationKind as Kinds[K]['events']['revised']]: K };

type PayloadsOfKinds = {
  [T in keyof KindRecordedBy]: Kinds[KindRecordedBy[T]]['fields'];
} & { [T in EventName<'revised'>]: ReturnType<typeof revised> } & {
  [T in EventName<'retracted'>]: typeof retraction;
} & { [T in EventName<'reinstated'>]: typeof optionalReason };

function payloadsOfKinds(): PayloadsOfKinds {
  const payloads: Record<string, z.ZodType> = {};
  for (const kind of ANNOTATION_KINDS) {
    const { events, fields, revise, revised: stored }: KindDefinition = KINDS[kind];
    payloads[events.recorded] = fields;
    payloads[events.revised] = revised({ ...revise.shape, ...stored });
    payloads[events.retracted] = retraction;
    payloads[events.reinstated] = optionalReason;
  }
  return payloads as PayloadsOfKinds;
}

export const eventPayloads = {
  IncidentOpened: incidentFields,
  IncidentRevised: revised(reviseIncident.shape),
  IncidentClosed: optionalReason,
  IncidentReopened: optionalReason,
  IncidentRestricted: restrictIncident,
  IncidentUnrestricted: optionalReason,
  DocumentAttached: attachDocument.extend({
    reason: prose().optional().meta({ description: 'set if it undoes a detachment' }),
  }),
  DocumentDetached: attachDocument.extend({ reason: prose() }),

  ...payloadsOfKinds(),

  DisputeSettled: settleDispute,
  DisputeWithdrawn: optionalReason,
  DisputeReopened: optionalReason,
  DisputeRestored: z.strictObject({
    standing: disputeStanding,
    resolution: settledResolution.optional(),
    reason: prose().optional(),
  }),
  SuggestionAccepted: z.strictObject({
    suggestion: suggested,
    disputeId: entityId.optional().meta({ description: 'the dispute that the acceptance raised' }),
    reason: prose().optional(),
  }),
  SuggestionDismissed: z.strictObject({ suggestion: suggested, reason: prose() }),

  DocumentImported: importDocument,
  DocumentDescribed: revised(reviseDocument.shape),
  OriginalKept: keptOriginal,

  WorkspaceOpened: z.strictObject({ id: workspaceId, title: phrase().optional() }),
  WorkspaceConfigured: revised(configureWorkspace.shape),
  WorkspaceRestored: z.strictObject({
    size: z.int().min(0).meta({ description: 'the size of the ledger when its operator accepted it' }),
    abandoned: z.strictObject({ size: z.int().min(0), root: z.string() }).meta({
      description: 'the largest checkpoint signed before, with which this ledger is inconsistent',
    }),
    reason: prose(),
  }),
  MemberAdded: addMember.omit({ id: true }),
  MemberRevised: revised(reviseMember.shape),
  MemberRemoved: optionalReason,
  TokenIssued: z.strictObject({
    memberId,
    digest: z.string().meta({ description: 'SHA-256 of the token, lower-case hex' }),
    label: phrase(200).optional(),
    expiresAt: instant.optional(),
    permissions: scope.optional(),
  }),
  TokenRevoked: optionalReason,

  PayloadErased: erasedPayloads,
} as const;

export type EventType = keyof typeof eventPayloads;
export const EVENT_TYPES = Object.keys(eventPayloads) as [EventType, ...EventType[]];

/** The current schema version of each type. */
export const SCHEMA_VERSION: Record<EventType, number> = {
  ...(Object.fromEntries(Object.keys(eventPayloads).map((type) => [type, 1])) as Record<EventType, number>),
  // 2: with a reason.
  DocumentAttached: 2,
  // 2: with clearance and identity.
  MemberAdded: 2,
  MemberRevised: 2,
  // 2: with permissions.
  TokenIssued: 2,
  // 2: with the columns of imported tables.
  WorkspaceConfigured: 2,
  // 2: with where it came from.
  ClaimTagged: 2,
  WarningRecorded: 2,
  AttackRecorded: 2,
  WarningLinked: 2,
  DisputeRaised: 2,
  CommentMade: 2,
  // 2: with author and superseded edition.
  DocumentImported: 2,
  DocumentDescribed: 2,
};

export interface RevisedPayload<Changes> {
  changes: Changes;
  reason?: string;
}
export interface IncidentDetails {
  title: string;
  summary?: string;
}
/** `null`: cleared. */
export interface MemberChanges {
  name?: string;
  role?: Role;
  clearance?: Tlp | null;
  identity?: string | null;
}
type OrNull<T> = { [K in keyof T]?: T[K] | null };

/** The payload type of each event. */
export type PayloadOf<T extends EventType> = T extends keyof KindRevisedBy
  ? RevisedPayload<ChangesOf<KindRevisedBy[T]>>
  : T extends 'IncidentRevised'
    ? RevisedPayload<OrNull<IncidentDetails>>
    : T extends 'DocumentDescribed'
      ? RevisedPayload<OrNull<DocumentDetails>>
      : T extends 'MemberRevised'
        ? RevisedPayload<MemberChanges>
        : z.infer<(typeof eventPayloads)[T]>;

/** An event as decided: the ledger adds position, time and actor. */
export type DecidedEvent<T extends EventType = EventType> = {
  [K in T]: { type: K; subject: string; data: PayloadOf<K> };
}[T];

/** An event's envelope. */
export interface EventFacts {
  readonly position: number;
  readonly version: number;
  readonly subject: string;
  readonly actor: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
}

/**
 * An event as folds read it: decoded and upcast to the current schema version. `data` is `null` if the payload was erased by law;
 * type, subject, actor and time remain.
 */
export type RecordedEvent<T extends EventType = EventType> = {
  [K in T]: EventFacts & { readonly type: K; readonly data: PayloadOf<K> | null };
}[T];

/** The events of an incident's stream. */
export type IncidentEventType = Exclude<
  EventType,
  DocumentEventType | 'PayloadErased' | `Workspace${string}` | `Member${string}` | `Token${string}`
>;
export type DocumentEventType = 'DocumentImported' | 'DocumentDescribed' | 'OriginalKept';
/** The events of the stream of erasures. */
export type ErasureEventType = 'PayloadErased';
export type MembersEventType = Extract<
  EventType,
  `Workspace${string}` | `Member${string}` | `Token${string}`
>;

/** What an event does to its annotation. */
export type AnnotationChange =
  'recorded' | 'revised' | 'retracted' | 'reinstated' | 'settled' | 'withdrawn' | 'reopened' | 'restored';

/** The events that only disputes have. */
const DISPUTE_EVENTS = {
  settled: 'DisputeSettled',
  withdrawn: 'DisputeWithdrawn',
  reopened: 'DisputeReopened',
  restored: 'DisputeRestored',
} as const satisfies Partial<Record<AnnotationChange, EventType>>;

/** The events about an annotation. */
export type AnnotationEventType =
  | Kinds[AnnotationKind]['events'][keyof Kinds['claim']['events']]
  | (typeof DISPUTE_EVENTS)[keyof typeof DISPUTE_EVENTS];

/** Which change of which kind each event about an annotation is. */
export const ANNOTATION_EVENTS = Object.fromEntries(
  [
    ...ANNOTATION_KINDS.map((kind) => ({ kind, events: Object.entries<string>(KINDS[kind].events) })),
    { kind: 'dispute' as const, events: Object.entries<string>(DISPUTE_EVENTS) },
  ].flatMap(({ kind, events }) =>
    events.map(([change, type]) => [type, { kind, change: change as AnnotationChange }]),
  ),
) as Readonly<
  Record<AnnotationEventType, { readonly kind: AnnotationKind; readonly change: AnnotationChange }>
>;

export const isAnnotationEventType = (type: string): type is AnnotationEventType =>
  Object.hasOwn(ANNOTATION_EVENTS, type);
export const isAnnotationEvent = (event: RecordedEvent): event is RecordedEvent<AnnotationEventType> =>
  isAnnotationEventType(event.type);

/** The stored form, as the ledger returns it. */
export interface StoredForm {
  readonly position: number;
  readonly streamVersion: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly subject: string | null;
  readonly payload: JsonObject | null;
  readonly actorId: string;
  readonly recordedAt: string;
}

/** A stored event that this version of the program cannot read. Readers stop at it; an event is never skipped. */
export class UndecodableEvent extends Error {
  override readonly name = 'UndecodableEvent';
}

/** `upcasters.ClaimTagged[1]` makes version 2 of version 1. */
const upcasters: Partial<Record<EventType, Upcasters>> = {
  // Version 2 only added optional fields.
  DocumentAttached: { 1: (payload) => payload },
  MemberAdded: { 1: (payload) => payload },
  MemberRevised: { 1: (payload) => payload },
  TokenIssued: { 1: (payload) => payload },
  WorkspaceConfigured: { 1: (payload) => payload },
  ClaimTagged: { 1: (payload) => payload },
  WarningRecorded: { 1: (payload) => payload },
  AttackRecorded: { 1: (payload) => payload },
  WarningLinked: { 1: (payload) => payload },
  DisputeRaised: { 1: (payload) => payload },
  CommentMade: { 1: (payload) => payload },
  DocumentImported: { 1: (payload) => payload },
  DocumentDescribed: { 1: (payload) => payload },
};

export const isEventType = (type: string): type is EventType => Object.hasOwn(eventPayloads, type);

/**
 * Decodes a stored event: checks type and schema version and applies the upcasters.
 * Does not validate the payload again; it was validated before it was stored.
 * @throws UndecodableEvent for an unknown type or a version newer than this program knows
 */
export function decodeEvent(stored: StoredForm): RecordedEvent {
  const { position, streamVersion: version, type, schemaVersion, actorId: actor, recordedAt: at } = stored;
  if (!isEventType(type)) {
    throw new UndecodableEvent(
      `the event at position ${position} has the unknown type ${JSON.stringify(type)}; it was written by a newer version of the program`,
    );
  }
  const subject = stored.subject ?? '';
  if (stored.payload === null) {
    return { position, version, subject, actor, at, type, data: null } as RecordedEvent;
  }
  const current = SCHEMA_VERSION[type];
  try {
    const data = upcast(stored.payload, schemaVersion, current, upcasters[type]);
    return { position, version, subject, actor, at, type, data } as unknown as RecordedEvent;
  } catch (error) {
    if (!(error instanceof NoWayToUpcast)) throw error;
    throw new UndecodableEvent(
      `the event at position ${position} is ${type} in schema version ${schemaVersion}; this program reads version ${current} and has no upcaster from ${error.missing}`,
      { cause: error },
    );
  }
}
