import type { z } from 'zod';
import {
  attackFields,
  claimFields,
  commentFields,
  disputeFields,
  importDocument,
  linkFields,
  openIncident,
  REQUIRED_FIELDS,
  retraction,
  reviseAttack,
  reviseClaim,
  reviseComment,
  reviseDispute,
  reviseDocument,
  reviseLink,
  reviseWarning,
  settleDispute,
  tag,
  tagClaim,
  warningFields,
} from './index.js';

const id = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const documentId = `sha256:${'0'.repeat(64)}`;

/** Each fault as `<JSON pointer> <message>`, as the problem shows it. */
const faults = (schema: z.ZodType, value: unknown): string[] =>
  schema
    .safeParse(value)
    .error?.issues.map(
      ({ path, message }) => `${path.map((part) => `/${String(part)}`).join('')} ${message}`,
    ) ?? [];

test.each<[string, z.ZodType, unknown]>([
  ['a document', importDocument, { title: 'Market', text: 'Nine died.' }],
  ['an incident', openIncident, { title: 'Market' }],
  ['a claim', tagClaim, { anchor: { documentId, exact: 'Nine' } }],
  ['a claim by position', tagClaim, { anchor: { documentId, start: 0, end: 4 } }],
  ['a warning', warningFields, { summary: 'A call' }],
  ['an attack', attackFields, { summary: 'Blast' }],
  ['a link', linkFields, { warningId: id(1), attackId: id(2) }],
  ['a link of two attacks', linkFields, { earlierAttackId: id(1), attackId: id(2) }],
  ['a dispute', disputeFields, { question: 'Nine?', targets: [id(1)] }],
  ['a comment', commentFields, { targetId: id(1), body: 'Seen.' }],
  ['a settlement', settleDispute, { outcome: 'compatible', reason: 'Both.' }],
])('only what it is meaningless without is required of %s', (_, schema, least) => {
  expect(faults(schema, least)).toEqual([]);
  for (const name of Object.keys(least as object)) {
    const { [name]: _left, ...rest } = least as Record<string, unknown>;
    expect(faults(schema, rest).length).toBeGreaterThan(0);
  }
});

test('what each kind is meaningless without is what its request requires', () => {
  expect(
    Object.fromEntries(Object.entries(REQUIRED_FIELDS).map(([kind, names]) => [kind, [...names]])),
  ).toEqual({
    claim: ['anchor'],
    warning: ['summary'],
    attack: ['summary'],
    link: ['attackId'],
    dispute: ['question', 'targets'],
    comment: ['targetId', 'body'],
    item: ['format', 'content'],
  });
});

test.each<[string, z.ZodType, unknown, string[]]>([
  [
    'an unknown field',
    tagClaim,
    { anchor: { documentId, exact: 'x' }, stament: 'typo' },
    [' has unknown fields: stament; remove them, or check their spelling'],
  ],
  ['a list for an object', tagClaim, [], [' must be an object, not a list']],
  ['nothing', tagClaim, undefined, [' is missing; send an object']],
  [
    'an anchor without quote and position',
    tagClaim,
    { anchor: { documentId } },
    ['/anchor needs the quote (exact), or both start and end'],
  ],
  [
    'half a position',
    tagClaim,
    { anchor: { documentId, exact: 'x', start: 4 } },
    ['/anchor has one of start and end; send both or neither'],
  ],
  [
    'a position of nothing',
    tagClaim,
    { anchor: { documentId, start: 4, end: 4 } },
    ['/anchor has start at or behind end; offsets count Unicode code points from 0, end is exclusive'],
  ],
  [
    'a position of a whole book',
    tagClaim,
    { anchor: { documentId, start: 0, end: 20_001 } },
    ['/anchor spans more than 20000 code points; tag a shorter passage'],
  ],
  [
    'a negative position',
    tagClaim,
    { anchor: { documentId, start: -1, end: 4 } },
    ['/anchor/start must be at least 0'],
  ],
  [
    'a figure upside down',
    tagClaim,
    { anchor: { documentId, exact: 'x' }, figure: { counts: 'killed', min: 9, max: 8 } },
    ['/figure has min above max'],
  ],
  [
    'a tag twice',
    tagClaim,
    { anchor: { documentId, exact: 'x' }, tags: ['toll', 'toll'] },
    ['/tags names one thing twice'],
  ],
  [
    'a blank tag among others',
    tagClaim,
    { anchor: { documentId, exact: 'x' }, tags: ['toll', ' '] },
    ['/tags/1 is blank; write something or leave it out'],
  ],
  [
    'an asserter without a name',
    tagClaim,
    { anchor: { documentId, exact: 'x' }, asserters: [{ kind: 'named' }] },
    ['/asserters/0/name is missing; send a string'],
  ],
  [
    'a date of nothing',
    warningFields,
    { summary: 'A call', issuedAt: {} },
    ['/issuedAt is empty; give edtf, asPrinted or both'],
  ],
  [
    'a bad date',
    warningFields,
    { summary: 'A call', issuedAt: { edtf: '2019-13' } },
    [
      '/issuedAt/edtf is not an EDTF date (ISO 8601-2): "3" at character 7 does not fit; write, for example, 2019-12-27, 2019-12~, {2019-11,2019-12} or ../2015-11-13',
    ],
  ],
  [
    'half a place',
    attackFields,
    { summary: 'Blast', place: { latitude: 1 } },
    ['/place has one of latitude and longitude; send both or neither'],
  ],
  [
    'a place off the globe',
    attackFields,
    { summary: 'Blast', place: { latitude: 91, longitude: 181 } },
    ['/place/latitude must be at most 90', '/place/longitude must be at most 180'],
  ],
  [
    'a toll whose best is above its high',
    attackFields,
    { summary: 'Blast', casualties: { killed: { low: 1, best: 9, high: 8 } } },
    ['/casualties/killed must keep low at or below best, and best at or below high'],
  ],
  [
    'a link of one attack to nothing',
    linkFields,
    { attackId: id(2) },
    ['/warningId needs a warningId (or, between two attacks, an earlierAttackId in its place)'],
  ],
  [
    'a link of a warning and an attack to an attack',
    linkFields,
    { warningId: id(1), earlierAttackId: id(3), attackId: id(2) },
    ['/warningId needs a warningId (or, between two attacks, an earlierAttackId in its place)'],
  ],
  [
    'a link of an attack to itself',
    linkFields,
    { earlierAttackId: id(2), attackId: id(2) },
    ['/earlierAttackId is the attack itself; a link needs two different ends'],
  ],
  [
    'a dispute of nothing',
    disputeFields,
    { question: 'Nine?', targets: [] },
    ['/targets is empty; name the annotation or annotations in dispute'],
  ],
  [
    'a settlement for no position',
    settleDispute,
    { outcome: 'prevails', reason: 'So.' },
    ['/prevailing is required for the outcome prevails, and only allowed there'],
  ],
  [
    'a settlement for a position that does not prevail',
    settleDispute,
    { outcome: 'compatible', prevailing: 0, reason: 'So.' },
    ['/prevailing is required for the outcome prevails, and only allowed there'],
  ],
  [
    'a settlement without a reason',
    settleDispute,
    { outcome: 'compatible' },
    ['/reason is missing; send a string'],
  ],
  ['a retraction without a reason', retraction, {}, ['/reason is missing; send a string']],
  [
    'an address that is none',
    importDocument,
    { title: 'Market', text: 'x', url: 'javascript:alert(1)' },
    ['/url is not an http or https URL'],
  ],
  [
    'an address with a NUL, which a URL parser forgives',
    importDocument,
    { title: 'Market', text: 'x', url: 'http://example.org/a\u0000b' },
    ['/url contains a space or a non-ASCII character; percent-encode it (RFC 3986)'],
  ],
  [
    'an address with half a pair',
    importDocument,
    { title: 'Market', text: 'x', url: 'http://example.org/\ud800' },
    ['/url contains a space or a non-ASCII character; percent-encode it (RFC 3986)'],
  ],
  [
    'a language that is none',
    importDocument,
    { title: 'Market', text: 'x', language: 'english!' },
    ['/language is not a BCP 47 language tag, such as en, fr-BE or ar'],
  ],
])('%s is refused, at its place, with what to do', (_, schema, value, expected) => {
  expect(faults(schema, value)).toEqual(expected);
});

describe('a revision', () => {
  test.each<[string, z.ZodType, object]>([
    ['claim', reviseClaim, { tags: null, figure: null, statement: 'So.', reason: 'Clearer.' }],
    ['claim to another place', reviseClaim, { anchor: { documentId, exact: 'Nine' } }],
    ['warning', reviseWarning, { issuedBy: null, specificity: { when: 'vague' } }],
    ['attack', reviseAttack, { place: null, casualties: null }],
    ['link', reviseLink, { assessment: null, confidence: 'high' }],
    ['dispute', reviseDispute, { owner: null, targets: [id(1)] }],
    ['comment', reviseComment, { body: 'Seen twice.' }],
    ['document', reviseDocument, { publisher: null }],
    ['claim by nothing', reviseClaim, {}],
  ])('of a %s states only what changes', (_, schema, value) => {
    expect(schema.parse(value)).toEqual(value);
  });

  test.each<[string, z.ZodType, object, string[]]>([
    ['the anchor of a claim', reviseClaim, { anchor: null }, ['/anchor must be an object, not null']],
    ['the summary of a warning', reviseWarning, { summary: null }, ['/summary must be a string, not null']],
    ['the title of a document', reviseDocument, { title: null }, ['/title must be a string, not null']],
    [
      'what a link ties',
      reviseLink,
      { attackId: id(1) },
      [' has unknown fields: attackId; remove them, or check their spelling'],
    ],
    [
      'the text of a document',
      reviseDocument,
      { text: 'Ten died.' },
      [' has unknown fields: text; remove them, or check their spelling'],
    ],
  ])('does not touch %s', (_, schema, value, expected) => {
    expect(faults(schema, value)).toEqual(expected);
  });
});

test('a name from the prototype is a field that is not known', () => {
  const body = JSON.parse('{"title": "Market", "__proto__": {"summary": "x"}, "constructor": 1}') as unknown;
  expect(faults(openIncident, body).length).toBeGreaterThan(0);
  expect(({} as { summary?: string }).summary).toBeUndefined();
});

test('the stored anchor of a claim is whole', () => {
  expect(faults(claimFields, { anchor: { documentId, exact: 'Nine' } })).toEqual([
    '/anchor/prefix is missing; send a string',
    '/anchor/suffix is missing; send a string',
    '/anchor/start is missing; send a number',
    '/anchor/end is missing; send a number',
  ]);
});

test('an annotation is bounded as a whole, and so is a revision of one', () => {
  const positions = Array.from({ length: 50 }, () => ({ statement: 'long '.repeat(1990) }));
  const said = { question: 'Nine?', targets: [id(1)] };
  const tooLarge = ' takes more than 65536 bytes as JSON; split it, or shorten it';
  expect(faults(disputeFields, { ...said, positions })).toEqual([tooLarge]);
  expect(faults(reviseDispute, { positions })).toEqual([tooLarge]);
  expect(faults(disputeFields, { ...said, positions: positions.slice(0, 6) })).toEqual([]);
});

describe('a tag', () => {
  test.each([
    ['\u{1f469}\u200d\u{1f692}', '\u{1f469}\u200d\u{1f692}'],
    ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    [' toll ', 'toll'],
    ['death\u00a0 toll\t', 'death toll'],
    ['cafe\u0301', 'caf\u00e9'],
  ])('%j is kept as %j', (given, kept) => {
    expect(tag.parse(given)).toBe(kept);
  });

  test.each(['\u200b', '\u2060', '\u00ad', '\u2800', '\u3164', ' \u200d '])(
    'of nothing that shows is blank: %j',
    (given) => {
      expect(tag.safeParse(given).error?.issues[0]?.message).toMatch(/is blank/);
    },
  );

  test.each([
    ['to\u200bll', 'U+200B'],
    ['toll\u2060', 'U+2060'],
    ['to\u00adll', 'U+00AD'],
    ['to\u200dll', 'U+200D'],
    ['toll\ufe0f', 'U+FE0F'],
    ['\u202etoll', 'U+202E'],
  ])('that would look like another is refused: %j', (given, named) => {
    expect(tag.safeParse(given).error?.issues[0]?.message).toBe(
      `contains an invisible character (${named}); remove it`,
    );
  });
});

test.each(['\u200b', '\u2060\u00ad', '\ufeff'])('titles, summaries and comments of %j are blank', (blank) => {
  expect(openIncident.safeParse({ title: blank }).success).toBe(false);
  expect(
    commentFields.safeParse({ targetId: '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d', body: blank }).success,
  ).toBe(false);
});

test('C1 controls are controls', () => {
  expect(openIncident.safeParse({ title: 'a\u0085b' }).error?.issues[0]?.message).toMatch(
    /control character/,
  );
});
