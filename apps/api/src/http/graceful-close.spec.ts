import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { closeWithoutWaiting } from './graceful-close.js';

describe('a server that closes', () => {
  let server: FastifyInstance;
  let port: number;
  let arrived: Promise<void>;
  let answer: () => void;
  beforeEach(async () => {
    server = fastify();
    closeWithoutWaiting(server, 50);
    const released = new Promise<void>((resolve) => (answer = resolve));
    arrived = new Promise((resolve) => {
      server.get('/slow', async () => {
        resolve();
        await released;
        return 'answered';
      });
    });
    server.post('/', () => 'read');
    await server.listen({ port: 0, host: '127.0.0.1' });
    port = (server.server.address() as { port: number }).port;
  });
  const open = async (bytes: string): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(bytes);
    return socket;
  };

  it('does not wait for a connection that never asked anything', async () => {
    const socket = await open('');
    await server.close();
    expect(server.server.listening).toBe(false);
    socket.destroy();
  });

  it('answers the request that is under way', async () => {
    const socket = await open('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await arrived;
    const closed = server.close();
    answer();
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 200 [^]*answered$/);
    await closed;
    socket.destroy();
  });

  it('cuts off a request that does not end', async () => {
    const asked = once(server.server, 'request');
    const socket = await open(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhalf',
    );
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await asked;
    await server.close();
    await closed;
    expect(socket.destroyed).toBe(true);
  });
});
