import { connect, type AddressInfo, type Socket } from 'node:net';
import fastify from 'fastify';
import { boundUntaken, UntakenAnswers } from './untaken-answers.js';

const socketOf = (bytesWritten: number) => {
  const socket = { bytesWritten, destroyed: false, destroy: () => (socket.destroyed = true) };
  return socket as unknown as Socket & { bytesWritten: number };
};

describe('answers that nobody takes', () => {
  it('are counted until they are taken, and too many of them are reported', () => {
    const untaken = new UntakenAnswers({ most: 10 });
    const taken = untaken.add(socketOf(0), 8);
    expect(untaken.areTooMany).toBe(false);
    untaken.add(socketOf(0), 8);
    expect([untaken.bytes, untaken.areTooMany]).toEqual([16, true]);
    taken();
    taken();
    expect([untaken.bytes, untaken.areTooMany]).toEqual([8, false]);
  });

  it('are given up after a while in which nothing of them was taken; slow readers are not', () => {
    const clock = { now: 0 };
    const untaken = new UntakenAnswers({ patience: 1_000, now: () => clock.now });
    const [stalled, slow] = [socketOf(0), socketOf(0)];
    untaken.add(stalled, 8);
    untaken.add(slow, 8);
    for (clock.now = 400; clock.now <= 1_200; clock.now += 400) {
      (slow as { bytesWritten: number }).bytesWritten += 1;
      untaken.giveUp();
    }
    expect([stalled.destroyed, slow.destroyed]).toEqual([true, false]);
  });

  it('keep a server from making more, but for health checks, until they are taken', async () => {
    const untaken = new UntakenAnswers({ most: 1024 * 1024 });
    const server = fastify();
    boundUntaken(server, untaken);
    server.get('/large', () => 'x'.repeat(32 * 1024 * 1024));
    server.get('/health/live', () => 'live');
    await server.listen({ port: 0, host: '127.0.0.1' });
    try {
      const { port } = server.server.address() as AddressInfo;
      const stalled = connect(port, '127.0.0.1');
      stalled.pause();
      stalled.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
      while (!untaken.areTooMany) await new Promise((resolve) => setTimeout(resolve, 5));
      const statusOf = async (path: string): Promise<number> =>
        (await fetch(`http://127.0.0.1:${port}${path}`)).status;
      expect([await statusOf('/large'), await statusOf('/health/live')]).toEqual([503, 200]);
      stalled.destroy();
      while (untaken.bytes > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await statusOf('/large')).toBe(200);
    } finally {
      await server.close();
    }
  });
});
