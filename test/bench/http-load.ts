import { connect, type Socket } from 'node:net';

/** What one round of requests is: each connection posts the same body to an address of its own, again as soon as it is answered. */
export interface HttpLoad {
  readonly url: string;
  readonly token: string;
  readonly paths: readonly string[];
  readonly body: string;
  readonly milliseconds: number;
}

/** Every answer's latency in milliseconds, and the processor time of the clients themselves; or why there is none. */
export type HttpLoaded =
  | { readonly latencies: readonly number[]; readonly seconds: number; readonly loadMicros: number }
  | { readonly failure: string };

process.on('message', (load: HttpLoad) => {
  void round(load).then((answer) => process.send!(answer));
});
process.on('disconnect', () => process.exit(0));
process.send!('ready');

/**
 * Bare sockets, because load is made on the cores that are measured: an HTTP client takes as much of them as the service's own HTTP does.
 * It knows of HTTP/1.1 what an answer to a write needs: a status, and a body with its length told.
 */
async function round({ url, token, paths, body, milliseconds }: HttpLoad): Promise<HttpLoaded> {
  const { host } = new URL(url);
  const latencies: number[] = [];
  try {
    const sockets = await Promise.all(paths.map(() => open(url)));
    const before = process.cpuUsage();
    const start = performance.now();
    const end = start + milliseconds;
    await Promise.all(
      paths.map(
        (path, client) =>
          new Promise<void>((resolve, reject) => {
            const request = Buffer.from(
              `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
            );
            const socket = sockets[client]!;
            let sent = 0;
            const send = (): void => {
              sent = performance.now();
              socket.write(request);
            };
            onAnswers(socket, (status) => {
              const now = performance.now();
              latencies.push(now - sent);
              if (status !== '201') reject(new Error(`A command was answered ${status}`));
              else if (now < end) send();
              else {
                socket.destroy();
                resolve();
              }
            });
            socket.on('error', reject);
            socket.on('close', () => reject(new Error('A connection was closed')));
            send();
          }),
      ),
    );
    const { user, system } = process.cpuUsage(before);
    return { latencies, seconds: (performance.now() - start) / 1000, loadMicros: user + system };
  } catch (error) {
    return { failure: String(error) };
  }
}

/**
 * A connection that the service has taken: it has answered on it. Node takes one for each turn of its event loop, so those opened under load would
 * wait for the last of them, once, far longer than for any command.
 */
function open(url: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.once('connect', () => socket.write(`GET /health/live HTTP/1.1\r\nhost: ${host}\r\n\r\n`));
    // Whatever it says: a service of some layers only does not know the address.
    onAnswers(socket, () => {
      socket.removeAllListeners();
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Calls back with the status of each answer that has come in full. */
function onAnswers(socket: Socket, answered: (status: string) => void): void {
  let rest = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    rest += chunk;
    const head = rest.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(rest)?.[1]);
    if (rest.length < head + 4 + length) return;
    const status = rest.slice(9, 12);
    rest = '';
    answered(status);
  });
}
