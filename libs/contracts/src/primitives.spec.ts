import type { z } from 'zod';
import {
  anyInstant,
  documentId,
  documentText,
  DOCUMENT_TEXT_BYTES,
  entityId,
  excerpt,
  instant,
  memberId,
  phrase,
  position,
  prose,
  QUOTE_LENGTH,
  workspaceId,
} from './index.js';

const messages = (schema: z.ZodType, value: unknown): string[] =>
  schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
const accepts = (schema: z.ZodType, value: unknown): void => {
  expect(messages(schema, value)).toEqual([]);
  expect(schema.parse(value)).toBe(value);
};

describe.each([
  ['a phrase', phrase(), 500],
  ['prose', prose(), 10_000],
])('%s', (_, schema, most) => {
  test.each([
    ['curly quotes', '“imminent” – France’s'],
    ['no-break spaces', 'at\u00a0least\u202f120'],
    ['combining marks', 'cafe\u0301'],
    ['emoji and flags', '👩‍👩‍👧 🇫🇷'],
    ['right-to-left script', 'قال المسؤول'],
    ['line ends and tabs', 'one\r\ntwo\tthree'],
    ['spaces around it, kept as sent', '  so  '],
    ['what looks like a formula', '=SUM(A1)'],
    ['as much as there may be', 'x'.repeat(most)],
  ])('holds %s', (_name, text) => {
    accepts(schema, text);
  });

  test.each([
    ['a NUL', 'a\u0000b', /control character/],
    ['another control character', 'a\u001bb', /control character/],
    ['DEL', 'a\u007f', /control character/],
    ['the first C1 control', 'a\u0080', /control character/],
    ['the last C1 control', 'a\u009fb', /control character/],
    ['the first half of a pair', 'a\ud83d', /half of a surrogate pair/],
    ['the second half of a pair', '\ude00b', /half of a surrogate pair/],
    ['nothing', '', /is blank; write something or leave it out/],
    ['spaces only', ' \u00a0\n\t', /is blank/],
    ['one character too many', 'x'.repeat(most + 1), new RegExp(`more than ${most} characters`)],
    ['a number', 7, /must be a string, not a number/],
    ['null', null, /must be a string, not null/],
    ['a list', [], /must be a string, not a list/],
    ['nothing at all', undefined, /is missing; send a string/],
  ])('does not hold %s, and says so', (_name, value, message) => {
    const found = messages(schema, value);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  test('that is too long is not looked at further', () => {
    expect(messages(schema, '\u0000'.repeat(most + 1))).toEqual([expect.stringMatching(/more than/)]);
  });
});

describe('an excerpt', () => {
  test.each([' ', '\f', 'one\u0007two', '\r\n', 'x'.repeat(QUOTE_LENGTH)])(
    'may be whatever a document may be',
    (text) => {
      accepts(excerpt(), text);
    },
  );

  test.each([
    ['', /is empty/],
    ['a\u0000', /NUL/],
    ['\ud83d', /half/],
    ['x'.repeat(QUOTE_LENGTH + 1), /more than 20000/],
  ])('may not be what no document is', (text, message) => {
    expect(messages(excerpt(), text)).toEqual([expect.stringMatching(message)]);
  });
});

describe("a document's text", () => {
  test.each([
    'x',
    '\ufeffwith a byte order mark',
    'page one\fpage two',
    'é'.repeat(DOCUMENT_TEXT_BYTES.max / 2),
  ])('is kept as it is', (text) => {
    accepts(documentText, text);
  });

  test.each([
    ['', /is empty/],
    ['a\u0000', /NUL/],
    ['\udc00', /half/],
    ['é'.repeat(DOCUMENT_TEXT_BYTES.max / 2 + 1), /bytes of UTF-8; split/],
    ['x'.repeat(DOCUMENT_TEXT_BYTES.max + 1), /more than 4194304/],
  ])('is refused where it could not be kept', (text, message) => {
    expect(messages(documentText, text)).toEqual([expect.stringMatching(message)]);
  });
});

describe('names', () => {
  test.each([
    ['a document', documentId, `sha256:${'0a'.repeat(32)}`],
    ['an annotation', entityId, '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d'],
    ['a workspace', workspaceId, 'desk-two'],
    ['a workspace of one letter', workspaceId, 'a'],
    ['a member', memberId, 'a.ferrand@desk-two.example'],
    ['an instant', instant, '2031-03-04T09:00:00.000Z'],
    ['a position', position, 1],
  ])('of %s', (_, schema, name) => {
    accepts(schema, name);
  });

  test.each([
    ['upper-case hex', documentId, `sha256:${'0A'.repeat(32)}`, /64 lower-case hex digits/],
    ['another digest', documentId, `sha1:${'0a'.repeat(20)}`, /not a document id/],
    ['a line behind the id', entityId, '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d\n', /not an id/],
    ['an upper-case UUID', entityId, '01990F3E-7C1A-7B52-9D5E-6F1C2A3B4C5D', /not an id/],
    ['a path', workspaceId, '../default', /not a workspace name/],
    ['64 characters', workspaceId, 'a'.repeat(64), /not a workspace name/],
    ['a dash at the end', workspaceId, 'desk-', /not a workspace name/],
    ['a space', memberId, 'alice b', /not a member id/],
    ['a time without milliseconds', instant, '2031-03-04T09:00:00Z', /UTC time with milliseconds/],
    ['a time with an offset', instant, '2031-03-04T09:00:00.000+01:00', /UTC time with milliseconds/],
    ['the 30th of February', instant, '2031-02-30T09:00:00.000Z', /UTC time with milliseconds/],
    ['position 0', position, 0, /at least 1/],
    ['a fraction', position, 1.5, /must be a whole number, not a fraction/],
    ['infinity', position, Infinity, /must be a number/],
  ])('%s is none', (_, schema, name, message) => {
    expect(messages(schema, name)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['2031-03-04T09:00:00Z', '2031-03-04T09:00:00.000Z'],
    ['2031-03-04T09:00:00.5+05:30', '2031-03-04T03:30:00.500Z'],
    ['0000-12-31T23:59:59Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59-23:00', '9999-12-31T23:59:59.999Z'],
  ])('a client may say %s', (said, kept) => {
    expect(anyInstant.parse(said)).toBe(kept);
  });

  test.each(['2031-03-04', '2031-03-04T09:00:00', '2031-02-30T09:00:00Z', 'now'])(
    'a client may not say %s',
    (said) => {
      expect(messages(anyInstant, said)).toEqual([expect.stringMatching(/must be an RFC 3339 time/)]);
    },
  );
});
