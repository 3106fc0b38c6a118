import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const PROBE_EVERY_MS = 50;

interface Backend {
  readonly url: string;
  isReady: boolean;
}

/**
 * A load balancer as plain as they come: it probes readiness, hands requests to the ready backends in turn over connections that it keeps,
 * and never tries a request twice. What a backend fails, its client sees.
 */
export class LoadBalancer {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly backends = new Set<Backend>();
  private readonly closed = new AbortController();
  private turn = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<LoadBalancer> {
    const server = createServer((incoming, outgoing) => balancer.pass(incoming, outgoing));
    const balancer = new LoadBalancer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves once the backend has answered that it is ready. */
  async add(url: string): Promise<void> {
    const backend: Backend = { url, isReady: false };
    this.backends.add(backend);
    void this.probe(backend);
    while (!backend.isReady) await delay(PROBE_EVERY_MS);
  }

  remove(url: string): void {
    for (const backend of this.backends) if (backend.url === url) this.backends.delete(backend);
  }

  /** Whether requests are handed to the backend. */
  uses(url: string): boolean {
    return [...this.backends].some((backend) => backend.url === url && backend.isReady);
  }

  async close(): Promise<void> {
    this.closed.abort();
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async probe(backend: Backend): Promise<void> {
    while (this.backends.has(backend) && !this.closed.signal.aborted) {
      backend.isReady = await fetch(`${backend.url}/health/ready`).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.ok;
        },
        () => false,
      );
      await delay(PROBE_EVERY_MS);
    }
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const ready = [...this.backends].filter(({ isReady }) => isReady);
    const fail = (): void => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    };
    const backend = ready[(this.turn += 1) % ready.length];
    if (backend === undefined) return fail();
    const { method, url, headers } = incoming;
    const passed = request(new URL(url ?? '/', backend.url), { method, headers, agent: this.agent });
    passed.on('error', fail).on('response', (answer) => {
      const { connection: _, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, kept);
      answer.on('error', fail).pipe(outgoing);
    });
    incoming.pipe(passed);
  }
}
