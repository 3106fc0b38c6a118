import type { PreparedCommand, Verdict } from './draft.js';
import { saltedHash } from '../hashing/envelope.js';
import type { Command, Outcome, StoredEvent } from '../ledger-types.js';

/** A command under way. It is answered once: the first answer counts. */
export class Pending implements PreparedCommand {
  answered = false;
  readonly since = performance.now();

  /**
   * @param keyed the client gave the command id, so the command may have been committed before.
   * @param digestText see PreparedCommand.
   * @param under the commands under way by id; the command leaves it when answered.
   */
  constructor(
    readonly command: Command<unknown>,
    readonly commandId: string,
    readonly keyed: boolean,
    readonly digestText: string,
    private readonly resolve: (outcome: Outcome<unknown>) => void,
    private readonly reject: (error: unknown) => void,
    private readonly under: Set<string> | null,
  ) {}

  settle(outcome: Outcome<unknown>): void {
    if (this.answered) return;
    this.answer();
    this.resolve(outcome);
  }

  fail(error: unknown): void {
    if (this.answered) return;
    this.answer();
    this.reject(error);
  }

  settleBy(verdict: Verdict): void {
    switch (verdict.kind) {
      case 'accepted':
        return this.settle({
          status: 'committed',
          events: verdict.events,
          position: verdict.events.at(-1)!.position,
          replayed: false,
        });
      case 'unchanged':
        return this.settle({ status: 'unchanged', position: verdict.position });
      case 'refused':
        return this.settle({ status: 'refused', refusal: verdict.refusal });
      case 'threw':
        return this.fail(verdict.error);
    }
  }

  /** Answers with the events that the command id recorded the first time. */
  settleAgain(events: readonly StoredEvent[]): void {
    const salts = events.flatMap(({ payloadSalt }) => (payloadSalt ? [payloadSalt] : []));
    // Once a salt is erased, the bodies cannot be compared, but the actors still can; the author gets the
    // first answer.
    const isSame =
      salts.length < events.length
        ? events[0]!.actorId === this.command.actorId
        : saltedHash(salts, this.digestText).equals(events[0]!.commandDigest);
    if (isSame) {
      this.settle({ status: 'committed', events, position: events.at(-1)!.position, replayed: true });
    } else {
      this.settle({ status: 'key-reused' });
    }
  }

  private answer(): void {
    this.answered = true;
    this.under?.delete(this.commandId);
  }
}
