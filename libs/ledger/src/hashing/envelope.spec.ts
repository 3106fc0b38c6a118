import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { envelopeHash, envelopeText, MAX_ENVELOPE_BYTES, saltedHash, type Envelope } from './envelope.js';
import { InvalidCommand } from '../faults.js';

const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const text = fc.string({ unit: 'binary', maxLength: 40 });
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const envelope: fc.Arbitrary<Envelope> = fc.record({
  workspaceId: text,
  position: fc.maxSafeNat(),
  streamId: text,
  streamVersion: fc.nat(),
  eventId: fc.uuid(),
  type: text,
  schemaVersion: fc.nat(32767),
  subject: fc.option(text),
  actorId: text,
  recordedAt: fc.date({ noInvalidDate: true, min: new Date(0) }).map((date) => date.toISOString()),
  commandId: text,
  commandIndex: fc.nat(),
  correlationId: text,
  causationId: fc.option(text),
  commandDigest: hash,
  payloadCommitment: hash,
});

describe('an envelope', () => {
  test('is the RFC 8785 form of every column but payload, salt and leaf hash, binary as lower-case hex', () => {
    fc.assert(
      fc.property(envelope, (event) => {
        expect(envelopeText(event)).toBe(
          canonicalize({
            ...event,
            commandDigest: event.commandDigest.toString('hex'),
            payloadCommitment: event.payloadCommitment.toString('hex'),
          }),
        );
      }),
    );
  });

  test('is hashed as a leaf of RFC 6962', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(envelopeHash(any)).toEqual(sha256(Buffer.of(0x00), any));
      }),
    );
  });

  test('has at most 65,535 bytes of UTF-8', () => {
    const largest = 'é'.repeat(MAX_ENVELOPE_BYTES / 2) + 'x';
    expect(Buffer.byteLength(largest)).toBe(MAX_ENVELOPE_BYTES);
    expect(envelopeHash(largest)).toEqual(sha256(Buffer.of(0x00), largest));
    expect(() => envelopeHash(`${largest}x`)).toThrow(InvalidCommand);
  });
});

describe('a salted hash', () => {
  test('is SHA-256 of the salts in order and the text, of whatever length', () => {
    const salts = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];
    for (const body of ['', 'ü', 'long '.repeat(50_000)]) {
      expect(saltedHash(salts, body)).toEqual(sha256(...salts, body));
    }
  });
});
