import autocannon from 'autocannon';

/** What one round of requests is: each connection posts the same body to an address of its own, again as soon as it is answered. */
export interface HttpLoad {
  readonly url: string;
  readonly token: string;
  readonly paths: readonly string[];
  readonly body: string;
  readonly milliseconds: number;
}

/** Milliseconds between its looks at the clock, at one of which a round ends. */
const LOOKS = 100;

process.on('message', (load: HttpLoad) => {
  void round(load).then((answer) => process.send!(answer));
});
process.on('disconnect', () => process.exit(0));
process.send!('ready');

function round({ url, token, paths, body, milliseconds }: HttpLoad): Promise<object> {
  const latencies: number[] = [];
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let opened = 0;
  const start = performance.now();
  return new Promise((resolve) => {
    const run = autocannon(
      {
        url,
        connections: paths.length,
        duration: milliseconds / 1000,
        sampleInt: LOOKS,
        setupClient: (client) => {
          const path = paths[opened++ % paths.length]!;
          client.setRequests([{ method: 'POST', path, headers, body }]);
        },
      },
      (error: Error | null, { errors, timeouts, non2xx }) => {
        const failed = error !== null || errors + timeouts + non2xx > 0;
        resolve(
          failed
            ? {
                failure: `${error?.message ?? ''} ${errors} errors, ${timeouts} time-outs, ${non2xx} answers not 2xx`,
              }
            : { latencies, seconds: (performance.now() - start) / 1000 },
        );
      },
    );
    run.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  });
}
