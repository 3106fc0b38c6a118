import {
  BATCH_COMMANDS,
  type BatchCommand,
  type BatchCommandName,
  documentId,
  entityId,
  type Json,
  type JsonObject,
  mapValuesAt,
  referenceFieldsOf,
} from '@casebook/contracts';
import { sha256 } from '@casebook/ledger';
import type { z } from 'zod';
import { ProblemError } from '../http/problem.js';
import type { WriteRequest } from '../http/request-context.js';
import { bodyFaults } from '../http/schema.pipe.js';
import { idMadeBy, idsNamedBy, type Target, writeOf } from './command-table.js';
import { type DocumentWrite, IncidentWrite } from './writes.js';

/**
 * Replaces `$name` by the id wherever a command refers to something; free text is unchanged.
 * @throws ProblemError reference-unknown for an undefined name
 */
export function withIds(item: BatchCommand, idOf: (name: string) => string | undefined): BatchCommand {
  const id = (value: string, pointer: string): string => {
    if (!value.startsWith('$')) return value;
    const found = idOf(value.slice(1));
    if (found !== undefined) return found;
    throw ProblemError.ofRefusal({
      code: 'reference-unknown',
      detail: `${value} does not name anything that an earlier command creates.`,
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

/** The body with `$name` replaced in the fields that hold references. */
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

/** A document's id: `sha256:` and the SHA-256 of its text. */
export const documentIdOf = (text: string): string => `sha256:${sha256(text).toString('hex')}`;

/** A parsed command of a batch: its write, and the id of what it creates, if anything. */
export interface Planned {
  readonly write: IncidentWrite | DocumentWrite;
  readonly makes?: string;
}

/**
 * Parses a command whose names were replaced by ids.
 * @param newId the id to use if the command creates an incident or an annotation
 * @throws ProblemError invalid-request, with pointers into the command
 */
export function planned(item: BatchCommand, request: WriteRequest, digested: Json, newId: string): Planned {
  const { command } = item;
  const body = parsedBody(item);
  const own: WriteRequest = {
    ...request,
    expected: typeof item.ifMatch === 'number' ? item.ifMatch : undefined,
    conditional: item.ifMatch !== undefined,
    merge: item.merge === true,
  };
  const named = idsNamedBy(command).map((id) => [id, target(item, id)]);
  const made = idMadeBy(command);
  if (made === undefined) {
    return { write: writeOf(command, own, Object.fromEntries(named) as Target, body, digested) };
  }
  const makes = made === 'documentId' ? documentIdOf(body['text'] as string) : newId;
  const ids = Object.fromEntries([...named, [made, makes]]) as Target;
  return { write: writeOf(command, own, ids, body, digested), makes };
}

/**
 * The write of a command to an incident. `item.id`: also the id of what it creates.
 * @throws ProblemError invalid-request, with pointers into the command
 */
export function plannedForIncident(
  item: BatchCommand,
  request: WriteRequest,
  digested: Json = null,
): IncidentWrite {
  const { write } = planned(item, request, digested, item.id ?? '');
  if (!(write instanceof IncidentWrite)) throw new Error(`${item.command} does not write to an incident`);
  return write;
}

/** @throws ProblemError invalid-request */
function parsedBody({ command, body = {} }: BatchCommand): JsonObject {
  const parsed = (BATCH_COMMANDS[command] as z.ZodType).safeParse(body);
  if (!parsed.success) throw ProblemError.invalid(bodyFaults(parsed.error, '/body'));
  return parsed.data as JsonObject;
}

const TARGETS: Readonly<Record<keyof Target, z.ZodType<string>>> = {
  incidentId: entityId,
  id: entityId,
  documentId,
};

/** @throws ProblemError invalid-request */
function target(item: BatchCommand, field: keyof Target): string {
  const value = item[field];
  const parsed = TARGETS[field].safeParse(value);
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

/**
 * A command's problem with pointers into the whole batch. `root`: the prefix of its own pointers within the
 * command.
 */
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
