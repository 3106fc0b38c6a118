import { canonicalJson } from '../hashing/canonical-json.js';
import { newId } from '../hashing/random.js';
import type { Command, Outcome, PartResult, StoredEvent } from '../ledger-types.js';
import type { KeysUnderWay } from './key-shapes.js';
import { type EarlierCommands, recordedSame } from './repeated-commands.js';

/** What a batch decided about one command. */
export type Verdict =
  | {
      readonly kind: 'accepted';
      readonly events: readonly StoredEvent[];
      readonly parts: readonly PartResult[];
    }
  /** `position`: the size of the ledger that the command was decided on. */
  | { readonly kind: 'unchanged'; readonly position: number; readonly parts: readonly PartResult[] }
  | { readonly kind: 'refused'; readonly refusal: unknown; readonly part: number }
  | { readonly kind: 'threw'; readonly error: unknown };

/** Settles the promise of the command's sender. */
export interface Answer {
  resolve(outcome: Outcome<unknown>): void;
  reject(error: unknown): void;
}

/** A command under way. It is answered once: the first answer counts. */
export class PendingCommand {
  readonly commandId: string;
  /** The client gave the command id, so the command may have been committed before. */
  readonly keyed: boolean;
  /** RFC 8785 text of `{actor, body}`: what the command's digest covers. */
  readonly digestText: string;
  /** When it arrived, by `performance.now`. */
  readonly since = performance.now();
  private isAnswered = false;

  /**
   * @param underWay the keys of the commands under way: the command's own is among them until it is answered.
   * @throws InvalidCommand if the body is not JSON
   */
  constructor(
    readonly command: Command<unknown>,
    private readonly answer: Answer,
    private readonly underWay: KeysUnderWay | null = null,
  ) {
    const { commandId, actorId, body } = command;
    this.digestText = canonicalJson('The command', { actor: actorId, body });
    this.keyed = commandId !== undefined;
    this.commandId = commandId ?? newId();
    if (this.keyed) underWay?.add(this.commandId);
  }

  get answered(): boolean {
    return this.isAnswered;
  }

  settle(outcome: Outcome<unknown>): void {
    if (this.close()) this.answer.resolve(outcome);
  }

  fail(error: unknown): void {
    if (this.close()) this.answer.reject(error);
  }

  settleBy(verdict: Verdict): void {
    switch (verdict.kind) {
      case 'accepted': {
        const { events, parts } = verdict;
        const { position } = events.at(-1)!;
        return this.settle({ status: 'committed', events, position, replayed: false, parts });
      }
      case 'unchanged':
        return this.settle({ status: 'unchanged', position: verdict.position, parts: verdict.parts });
      case 'refused':
        return this.settle({ status: 'refused', refusal: verdict.refusal, part: verdict.part });
      case 'threw':
        return this.fail(verdict.error);
    }
  }

  /** Answers the command if its key is recorded already. */
  settleIfRepeated({ events, otherwise }: EarlierCommands): void {
    const own = events.get(this.commandId);
    if (own) this.settleAgain(own);
    else if (otherwise.has(this.commandId)) this.settle({ status: 'key-reused' });
  }

  /** Answers with the events that the command id recorded the first time. */
  private settleAgain(events: readonly StoredEvent[]): void {
    this.settle(
      recordedSame(this.command, this.digestText, events)
        ? { status: 'committed', events, position: events.at(-1)!.position, replayed: true }
        : { status: 'key-reused' },
    );
  }

  /** Returns whether this is the first answer. */
  private close(): boolean {
    if (this.isAnswered) return false;
    this.isAnswered = true;
    this.underWay?.delete(this.commandId);
    return true;
  }
}

export const unanswered = (pendings: readonly PendingCommand[]): PendingCommand[] =>
  pendings.filter(({ answered }) => !answered);

export const commandsOf = (pendings: readonly PendingCommand[]): Command<unknown>[] =>
  pendings.map(({ command }) => command);

export const idsOf = (pendings: readonly PendingCommand[]): string[] =>
  pendings.map(({ commandId }) => commandId);
