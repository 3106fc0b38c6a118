import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { sentenceOf, serviceUrl } from './failures.js';

const errorOf = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => null,
    (error: unknown) => error,
  );

describe('what a command says when it fails', () => {
  it('names the file', async () => {
    expect(sentenceOf(await errorOf(() => readFile('/no/such.txt')))).toBe('there is no file /no/such.txt');
    const cause = await errorOf(() => readFile('/no/such.txt'));
    expect(sentenceOf(new Error('the sidecar cannot be read', { cause }))).toBe('the sidecar cannot be read');
    expect(sentenceOf(Object.assign(new Error(), { code: 'EISDIR', path: 'a' }))).toBe(
      'a is a folder, not a file',
    );
  });

  it('names the address', async () => {
    const refused = await errorOf(
      () => new Promise((_, reject) => connect(1, '127.0.0.1').on('error', (error) => reject(error))),
    );
    expect(sentenceOf(refused)).toBe('nothing is listening at 127.0.0.1:1; is it running?');
    expect(sentenceOf(new TypeError('fetch failed', { cause: refused }))).toBe(sentenceOf(refused));
  });

  it('says that an archive is broken', async () => {
    const broken = await errorOf(async () => gunzipSync(Buffer.from('no gzip at all')));
    expect(sentenceOf(broken)).toMatch(/^the archive is not a complete gzip file/);
  });

  it('is the message of any other error', () => {
    expect(sentenceOf(new Error('as it is'))).toBe('as it is');
    expect(sentenceOf('a word')).toBe('a word');
  });
});

test.each([
  ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['localhost', 'http://localhost'],
  ['https://casebook.example', 'https://casebook.example'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
])('the address %s is %s', (given, url) => {
  expect(serviceUrl(given)).toBe(url);
});
