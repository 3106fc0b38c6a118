import { cosignaturesOn, meetsQuorum, parsePolicy } from './policy.js';
import { cosignatureLine, cosignerKey, noteSigner, signNote } from './signed-note.js';

const signer = (name: string, byte: number) => noteSigner(name, Buffer.alloc(32, byte));
const [w1, w2, w3] = [1, 2, 3].map((byte) => signer(`witness.example/w${byte}`, byte));
const log = signer('log.example/desk', 9);
const witnessLines = [w1, w2, w3].map(
  (each, at) => `witness w${at + 1} ${cosignerKey(each!)} http://w${at + 1}/`,
);

/** The vkey of the example in C2SP tlog-cosignature's conventions: material is 0x04 and the key. */
test('the verifier key of a cosigner has its own type and id', () => {
  const [name, id, material] = cosignerKey(w1!).split('+');
  expect(Buffer.from(material!, 'base64')[0]).toBe(4);
  expect([name, id]).toEqual(['witness.example/w1', w1!.cosignatureId.toString('hex')]);
});

describe('a policy', () => {
  const policy = parsePolicy(
    [
      '# Whom we trust.',
      `log ${log.verifierKey} https://casebook.example`,
      '',
      ...witnessLines,
      '\tgroup ours  2 w1 w2 ',
      'group enough any ours w3',
      'quorum enough',
    ].join('\n'),
  );

  test('names logs and witnesses, with where they are', () => {
    expect(policy.logs).toMatchObject([{ verifierKey: log.verifierKey, url: 'https://casebook.example' }]);
    expect(policy.witnesses.map(({ name, url }) => [name, url])).toEqual([
      ['w1', 'http://w1/'],
      ['w2', 'http://w2/'],
      ['w3', 'http://w3/'],
    ]);
  });

  test.each([
    [['w1'], false],
    [['w1', 'w2'], true],
    [['w3'], true],
    [[], false],
    [['enough'], false],
  ])('with the cosignatures of %j its quorum is met: %s', (cosigned, met) => {
    expect(meetsQuorum(policy, cosigned)).toBe(met);
  });

  test('without a quorum asks for nobody', () => {
    expect(meetsQuorum(parsePolicy('quorum none\n'), [])).toBe(true);
  });

  test.each([
    ['', 'there is no quorum line'],
    ['quorum w1', 'line 1: no line before'],
    [`${witnessLines[0]}\nquorum w1\nquorum w1`, 'line 3: there is one quorum'],
    [
      `${witnessLines[0]}\n${witnessLines[0]!.replace('w1', 'w9')}\nquorum w1`,
      'line 2: there is a line with this key',
    ],
    [`${witnessLines[0]}\ngroup g 2 w1\nquorum g`, 'line 2: a group takes'],
    [`${witnessLines[0]}\ngroup g 0 w1\nquorum g`, 'line 2: a group takes'],
    [`${witnessLines[0]}\ngroup g all w1\ngroup h all w1\nquorum g`, 'line 3: w1 is in a group already'],
    [
      `witness w1 ${log.verifierKey}\nquorum w1`,
      'line 1: this is not the verifier key of an Ed25519 cosigner',
    ],
    [`log ${cosignerKey(w1!)}\nquorum none`, 'line 1: this is not the verifier key of an Ed25519 note'],
    ['witness none x\nquorum none', 'line 1: it needs a name'],
    ['trust everybody', 'line 1: "trust" is none of'],
  ])('that reads %j is refused', (text, message) => {
    expect(() => parsePolicy(text)).toThrow(message);
  });

  test('finds the cosignatures that fit, and no other', () => {
    const text = 'log.example/desk\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
    const stranger = signer('witness.example/w9', 8);
    const pretender = signer('witness.example/w2', 7);
    const note =
      signNote(text, [log]) +
      cosignatureLine(text, w1!, 1_700_000_000) +
      cosignatureLine(text, stranger, 1_700_000_000) +
      cosignatureLine(text, pretender, 1_700_000_000) +
      cosignatureLine(`${text}more\n`, w3!, 1_700_000_000);
    expect(cosignaturesOn(note, policy.witnesses).map(({ witness, time }) => [witness.name, time])).toEqual([
      ['w1', 1_700_000_000n],
    ]);
  });
});
