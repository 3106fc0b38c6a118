import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { endSlowBodies } from './slow-bodies.js';

describe('a body that takes too long to arrive', () => {
  it('is answered with 408 and cut off, and its request does nothing; one in time is heard', async () => {
    const server = fastify();
    const heard: unknown[] = [];
    endSlowBodies(server, 100);
    server.post('/', ({ body }) => {
      heard.push(body);
      return 'heard';
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
    try {
      const { port } = server.server.address() as AddressInfo;
      const slow = connect(port, '127.0.0.1');
      slow.write(
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a":',
      );
      const answer = await text(slow);
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(answer).toContain('urn:casebook:problem:request-timeout');
      expect(heard).toEqual([]);
      const quick = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"a":1}',
      });
      expect([quick.status, await quick.text(), heard]).toEqual([200, 'heard', [{ a: 1 }]]);
    } finally {
      await server.close();
    }
  });
});
