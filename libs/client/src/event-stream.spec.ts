import * as fc from 'fast-check';
import { readEventStream, type StreamEvent } from './event-stream.js';

const STREAM =
  'retry: 2000\n: from position 4\n\nid: 5\nevent: ClaimTagged\ndata: {"a":"é"}\n\n: still here\n\nid: 6\r\ndata: one\r\ndata: two\r\n\r\nid: 7\ndata: cut off';

async function read(chunks: readonly Uint8Array[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of readEventStream(body)) events.push(event);
  return events;
}

describe('a stream of server-sent events', () => {
  const bytes = new TextEncoder().encode(STREAM);

  it('gives fields, comments and the advice to wait; what is cut off is not given', async () => {
    expect(await read([bytes])).toEqual([
      { id: undefined, event: undefined, data: '', comments: ['from position 4'], retry: 2000 },
      { id: '5', event: 'ClaimTagged', data: '{"a":"é"}', comments: [], retry: undefined },
      { id: undefined, event: undefined, data: '', comments: ['still here'], retry: undefined },
      { id: '6', event: undefined, data: 'one\ntwo', comments: [], retry: undefined },
    ]);
  });

  it('reads the same however its bytes are cut', async () => {
    const whole = await read([bytes]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
        expect(await read(chunks)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});
