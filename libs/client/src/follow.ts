import { readEventStream } from './event-stream.js';
import { ProblemAnswer, problemOf } from './problem.js';
import { pause } from './retrying-fetch.js';

/** An event of the ledger as CloudEvents 1.0 has it. */
export interface LedgerEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  /** `casebook.` and the event's type, such as `casebook.ClaimTagged`. */
  readonly type: string;
  readonly time: string;
  readonly subject?: string;
  readonly data: unknown;
  readonly [attribute: string]: unknown;
}

export interface Followed {
  /** The event's place in the ledger: what to go on from next time. */
  readonly position: number;
  readonly event: LedgerEvent;
}

/** A member who has the live feed open, at an incident, at a document of it, or nowhere in particular. */
export interface Present {
  readonly member: string;
  readonly incidentId?: string;
  readonly documentId?: string;
}

export interface FollowOptions {
  /** Begins behind this position; 0: with the first event. Unless given: with what comes from now on. */
  readonly after?: number;
  readonly incidentId?: string;
  /** The event's type, such as `ClaimTagged`. */
  readonly type?: string;
  /**
   * Where the reader is, shown to other readers who give theirs: empty, `incidents/{id}` or
   * `incidents/{id}/documents/{id}`.
   */
  readonly here?: string;
  /** Who is present, the reader included; called with each change where `here` is given. */
  readonly onPresent?: (present: readonly Present[]) => void;
  /** Called with the position behind which the feed begins, and with each that is passed. */
  readonly onPosition?: (position: number) => void;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

export interface FeedOptions {
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Milliseconds before connecting again, where the service has not said; twice that each time in vain. 1,000 unless given. */
  readonly firstWait?: number;
  /** 30,000 ms unless given. */
  readonly longestWait?: number;
}

/**
 * The events of a workspace as they are recorded: each once, in order, without a gap, over any number of connections. A connection
 * that breaks is made again behind the last event that was given (Last-Event-ID). Ends when `signal` aborts.
 *
 * @throws ProblemAnswer when the service refuses: the token is not, or no longer, good for this
 */
export async function* followEvents(
  {
    url,
    headers,
    workspace,
  }: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly workspace: string;
  },
  options: FollowOptions = {},
  {
    fetch: send = (request) => globalThis.fetch(request),
    firstWait = 1_000,
    longestWait = 30_000,
  }: FeedOptions = {},
): AsyncGenerator<Followed, void, void> {
  const { incidentId, type, here, onPresent, onPosition, signal = new AbortController().signal } = options;
  let seen = options.after;
  let advised = firstWait;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const address = new URL(`/v1/workspaces/${encodeURIComponent(workspace)}/events`, url);
      if (incidentId !== undefined) address.searchParams.set('incidentId', incidentId);
      if (type !== undefined) address.searchParams.set('type', type);
      if (here !== undefined) address.searchParams.set('here', here);
      if (seen !== undefined) address.searchParams.set('after', String(seen));
      const answer = await send(
        new Request(address, {
          headers: {
            ...headers,
            accept: 'text/event-stream',
            ...(seen !== undefined && { 'last-event-id': String(seen) }),
          },
          signal,
        }),
      );
      if (!answer.ok || answer.body === null) {
        const refused = new ProblemAnswer(problemOf(answer.status, await answer.json().catch(() => null)));
        if (answer.status < 500 && answer.status !== 408 && answer.status !== 429) throw refused;
        throw new Error(refused.message, { cause: refused });
      }
      for await (const { id, event, data, comments, retry } of readEventStream(answer.body)) {
        failures = 0;
        if (retry !== undefined) advised = retry;
        // Where the feed begins: without it, what is recorded until a first event arrives would be lost with the connection.
        const start = comments
          .map((line) => /^from position (\d+)$/.exec(line)?.[1])
          .find((each) => each !== undefined);
        if (start !== undefined) {
          seen ??= Number(start);
          onPosition?.(seen);
        }
        if (event === 'present' && id === undefined)
          onPresent?.((JSON.parse(data) as { present: readonly Present[] }).present);
        const position = Number(id);
        if (data === '' || id === undefined || position <= (seen ?? -1)) continue;
        seen = position;
        onPosition?.(position);
        yield { position, event: JSON.parse(data) as LedgerEvent };
      }
    } catch (error) {
      if (error instanceof ProblemAnswer) throw error;
      // Anything else is a connection that broke: it is made again.
    }
    failures += 1;
    // Aborted, it rejects at once, and the loop ends.
    await pause(Math.min(longestWait, advised * 2 ** (failures - 1)), signal).catch(() => undefined);
  }
}
