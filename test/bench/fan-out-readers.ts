import { connect } from 'node:net';

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

  /** On a bare socket, because the readers share the processor with the service; chunk lengths of the answer are skipped like other lines. */
  function follow(): Promise<{ destroy(): void }> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.write(
        `GET /v1/workspaces/default/events HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\naccept: text/event-stream\r\n\r\n`,
      );
      let rest = '';
      let isOpen = false;
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        const at = performance.now();
        rest += chunk;
        if (!isOpen) {
          if (!rest.startsWith('HTTP/1.1 200')) throw new Error(`A reader was answered ${rest.slice(9, 12)}`);
          const begins = rest.indexOf('from position');
          if (begins < 0) return;
          // What stands before it is the head, and the id that the feed begins behind.
          rest = rest.slice(begins);
          isOpen = true;
          resolve(socket);
        }
        for (let from = rest.indexOf('\nid: '); from >= 0; from = rest.indexOf('\nid: ')) {
          const end = rest.indexOf('\n', from + 5);
          if (end < 0) break;
          received.push([Number(rest.slice(from + 5, end)), at]);
          rest = rest.slice(end);
        }
        if (rest.length > 5 && !rest.includes('\nid:')) rest = rest.slice(-5);
      });
      socket.on('error', reject);
    });
  }
}
