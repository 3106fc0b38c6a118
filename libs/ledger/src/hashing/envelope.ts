import { quoted } from './canonical-json.js';
import { InvalidCommand } from '../faults.js';
import { SALT_BYTES } from './random.js';
import { sha256 } from './sha256.js';
import type { StoredEvent } from '../ledger-types.js';

/** An entry of a C2SP tile bundle has a 16-bit length, and the envelope is the entry. */
export const MAX_ENVELOPE_BYTES = 65_535;

/** An event without its payload, the payload's salt, and the leaf hash, which is computed from the rest. */
export type Envelope = Omit<StoredEvent, 'payload' | 'payloadSalt' | 'leafHash'>;

/**
 * The envelope in RFC 8785 form: members in order of their names, `null` written out, binary as lower-case hex. Written by
 * hand because it is made for every event; strings must be well-formed.
 */
export function envelopeText(event: Envelope): string {
  return (
    `{"actorId":${quoted(event.actorId)}` +
    `,"causationId":${orNull(event.causationId)}` +
    `,"commandDigest":"${event.commandDigest.toString('hex')}"` +
    `,"commandId":${quoted(event.commandId)}` +
    `,"commandIndex":${event.commandIndex}` +
    `,"correlationId":${quoted(event.correlationId)}` +
    `,"eventId":"${event.eventId}"` +
    `,"payloadCommitment":"${event.payloadCommitment.toString('hex')}"` +
    `,"position":${event.position}` +
    `,"recordedAt":"${event.recordedAt}"` +
    `,"schemaVersion":${event.schemaVersion}` +
    `,"streamId":${quoted(event.streamId)}` +
    `,"streamVersion":${event.streamVersion}` +
    `,"subject":${orNull(event.subject)}` +
    `,"type":${quoted(event.type)}` +
    `,"workspaceId":${quoted(event.workspaceId)}}`
  );
}

const orNull = (text: string | null): string => (text === null ? 'null' : quoted(text));

const scratch = Buffer.allocUnsafeSlow(1 + MAX_ENVELOPE_BYTES);
scratch[0] = 0x00;

/** SHA-256(0x00 || envelope), RFC 6962 section 2.1. Throws InvalidCommand if the envelope exceeds 65,535 bytes. */
export function envelopeHash(envelope: string): Buffer {
  // At most three bytes per UTF-16 unit, so a short envelope need not be measured.
  if (envelope.length * 3 > MAX_ENVELOPE_BYTES && Buffer.byteLength(envelope) > MAX_ENVELOPE_BYTES) {
    throw new InvalidCommand(`The event's envelope has more than ${MAX_ENVELOPE_BYTES} bytes`);
  }
  return sha256(scratch.subarray(0, 1 + scratch.write(envelope, 1)));
}

/** SHA-256(salts || text): the commitment to a payload (its one salt) and the digest of a command (its events' salts). */
export function saltedHash(salts: readonly Buffer[], text: string): Buffer {
  const bytes = salts.length * SALT_BYTES + text.length * 3;
  const target = bytes <= scratch.length - 1 ? scratch.subarray(1) : Buffer.allocUnsafe(bytes);
  let end = 0;
  for (const salt of salts) end += salt.copy(target, end);
  end += target.write(text, end);
  return sha256(target.subarray(0, end));
}
