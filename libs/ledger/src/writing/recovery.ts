import type { CommitFate } from '../faults.js';
import type { CommitFailure } from './failures.js';

/** How to commit a batch under the head's lock. */
export interface LockedWay {
  /** Look up the batch's command ids before deciding: the clients' keys only, or generated ids too. */
  readonly lookUp: 'none' | 'keys' | 'all';
  /**
   * Apply each view in a savepoint of its own, so that it can fail without the events, and read streams said
   * to be new.
   */
  readonly apart: boolean;
  /** Raise the epoch, so that a statement whose connection was lost can no longer take effect. */
  readonly fence: boolean;
}

export const LOCK_FIRST: LockedWay = { lookUp: 'none', apart: false, fence: false };
export const KEYS_FIRST: LockedWay = { lookUp: 'keys', apart: false, fence: false };

/** A batch's next attempt, and what the earlier ones left. */
export interface Attempt {
  readonly way: LockedWay;
  /** Whether an earlier attempt may have recorded the batch. */
  readonly fate: CommitFate;
  /** Pauses taken before attempts so far. */
  readonly pauses: number;
}

export type Recovery =
  | { readonly kind: 'again'; readonly attempt: Attempt; readonly pause: boolean }
  /** Commit the commands one by one: one that the database rejects must not fail the others. */
  | { readonly kind: 'one-by-one'; readonly way: LockedWay }
  | { readonly kind: 'give-up'; readonly fate: CommitFate };

/** Retries on a full disk: a temporary file of the server may have been removed meanwhile. */
const PAUSES_WITHOUT_ROOM = 2;

/** What to do with a batch after a failed attempt. `mostPauses`: after so many, give up. */
export function recoveryFrom(
  { way, fate, pauses }: Attempt,
  { failure, mayHaveCommitted }: Pick<CommitFailure, 'failure' | 'mayHaveCommitted'>,
  mostPauses: number,
): Recovery {
  switch (failure) {
    case 'moved':
      return { kind: 'again', attempt: { way, fate, pauses }, pause: false };
    case 'key-taken':
      return way.lookUp === 'none'
        ? { kind: 'again', attempt: { way: { ...way, lookUp: 'keys' }, fate, pauses }, pause: false }
        : { kind: 'give-up', fate };
    case 'rejected':
      return way.apart
        ? { kind: 'give-up', fate }
        : {
            kind: 'one-by-one',
            way: { ...way, lookUp: way.lookUp === 'all' ? 'all' : 'keys', apart: true },
          };
    case 'lost':
    case 'no-room':
    case 'in-the-way': {
      const now: CommitFate = mayHaveCommitted ? 'unknown' : fate;
      if (pauses >= (failure === 'no-room' ? Math.min(PAUSES_WITHOUT_ROOM, mostPauses) : mostPauses))
        return { kind: 'give-up', fate: now };
      const next: LockedWay = now === 'unknown' ? { ...way, lookUp: 'all', fence: true } : way;
      return { kind: 'again', attempt: { way: next, fate: now, pauses: pauses + 1 }, pause: true };
    }
  }
}
