import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from '../hashing/sha256.js';

/*
 * Signed notes as C2SP signed-note has them: a text, an empty line, and a line for each signature. Ed25519 only, which every
 * verifier knows. Nothing here is of our making, so that a checkpoint can be checked with anybody's tool.
 */

/** The signature type of Ed25519, as the key id and the verifier key carry it. */
const ED25519 = 0x01;
const KEY_BYTES = 32;
/** DER before a raw Ed25519 seed (PKCS #8) and before a raw public key (SPKI), RFC 8410. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export interface NoteVerifier {
  readonly name: string;
  /** 4 bytes: SHA-256(name || 0x0A || 0x01 || public key), cut. */
  readonly keyId: Buffer;
  verify(text: string, signature: Buffer): boolean;
}
export interface NoteSigner extends NoteVerifier {
  /** `<name>+<key id in hex>+<base64(0x01 || public key)>`: what an auditor puts into a verifier. */
  readonly verifierKey: string;
  sign(text: string): Buffer;
}

/** A note that is not one, or whose signature by a key that was asked for is wrong. */
export class BadNote extends Error {
  override readonly name = 'BadNote';
}

const validName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name) && name.isWellFormed();

function keyIdOf(name: string, publicKey: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey])).subarray(0, 4);
}

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
    verifierKey: `${name}+${verifier.keyId.toString('hex')}+${Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64')}`,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey),
  };
}

function noteVerifierOf(name: string, publicKey: Buffer): NoteVerifier {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  return {
    name,
    keyId: keyIdOf(name, publicKey),
    verify: (text, signature) => verify(null, Buffer.from(text, 'utf8'), key, signature),
  };
}

/**
 * The verifier in a verifier key (vkey).
 * @throws BadNote
 */
export function noteVerifier(verifierKey: string): NoteVerifier {
  const [, name = '', id, material = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey.trim()) ?? [];
  const bytes = Buffer.from(material, 'base64');
  if (
    !validName(name) ||
    bytes.length !== 1 + KEY_BYTES ||
    bytes[0] !== ED25519 ||
    bytes.toString('base64') !== material
  ) {
    throw new BadNote('this is not the verifier key of an Ed25519 note: <name>+<8 hex digits>+<base64>');
  }
  const verifier = noteVerifierOf(name, bytes.subarray(1));
  if (verifier.keyId.toString('hex') !== id)
    throw new BadNote('the id in the verifier key is not that of its name and key');
  return verifier;
}

/** `text` with a signature line for each signer. The text must end in a line feed. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || !isNoteText(text))
    throw new BadNote(
      'the text of a note is well-formed, ends in a line feed and has no other control character',
    );
  const lines = signers.map(
    (signer) =>
      `\u2014 ${signer.name} ${Buffer.concat([signer.keyId, signer.sign(text)]).toString('base64')}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/** Control characters are what a note may not have. */
const isNoteText = (text: string): boolean =>
  text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f\u007f]/u.test(text);

export interface OpenedNote {
  readonly text: string;
  /** Those of the keys asked for whose signatures were verified; two may have one name. */
  readonly verifiedBy: readonly NoteVerifier[];
  /** How many signatures are by none of the keys asked for. */
  readonly unknown: number;
}

/**
 * Opens a note: splits it at its last empty line and verifies the signatures of the known keys; those of others are left alone.
 * @throws BadNote where it is malformed, where a known key's signature is wrong, or where no known key has signed
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const split = note.lastIndexOf('\n\n');
  if (split === -1 || !note.endsWith('\n') || !isNoteText(note))
    throw new BadNote('this is not a signed note');
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  const verifiedBy: NoteVerifier[] = [];
  for (const line of lines) {
    const [, name, encoded = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = Buffer.from(encoded, 'base64');
    if (name === undefined || !validName(name) || bytes.length < 5 || bytes.toString('base64') !== encoded) {
      throw new BadNote(`a line of the note is not a signature: ${JSON.stringify(line.slice(0, 100))}`);
    }
    const verifier = verifiers.find((each) => each.name === name && each.keyId.equals(bytes.subarray(0, 4)));
    if (verifier === undefined) continue;
    if (!verifier.verify(text, bytes.subarray(4)))
      throw new BadNote(`the signature of ${name} does not fit the text`);
    verifiedBy.push(verifier);
  }
  if (verifiedBy.length === 0) throw new BadNote('none of the known keys has signed this note');
  return { text, verifiedBy, unknown: lines.length - verifiedBy.length };
}
