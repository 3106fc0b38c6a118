import { followEvents } from './follow.js';
import { retryingFetch } from './retrying-fetch.js';

/* How long the client waits before it tries again. What is asked of the timer is written down, and comes at once. */

let waits: unknown[];
const { setTimeout } = globalThis;
const { random } = Math;
beforeEach(() => {
  waits = [];
  globalThis.setTimeout = ((run: () => void, milliseconds: number) => {
    waits.push(milliseconds);
    return setImmediate(run);
  }) as never;
  // The longest of what chance may make of a wait.
  Math.random = () => 1;
});
afterEach(() => {
  globalThis.setTimeout = setTimeout;
  Math.random = random;
});

/** Answers in turn; an error breaks the connection. */
const answering = (...answers: (Response | Error)[]) => {
  const left = answers.values();
  return async (): Promise<Response> => {
    const answer = left.next().value;
    if (!(answer instanceof Response)) throw answer ?? new Error('sent more often than there are answers');
    return answer;
  };
};
const GONE = new TypeError('fetch failed');

test('a request waits twice as long each time up to the longest wait, and as long as the service says where it does', async () => {
  const busy = (retryAfter: string): Response =>
    new Response(null, { status: 503, headers: { 'retry-after': retryAfter } });
  const fetch = retryingFetch({
    attempts: 8,
    firstWait: 200,
    longestWait: 1_000,
    fetch: answering(
      GONE,
      GONE,
      busy('7'),
      busy('0'),
      GONE,
      busy('Sat, 28 Nov 2026 12:00:00 GMT'),
      new Response('{}'),
    ),
  });
  await fetch(new Request('http://casebook.test/v1'));
  expect(waits).toEqual([200, 400, 7_000, 0, 1_000, 1_000]);
});

test('a feed waits twice as long each time in vain, from what the service advises on, and from the first wait again when it was heard', async () => {
  const heard = (text: string): Response => new Response(text);
  const stop = new AbortController();
  const feed = followEvents(
    {
      url: 'http://casebook.test',
      headers: { authorization: 'Bearer casebook_token' },
      workspace: 'default',
    },
    { signal: stop.signal },
    {
      fetch: answering(
        GONE,
        GONE,
        heard(': from position 4\n\n'),
        GONE,
        heard('retry: 300\n\n'),
        GONE,
        GONE,
        GONE,
        heard('id: 5\ndata: {}\n\n'),
      ),
      firstWait: 100,
      longestWait: 1_000,
    },
  );
  expect((await feed.next()).value).toEqual({ position: 5, event: {} });
  expect(waits).toEqual([100, 200, 100, 200, 300, 600, 1_000, 1_000]);
  stop.abort();
  expect(await feed.next()).toEqual({ done: true, value: undefined });
});
