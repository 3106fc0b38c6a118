import { fromBase64, joined, toHex, utf8 } from './bytes.js';
import type { Bytes, Tree } from './merkle.js';

/* Signed checkpoints and .tlog-proof files, in the formats of C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof. */

const ED25519 = 0x01;
const COSIGNATURE = 0x04;
const ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;
const HASH_BYTES = 32;

/** A malformed checkpoint or proof. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

interface Signature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Bytes;
}

export interface Checkpoint extends Tree {
  readonly origin: string;
  /** The whole note, verbatim. */
  readonly note: string;
  /** The signed text. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

/** @throws Malformed */
export function parseCheckpoint(note: string): Checkpoint {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  const [origin = '', size = '', encoded = ''] = text.split('\n');
  const root = fromBase64(encoded);
  if (
    split < 0 ||
    !note.endsWith('\n') ||
    origin === '' ||
    !/^(0|[1-9]\d{0,15})$/.test(size) ||
    root?.length !== HASH_BYTES
  )
    throw new Malformed('this is not a signed checkpoint');
  const signatures = note
    .slice(split + 2, -1)
    .split('\n')
    .map(signatureOf);
  return { origin, size: Number(size), root, note, text, signatures };
}

function signatureOf(line: string): Signature {
  const [, name, encoded = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length <= ID_BYTES)
    throw new Malformed('a line of the checkpoint is not a signature');
  return { name, id: toHex(bytes.slice(0, ID_BYTES)), bytes: bytes.slice(ID_BYTES) };
}

/** Signers other than the ledger itself. */
export const witnessesOf = ({ origin, signatures }: Checkpoint): string[] => [
  ...new Set(signatures.map(({ name }) => name).filter((name) => name !== origin)),
];

export interface VerifierKey {
  readonly name: string;
  readonly id: string;
  readonly publicKey: Bytes;
}

/**
 * The key in `<name>+<id in hex>+<base64(0x01 || public key)>`; its id must be that of its name and key.
 * @throws Malformed
 */
export async function parseVerifierKey(line: string): Promise<VerifierKey> {
  const [, name = '', id = '', encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim()) ?? [];
  const bytes = fromBase64(encoded);
  if (name === '' || bytes?.length !== 1 + HASH_BYTES || bytes[0] !== ED25519)
    throw new Malformed('this is not the verifier key of a ledger');
  const digest = await crypto.subtle.digest('SHA-256', joined(utf8(`${name}\n`), bytes));
  if (toHex(new Uint8Array(digest).slice(0, ID_BYTES)) !== id)
    throw new Malformed('the id in the verifier key is not that of its name and key');
  return { name, id, publicKey: bytes.slice(1) };
}

/** `unknown-key`: no signature by this key. `unsupported`: this browser has no Ed25519. */
export type SignatureCheck = 'signed' | 'wrong' | 'unknown-key' | 'unsupported';

export async function checkSignature(checkpoint: Checkpoint, key: VerifierKey): Promise<SignatureCheck> {
  const own = checkpoint.signatures.filter(({ name, id }) => name === key.name && id === key.id);
  if (own.length === 0 || checkpoint.origin !== key.name) return 'unknown-key';
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey('raw', key.publicKey, 'Ed25519', false, ['verify']);
  } catch {
    return 'unsupported';
  }
  for (const { bytes } of own) {
    if (bytes.length !== SIGNATURE_BYTES) return 'wrong';
    if (!(await crypto.subtle.verify('Ed25519', imported, bytes, utf8(checkpoint.text)))) return 'wrong';
  }
  return 'signed';
}

/** The time of signing in milliseconds, if the key also made a cosignature. */
export async function signedAt(checkpoint: Checkpoint, key: VerifierKey): Promise<number | undefined> {
  const digest = await crypto.subtle.digest(
    'SHA-256',
    joined(utf8(`${key.name}\n`), Uint8Array.of(COSIGNATURE), key.publicKey),
  );
  const id = toHex(new Uint8Array(digest).slice(0, ID_BYTES));
  const found = checkpoint.signatures.find((each) => each.name === key.name && each.id === id);
  if (found?.bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  return Number(new DataView(found.bytes.buffer).getBigUint64(0)) * 1000;
}

export interface OfflineProof {
  /** The event's envelope: everything but its content, to which it commits. */
  readonly envelope: Bytes;
  /** From 0: position - 1. */
  readonly index: number;
  readonly hashes: readonly Bytes[];
  readonly checkpoint: Checkpoint;
}

const HEADER = 'c2sp.org/tlog-proof@v1';

/** @throws Malformed */
export function parseOfflineProof(text: string): OfflineProof {
  const split = text.indexOf('\n\n');
  const [header, extra = '', index = '', ...lines] = text.slice(0, Math.max(0, split)).split('\n');
  const envelope = extra.startsWith('extra ') ? fromBase64(extra.slice('extra '.length)) : undefined;
  const at = /^index (0|[1-9]\d{0,15})$/.exec(index)?.[1];
  const hashes = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES) as Bytes[];
  if (header !== HEADER || envelope === undefined || at === undefined || hashes.length !== lines.length)
    throw new Malformed('this is not a .tlog-proof with its event');
  return { envelope, index: Number(at), hashes, checkpoint: parseCheckpoint(text.slice(split + 2)) };
}
