import { LRUCache } from 'lru-cache';

/** The result of taking from an allowance. Times in milliseconds. */
export interface Taken {
  readonly isAllowed: boolean;
  /** What can still be taken at once. */
  readonly remaining: number;
  /** Time until the allowance is full. */
  readonly fullIn: number;
  /** Time until the requested amount can be taken; 0 if it was taken. */
  readonly retryIn: number;
}

export interface AllowanceOptions {
  /** Amount regained per minute. */
  readonly perMinute: number;
  /** The most that can be taken at once after a pause. */
  readonly burst: number;
  /** How many callers are remembered; the least recent one is dropped first. */
  readonly callers: number;
  /** A monotonic clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * Limits each caller by the generic cell rate algorithm (ITU-T I.371): one number per caller, the time at
 * which the allowance is full again. No timers, and memory for a bounded number of callers.
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

  /** Takes `cost`, or nothing if less is left. A cost above the burst takes the whole burst. */
  take(caller: string, cost: number): Taken {
    const asked = this.ask(caller, cost);
    if (asked.isAllowed) this.fullAt.set(caller, this.now() + asked.fullIn);
    return asked;
  }

  /** The answer of {@link take} without taking anything. */
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
