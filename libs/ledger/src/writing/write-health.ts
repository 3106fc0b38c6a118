/** How long a failure counts if nothing was tried since, in milliseconds. */
const REMEMBERED_MS = 5_000;

/** Whether this process's recent commits succeeded. One for all workspaces of a ledger. */
export class WriteHealth {
  private failure: {
    readonly reason: string;
    readonly since: number;
    at: number;
    turnedAway: number;
  } | null = null;

  /** @param tell receives one sentence when commands begin to fail, and one when they succeed again. */
  constructor(
    private readonly tell: (sentence: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Notes commands that failed through no fault of their own. */
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

  /** Why commands fail at the moment; `null` if they succeed, or none was tried recently. */
  get trouble(): string | null {
    return this.failure !== null && this.now() - this.failure.at < REMEMBERED_MS ? this.failure.reason : null;
  }
}
