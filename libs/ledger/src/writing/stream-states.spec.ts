import { StreamStates, type StreamState, unborn } from './stream-states.js';

const fold = { name: 'nothing', initial: null, evolve: () => null };
const ofVersion = (version: number): StreamState => ({ ...unborn([fold]), version });

describe('the cache of stream states', () => {
  const kept = (states: StreamStates, count: number) =>
    Array.from({ length: count }, (_, n) => `stream ${n}`).filter((id) => states.has('desk', 0, id));

  test('keeps the last used streams within its weight limit', () => {
    const states = new StreamStates(100);
    for (let n = 0; n < 30; n++) states.set('desk', 0, `stream ${n}`, ofVersion(4));
    expect(kept(states, 30)).toHaveLength(20);
    expect(kept(states, 30)[0]).toBe('stream 10');
  });

  test('keeps at least eight streams, however large: a stream in use but not cached is refolded for every batch', () => {
    const states = new StreamStates(1000);
    for (let n = 0; n < 9; n++) states.set('desk', 0, `stream ${n}`, ofVersion(20_000));
    expect(kept(states, 9)).toEqual(Array.from({ length: 8 }, (_, n) => `stream ${n + 1}`));
  });

  test('keeps the streams of one epoch', () => {
    const states = new StreamStates(100);
    states.set('desk', 0, 'stream', ofVersion(1));
    expect(states.has('desk', 1, 'stream')).toBe(false);
  });
});
