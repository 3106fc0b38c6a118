import {
  ANNOTATION_COMMANDS,
  type AnnotationCommandName,
  BATCH_COMMANDS,
  type BatchCommand,
  type BatchCommandName,
  documentId,
  entityId,
  type ImportDocument,
  type Json,
  type JsonObject,
  mapValuesAt,
  type OpenIncident,
  referenceFieldsOf,
  type SettleDispute,
} from '@casebook/contracts';
import { sha256 } from '@casebook/ledger';
import type { z } from 'zod';
import { ProblemError } from '../http/problem.js';
import { bodyFaults } from '../http/schema.pipe.js';
import type { Caller } from '../access/access.guard.js';
import type { WriteRequest } from '../http/request-context.js';
import { DocumentWrite } from './document.handler.js';
import { IncidentWrite, openingOf, type RequestedIncidentCommand } from './incident.handler.js';

/**
 * Puts ids in the place of `$name` wherever a command refers to something; free text is left as it is.
 * @throws ProblemError reference-unknown for a name that nothing has
 */
export function withIds(item: BatchCommand, idOf: (name: string) => string | undefined): BatchCommand {
  const id = (value: string, pointer: string): string => {
    if (!value.startsWith('$')) return value;
    const found = idOf(value.slice(1));
    if (found !== undefined) return found;
    throw ProblemError.ofRefusal({
      code: 'reference-unknown',
      detail: `${value} names nothing that a command before this one has made.`,
      facts: { pointer },
    });
  };
  const { incidentId, id: annotationId, documentId: document, body } = item;
  return {
    ...item,
    ...(incidentId !== undefined && { incidentId: id(incidentId, '/incidentId') }),
    ...(annotationId !== undefined && { id: id(annotationId, '/id') }),
    ...(document !== undefined && { documentId: id(document, '/documentId') }),
    ...(body !== undefined && { body: bodyWithIds(item.command, body, id) }),
  };
}

/** The body with `$name` replaced in the fields that name something. */
const bodyWithIds = (
  command: BatchCommandName,
  body: Record<string, unknown>,
  id: (value: string, pointer: string) => string,
): Record<string, unknown> =>
  referenceFieldsOf(command).reduce<unknown>(
    (now, at) =>
      mapValuesAt(now, at, (value, pointer) =>
        typeof value === 'string' ? id(value, `/body${pointer}`) : value,
      ),
    body,
  ) as Record<string, unknown>;

/** `sha256:` and the SHA-256 of the text: what a document is called. */
export const documentIdOf = (text: string): string => `sha256:${sha256(text).toString('hex')}`;

/** What a command of a batch comes to: a write, and what it makes. */
export interface Planned {
  readonly write: IncidentWrite | DocumentWrite;
  /** The id of what it makes; `undefined` where it makes nothing. */
  readonly makes?: string;
}

/**
 * Reads a command whose names were replaced by ids.
 * @param newId the id that is to be used where the command makes an incident or an annotation
 * @throws ProblemError invalid-request, with pointers into the command
 */
export function planned(
  item: BatchCommand,
  caller: Caller,
  request: WriteRequest,
  digested: Json,
  newId: string,
): Planned {
  const { command } = item;
  const body = parsedBody(item);
  const own: WriteRequest = {
    ...request,
    expected: typeof item.ifMatch === 'number' ? item.ifMatch : undefined,
    conditional: item.ifMatch !== undefined,
    merge: item.merge === true,
  };
  const expected = own.expected === undefined ? {} : { expected: own.expected };
  const { reason, ...changes } = body;
  const conditions = { ...expected, ...(typeof reason === 'string' && { reason }) };
  const inIncident = (it: RequestedIncidentCommand, makes?: string): Planned => ({
    write: new IncidentWrite(caller, own, target(item, 'incidentId', entityId), it, digested),
    ...(makes !== undefined && { makes }),
  });
  const annotation = (): string => target(item, 'id', entityId);

  const about = ANNOTATION_COMMANDS.get(command);
  if (about !== undefined) {
    const { kind, purpose } = about;
    switch (purpose) {
      case 'record':
        return inIncident(
          { type: 'RecordAnnotation', kind, id: newId, fields: body } as unknown as RequestedIncidentCommand,
          newId,
        );
      case 'revise':
        return inIncident({
          type: 'ReviseAnnotation',
          kind,
          id: annotation(),
          changes,
          ...conditions,
        } as unknown as RequestedIncidentCommand);
      case 'retract':
        return inIncident({
          type: 'RetractAnnotation',
          kind,
          id: annotation(),
          reason: reason as string,
          ...expected,
        });
    }
  }
  switch (command as Exclude<BatchCommandName, AnnotationCommandName>) {
    case 'open-incident':
      return {
        write: new IncidentWrite(
          caller,
          own,
          newId,
          openingOf(newId, body as unknown as OpenIncident),
          digested,
        ),
        makes: newId,
      };
    case 'revise-incident':
      return inIncident({ type: 'ReviseIncident', changes, ...conditions });
    case 'close-incident':
      return inIncident({ type: 'CloseIncident', ...conditions });
    case 'reopen-incident':
      return inIncident({ type: 'ReopenIncident', ...conditions });
    case 'attach-document':
      return inIncident({ type: 'AttachDocument', documentId: body['documentId'] as string });
    case 'detach-document':
      return inIncident({
        type: 'DetachDocument',
        documentId: target(item, 'documentId', documentId),
        reason: reason as string,
      });
    case 'import-document': {
      const document = body as unknown as ImportDocument;
      const id = documentIdOf(document.text);
      return {
        write: new DocumentWrite(caller, own, { type: 'ImportDocument', documentId: id, document }, digested),
        makes: id,
      };
    }
    case 'revise-document':
      return {
        write: new DocumentWrite(
          caller,
          own,
          {
            type: 'DescribeDocument',
            documentId: target(item, 'documentId', documentId),
            changes,
            ...conditions,
          },
          digested,
        ),
      };
    case 'settle-dispute':
      return inIncident({
        type: 'SettleDispute',
        id: annotation(),
        resolution: body as unknown as SettleDispute,
        ...expected,
      });
    case 'withdraw-dispute':
      return inIncident({ type: 'WithdrawDispute', id: annotation(), ...conditions });
    case 'reopen-dispute':
      return inIncident({ type: 'ReopenDispute', id: annotation(), ...conditions });
  }
}

/** @throws ProblemError invalid-request */
function parsedBody({ command, body = {} }: BatchCommand): JsonObject {
  const parsed = (BATCH_COMMANDS[command] as z.ZodType).safeParse(body);
  if (!parsed.success) throw ProblemError.invalid(bodyFaults(parsed.error, '/body'));
  return parsed.data as JsonObject;
}

/** @throws ProblemError invalid-request */
function target(
  item: BatchCommand,
  field: 'incidentId' | 'id' | 'documentId',
  schema: z.ZodType<string>,
): string {
  const value = item[field];
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw ProblemError.invalid([
    {
      pointer: `/${field}`,
      detail:
        value === undefined
          ? `is missing; ${item.command} needs it`
          : (parsed.error.issues[0]?.message ?? ''),
    },
  ]);
}

/** A problem of one command, told with pointers into the whole batch. `root`: what its own pointers stand on in the command. */
export function within(problem: ProblemError, index: number, root: '' | '/body'): ProblemError {
  const errors = problem.extensions['errors'] as { pointer?: string }[] | undefined;
  return new ProblemError(
    problem.code,
    problem.detail,
    {
      ...problem.extensions,
      ...(errors !== undefined && {
        errors: errors.map(({ pointer, ...rest }) => ({
          ...rest,
          ...(pointer !== undefined && { pointer: `/commands/${index}${root}${pointer}` }),
        })),
      }),
    },
    problem.headers,
    { cause: problem },
  );
}
