import { TooMuchAtOnce, WHOLE_BYTES } from './paging.js';

/** Stored bytes up to which an incident is read without queueing. */
const SMALL_BYTES = 2 * 1024 * 1024;
/** How many larger incidents are read at once: each briefly takes some 100 MB of memory. */
const AT_ONCE = 2;
/** Maximum wait for a turn, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Too many large reads are already waiting. */
export class TooManyLargeReads extends Error {
  override readonly name = 'TooManyLargeReads';
}

interface Waiting {
  readonly begin: () => void;
  readonly timer: NodeJS.Timeout;
}

/** Limits the large reads of this process: a few run at once, the others wait in order. */
export class LargeReads {
  private underWay = 0;
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly atOnce = AT_ONCE,
    private readonly patience = PATIENCE_MS,
  ) {}

  /** @throws TooManyLargeReads if its turn does not come in time */
  async run<T>(read: () => Promise<T>): Promise<T> {
    if (this.underWay < this.atOnce) this.underWay += 1;
    else await this.turn();
    try {
      return await read();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.underWay -= 1;
      else {
        clearTimeout(next.timer);
        next.begin();
      }
    }
  }

  private turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(new TooManyLargeReads('too many large reads are under way'));
      }, this.patience);
      const waiting = { begin: resolve, timer };
      this.waiting.push(waiting);
    });
  }
}

const largeReads = new LargeReads();

/**
 * Reads content of unknown size: at once if it is small, in turn with other large reads if not. `read` answers
 * `undefined` if the content exceeds, or might exceed, `most` bytes.
 * @throws TooMuchAtOnce if it exceeds what one answer may hold
 */
export async function readWhole<T>(
  read: (most: number) => Promise<T | undefined>,
  size: () => Promise<number>,
): Promise<T> {
  const small = await read(SMALL_BYTES);
  if (small !== undefined) return small;
  if ((await size()) > WHOLE_BYTES) throw new TooMuchAtOnce();
  return largeReads.run(async () => {
    const large = await read(WHOLE_BYTES);
    if (large === undefined) throw new TooMuchAtOnce();
    return large;
  });
}
