export interface RetryOptions {
  /** How often a request is sent at most. 6 unless given. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt; twice that before the next, and so on, up to `longestWait`. 200 unless given. */
  readonly firstWait?: number;
  /** 10,000 ms unless given. A longer Retry-After of the service is heeded all the same. */
  readonly longestWait?: number;
  /** Instead of `globalThis.fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Too early, too many, or away for a moment: the same request may well succeed later. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * A fetch that sends a request again when the network breaks or the service says that it is busy. Every write carries an
 * Idempotency-Key, the caller's own or a new one, the same in each attempt: however often it arrives, it is recorded once, and the
 * answer is that of the first time. What the service refuses is never sent again.
 */
export function retryingFetch({
  attempts = 6,
  firstWait = 200,
  longestWait = 10_000,
  fetch: send = (request) => globalThis.fetch(request),
}: RetryOptions = {}): (request: Request) => Promise<Response> {
  return async (request) => {
    const keyed = new Request(request);
    if (!READS.has(request.method) && !keyed.headers.has('idempotency-key')) {
      keyed.headers.set('idempotency-key', crypto.randomUUID());
    }
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= attempts;
      let wait = Math.min(longestWait, firstWait * 2 ** (attempt - 1));
      try {
        // Sending uses the body up, so a copy is sent while there may be a next time.
        const answer = await send(last ? keyed : keyed.clone());
        if (last || !(await isPassing(answer))) return answer;
        wait = retryAfter(answer) ?? wait * (0.5 + Math.random() / 2);
        await answer.body?.cancel();
      } catch (error) {
        if (last) throw error;
      }
      // Given up, it rejects at once.
      await pause(wait, keyed.signal);
    }
  };
}

async function isPassing(answer: Response): Promise<boolean> {
  if (PASSING.has(answer.status)) return true;
  if (answer.status !== 409) return false;
  const body = (await answer
    .clone()
    .json()
    .catch(() => null)) as { type?: unknown } | null;
  return body?.type === 'urn:casebook:problem:key-in-progress';
}

/** Milliseconds; `undefined` where the answer does not say, or gives a date. */
function retryAfter(answer: Response): number | undefined {
  const seconds = answer.headers.get('retry-after');
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

/** Resolves after so many milliseconds, or rejects as soon as the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abandon);
      resolve();
    }, milliseconds);
    if (signal.aborted) abandon();
    else signal.addEventListener('abort', abandon, { once: true });
  });
}
