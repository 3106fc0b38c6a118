import { ProblemError } from '../http/problem.js';

/** Most live feeds of one process. Each holds two chunks of text while its reader does not read. */
const MOST_SEATS = 2_000;

/** Limits live feeds per token and per process. */
export class Seats {
  private readonly taken = new Map<string, number>();
  private all = 0;

  /** `each`: the limit per token; 0: unlimited. */
  constructor(
    private readonly each: number,
    private readonly most = MOST_SEATS,
  ) {}

  /** How many feeds are open. */
  get count(): number {
    return this.all;
  }

  /**
   * @returns leaves the seat; call it once
   * @throws ProblemError rate-limited, unavailable
   */
  take(token: string): () => void {
    const taken = this.taken.get(token) ?? 0;
    if (this.each > 0 && taken >= this.each) {
      throw new ProblemError(
        'rate-limited',
        `This token has ${taken} live feeds open, which is the limit. Close one, or read pages of events.`,
        {},
        { 'retry-after': '10' },
      );
    }
    if (this.all >= this.most) {
      throw new ProblemError(
        'unavailable',
        'This process has reached its limit of live feeds. Try again in a moment, or read pages of events.',
        {},
        { 'retry-after': '10' },
      );
    }
    this.taken.set(token, taken + 1);
    this.all += 1;
    return () => {
      this.all -= 1;
      const left = (this.taken.get(token) ?? 1) - 1;
      if (left > 0) this.taken.set(token, left);
      else this.taken.delete(token);
    };
  }
}
