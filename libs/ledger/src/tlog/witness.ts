import { join } from 'node:path';
import { HASH_BYTES } from '../hashing/merkle.js';
import { sha256 } from '../hashing/sha256.js';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.js';
import { readIfThere, replaceFile } from './durable-file.js';
import { provesConsistency } from './proofs.js';
import { BadNote, cosignatureLine, type NoteSigner, type NoteVerifier, splitNote } from './signed-note.js';

/*
 * A witness (C2SP tlog-witness): it remembers the largest checkpoint that it cosigned for each log, and cosigns
 * another only if that extends it. So a witness never cosigns two forks of a log.
 */

/** Maximum hashes in a consistency proof (tlog-witness). */
const MOST_HASHES = 63;

/** A submission: the size that the witness presumably knows, the proof from there, and the signed checkpoint. */
export interface Submission {
  readonly old: number;
  readonly proof: readonly Buffer[];
  readonly note: string;
}

export const formatSubmission = ({ old, proof, note }: Submission): string =>
  [`old ${old}`, ...proof.map((hash) => hash.toString('base64')), '', note].join('\n');

/** @throws BadNote */
export function parseSubmission(body: string): Submission {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(0, end)).split('\n');
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  const proof = lines.map((line) => Buffer.from(line, 'base64'));
  if (
    old === undefined ||
    !Number.isSafeInteger(Number(old)) ||
    proof.length > MOST_HASHES ||
    proof.some((hash, at) => hash.length !== HASH_BYTES || hash.toString('base64') !== lines[at])
  ) {
    throw new BadNote('a submission is a line "old <size>", up to 63 hashes, an empty line and a checkpoint');
  }
  return { old: Number(old), proof, note: body.slice(end + 2) };
}

/** The witness's HTTP answer, and a sentence for its operator. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  readonly body: string;
  readonly said: string;
  /** The log signed something inconsistent with what it signed before: keep the note as evidence. */
  readonly fork: boolean;
}

const answered = (
  status: WitnessAnswer['status'],
  said: string,
  { body = `${said}\n`, fork = false }: { body?: string; fork?: boolean } = {},
): WitnessAnswer => ({
  status,
  contentType: status === 409 ? 'text/x.tlog.size' : 'text/plain; charset=utf-8',
  body,
  said,
  fork,
});

export class Witness {
  private readonly busy = new Map<string, Promise<unknown>>();

  /**
   * @param logs whose checkpoints are cosigned; a log with several keys appears once per key
   * @param directory where the largest checkpoint of each log is kept; no other process may write there
   */
  constructor(
    private readonly signer: NoteSigner,
    private readonly logs: readonly NoteVerifier[],
    private readonly directory: string,
    private readonly now: () => number = () => Math.floor(Date.now() / 1000),
  ) {}

  /** `POST <submission prefix>/add-checkpoint` */
  async addCheckpoint(body: string): Promise<WitnessAnswer> {
    let submission: Submission;
    let origin: string;
    try {
      submission = parseSubmission(body);
      ({ origin } = parseCheckpoint(splitNote(submission.note).text));
    } catch (error) {
      if (error instanceof BadNote) return answered(400, error.message);
      throw error;
    }
    const known = this.logs.filter(({ name }) => name === origin);
    if (known.length === 0) return answered(404, `the log ${origin} is not one that this witness knows`);
    let checkpoint: Checkpoint;
    try {
      checkpoint = openCheckpoint(submission.note, known);
    } catch (error) {
      if (error instanceof BadNote) return answered(403, error.message);
      throw error;
    }
    return this.oneAtATime(origin, () => this.decide(submission, checkpoint));
  }

  private async decide({ old, proof, note }: Submission, checkpoint: Checkpoint): Promise<WitnessAnswer> {
    const { origin, size, root } = checkpoint;
    if (old > size) return answered(400, `the old size ${old} is beyond the checkpoint's ${size}`);
    const latest = await this.latest(origin);
    const known = latest?.size ?? 0;
    if (old !== known)
      return answered(409, `${origin}: ${known} is known, not ${old}`, { body: `${known}\n` });
    if (latest !== null && size === known && !latest.root.equals(root)) {
      return answered(409, `${origin}: FORK, two roots were signed of ${size} events`, {
        body: `${known}\n`,
        fork: true,
      });
    }
    if (!provesConsistency(proof, old, latest?.root ?? root, size, root)) {
      return answered(422, `${origin}: ${size} events are not proved to extend ${old}`, {
        fork: true,
      });
    }
    if (size > known || latest === null) await replaceFile(this.path(origin), note);
    const line = cosignatureLine(splitNote(note).text, this.signer, this.now());
    return answered(200, `${origin}: cosigned ${size} events`, { body: line });
  }

  private path(origin: string): string {
    // An origin is a URL without its scheme, which is not a valid file name.
    return join(this.directory, sha256(origin).toString('hex'));
  }

  private async latest(origin: string): Promise<Checkpoint | null> {
    const note = await readIfThere(this.path(origin));
    return note === null ? null : parseCheckpoint(splitNote(note).text);
  }

  /** Compares and replaces the remembered checkpoint in one step; otherwise a later answer could roll back an earlier one. */
  private async oneAtATime<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const before = this.busy.get(origin) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.busy.set(origin, mine);
    try {
      return await mine;
    } finally {
      if (this.busy.get(origin) === mine) this.busy.delete(origin);
    }
  }
}
