import type { EventView } from '@casebook/contracts';
import type { StoredEvent } from '@casebook/ledger';
import { z } from 'zod';
import { cloudEvent, schemaOf, sourceOf, TYPE_PREFIX } from './cloud-event.js';

/**
 * A ledger as a file: CloudEvents 1.0 in JSON Lines, one event per line in ledger order, then one line with
 * the signed checkpoint. The file holds everything that was hashed, so its holder can prove it, or restore it
 * into an empty database with the same positions, times, ids and Merkle root.
 */

/** The type of the last line. */
export const CHECKPOINT_TYPE = `${TYPE_PREFIX}checkpoint`;
/** The type of the last line of an interrupted export, with the reason. Such a file is not an archive. */
const BROKEN_OFF_TYPE = `${TYPE_PREFIX}broken-off`;

/** A line that does not belong in an archive; the message says why. */
export class UnreadableArchive extends Error {
  override readonly name = 'UnreadableArchive';
}

const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), { error: `must be ${bytes} bytes in lower-case hex` })
    .transform((text) => Buffer.from(text, 'hex'));
const counted = z.number().int().min(0);

const archivedEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string().startsWith(TYPE_PREFIX),
  time: z.iso.datetime({ precision: 3 }),
  subject: z.string().min(1).optional(),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  data: z.record(z.string(), z.json()).nullable(),
  sequence: z.string().regex(/^\d{16}$/),
  workspace: z.string(),
  stream: z.string(),
  streamversion: counted,
  schemaversion: counted,
  actor: z.string(),
  commandid: z.string(),
  commandindex: counted,
  commanddigest: hex(32),
  correlationid: z.string(),
  causationid: z.string().optional(),
  payloadcommitment: hex(32),
  payloadsalt: hex(16).optional(),
  leafhash: hex(32),
});

const archivedCheckpoint = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.literal(CHECKPOINT_TYPE),
  time: z.iso.datetime({ precision: 3 }),
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({
    size: counted,
    root: z.string(),
    note: z.string(),
    verifierKeys: z.array(z.string()).min(1),
  }),
});

const brokenOff = z.object({
  type: z.literal(BROKEN_OFF_TYPE),
  data: z.object({ detail: z.string() }),
});

/** The checkpoint of the last line: the signed note, and the keys that it was signed with. */
export type ArchivedCheckpoint = z.infer<typeof archivedCheckpoint>['data'];
/** The last line. */
export type CheckpointLine = z.infer<typeof archivedCheckpoint>;

export type ArchiveLine =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | ({ readonly kind: 'checkpoint' } & CheckpointLine);

/** The line of one event, without its line feed. */
export function eventLine(event: StoredEvent): string {
  const view: EventView = {
    position: event.position,
    id: event.eventId,
    type: event.type,
    schemaVersion: event.schemaVersion,
    stream: event.streamId,
    version: event.streamVersion,
    subject: event.subject,
    actor: event.actorId,
    recordedAt: event.recordedAt,
    commandId: event.commandId,
    correlationId: event.correlationId,
    causationId: event.causationId,
    leafHash: event.leafHash.toString('hex'),
    data: event.payload,
  };
  return JSON.stringify({
    ...cloudEvent(event.workspaceId, view),
    workspace: event.workspaceId,
    schemaversion: event.schemaVersion,
    commandindex: event.commandIndex,
    commanddigest: event.commandDigest.toString('hex'),
    payloadcommitment: event.payloadCommitment.toString('hex'),
    ...(event.payloadSalt !== null && { payloadsalt: event.payloadSalt.toString('hex') }),
  });
}

/** The last line, without its line feed. `time` is when the checkpoint was signed. */
export function checkpointLine(workspaceId: string, time: string, checkpoint: ArchivedCheckpoint): string {
  return JSON.stringify({
    specversion: '1.0',
    ...namesOf(workspaceId, checkpoint.size),
    type: CHECKPOINT_TYPE,
    time,
    datacontenttype: 'application/json',
    data: checkpoint,
  } satisfies CheckpointLine);
}

/** The id and source of the last line. */
export const namesOf = (workspaceId: string, size: number): Pick<CheckpointLine, 'id' | 'source'> => ({
  id: `checkpoint-${size}`,
  source: sourceOf(workspaceId),
});

/**
 * The last line of an interrupted archive, without its line feed, which tells readers that it is incomplete.
 */
export function brokenOffLine(workspaceId: string, time: string, detail: string): string {
  return JSON.stringify({
    specversion: '1.0',
    id: `broken-off-${time}`,
    source: sourceOf(workspaceId),
    type: BROKEN_OFF_TYPE,
    time,
    datacontenttype: 'application/json',
    data: { detail },
  });
}

/**
 * Parses a line. Checks its shape and its redundant fields, but no hashes.
 * @throws UnreadableArchive
 */
export function readLine(line: string): ArchiveLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (cause) {
    throw new UnreadableArchive('the line is not JSON', { cause });
  }
  // JSON parsers disagree on repeated names, and the hashes cover only what this parser reads.
  if (JSON.stringify(json) !== line) {
    throw new UnreadableArchive(
      'the line differs from what an export writes: it repeats a name or was rewritten; use the file as exported',
    );
  }
  if ((json as { type?: unknown } | null)?.type === CHECKPOINT_TYPE) {
    const parsed = archivedCheckpoint.safeParse(json);
    if (!parsed.success) throw unreadable(parsed.error);
    return { kind: 'checkpoint', ...parsed.data };
  }
  const broken = brokenOff.safeParse(json);
  if (broken.success) throw new UnreadableArchive(`the export was broken off: ${broken.data.data.detail}`);
  const parsed = archivedEvent.safeParse(json);
  if (!parsed.success) throw unreadable(parsed.error);
  const said = parsed.data;
  const type = said.type.slice(TYPE_PREFIX.length);
  if (said.dataschema !== schemaOf(type, said.schemaversion) || said.source !== sourceOf(said.workspace)) {
    throw new UnreadableArchive('its dataschema or source contradicts its type, schema version or workspace');
  }
  return {
    kind: 'event',
    event: {
      workspaceId: said.workspace,
      position: Number(said.sequence),
      streamId: said.stream,
      streamVersion: said.streamversion,
      eventId: said.id,
      type,
      schemaVersion: said.schemaversion,
      subject: said.subject ?? null,
      payload: said.data,
      actorId: said.actor,
      recordedAt: said.time,
      commandId: said.commandid,
      commandIndex: said.commandindex,
      correlationId: said.correlationid,
      causationId: said.causationid ?? null,
      commandDigest: said.commanddigest,
      payloadCommitment: said.payloadcommitment,
      payloadSalt: said.payloadsalt ?? null,
      leafHash: said.leafhash,
    },
  };
}

const unreadable = (error: z.ZodError): UnreadableArchive =>
  new UnreadableArchive(
    error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; '),
  );
