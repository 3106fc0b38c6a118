import { BadNote, LedgerCheck, noteVerifier, openCheckpoint, type StoredEvent } from '@casebook/ledger';
import { type CheckpointLine, namesOf, readLine, UnreadableArchive } from './archive.js';

/** A proved archive: its content and signers. */
export interface ProvedArchive {
  readonly workspaceId: string;
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  readonly erased: number;
  /** Positions whose payload the archive holds although one of its erasures names them: the export began before the erasure. */
  readonly outlived: ReadonlySet<number>;
  /** The keys that verified the checkpoint: the given one, or those of the archive that signed it. */
  readonly verifiedBy: readonly string[];
  /** Keys named by the archive that did not sign its checkpoint, such as those from before a rotation. They are unproved. */
  readonly unproved: readonly string[];
  /** The signed checkpoint, verbatim. */
  readonly note: string;
}

/**
 * Reads and proves an archive from the first line to the last: every event by itself and against its neighbours,
 * the Merkle root of all, and the signed checkpoint with the same root. Yields each event once it is checked,
 * but nothing is proved before it returns: the checkpoint is the last line.
 *
 * Without `verifierKey` the keys in the archive are trusted, which proves that the archive is consistent and
 * names the key to compare; with it, the checkpoint must be signed by that key.
 * @throws UnreadableArchive naming the first invalid line
 */
export async function* proveArchive(
  lines: AsyncIterable<string>,
  verifierKey?: string,
): AsyncGenerator<StoredEvent, ProvedArchive, void> {
  let number = 0;
  let check: LedgerCheck | undefined;
  let workspaceId = '';
  let erased = 0;
  let last: CheckpointLine | undefined;
  const fail = (detail: string, cause?: unknown): never => {
    throw new UnreadableArchive(`line ${number}: ${detail}`, { cause });
  };
  for await (const text of lines) {
    number += 1;
    if (last !== undefined) fail('there is a line after the checkpoint, which must be the last line');
    const line = readAt(text, fail);
    if (line.kind === 'checkpoint') {
      last = line;
      continue;
    }
    const { event } = line;
    if (check === undefined) {
      workspaceId = event.workspaceId;
      check = new LedgerCheck({ workspaceId });
    }
    const [finding] = check.add(event);
    if (finding !== undefined) fail(`position ${finding.position}: ${finding.detail}`);
    if (event.payload === null) erased += 1;
    yield event;
  }
  if (last === undefined) {
    number += 1;
    return fail('the file ends without the checkpoint: it was cut off');
  }
  const [unaccounted] = check?.finish() ?? [];
  if (unaccounted !== undefined) fail(`position ${unaccounted.position}: ${unaccounted.detail}`);
  const size = check?.size ?? 0;
  const root = (check ?? new LedgerCheck({ workspaceId })).frontier.root();
  const checkpoint = last.data;
  if (checkpoint.size !== size)
    return fail(`the checkpoint covers ${checkpoint.size} events, but ${size} precede it`);
  try {
    const keys = (verifierKey === undefined ? checkpoint.verifierKeys : [verifierKey]).map((text) => ({
      text,
      verifier: noteVerifier(text),
    }));
    const signed = openCheckpoint(
      checkpoint.note,
      keys.map(({ verifier }) => verifier),
    );
    const verifiedBy = keys
      .filter(({ verifier }) => signed.verifiedBy.includes(verifier))
      .map(({ text }) => text);
    if (signed.size !== size || !signed.root.equals(root)) {
      return fail(
        `the signature is for another ledger: ${signed.size} events with the root ${signed.root.toString('base64')}`,
      );
    }
    const lie = saidAside(last, signed, workspaceId);
    if (lie !== null) return fail(lie);
    const outlived = new Set(check?.outlived);
    return {
      workspaceId,
      origin: signed.origin,
      size,
      root,
      erased,
      outlived,
      verifiedBy,
      unproved: checkpoint.verifierKeys.filter(
        (key) => verifierKey === undefined && !verifiedBy.includes(key),
      ),
      note: checkpoint.note,
    };
  } catch (error) {
    if (error instanceof BadNote) return fail(error.message, error);
    throw error;
  }
}

/** The fault of the last line's other fields, compared with its note; `null` if there is none. */
function saidAside(
  { data, id, source, time }: CheckpointLine,
  { origin, size, root, times }: ReturnType<typeof openCheckpoint>,
  workspaceId: string,
): string | null {
  if (data.root !== root.toString('base64')) return 'the root differs from that of the signed checkpoint';
  // Without events the workspace is the last part of the origin.
  const names = namesOf(workspaceId || origin.slice(origin.lastIndexOf('/') + 1), size);
  if (id !== names.id || source !== names.source)
    return `the checkpoint claims to be ${id} of ${source}, but is ${names.id} of ${names.source}`;
  if (times.length === 0) return 'no key signed the time of the checkpoint: a cosignature is missing';
  return times.some((seconds) => Number(seconds) * 1000 !== Date.parse(time))
    ? `it claims to be signed at ${time}, but the signed time is ${times.join(' and ')} (POSIX)`
    : null;
}

function readAt(text: string, fail: (detail: string, cause?: unknown) => never): ReturnType<typeof readLine> {
  try {
    return readLine(text);
  } catch (error) {
    if (error instanceof UnreadableArchive) return fail(error.message, error);
    throw error;
  }
}
