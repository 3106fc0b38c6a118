import { followEvents, type FollowOptions } from './follow.js';

interface Asked {
  readonly after: string | null;
  readonly lastEventId: string | null;
}

/** A feed of a service that answers in turn, and where each connection asked to begin. */
function following(answers: (Response | Error)[], options: FollowOptions = {}) {
  const asked: Asked[] = [];
  const stop = new AbortController();
  const left = answers.values();
  const feed = followEvents(
    {
      url: 'http://casebook.test',
      headers: { authorization: 'Bearer casebook_token' },
      workspace: 'default',
    },
    { ...options, signal: stop.signal },
    {
      firstWait: 1,
      longestWait: 1,
      async fetch({ url, headers }) {
        asked.push({
          after: new URL(url).searchParams.get('after'),
          lastEventId: headers.get('last-event-id'),
        });
        const answer = left.next().value;
        if (answer instanceof Error) throw answer;
        if (answer !== undefined) return answer;
        stop.abort();
        throw new Error('no answer is left');
      },
    },
  );
  const positions = async (): Promise<number[]> => {
    const seen: number[] = [];
    for await (const { position } of feed) seen.push(position);
    return seen;
  };
  return { asked, positions };
}
const from = (position: number | null): Asked => {
  const text = position === null ? null : String(position);
  return { after: text, lastEventId: text };
};
const event = (position: number): string => `id: ${position}\ndata: {}\n\n`;
const stream = (...blocks: string[]): Response => new Response(blocks.join(''));
const status = (code: number): Response => new Response('{}', { status: code });

describe('a feed that is followed', () => {
  it('comes back to where the service said that it begins, when the connection broke before a first event', async () => {
    const { asked, positions } = following([
      stream(': from position 7\n\n'),
      stream(': from position 7\n\n', event(8)),
    ]);
    expect(await positions()).toEqual([8]);
    expect(asked).toEqual([from(null), from(7), from(8)]);
  });

  it('comes back behind the last event that it gave, and gives none twice', async () => {
    const { asked, positions } = following(
      [
        stream(': from position 3\n\n', event(4), event(5)),
        new TypeError('fetch failed'),
        stream(': from position 4\n\n', event(5), event(6)),
      ],
      { after: 3 },
    );
    expect(await positions()).toEqual([4, 5, 6]);
    expect(asked).toEqual([from(3), from(5), from(5), from(6)]);
  });

  it.each([408, 429, 500, 502, 503])('is connected again after %d', async (code) => {
    const { positions } = following([status(code), stream(event(1))]);
    expect(await positions()).toEqual([1]);
  });

  it.each([400, 401, 403, 404])('ends with the problem of %d', async (code) => {
    const { asked, positions } = following([status(code), stream(event(1))]);
    await expect(positions()).rejects.toMatchObject({ name: 'ProblemAnswer', status: code });
    expect(asked).toHaveLength(1);
  });
});
