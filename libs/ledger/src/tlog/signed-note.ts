import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from '../hashing/sha256.js';

/*
 * Signed notes as in C2SP signed-note: a text, an empty line, and a line for each signature. Ed25519 only,
 * which every verifier knows. A note may state when it was signed, by cosignatures of C2SP tlog-cosignature
 * with the same keys: their signed text begins with a line of its own, so neither signature can be taken for
 * the other. The format is standard, so any compatible tool can check a checkpoint.
 */

/** The signature types of Ed25519 and of the cosignatures that it makes, as key ids and verifier keys carry them. */
const ED25519 = 0x01;
const COSIGNATURE = 0x04;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** A POSIX time in seconds, before the signature in a cosignature. */
const TIME_BYTES = 8;
/** DER before a raw Ed25519 seed (PKCS #8) and before a raw public key (SPKI), RFC 8410. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export interface NoteVerifier {
  readonly name: string;
  /** 4 bytes: SHA-256(name || 0x0A || 0x01 || public key), truncated. */
  readonly keyId: Buffer;
  /** The same for its cosignatures, with 0x04 in place of 0x01. */
  readonly cosignatureId: Buffer;
  verify(this: void, text: string, signature: Buffer): boolean;
}
export interface NoteSigner extends NoteVerifier {
  /** `<name>+<key id in hex>+<base64(0x01 || public key)>`: the verifier key for an auditor. */
  readonly verifierKey: string;
  sign(this: void, text: string): Buffer;
}

/** A malformed note, or one whose signature by a requested key is wrong. */
export class BadNote extends Error {
  override readonly name = 'BadNote';
}

const validName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name) && name.isWellFormed();

function keyIdOf(name: string, type: number, publicKey: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey])).subarray(0, 4);
}

/** The text signed by a cosignature. */
const timed = (text: string, seconds: number | bigint): string => `cosignature/v1\ntime ${seconds}\n${text}`;

const rawPublicKey = (key: KeyObject): Buffer =>
  Buffer.from(key.export({ format: 'der', type: 'spki' })).subarray(-KEY_BYTES);

/** A signer from the 32 bytes of an Ed25519 seed (RFC 8032). */
export function noteSigner(name: string, seed: Buffer): NoteSigner {
  if (!validName(name))
    throw new BadNote(`${JSON.stringify(name)} is no name for a key: it is empty or has a space or a +`);
  if (seed.length !== KEY_BYTES) throw new BadNote('an Ed25519 seed has 32 bytes');
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  const verifier = noteVerifierOf(name, publicKey);
  return {
    ...verifier,
    verifierKey: verifierKeyOf(name, ED25519, publicKey),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey),
  };
}

function noteVerifierOf(name: string, publicKey: Buffer): NoteVerifier {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  return {
    name,
    keyId: keyIdOf(name, ED25519, publicKey),
    cosignatureId: keyIdOf(name, COSIGNATURE, publicKey),
    verify: (text, signature) => verify(null, Buffer.from(text, 'utf8'), key, signature),
  };
}

/**
 * The verifier in a verifier key (vkey).
 * @throws BadNote
 */
export const noteVerifier = (verifierKey: string): NoteVerifier => verifierIn(verifierKey, ED25519);

/**
 * The verifier of a cosigner's verifier key, such as a witness's, whose signatures are only cosignatures.
 * @throws BadNote
 */
export const cosignerVerifier = (verifierKey: string): NoteVerifier => verifierIn(verifierKey, COSIGNATURE);

const verifierKeyOf = (name: string, type: number, publicKey: Buffer): string =>
  `${name}+${keyIdOf(name, type, publicKey).toString('hex')}+${Buffer.concat([Buffer.of(type), publicKey]).toString('base64')}`;

/** The verifier key for checking a signer's cosignatures. */
export const cosignerKey = ({ name, verifierKey }: NoteSigner): string =>
  verifierKeyOf(
    name,
    COSIGNATURE,
    Buffer.from(verifierKey.split('+').slice(2).join('+'), 'base64').subarray(1),
  );

function verifierIn(verifierKey: string, type: number): NoteVerifier {
  const [, name = '', id, material = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey.trim()) ?? [];
  const bytes = Buffer.from(material, 'base64');
  if (
    !validName(name) ||
    bytes.length !== 1 + KEY_BYTES ||
    bytes[0] !== type ||
    bytes.toString('base64') !== material
  ) {
    throw new BadNote(
      `this is not the verifier key of an Ed25519 ${type === ED25519 ? 'note' : 'cosigner'}: <name>+<8 hex digits>+<base64>`,
    );
  }
  const verifier = noteVerifierOf(name, bytes.subarray(1));
  if (keyIdOf(name, type, bytes.subarray(1)).toString('hex') !== id)
    throw new BadNote('the id in the verifier key is not that of its name and key');
  return verifier;
}

/** `text` with a signature line per signer, and a line with the time of signing if `time` is given (whole POSIX seconds). The text must end in a line feed. */
export function signNote(text: string, signers: readonly NoteSigner[], time?: number): string {
  if (!text.endsWith('\n') || !isNoteText(text))
    throw new BadNote(
      'the text of a note is well-formed, ends in a line feed and has no other control character',
    );
  const lines = signers.map(
    ({ name, keyId, sign: signs }) =>
      `\u2014 ${name} ${Buffer.concat([keyId, signs(text)]).toString('base64')}\n`,
  );
  if (time !== undefined) lines.push(...signers.map((signer) => cosignatureLine(text, signer, time)));
  return `${text}\n${lines.join('')}`;
}

/** The line in which a key states that it saw the text at this time (whole POSIX seconds). */
export function cosignatureLine(
  text: string,
  { name, cosignatureId, sign: signs }: Pick<NoteSigner, 'name' | 'cosignatureId' | 'sign'>,
  time: number,
): string {
  const seconds = Buffer.alloc(TIME_BYTES);
  seconds.writeBigUInt64BE(BigInt(time));
  return `\u2014 ${name} ${Buffer.concat([cosignatureId, seconds, signs(timed(text, time))]).toString('base64')}\n`;
}

/** Control characters, which a note may not contain. */
const isNoteText = (text: string): boolean =>
  text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f\u007f]/u.test(text);

export interface OpenedNote {
  readonly text: string;
  /** The requested keys whose signatures were verified; two may have the same name. */
  readonly verifiedBy: readonly NoteVerifier[];
  /** The times of signing according to the cosignatures by those keys: POSIX times in seconds. */
  readonly times: readonly bigint[];
  /** The number of signatures by other keys. */
  readonly unknown: number;
}

/** A signature line of a note: the claimed signer and the signature. */
export interface SignatureLine {
  readonly name: string;
  /** 4 bytes. */
  readonly id: Buffer;
  readonly signature: Buffer;
  /** The line as in the note, with its line feed. */
  readonly line: string;
}

/**
 * Splits a note at its last empty line into its text and its signature lines; verifies none of them.
 * @throws BadNote if it is malformed */
export function splitNote(note: string): { readonly text: string; readonly signatures: SignatureLine[] } {
  const split = note.lastIndexOf('\n\n');
  if (split === -1 || !note.endsWith('\n') || !isNoteText(note))
    throw new BadNote('this is not a signed note');
  const lines = note.slice(split + 2, -1).split('\n');
  return { text: note.slice(0, split + 1), signatures: lines.map(signatureLine) };
}

/** @throws BadNote */
export function signatureLine(line: string): SignatureLine {
  const [, name, encoded = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (name === undefined || !validName(name) || bytes.length < 5 || bytes.toString('base64') !== encoded) {
    throw new BadNote(`a line of the note is not a signature: ${JSON.stringify(line.slice(0, 100))}`);
  }
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4), line: `${line}\n` };
}

/**
 * The time stated by a cosignature, if it is valid for the text; otherwise `null`.
 * @param verifies whether the key that made it signed this text
 */
export function cosignedTime(
  text: string,
  signature: Buffer,
  verifies: (text: string, signature: Buffer) => boolean,
): bigint | null {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return null;
  const time = signature.readBigUInt64BE();
  return verifies(timed(text, time), signature.subarray(TIME_BYTES)) ? time : null;
}

/**
 * Opens a note: verifies the signatures of the known keys and ignores those of others.
 * @throws BadNote if it is malformed, if a known key's signature is wrong, or if no known key has signed
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const { text, signatures } = splitNote(note);
  const verifiedBy: NoteVerifier[] = [];
  const times: bigint[] = [];
  let unknown = 0;
  for (const { name, id, signature } of signatures) {
    const named = verifiers.filter((each) => each.name === name);
    const signer = named.find(({ keyId }) => keyId.equals(id));
    const cosigner = named.find(({ cosignatureId }) => cosignatureId.equals(id));
    if (signer !== undefined) {
      if (!signer.verify(text, signature))
        throw new BadNote(`the signature of ${name} does not fit the text`);
      verifiedBy.push(signer);
    } else if (cosigner !== undefined) {
      const time = cosignedTime(text, signature, cosigner.verify);
      if (time === null) throw new BadNote(`the cosignature of ${name} does not fit the text and its time`);
      times.push(time);
    } else {
      unknown += 1;
    }
  }
  if (verifiedBy.length === 0) throw new BadNote('none of the known keys has signed this note');
  return { text, verifiedBy, times, unknown };
}
