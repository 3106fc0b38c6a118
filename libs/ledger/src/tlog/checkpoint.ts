import { HASH_BYTES } from '../hashing/merkle.js';
import {
  BadNote,
  type NoteSigner,
  type NoteVerifier,
  type OpenedNote,
  openNote,
  signNote,
} from './signed-note.js';

/** A checkpoint of a ledger (C2SP tlog-checkpoint): the log has `size` entries with this Merkle root. */
export interface Checkpoint {
  /** The log's name: a URL without its scheme. */
  readonly origin: string;
  readonly size: number;
  /** RFC 6962 Merkle tree hash, 32 bytes. */
  readonly root: Buffer;
}

/** The signed text: three lines. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

/** `time`: when it is signed, in whole POSIX seconds. */
export const signCheckpoint = (
  checkpoint: Checkpoint,
  signers: readonly NoteSigner[],
  time: number,
): string => signNote(checkpointText(checkpoint), signers, time);

/**
 * The checkpoint in a note's text; extension lines are allowed and ignored.
 * @throws BadNote
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', encoded = '', ...rest] = text.split('\n');
  const root = Buffer.from(encoded, 'base64');
  const isCheckpoint =
    origin !== '' &&
    /^(0|[1-9]\d{0,15})$/.test(size) &&
    Number.isSafeInteger(Number(size)) &&
    root.length === HASH_BYTES &&
    root.toString('base64') === encoded &&
    rest.at(-1) === '' &&
    !rest.slice(0, -1).includes('');
  if (!isCheckpoint)
    throw new BadNote('this is not a checkpoint: origin, size and base64 of the root on a line each');
  return { origin, size: Number(size), root };
}

/**
 * A checkpoint signed by at least one of the verifiers.
 * @throws BadNote
 */
export function openCheckpoint(
  note: string,
  verifiers: readonly NoteVerifier[],
): Checkpoint & Pick<OpenedNote, 'times' | 'verifiedBy'> {
  const { text, times, verifiedBy } = openNote(note, verifiers);
  return { ...parseCheckpoint(text), times, verifiedBy };
}
