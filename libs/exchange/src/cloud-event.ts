import type { EventView } from '@casebook/contracts';

/**
 * An event in CloudEvents 1.0, structured JSON. The ledger's own facts are extension attributes, whose names have
 * only lower-case letters and digits; `sequence` (the CloudEvents extension) is the position, padded so that it sorts as text.
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly subject?: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  readonly data: EventView['data'];
  readonly sequence: string;
  readonly stream: string;
  readonly streamversion: number;
  readonly actor: string;
  readonly commandid: string;
  readonly correlationid: string;
  readonly causationid?: string;
  readonly leafhash: string;
}

/** The prefixes of event types and schemas. */
export const TYPE_PREFIX = 'casebook.';
const SCHEMA_PREFIX = 'urn:casebook:schema:';
const SEQUENCE_DIGITS = 16;

export const sequenceOf = (position: number): string => String(position).padStart(SEQUENCE_DIGITS, '0');

/** The `source` of a workspace's events: globally unique together with the id. */
export const sourceOf = (workspaceId: string): string => `/v1/workspaces/${workspaceId}`;

/** The `dataschema` of a type in a schema version. */
export const schemaOf = (type: string, version: number): string => `${SCHEMA_PREFIX}${type}:${version}`;

export function cloudEvent(workspaceId: string, event: EventView): CloudEvent {
  return {
    specversion: '1.0',
    id: event.id,
    source: sourceOf(workspaceId),
    type: TYPE_PREFIX + event.type,
    time: event.recordedAt,
    ...(event.subject !== null && { subject: event.subject }),
    datacontenttype: 'application/json',
    dataschema: schemaOf(event.type, event.schemaVersion),
    data: event.data,
    sequence: sequenceOf(event.position),
    stream: event.stream,
    streamversion: event.version,
    actor: event.actor,
    commandid: event.commandId,
    correlationid: event.correlationId,
    ...(event.causationId !== null && { causationid: event.causationId }),
    leafhash: event.leafHash,
  };
}
