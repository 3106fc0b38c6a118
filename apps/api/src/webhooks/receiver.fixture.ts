import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook receiver on the loopback interface, whose answers the test sets. */
export class Receiver {
  readonly received: Received[] = [];
  /** The answer to each request; 204 unless a test sets it. */
  answer: (response: ServerResponse, received: Received) => void = (response) =>
    void response.writeHead(204).end();
  private heard: () => void = () => undefined;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const receiver: Receiver = new Receiver(
      createServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (text: string) => (body += text));
        request.on('end', () => {
          const received = { path: request.url ?? '', headers: request.headers, body };
          receiver.received.push(received);
          receiver.answer(response, received);
          receiver.heard();
        });
      }),
    );
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  /** The positions of the received events, in order of arrival. */
  get positions(): number[] {
    return this.received.map(({ body }) => Number((JSON.parse(body) as { sequence: string }).sequence));
  }

  /** Resolves once this many requests have arrived. */
  async arrived(count: number): Promise<void> {
    while (this.received.length < count)
      await new Promise<void>((resolve) => {
        this.heard = resolve;
      });
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}
