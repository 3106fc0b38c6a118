import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leafHash } from '../hashing/merkle.js';
import { signCheckpoint } from './checkpoint.js';
import { cosignaturesOn, parsePolicy, type PolicyWitness } from './policy.js';
import { cosignerKey, noteSigner, signNote } from './signed-note.js';
import { TILE_WIDTH, TiledTree, type TileAddress } from './tiles.js';
import { formatSubmission, Witness } from './witness.js';
import { askWitness } from './witness-client.js';

const ORIGIN = 'log.example/desk';
const log = noteSigner(ORIGIN, randomBytes(32));
const signer = noteSigner('witness.example/w1', randomBytes(32));
const policy = (url = 'http://127.0.0.1:1') =>
  parsePolicy(`witness w1 ${cosignerKey(signer)} ${url}\nquorum w1`);

/** A log of up to 256 leaves, whose history may be another from some leaf on. */
class Log {
  constructor(private readonly salt: (index: number) => string) {}

  private leaves(size: number): Buffer[] {
    return Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`${this.salt(at)} ${at}`)));
  }
  private tree(size: number): TiledTree {
    const hashes = this.leaves(size);
    return new TiledTree(size, {
      tile: ({ index, width }: TileAddress) =>
        Promise.resolve(Buffer.concat(hashes.slice(index * TILE_WIDTH, index * TILE_WIDTH + width))),
    });
  }
  async note(size: number, by = log): Promise<string> {
    return signCheckpoint({ origin: ORIGIN, size, root: await this.tree(size).root() }, [by], 1_800_000_000);
  }
  proof(old: number, size: number): Promise<Buffer[]> {
    return this.tree(size).consistency(old);
  }
  async submission(old: number, size: number): Promise<string> {
    return formatSubmission({ old, proof: await this.proof(old, size), note: await this.note(size) });
  }
}

const honest = new Log(() => 'so');
/** The same up to its 18th leaf. */
const forked = new Log((at) => (at < 18 ? 'so' : 'otherwise'));

describe('a witness', () => {
  let directory: string;
  let witness: Witness;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'casebook-witness-'));
    witness = new Witness(signer, [log], directory, () => 1_800_000_007);
  });
  const status = async (body: string): Promise<[number, string]> => {
    const answer = await witness.addCheckpoint(body);
    return [answer.status, answer.status === 409 ? `${answer.contentType}: ${answer.body}` : ''];
  };

  test('cosigns what grew out of what it knows, with its time', async () => {
    for (const [old, size] of [
      [0, 5],
      [5, 18],
      [18, 18],
      [18, 22],
    ] as const) {
      const body = await honest.submission(old, size);
      const answer = await witness.addCheckpoint(body);
      expect([answer.status, answer.fork]).toEqual([200, false]);
      const cosigned = cosignaturesOn((await honest.note(size)) + answer.body, policy().witnesses);
      expect(cosigned.map(({ time }) => time)).toEqual([1_800_000_007n]);
    }
  });

  test('says which size it knows where another was thought of', async () => {
    await witness.addCheckpoint(await honest.submission(0, 18));
    expect(await status(await honest.submission(0, 22))).toEqual([409, 'text/x.tlog.size: 18\n']);
    expect(await status(await honest.submission(5, 22))).toEqual([409, 'text/x.tlog.size: 18\n']);
    expect(await status(await honest.submission(5, 12))).toEqual([409, 'text/x.tlog.size: 18\n']);
  });

  test('cosigns no fork, and no second root of one size', async () => {
    await witness.addCheckpoint(await honest.submission(0, 20));
    const fork = await witness.addCheckpoint(
      formatSubmission({ old: 20, proof: await forked.proof(20, 25), note: await forked.note(25) }),
    );
    expect([fork.status, fork.fork]).toEqual([422, true]);
    const other = await witness.addCheckpoint(
      formatSubmission({ old: 20, proof: [], note: await forked.note(20) }),
    );
    expect([other.status, other.fork, other.body]).toEqual([409, true, '20\n']);
    expect(await status(await honest.submission(20, 25))).toEqual([200, '']);
  });

  test('refuses what is malformed, unknown, unsigned or without a proof', async () => {
    const good = await honest.submission(0, 5);
    const stranger = noteSigner(ORIGIN, randomBytes(32));
    const elsewhere = noteSigner('log.example/other', randomBytes(32));
    const text = 'log.example/other\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
    const hash = Buffer.alloc(32).toString('base64');
    await witness.addCheckpoint(good);
    for (const [body, expected] of [
      ['', 400],
      ['old 0', 400],
      [good.replace('old 0', 'old 00'), 400],
      [good.replace('old 0', 'old -1'), 400],
      [good.replace('old 0', `old 0\n${hash.slice(1)}`), 400],
      [good.replace('old 0', `old 0${`\n${hash}`.repeat(64)}`), 400],
      [`old 0\n\nno checkpoint\n\n${signNote('x\n', [log]).split('\n\n')[1]}`, 400],
      [good.replace('old 0', 'old 6'), 400],
      [`old 0\n\n${signNote(text, [elsewhere])}`, 404],
      [`old 0\n\n${await honest.note(9, stranger)}`, 403],
      [good.replace(/\n5\n/, '\n6\n'), 403],
      [formatSubmission({ old: 5, proof: [], note: await honest.note(9) }), 422],
    ] as const) {
      expect([body, (await witness.addCheckpoint(body)).status]).toEqual([body, expected]);
    }
    // None of them moved it.
    expect(await status(await honest.submission(5, 9))).toEqual([200, '']);
  });

  test('remembers after it was started anew, and takes one of many at once', async () => {
    const sizes = Array.from({ length: 12 }, (_, at) => at + 2);
    await witness.addCheckpoint(await honest.submission(0, 1));
    const answers = await Promise.all(
      sizes.map(async (size) => (await witness.addCheckpoint(await honest.submission(1, size))).status),
    );
    expect(answers.filter((each) => each === 200)).toHaveLength(1);
    const again = new Witness(signer, [log], directory);
    const known = sizes[answers.indexOf(200)]!;
    expect((await again.addCheckpoint(await honest.submission(0, 22))).body).toBe(`${known}\n`);
    expect((await again.addCheckpoint(await honest.submission(known, 22))).status).toBe(200);
  });
});

describe('asking a witness', () => {
  let answer: (body: string) => Promise<{ status: number; body: string }>;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void answer(Buffer.concat(chunks).toString()).then(({ status, body }) =>
        response.writeHead(status).end(body),
      );
    });
  });
  let asked: PolicyWitness;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    asked = policy(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`).witnesses[0]!;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(async () => {
    const witness = new Witness(signer, [log], await mkdtemp(join(tmpdir(), 'casebook-witness-')));
    answer = (body) => witness.addCheckpoint(body);
  });
  const ask = async (from: Log, size: number, guess?: number) =>
    askWitness(asked, { size, note: await from.note(size) }, (old) => from.proof(old, size), guess);

  test('begins where the witness is, wherever that was thought to be', async () => {
    for (const [size, guess] of [[5], [9, 3], [18], [18], [22, 18]] as const) {
      expect(await ask(honest, size, guess)).toMatchObject({ status: 'cosigned' });
    }
  });

  test('reports a fork, and a witness that knows more', async () => {
    await ask(honest, 20);
    expect(await ask(forked, 20)).toMatchObject({
      status: 'contradicted',
      detail: 'it has cosigned another root of 20 events',
    });
    expect(await ask(forked, 25)).toMatchObject({
      status: 'contradicted',
      detail: 'it answered 422: log.example/desk: 25 events are not proved to extend 20',
    });
    expect(await ask(honest, 18)).toMatchObject({
      status: 'contradicted',
      detail: 'it has cosigned 20 events, and there are 18',
    });
  });

  test.each([
    ['nothing', { status: 200, body: '' }],
    ['no line', { status: 200, body: 'thank you\n' }],
    [
      'another key’s line',
      { status: 200, body: `\u2014 witness.example/w1 ${Buffer.alloc(76).toString('base64')}\n` },
    ],
    ['too much', { status: 200, body: 'x'.repeat(100_000) }],
    ['no size', { status: 500, body: 'out of order' }],
    ['a moving size', { status: 409, body: '1\n' }],
  ])('takes %s for an answer that failed', async (_, given) => {
    let known = 0;
    answer = () => Promise.resolve(given.status === 409 ? { status: 409, body: `${(known += 1)}\n` } : given);
    expect(await ask(honest, 9)).toMatchObject({ status: 'failed' });
  });
});
