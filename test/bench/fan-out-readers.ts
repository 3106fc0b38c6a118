import { request } from 'node:http';

/** So many readers of one workspace's live events. Tells how long each event took from the sending of its command to each reader. */
export interface FanOut {
  readonly url: string;
  readonly token: string;
  readonly readers: number;
  /** Where the commands go, all with this body, one after another at this pace. */
  readonly path: string;
  readonly body: string;
  readonly commands: number;
  readonly everyMs: number;
}

process.on('message', (fanOut: FanOut) => {
  void measure(fanOut).then((answer) => process.send!(answer));
});
process.on('disconnect', () => process.exit(0));
process.send!('ready');

async function measure({ url, token, readers, path, body, commands, everyMs }: FanOut) {
  const headers = { authorization: `Bearer ${token}` };
  const sentAt = new Map<number, number>();
  /** Position and moment of every event that every reader got. */
  const received: [position: number, at: number][] = [];
  const streams = await Promise.all(Array.from({ length: readers }, () => follow()));
  const started = performance.now();
  for (let i = 0; i < commands; i++) {
    await new Promise((resolve) => setTimeout(resolve, started + i * everyMs - performance.now()));
    const at = performance.now();
    const answer = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    sentAt.set(((await answer.json()) as { position: number }).position, at);
  }
  const expected = commands * readers;
  for (let waited = 0; received.length < expected && waited < 10_000; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const stream of streams) stream.destroy();
  const delays = received.flatMap(([position, at]) => {
    const sent = sentAt.get(position);
    return sent === undefined ? [] : [at - sent];
  });
  return delays.length === expected
    ? { latencies: delays, seconds: (performance.now() - started) / 1000 }
    : { failure: `${delays.length} of ${expected} events arrived` };

  function follow(): Promise<{ destroy(): void }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        new URL('/v1/workspaces/default/events', url),
        { headers: { ...headers, accept: 'text/event-stream' }, agent: false },
        (answer) => {
          if (answer.statusCode !== 200)
            return reject(new Error(`A reader was answered ${answer.statusCode}`));
          answer.setEncoding('utf8');
          let rest = '';
          answer.once('data', () => resolve({ destroy: () => asked.destroy() }));
          answer.on('error', () => undefined);
          answer.on('data', (chunk: string) => {
            const at = performance.now();
            const messages = (rest + chunk).split('\n\n');
            rest = messages.pop()!;
            for (const message of messages) {
              if (message.startsWith('id: ')) received.push([Number.parseInt(message.slice(4), 10), at]);
            }
          });
        },
      );
      asked.on('error', (error) => (asked.destroyed ? undefined : reject(error)));
      asked.end();
    });
  }
}
