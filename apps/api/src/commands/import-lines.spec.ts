import { PassThrough } from 'node:stream';
import { linesOf, NothingComes } from './import-lines.js';

describe('the lines of an import', () => {
  it('come as they arrive, cut anywhere, the last one without an end', async () => {
    const from = new PassThrough();
    from.write('one\ntw');
    from.write('o\n\nthree');
    from.end();
    const lines: [number, string | undefined][] = [];
    for await (const { number, bytes } of linesOf(from, 60_000)) lines.push([number, bytes?.toString()]);
    expect(lines).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, ''],
      [4, 'three'],
    ]);
  });

  it('end with an error where nothing comes any more', async () => {
    const from = new PassThrough();
    from.write('one\ntw');
    const lines: (string | undefined)[] = [];
    const reading = async () => {
      for await (const { bytes } of linesOf(from, 20)) lines.push(bytes?.toString());
    };
    await expect(reading()).rejects.toBeInstanceOf(NothingComes);
    expect(lines).toEqual(['one']);
    expect(from.destroyed).toBe(false);
  });

  it('leave what is behind them to others, where their reader stops', async () => {
    const from = new PassThrough();
    from.write('one\ntwo\n');
    for await (const { number } of linesOf(from, 60_000)) if (number === 1) break;
    from.resume();
    const ended = new Promise((resolve) => from.once('end', resolve));
    for (let at = 0; at < 100; at += 1) from.write('x'.repeat(10_000));
    from.end();
    await ended;
    expect(from.readableEnded).toBe(true);
  });

  it('leave no timer behind while their reader takes its time', async () => {
    const from = new PassThrough();
    from.write('one\n');
    const lines = linesOf(from, 20);
    await lines.next();
    await new Promise((resolve) => setTimeout(resolve, 60));
    from.end('two\n');
    expect((await lines.next()).value).toMatchObject({ number: 2 });
  });
});
