import * as fc from 'fast-check';
import { covering, LANES, layOut, type Marked } from './lanes.js';

const span = (id: string, start: number, end: number): Marked => ({ id, start, end, tone: 'stated' });

describe('overlapping spans', () => {
  it('are in different lanes, as long as there are lanes', () => {
    const laid = layOut([span('a', 0, 10), span('b', 5, 15), span('c', 8, 9), span('d', 10, 12)]);
    expect(laid.map(({ id, lane }) => `${id}${lane}`)).toEqual(['a0', 'b1', 'c2', 'd0']);
  });

  it('are all laid out, however many lie on each other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 20 }))), (pairs) => {
        const laid = layOut(pairs.map(([start, length], at) => span(String(at), start, start + length)));
        expect(laid).toHaveLength(pairs.length);
        expect(laid.every(({ lane }) => lane >= 0 && lane < LANES)).toBe(true);
      }),
    );
  });

  it('the innermost is meant first', () => {
    const laid = layOut([span('outer', 0, 30), span('inner', 5, 10), span('aside', 12, 20)]);
    expect(covering(laid, 7).map(({ id }) => id)).toEqual(['inner', 'outer']);
  });
});
