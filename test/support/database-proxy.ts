import { createServer, connect, type Server, type Socket } from 'node:net';

/** What becomes of the bytes that a client of the database sends. */
export type Interference =
  /** They are passed on, as everything is. */
  | 'pass'
  /** They never arrive, and the connection is cut. */
  | 'cut-before'
  /** They arrive, and the connection is cut before the answer. */
  | 'cut-after'
  /** They arrive, and the answer is kept back for good. */
  | 'hold'
  /** They wait, with all that comes behind them, until `release`. */
  | 'delay';

/** A way to the database that a test can cut at the bytes that it chooses. */
export class DatabaseProxy {
  /** Asked for every piece of what clients send. */
  interfere: (bytes: Buffer) => Interference = () => 'pass';
  /** Nothing arrives any more, either way, and no connection ends: the host has vanished. */
  vanished = false;
  /** New connections are refused at once. */
  closed = false;
  private readonly sockets = new Set<Socket>();
  private readonly delayed: (() => void)[] = [];

  private target: { readonly host: string; readonly port: number };

  private constructor(
    private readonly server: Server,
    readonly url: string,
    databaseUrl: string,
  ) {
    this.target = targetOf(databaseUrl);
  }

  static async to(databaseUrl: string): Promise<DatabaseProxy> {
    const url = new URL(databaseUrl);
    const server = createServer((client) => proxy.accept(client));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    url.hostname = '127.0.0.1';
    url.port = String(address.port);
    const proxy = new DatabaseProxy(server, url.toString(), databaseUrl);
    return proxy;
  }

  /** New connections are to this server. */
  redirect(databaseUrl: string): void {
    this.target = targetOf(databaseUrl);
  }

  /** Passes on what was delayed. */
  release(): void {
    for (const pass of this.delayed.splice(0)) pass();
  }

  cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    if (this.closed) {
      client.destroy();
      return;
    }
    const database = connect(this.target);
    let held = false;
    const end = (): void => {
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      this.sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        this.sockets.delete(socket);
        end();
      });
    }
    client.on('data', (bytes: Buffer) => {
      if (this.vanished) return;
      switch (this.interfere(bytes)) {
        case 'pass':
          database.write(bytes);
          return;
        case 'hold':
          held = true;
          database.write(bytes);
          return;
        case 'delay':
          client.pause();
          this.delayed.push(() => {
            if (!database.destroyed) database.write(bytes);
            client.resume();
          });
          return;
        case 'cut-before':
          end();
          return;
        case 'cut-after':
          client.destroy();
          this.sockets.delete(database);
          database.removeAllListeners('close');
          // The server reads it to its end before it notices that nobody waits.
          database.end(bytes);
          return;
      }
    });
    database.on('data', (bytes: Buffer) => {
      if (!held && !this.vanished && !client.destroyed) client.write(bytes);
    });
  }
}

const targetOf = (databaseUrl: string): { host: string; port: number } => {
  const { hostname, port } = new URL(databaseUrl);
  return { host: hostname, port: Number(port) };
};

/** The statement of a commit, as writers send it: prepared under this name. */
export const isCommit = (bytes: Buffer): boolean => bytes.includes('casebook_append_');
