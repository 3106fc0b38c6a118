import {
  ANNOTATION_KINDS,
  type AnnotationCommandName,
  type AnnotationKind,
  type BatchCommandName,
  isProposal,
  KINDS,
  type Json,
  type ImportDocument,
  type JsonObject,
  type OpenIncident,
  type SettleDispute,
} from '@casebook/contracts';
import type { DocumentCommand, IncidentCommand } from '@casebook/incident';
import type { Permission } from '../access/permissions.js';
import { conditions, type WriteRequest } from '../http/request-context.js';
import { DocumentWrite, IncidentWrite, type RequestedIncidentCommand } from './writes.js';

/*
 * Every command that a client can send to an incident or to a document; routes and batches share this table.
 */

/** The permission of each command to an incident, and whether it may name the revision that it changes. */
export const INCIDENT_COMMANDS: Readonly<
  Record<IncidentCommand['type'], { readonly permission: Permission; readonly takesRevision: boolean }>
> = {
  OpenIncident: { permission: 'annotate', takesRevision: false },
  ReviseIncident: { permission: 'annotate', takesRevision: true },
  CloseIncident: { permission: 'adjudicate', takesRevision: true },
  ReopenIncident: { permission: 'adjudicate', takesRevision: true },
  RestrictIncident: { permission: 'adjudicate', takesRevision: true },
  UnrestrictIncident: { permission: 'adjudicate', takesRevision: true },
  AttachDocument: { permission: 'annotate', takesRevision: false },
  DetachDocument: { permission: 'annotate', takesRevision: false },
  RecordAnnotation: { permission: 'annotate', takesRevision: false },
  ReviseAnnotation: { permission: 'annotate', takesRevision: true },
  RetractAnnotation: { permission: 'annotate', takesRevision: true },
  ReinstateAnnotation: { permission: 'annotate', takesRevision: false },
  SettleDispute: { permission: 'adjudicate', takesRevision: true },
  WithdrawDispute: { permission: 'annotate', takesRevision: true },
  ReopenDispute: { permission: 'annotate', takesRevision: true },
  RestoreDispute: { permission: 'adjudicate', takesRevision: false },
  AcceptSuggestion: { permission: 'annotate', takesRevision: false },
  DismissSuggestion: { permission: 'annotate', takesRevision: false },
};

/** The command's permission. Restricting an incident, new or existing, takes permission to adjudicate; a proposal takes less than an annotation. */
export const permissionFor = (command: IncidentCommand): Permission => {
  if (command.type === 'OpenIncident' && command.restrictedTo !== undefined)
    return INCIDENT_COMMANDS.RestrictIncident.permission;
  if (command.type === 'RecordAnnotation' && command.kind === 'item' && isProposal(command.fields))
    return 'propose';
  return INCIDENT_COMMANDS[command.type].permission;
};

/** The ids in a command's address, or generated for it. */
export interface Target {
  readonly incidentId: string;
  /** The annotation's id. */
  readonly id: string;
  readonly documentId: string;
}

interface Entry<C> {
  /** The ids that the command refers to. */
  readonly names: readonly (keyof Target)[];
  /** The id of what the command creates: generated, or derived from the body. */
  readonly makes?: keyof Target;
  /** `body`: as validated by its schema. */
  command(body: JsonObject, target: Target, conditions: { expected?: number; reason?: string }): C;
}

const changesIn = ({ reason: _, ...changes }: JsonObject): JsonObject => changes;

const ofKind = (kind: AnnotationKind) =>
  ({
    [KINDS[kind].commands.record]: {
      names: ['incidentId'],
      makes: 'id',
      command: (fields, { id }) =>
        ({ type: 'RecordAnnotation', kind, id, fields }) as unknown as RequestedIncidentCommand,
    },
    [KINDS[kind].commands.revise]: {
      names: ['incidentId', 'id'],
      command: (body, { id }, conditions) =>
        ({
          type: 'ReviseAnnotation',
          kind,
          id,
          changes: changesIn(body),
          ...conditions,
        }) as unknown as RequestedIncidentCommand,
    },
    [KINDS[kind].commands.retract]: {
      names: ['incidentId', 'id'],
      command: ({ reason }, { id }, conditions) => ({
        type: 'RetractAnnotation',
        kind,
        id,
        ...conditions,
        reason: reason as string,
      }),
    },
  }) satisfies Record<string, Entry<RequestedIncidentCommand>>;

export type DocumentCommandName = 'import-document' | 'revise-document';
export type IncidentCommandName = Exclude<BatchCommandName, DocumentCommandName>;

const TO_INCIDENT: Readonly<Record<IncidentCommandName, Entry<RequestedIncidentCommand>>> = {
  'open-incident': {
    names: [],
    makes: 'incidentId',
    command: (body, { incidentId }) => {
      const { restrictedTo, ...fields } = body as unknown as OpenIncident;
      return {
        type: 'OpenIncident',
        incidentId,
        fields,
        ...(restrictedTo !== undefined && { restrictedTo }),
      };
    },
  },
  'revise-incident': {
    names: ['incidentId'],
    command: (body, _, conditions) => ({ type: 'ReviseIncident', changes: changesIn(body), ...conditions }),
  },
  'close-incident': {
    names: ['incidentId'],
    command: (_, __, conditions) => ({ type: 'CloseIncident', ...conditions }),
  },
  'reopen-incident': {
    names: ['incidentId'],
    command: (_, __, conditions) => ({ type: 'ReopenIncident', ...conditions }),
  },
  'attach-document': {
    names: ['incidentId'],
    command: ({ documentId }) => ({ type: 'AttachDocument', documentId: documentId as string }),
  },
  'detach-document': {
    names: ['incidentId', 'documentId'],
    command: ({ reason }, { documentId }) => ({
      type: 'DetachDocument',
      documentId,
      reason: reason as string,
    }),
  },
  ...(Object.assign({}, ...ANNOTATION_KINDS.map(ofKind)) as Record<
    AnnotationCommandName,
    Entry<RequestedIncidentCommand>
  >),
  'settle-dispute': {
    names: ['incidentId', 'id'],
    command: (resolution, { id }, { expected }) => ({
      type: 'SettleDispute',
      id,
      resolution: resolution as unknown as SettleDispute,
      ...(expected !== undefined && { expected }),
    }),
  },
  'withdraw-dispute': {
    names: ['incidentId', 'id'],
    command: (_, { id }, conditions) => ({ type: 'WithdrawDispute', id, ...conditions }),
  },
  'reopen-dispute': {
    names: ['incidentId', 'id'],
    command: (_, { id }, conditions) => ({ type: 'ReopenDispute', id, ...conditions }),
  },
};

const TO_DOCUMENT: Readonly<Record<DocumentCommandName, Entry<DocumentCommand>>> = {
  'import-document': {
    names: [],
    makes: 'documentId',
    command: (document, { documentId }) => ({
      type: 'ImportDocument',
      documentId,
      document: document as unknown as ImportDocument,
    }),
  },
  'revise-document': {
    names: ['documentId'],
    command: (body, { documentId }, conditions) => ({
      type: 'DescribeDocument',
      documentId,
      changes: changesIn(body),
      ...conditions,
    }),
  },
};

const isToDocument = (name: BatchCommandName): name is DocumentCommandName =>
  Object.hasOwn(TO_DOCUMENT, name);
const entryOf = (name: BatchCommandName): Entry<unknown> =>
  isToDocument(name) ? TO_DOCUMENT[name] : TO_INCIDENT[name];

/** The ids that a command needs besides its body. */
export const idsNamedBy = (name: BatchCommandName): readonly (keyof Target)[] => entryOf(name).names;
/** The id that the command creates; `undefined` if it creates nothing. */
export const idMadeBy = (name: BatchCommandName): keyof Target | undefined => entryOf(name).makes;
/** Whether the command creates or attaches something, and so is answered with 201. */
export const isCreation = (name: BatchCommandName): boolean =>
  idMadeBy(name) !== undefined || name === 'attach-document';

type Body = { readonly reason?: string | undefined } | object;

/**
 * The write of a command.
 * @param body as validated by its schema.
 * @param digested what the idempotency key covers if not the body alone.
 */
export function incidentWriteOf(
  name: IncidentCommandName,
  request: WriteRequest,
  target: Partial<Target> & Pick<Target, 'incidentId'>,
  body: Body,
  digested: Json = body as Json,
): IncidentWrite {
  const command = TO_INCIDENT[name].command(
    body as JsonObject,
    target as Target,
    conditions(request, reasonIn(body)),
  );
  return new IncidentWrite(request, target.incidentId, command, digested);
}

/** The same for a command to a document. */
export function documentWriteOf(
  name: DocumentCommandName,
  request: WriteRequest,
  target: Pick<Target, 'documentId'>,
  body: Body,
  digested: Json = body as Json,
): DocumentWrite {
  const command = TO_DOCUMENT[name].command(
    body as JsonObject,
    target as Target,
    conditions(request, reasonIn(body)),
  );
  return new DocumentWrite(request, command, digested);
}

export const writeOf = (
  name: BatchCommandName,
  request: WriteRequest,
  target: Partial<Target>,
  body: Body,
  digested: Json,
): IncidentWrite | DocumentWrite =>
  isToDocument(name)
    ? documentWriteOf(name, request, target as Target, body, digested)
    : incidentWriteOf(name, request, target as Target, body, digested);

const reasonIn = (body: Body): string | undefined => ('reason' in body ? body.reason : undefined);
