import { type Attempt, type LockedWay, recoveryFrom } from './recovery.js';
import type { Failure } from './failures.js';

const plain: LockedWay = { lookUp: 'none', apart: false, fence: false };
const first: Attempt = { way: plain, fate: 'not-committed', pauses: 0 };
const MOST = 5;

const after = (failure: Failure, attempt: Attempt = first, mayHaveCommitted = false) =>
  recoveryFrom(attempt, { failure, mayHaveCommitted }, MOST);

describe('the recovery from a failed commit', () => {
  it('decides again at once after another process appended', () => {
    expect(after('moved')).toEqual({ kind: 'again', attempt: first, pause: false });
  });

  it('looks the keys up once after a key was taken, and then gives up', () => {
    const looked: Attempt = { ...first, way: { ...plain, lookUp: 'keys' } };
    expect(after('key-taken')).toEqual({ kind: 'again', attempt: looked, pause: false });
    expect(after('key-taken', looked)).toEqual({ kind: 'give-up', fate: 'not-committed' });
  });

  it('commits the commands of a rejected batch one by one, each view apart', () => {
    expect(after('rejected')).toEqual({
      kind: 'one-by-one',
      way: { lookUp: 'keys', apart: true, fence: false },
    });
    const looksUpAll: Attempt = { ...first, way: { lookUp: 'all', apart: false, fence: true } };
    expect(after('rejected', looksUpAll)).toEqual({
      kind: 'one-by-one',
      way: { lookUp: 'all', apart: true, fence: true },
    });
    expect(after('rejected', { ...first, way: { ...plain, apart: true } })).toEqual({
      kind: 'give-up',
      fate: 'not-committed',
    });
  });

  it.each<Failure>(['lost', 'in-the-way'])(
    'tries again after a pause when a commit is %s, so often',
    (failure) => {
      let attempt = first;
      for (let pauses = 1; pauses <= MOST; pauses++) {
        const recovery = after(failure, attempt);
        expect(recovery).toEqual({ kind: 'again', attempt: { ...first, pauses }, pause: true });
        if (recovery.kind === 'again') attempt = recovery.attempt;
      }
      expect(after(failure, attempt)).toEqual({ kind: 'give-up', fate: 'not-committed' });
    },
  );

  it('gives up sooner on a full disk', () => {
    expect(after('no-room', { ...first, pauses: 1 })).toMatchObject({ kind: 'again', pause: true });
    expect(after('no-room', { ...first, pauses: 2 })).toEqual({ kind: 'give-up', fate: 'not-committed' });
  });

  it('fences off a commit whose answer was lost, and says that its fate is unknown from then on', () => {
    const fenced: Attempt = { way: { lookUp: 'all', apart: false, fence: true }, fate: 'unknown', pauses: 1 };
    expect(after('lost', first, true)).toEqual({ kind: 'again', attempt: fenced, pause: true });
    expect(after('in-the-way', { ...fenced, pauses: MOST })).toEqual({ kind: 'give-up', fate: 'unknown' });
  });
});
