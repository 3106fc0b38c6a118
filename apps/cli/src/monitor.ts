import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Checkpoint,
  makeFolder,
  noteVerifier,
  openCheckpoint,
  type Policy,
  provesConsistency,
  readIfThere,
  replaceFile,
} from '@casebook/ledger';
import { readPolicyFile, requirePolicy } from './policy-file.js';

export interface MonitorOptions {
  readonly url: readonly string[];
  readonly workspace: string;
  readonly token?: string;
  readonly verifierKey: readonly string[];
  readonly policy?: string;
  readonly home: string;
  readonly every: string;
  readonly once?: boolean;
}

/** Maximum duration of an answer, in milliseconds, and its maximum length, in characters. */
const PATIENCE = 30_000;
const MOST_CHARACTERS = 256 * 1024;

const say = (line: string): void => void process.stdout.write(`${new Date().toISOString()} ${line}\n`);

/** The ledger contradicts what it signed before. */
class ForkFound extends Error {
  override readonly name = 'ForkFound';
  constructor(
    message: string,
    readonly notes: readonly string[],
  ) {
    super(message);
  }
}

/**
 * Watches a ledger from outside: keeps the largest checkpoint that it has seen and compares every later one with it, from each of the given
 * addresses. Exit code with `once`: 1 for a fork, 2 if an address does not answer.
 */
export async function monitor(options: MonitorOptions): Promise<void> {
  const policy = options.policy === undefined ? null : await readPolicyFile(options.policy);
  const keys = [...options.verifierKey, ...(policy?.logs ?? []).map(({ verifierKey }) => verifierKey)];
  if (keys.length === 0)
    throw new Error('name the ledger’s key: --verifier-key, or a policy with a log line (--policy)');
  makeFolder(options.home, '--home');
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  do {
    for (const url of options.url) {
      const outcome = await new Visit(url, keys, policy, options).run();
      if (options.once) process.exitCode = Math.max(Number(process.exitCode ?? 0), outcome);
      if (stopped.signal.aborted) return;
    }
    if (options.once) return;
    await pause(Number(options.every) * 1000, undefined, { signal: stopped.signal }).catch(() => undefined);
  } while (!stopped.signal.aborted);
}

/** One check of one address. */
class Visit {
  private readonly ledger: string;

  constructor(
    private readonly url: string,
    private readonly keys: readonly string[],
    private readonly policy: Policy | null,
    private readonly options: MonitorOptions,
  ) {
    this.ledger = `${url.replace(/\/$/, '')}/v1/workspaces/${options.workspace}/ledger`;
  }

  /** 0: sound; 1: a fork; 2: no answer. */
  async run(): Promise<0 | 1 | 2> {
    try {
      const note = await this.text('checkpoint');
      const seen = this.opened(note);
      await this.againstKept(seen, note);
      say(`${seen.origin}: ${seen.size} events, sound according to ${this.url}${await this.witnessed(seen)}`);
      return 0;
    } catch (error) {
      if (!(error instanceof ForkFound)) {
        say(`${this.url}: not checked: ${reasonOf(error)}`);
        return 2;
      }
      const file = join(this.options.home, `fork-${Date.now()}.txt`);
      await replaceFile(file, error.notes.join('\n'));
      say(`FORK ${this.url}: ${error.message}. Both signed notes are in ${file}: show them to others.`);
      return 1;
    }
  }

  private opened(note: string): Checkpoint {
    const checkpoint = openCheckpoint(note, this.keys.map(noteVerifier));
    if (!this.keys.some((key) => noteVerifier(key).name === checkpoint.origin))
      throw new Error(`it signs ${checkpoint.origin}, which is a different ledger`);
    return checkpoint;
  }

  private async againstKept(seen: Checkpoint, note: string): Promise<void> {
    const path = join(this.options.home, createHash('sha256').update(seen.origin).digest('hex'));
    const keptNote = await readIfThere(path);
    if (keptNote !== null) {
      const kept = this.opened(keptNote);
      if (seen.size < kept.size)
        throw new ForkFound(`${kept.size} events were signed before, and only ${seen.size} now`, [
          keptNote,
          note,
        ]);
      if (!(await this.grew(kept, seen)))
        throw new ForkFound(
          `the ${seen.size} events signed now do not extend the ${kept.size} signed before`,
          [keptNote, note],
        );
      if (seen.size === kept.size) return;
    }
    await replaceFile(path, note);
  }

  /** Checks that the latest checkpoint cosigned by enough witnesses belongs to the same ledger, and says so in words. */
  private async witnessed(seen: Checkpoint): Promise<string> {
    if (this.policy === null || this.policy.quorum === 'none') return '';
    const note = await this.text('checkpoint?witnessed=true').catch((error: unknown) => {
      if (error instanceof NotThere) return null;
      throw error;
    });
    if (note === null) return ', cosigned by too few witnesses yet';
    const by = requirePolicy(note, this.policy);
    const checkpoint = this.opened(note);
    const [older, newer] = checkpoint.size <= seen.size ? [checkpoint, seen] : [seen, checkpoint];
    if (!(await this.grew(older, newer)))
      throw new ForkFound(
        `witnesses cosigned ${checkpoint.size} events that do not belong to the same ledger as the ${seen.size} signed now`,
        [note],
      );
    return `; ${checkpoint.size} of them cosigned by ${by}`;
  }

  private async grew(older: Checkpoint, newer: Checkpoint): Promise<boolean> {
    if (older.size === newer.size) return older.root.equals(newer.root);
    const text = await this.text(`consistency?from=${older.size}&to=${newer.size}`).catch(
      (error: unknown) => {
        // It signs a larger tree and cannot prove it.
        if (error instanceof NotThere) return null;
        throw error;
      },
    );
    if (text === null) return false;
    const { hashes } = JSON.parse(text) as { hashes: string[] };
    const proof = hashes.map((hash) => Buffer.from(hash, 'base64'));
    return provesConsistency(proof, older.size, older.root, newer.size, newer.root);
  }

  private async text(path: string): Promise<string> {
    const answer = await fetch(`${this.ledger}/${path}`, {
      headers: this.options.token === undefined ? {} : { authorization: `Bearer ${this.options.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.length > MOST_CHARACTERS) throw new Error(`the answer to ${path} is too long`);
    }
    if (answer.status === 404) throw new NotThere(`${path}: ${text.slice(0, 300)}`);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return text;
  }
}

class NotThere extends Error {
  override readonly name = 'NotThere';
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message;
}
