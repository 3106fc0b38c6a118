import { LRUCache } from 'lru-cache';

/** What came of taking from an allowance. Times in milliseconds. */
export interface Taken {
  readonly isAllowed: boolean;
  /** What may still be taken at once. */
  readonly remaining: number;
  /** Until all of it is there again. */
  readonly fullIn: number;
  /** Until as much may be taken as was asked for; 0 where it was taken. */
  readonly retryIn: number;
}

export interface AllowanceOptions {
  /** What grows back in a minute. */
  readonly perMinute: number;
  /** What may be taken at once by a caller who took nothing for a while. */
  readonly burst: number;
  /** How many callers are remembered; who was not heard of for the longest is forgotten first. */
  readonly callers: number;
  /** Milliseconds of a clock that never runs back. */
  readonly now?: () => number;
}

/**
 * What each caller may take, by the generic cell rate algorithm (ITU-T I.371): one number a caller, the time at which the allowance is whole
 * again. No timers, and memory for a bounded number of callers.
 */
export class Allowance {
  private readonly fullAt: LRUCache<string, number>;
  private readonly each: number;
  private readonly now: () => number;

  constructor(private readonly options: AllowanceOptions) {
    this.fullAt = new LRUCache({ max: options.callers });
    this.each = 60_000 / options.perMinute;
    this.now = options.now ?? (() => performance.now());
  }

  /** Takes `cost`, or nothing where there is not so much. What costs more than a whole burst takes a whole burst. */
  take(caller: string, cost: number): Taken {
    const asked = this.ask(caller, cost);
    if (asked.isAllowed) this.fullAt.set(caller, this.now() + asked.fullIn);
    return asked;
  }

  /** What {@link take} would answer; nothing is taken. */
  ask(caller: string, cost: number): Taken {
    const { burst } = this.options;
    const owed = Math.max(0, (this.fullAt.get(caller) ?? 0) - this.now());
    const then = owed + Math.min(cost, burst) * this.each;
    const retryIn = Math.max(0, then - burst * this.each);
    const isAllowed = retryIn === 0;
    const fullIn = isAllowed ? then : owed;
    return { isAllowed, remaining: Math.max(0, Math.floor(burst - fullIn / this.each)), fullIn, retryIn };
  }
}
