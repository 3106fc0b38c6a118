/** How long a failure counts when nothing was tried since, in milliseconds. */
const REMEMBERED_MS = 5_000;

/** Whether commands land, as far as this process has tried of late. One for all workspaces of a ledger. */
export class WriteHealth {
  private failure: {
    readonly reason: string;
    readonly since: number;
    at: number;
    turnedAway: number;
  } | null = null;

  /** @param tell hears one sentence when commands begin to fail, and one when they land again. */
  constructor(
    private readonly tell: (sentence: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The commands were turned away, and nothing is wrong with them. */
  failed(reason: string, commands: number): void {
    const now = this.now();
    if (this.failure === null) {
      this.failure = { reason, since: now, at: now, turnedAway: commands };
      this.tell(`Commands cannot be recorded: ${reason}`);
    } else {
      this.failure.at = now;
      this.failure.turnedAway += commands;
    }
  }

  landed(): void {
    if (this.failure === null) return;
    const { since, turnedAway } = this.failure;
    this.failure = null;
    this.tell(
      `Commands are recorded again, after ${Math.round((this.now() - since) / 1000)} s; ${turnedAway} were turned away.`,
    );
  }

  /** Why commands fail just now; `null`: they land, or none was tried of late. */
  get trouble(): string | null {
    return this.failure !== null && this.now() - this.failure.at < REMEMBERED_MS ? this.failure.reason : null;
  }
}
