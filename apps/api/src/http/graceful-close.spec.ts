import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { Readiness } from '../readiness.js';
import { closeWithoutWaiting } from './graceful-close.js';

describe('a server that closes', () => {
  let server: FastifyInstance;
  let port: number;
  let arrived: Promise<void>;
  let released: Promise<void>;
  let answer: () => void;
  let readiness: Readiness;
  beforeEach(async () => {
    server = fastify();
    readiness = new Readiness();
    closeWithoutWaiting(server, readiness, 50);
    released = new Promise<void>((resolve) => (answer = resolve));
    arrived = new Promise((resolve) => {
      server.get('/slow', async () => {
        resolve();
        await released;
        return 'answered';
      });
    });
    server.post('/', () => 'read');
    server.get('/stream', (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200);
      reply.raw.write('begun');
      void released.then(() => reply.raw.end());
    });
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

  it('ends every connection with its next answer, once it is not ready', async () => {
    const socket = await open('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    const [kept] = (await once(socket, 'data')) as [Buffer];
    expect(kept.toString()).toMatch(/^connection: keep-alive\r$/im);
    readiness.stop();
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    const ended = once(socket, 'end');
    const [last] = (await once(socket, 'data')) as [Buffer];
    expect(last.toString()).toMatch(/^HTTP\/1\.1 200 [^]*^connection: close\r$/im);
    await ended;
    socket.destroy();
  });

  it('ends a connection whose answer began before it closed', async () => {
    const socket = await open('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    const closed = server.close();
    answer();
    socket.resume();
    await once(socket, 'end');
    expect(socket.readableEnded).toBe(true);
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
