import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { checkpointText, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.js';
import { BadNote, noteSigner, noteVerifier, openNote, signNote } from './signed-note.js';

/** The note that the Go implementation of signed-note tests itself with. */
const GO_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const GO_NOTE =
  'This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

describe('a signed note', () => {
  it('of the Go implementation is verified', () => {
    expect(openNote(GO_NOTE, [noteVerifier(GO_KEY)])).toMatchObject({
      text: 'This is an example message.\n',
      verifiedBy: [{ name: 'example.com/foo' }],
      unknown: 0,
    });
  });

  it('of ours is verified by its verifier key, and only by that', () => {
    const signer = noteSigner('casebook.example/w', randomBytes(32));
    const note = signNote('one\n\ntwo\n', [signer]);
    expect(openNote(note, [noteVerifier(signer.verifierKey)]).text).toBe('one\n\ntwo\n');
    expect(() => openNote(note, [noteVerifier(GO_KEY)])).toThrow(BadNote);
    expect(() => openNote(note, [noteSigner('casebook.example/w', randomBytes(32))])).toThrow(
      /none of the known keys/,
    );
  });

  it('by two keys, of which one is unknown, is verified by the other', () => {
    const [old, next] = [noteSigner('a', randomBytes(32)), noteSigner('a', randomBytes(32))];
    expect(openNote(signNote('text\n', [old, next]), [next])).toMatchObject({
      verifiedBy: [next],
      unknown: 1,
    });
  });

  it('says when it was signed by a cosignature of the same key, of which no byte can be changed', () => {
    const signer = noteSigner('casebook.example/w', randomBytes(32));
    const note = signNote('text\n', [signer], 1_700_000_000);
    expect(openNote(note, [noteVerifier(signer.verifierKey)])).toMatchObject({
      verifiedBy: [{ name: 'casebook.example/w' }],
      times: [1_700_000_000n],
      unknown: 0,
    });
    const at = note.lastIndexOf(' ') + 1;
    const bytes = Buffer.from(note.slice(at), 'base64');
    for (let index = 4; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1;
      expect(() => openNote(`${note.slice(0, at)}${changed.toString('base64')}\n`, [signer])).toThrow(
        /cosignature/,
      );
    }
    const cut = `${note.slice(0, at)}${bytes.subarray(0, 40).toString('base64')}\n`;
    expect(() => openNote(cut, [signer])).toThrow(/cosignature/);
  });

  it('with any one character changed is refused', () => {
    const verifier = noteVerifier(GO_KEY);
    fc.assert(
      fc.property(fc.nat(GO_NOTE.length - 1), fc.integer({ min: 1, max: 0x2ff }), (at, by) => {
        const changed =
          GO_NOTE.slice(0, at) + String.fromCharCode(GO_NOTE.charCodeAt(at) ^ by) + GO_NOTE.slice(at + 1);
        expect(() => openNote(changed, [verifier])).toThrow(BadNote);
      }),
    );
  });

  it.each(['', 'name', 'a+00000000+AAAA', GO_KEY.replace('530d903a', '530d903b'), GO_KEY.slice(0, -4)])(
    'is not opened with the verifier key %j',
    (key) => {
      expect(() => noteVerifier(key)).toThrow(BadNote);
    },
  );

  it.each(['no line feed', 'nul\u0000\n', 'tab\t\n', 'half \ud800\n'])('is not made of %j', (text) => {
    expect(() => signNote(text, [noteSigner('a', randomBytes(32))])).toThrow(BadNote);
  });
});

describe('a checkpoint', () => {
  const root = Buffer.alloc(32, 7);

  it('is three lines, signed', () => {
    const signer = noteSigner('casebook.example/w', randomBytes(32));
    const note = signCheckpoint({ origin: 'casebook.example/w', size: 12, root }, [signer], 1_700_000_000);
    expect(note.split('\n').slice(0, 4)).toEqual(['casebook.example/w', '12', root.toString('base64'), '']);
    const verifier = noteVerifier(signer.verifierKey);
    expect(openCheckpoint(note, [verifier])).toEqual({
      origin: 'casebook.example/w',
      size: 12,
      root,
      times: [1_700_000_000n],
      verifiedBy: [verifier],
    });
  });

  it('may carry extension lines, which are ignored', () => {
    const text = `${checkpointText({ origin: 'o', size: 0, root })}extension\n`;
    expect(parseCheckpoint(text)).toEqual({ origin: 'o', size: 0, root });
  });

  it.each([
    '',
    'o\n1\n',
    'o\n01\nAA==\n',
    `o\n-1\n${root.toString('base64')}\n`,
    `\n1\n${root.toString('base64')}\n`,
    `o\n1\n${root.toString('base64')}`,
  ])('is not %j', (text) => {
    expect(() => parseCheckpoint(text)).toThrow(BadNote);
  });
});
