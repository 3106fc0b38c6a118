import { answerOf } from '@casebook/client';
import { casebook } from '../data/casebook.js';
import { codeOf } from '../data/problems.js';
import type { Change } from '../data/types.js';
import { fromBase64 } from './bytes.js';
import { keepCheckpoint, keptCheckpoint, type KeptCheckpoint } from './kept.js';
import { type Bytes, leafHash, provesConsistency, provesInclusion } from './merkle.js';
import {
  type Checkpoint,
  checkSignature,
  Malformed,
  parseCheckpoint,
  parseOfflineProof,
  parseVerifierKey,
  type SignatureCheck,
  signedAt,
} from './note.js';

/* Fetches proofs from the service without trusting it: every result here is computed in this browser. */

const LEDGER = '/v1/workspaces/{workspace}/ledger';

/** The relation of the current checkpoint to the one kept by this browser. `shrunk` and `forked`: it is not the same ledger. */
export type Growth = 'first' | 'same' | 'grown' | 'shrunk' | 'forked';

export interface Standing {
  readonly note: string;
  readonly checkpoint: Checkpoint;
  /** `key-changed`: signed, but not by the key known to this browser. */
  readonly signature: SignatureCheck | 'key-changed';
  readonly growth: Growth;
  readonly signedAt: number | undefined;
  /** The checkpoint kept before. */
  readonly kept: KeptCheckpoint | undefined;
}

export const isSound = ({ signature, growth }: Standing): boolean =>
  (signature === 'signed' || signature === 'unsupported') && growth !== 'shrunk' && growth !== 'forked';

/** WebCrypto is available only over https and on localhost. */
export const canCheck = (): boolean => (globalThis.crypto as Crypto | undefined)?.subtle !== undefined;

type Sent = Promise<{ data?: string; error?: unknown; response: Response }>;
const textOf = (sent: unknown): Promise<string> => answerOf(sent as Sent);

export const fetchCheckpoint = (workspace: string): Promise<string> =>
  textOf(casebook.api.GET(`${LEDGER}/checkpoint`, { params: { path: { workspace } }, parseAs: 'text' }));

export const fetchProof = (workspace: string, position: number): Promise<string> =>
  textOf(
    casebook.api.GET(`${LEDGER}/proof/{position}`, {
      params: { path: { workspace, position: String(position) } },
      parseAs: 'text',
    }),
  );

const known = new Map<string, Promise<Standing>>();

/** Checks a signed checkpoint against the kept one, and keeps it if it is sound and larger. Each note is checked once. */
export function standingOf(workspace: string, note: string): Promise<Standing> {
  const id = `${workspace}\n${note}`;
  const checked = known.get(id) ?? check(workspace, note);
  known.set(id, checked);
  checked.catch(() => known.delete(id));
  return checked;
}

/** Drops conclusions from a checkpoint that is no longer kept. */
export const forgetStandings = (): void => known.clear();

async function check(workspace: string, note: string): Promise<Standing> {
  const checkpoint = parseCheckpoint(note);
  const kept = await keptCheckpoint(workspace);
  const keys = await textOf(
    casebook.api.GET(`${LEDGER}/verifier-key`, { params: { path: { workspace } }, parseAs: 'text' }),
  );
  const [current = ''] = keys.split('\n');
  const verifierKey = kept?.verifierKey ?? current;
  const key = await parseVerifierKey(verifierKey);
  const checked = await checkSignature(checkpoint, key);
  const standing: Standing = {
    note,
    checkpoint,
    signature: checked === 'unknown-key' && kept !== undefined ? 'key-changed' : checked,
    growth: await growthOf(workspace, kept, checkpoint),
    signedAt: await signedAt(checkpoint, key),
    kept,
  };
  if (isSound(standing) && (standing.growth === 'first' || standing.growth === 'grown'))
    await keepCheckpoint({ workspace, note, verifierKey, keptAt: Date.now() });
  return standing;
}

async function growthOf(
  workspace: string,
  kept: KeptCheckpoint | undefined,
  now: Checkpoint,
): Promise<Growth> {
  if (kept === undefined) return 'first';
  const before = parseCheckpoint(kept.note);
  // Another window of this browser may have kept a later one since.
  const [older, newer] = before.size <= now.size ? [before, now] : [now, before];
  const hashes = await consistency(workspace, older.size, newer.size);
  if (hashes === undefined) return 'shrunk';
  if (!(await provesConsistency(hashes, older, newer))) return 'forked';
  return newer === now && older.size < newer.size ? 'grown' : 'same';
}

/** Undefined if the ledger no longer has that many events. */
async function consistency(workspace: string, from: number, to: number): Promise<Bytes[] | undefined> {
  if (from === to || from === 0) return [];
  try {
    const { hashes } = await answerOf(
      casebook.api.GET(`${LEDGER}/consistency`, {
        params: { path: { workspace }, query: { from: String(from), to: String(to) } },
      }),
    );
    return hashes.map((hash) => fromBase64(hash) ?? new Uint8Array());
  } catch (error) {
    if (codeOf(error) === 'not-found') return undefined;
    throw error;
  }
}

/** Why a line is not proved. `hidden`: the service does not show the event itself to this reader. */
export type Fault = 'malformed' | 'other-event' | 'not-included' | 'unsound' | 'hidden' | 'insecure';

export type Proved =
  | { readonly proved: true; readonly standing: Standing }
  | { readonly proved: false; readonly fault: Fault; readonly standing?: Standing };

type Line = Pick<Change, 'position' | 'actor' | 'at' | 'type'>;

/** Checks in this browser that a line's event, with its member, time and type, is in the ledger. */
export async function proveLine(workspace: string, line: Line): Promise<Proved> {
  if (!canCheck()) return { proved: false, fault: 'insecure' };
  try {
    const proof = parseOfflineProof(await fetchProof(workspace, line.position));
    if (proof.index !== line.position - 1 || !tells(proof.envelope, line, workspace))
      return { proved: false, fault: 'other-event' };
    const leaf = await leafHash(proof.envelope);
    if (!(await provesInclusion(proof.hashes, leaf, proof.index, proof.checkpoint)))
      return { proved: false, fault: 'not-included' };
    const standing = await standingOf(workspace, proof.checkpoint.note);
    return isSound(standing) ? { proved: true, standing } : { proved: false, fault: 'unsound', standing };
  } catch (error) {
    if (error instanceof Malformed) return { proved: false, fault: 'malformed' };
    if (codeOf(error) === 'not-permitted') return { proved: false, fault: 'hidden' };
    throw error;
  }
}

/** Whether the hashed envelope agrees with the line. */
function tells(envelope: Bytes, { position, actor, at, type }: Line, workspace: string): boolean {
  let said: Readonly<Record<string, unknown>>;
  try {
    said = JSON.parse(new TextDecoder().decode(envelope)) as typeof said;
  } catch {
    return false;
  }
  return (
    said['position'] === position &&
    said['actorId'] === actor &&
    said['type'] === type &&
    said['workspaceId'] === workspace &&
    Date.parse(String(said['recordedAt'])) === Date.parse(at)
  );
}
