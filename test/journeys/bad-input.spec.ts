import { gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Problem } from '@casebook/contracts';
import { enter } from '../support/corpus.js';
import { sendRaw } from '../support/raw-http.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const TEXT =
  'At least nine people were killed on Tuesday. “Nobody told us.” The driver waved 👩🏽‍🚒 and left.\r\nA second witness: “Nobody told us.” At 9\u00a0p.m. it was over.\r\n';
const NOWHERE = '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d';
const NO_DOCUMENT = `sha256:${'0'.repeat(64)}`;

/** What the cases are about: everything that there is to refer to, rightly or wrongly. */
interface World {
  service: TestService;
  annotator: Client;
  reader: Client;
  revoked: Client;
  removed: Client;
  foreign: Client;
  document: string;
  unattached: string;
  incident: string;
  other: string;
  closed: string;
  claim: string;
  retracted: string;
  foreignClaim: string;
  warning: string;
  attack: string;
  dispute: string;
  settled: string;
  comment: string;
}

async function makeWorld(): Promise<World> {
  const service = await startTestService();
  const { admin } = service;
  const annotator = await service.member('ann', 'annotator');
  const reader = await service.member('rea', 'reader');
  const removed = await service.member('gone', 'annotator');
  await admin.post('members/gone/removal', { reason: 'Left the desk' });
  const issued = await admin.post('members/ann/tokens', { label: 'lost laptop' });
  await admin.post(`tokens/${issued.body.id}/revocation`, { reason: 'Lost' });
  const workspace = await admin.post('/v1/workspaces', { id: 'elsewhere' });

  const make = async (path: string, body: unknown): Promise<string> => (await enter(admin, path, body)).id;
  const document = await make('documents', { title: 'First', text: TEXT });
  const unattached = await make('documents', { title: 'Second', text: 'Nothing happened here.' });
  const incident = await make('incidents', { title: 'River market' });
  const other = await make('incidents', { title: 'Another' });
  const closed = await make('incidents', { title: 'Closed' });
  await admin.post(`incidents/${closed}/closure`, { reason: 'Done' });
  for (const each of [incident, other]) await make(`incidents/${each}/documents`, { documentId: document });
  const anchor = { documentId: document, exact: 'nine people were killed' };
  const claim = await make(`incidents/${incident}/claims`, { anchor });
  const retracted = await make(`incidents/${incident}/claims`, { anchor });
  await admin.post(`incidents/${incident}/claims/${retracted}/retraction`, { reason: 'Twice' });
  const foreignClaim = await make(`incidents/${other}/claims`, { anchor });
  const warning = await make(`incidents/${incident}/warnings`, { summary: 'A call', evidence: [claim] });
  const attack = await make(`incidents/${incident}/attacks`, { summary: 'A blast' });
  const positions = [{ statement: 'Nine' }, { statement: 'Ten' }];
  const dispute = await make(`incidents/${incident}/disputes`, {
    question: 'How many?',
    targets: [claim],
    positions,
  });
  const settled = await make(`incidents/${incident}/disputes`, {
    question: 'When?',
    targets: [claim],
    positions,
  });
  await admin.post(`incidents/${incident}/disputes/${settled}/resolution`, {
    outcome: 'prevails',
    prevailing: 0,
    reason: 'Two sources',
  });
  const comment = await make(`incidents/${incident}/comments`, { targetId: claim, body: 'Check this' });
  return {
    service,
    annotator,
    reader,
    removed,
    revoked: service.client(issued.body.token as string),
    foreign: service.client(workspace.body.token as string),
    document,
    unattached,
    incident,
    other,
    closed,
    claim,
    retracted,
    foreignClaim,
    warning,
    attack,
    dispute,
    settled,
    comment,
  };
}

interface Sent {
  /** Path, relative to the workspace `default` unless it begins with `/`. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  as?: Client;
}
interface Case {
  name: string;
  method: string;
  sent: (world: World) => Sent;
  status: number;
  code: string;
  /** What the detail must say, so that whoever reads it knows what to do. */
  says: RegExp;
  /** Where the faults are: pointers into the body, parameters, headers. */
  at?: string[];
  /** Members of the problem beside the standard ones. */
  more?: Record<string, unknown>;
}

const cases: Case[] = [];
let group = '';
const add = (
  name: string,
  request: string,
  sent: (world: World) => Omit<Sent, 'path'>,
  [status, code]: [number, string],
  says: RegExp,
  at?: string[],
  more?: Record<string, unknown>,
): void => {
  const [method = '', path = ''] = request.split(' ');
  cases.push({
    name: `${group}: ${name}`,
    method,
    sent: (world) => ({
      path: path.replaceAll(/\{(\w+)\}/g, (_, key: string) => world[key as keyof World] as string),
      ...sent(world),
    }),
    status,
    code,
    says,
    ...(at !== undefined && { at }),
    ...(more !== undefined && { more }),
  });
};
const plain = () => ({});
const body = (value: unknown) => () => ({ body: value });
const INVALID: [number, string] = [400, 'invalid-request'];

group = 'who asks';
add(
  'with a token that nobody has',
  'GET incidents',
  (w) => ({ as: w.service.client('casebook_nobody') }),
  [401, 'unauthenticated'],
  /unknown, expired or revoked/,
);
add(
  'with a token that was revoked',
  'GET incidents',
  (w) => ({ as: w.revoked }),
  [401, 'unauthenticated'],
  /unknown, expired or revoked/,
);
add(
  'with the token of a member who was removed',
  'POST incidents',
  (w) => ({ as: w.removed, body: { title: 'x' } }),
  [401, 'unauthenticated'],
  /Ask an admin/,
);
add(
  'with another scheme',
  'GET incidents',
  () => ({ headers: { authorization: 'Basic YWRtaW46YWRtaW4=' } }),
  [401, 'unauthenticated'],
  /Authorization: Bearer/,
);
add(
  'with a garbled token',
  'GET incidents',
  () => ({ headers: { authorization: 'Bearer a b c' } }),
  [401, 'unauthenticated'],
  /Authorization: Bearer/,
);
add(
  'with a token of another workspace',
  'GET incidents',
  (w) => ({ as: w.foreign }),
  [403, 'wrong-workspace'],
  /another workspace/,
);
add(
  'in a workspace that is not there',
  'GET /v1/workspaces/nowhere/incidents',
  plain,
  [403, 'wrong-workspace'],
  /token of the workspace in the address/,
);
add(
  'a reader records',
  'POST incidents',
  (w) => ({ as: w.reader, body: { title: 'x' } }),
  [403, 'not-permitted'],
  /role \(reader\).*annotate.*admin/,
);
add(
  'an annotator settles',
  'POST incidents/{incident}/disputes/{dispute}/resolution',
  (w) => ({ as: w.annotator, body: { outcome: 'all-kept', reason: 'x' } }),
  [403, 'not-permitted'],
  /adjudicate/,
);
add(
  'an annotator adds a member',
  'POST members',
  (w) => ({ as: w.annotator, body: { id: 'eve', name: 'Eve', role: 'admin' } }),
  [403, 'not-permitted'],
  /administer/,
);
add(
  'an admin of another workspace opens one',
  'POST /v1/workspaces',
  (w) => ({ as: w.foreign, body: { id: 'third' } }),
  [403, 'not-permitted'],
  /admin of the workspace default/,
);

group = 'where';
add('no such route', 'GET /v2/anything', plain, [404, 'not-found'], /openapi\.json/);
add(
  'no such incident',
  `GET incidents/${NOWHERE}`,
  plain,
  [404, 'incident-unknown'],
  /GET …\/incidents lists/,
);
add(
  'a claim in no such incident',
  `POST incidents/${NOWHERE}/attacks`,
  body({ summary: 'x' }),
  [404, 'incident-unknown'],
  /no such incident/,
);
add(
  'no such annotation',
  `GET incidents/{incident}/claims/${NOWHERE}`,
  plain,
  [404, 'annotation-unknown'],
  /no claim with this id/,
);
add(
  'an annotation of another kind',
  'GET incidents/{incident}/warnings/{claim}',
  plain,
  [404, 'annotation-unknown'],
  /no warning with this id/,
);
add(
  'an annotation of another incident',
  'PATCH incidents/{incident}/claims/{foreignClaim}',
  body({ statement: 'x' }),
  [404, 'annotation-unknown'],
  /no claim with this id/,
);
add(
  'no such document',
  `GET documents/${NO_DOCUMENT}`,
  plain,
  [404, 'document-unknown'],
  /GET …\/documents lists/,
);
add(
  'no such document’s text',
  `GET documents/${NO_DOCUMENT}/text`,
  plain,
  [404, 'document-unknown'],
  /no such document/,
);
add('an incident id that is none', 'GET incidents/12', plain, INVALID, /incident: .*UUID in lower case/, [
  'incident',
]);
add('an incident id in capitals', `GET incidents/${NOWHERE.toUpperCase()}`, plain, INVALID, /lower case/, [
  'incident',
]);
add(
  'a document id in capitals',
  `GET documents/sha256:${'A'.repeat(64)}`,
  plain,
  INVALID,
  /64 lower-case hex digits/,
  ['document'],
);
add('a NUL in the address', 'GET incidents/%00', plain, INVALID, /UUID/, ['incident']);
add(
  'an annotation that is not there is retracted',
  `POST incidents/{incident}/claims/${NOWHERE}/retraction`,
  body({ reason: 'x' }),
  [404, 'annotation-unknown'],
  /no claim/,
);
add(
  'deleting',
  'DELETE incidents/{incident}',
  plain,
  [405, 'method-not-allowed'],
  /DELETE is not allowed here; allowed: GET, HEAD, PATCH/,
);
add(
  'putting',
  'PUT incidents/{incident}/claims/{claim}',
  body({}),
  [405, 'method-not-allowed'],
  /allowed: GET, HEAD, PATCH/,
);
add(
  'patching a list',
  'PATCH incidents/{incident}/claims',
  body({}),
  [405, 'method-not-allowed'],
  /allowed: GET, HEAD, POST/,
);
add(
  'asking for options',
  'OPTIONS incidents',
  plain,
  [405, 'method-not-allowed'],
  /allowed: GET, HEAD, POST/,
);
add(
  'a part of the address without end',
  `GET incidents/${'a'.repeat(600)}`,
  plain,
  [414, 'uri-too-long'],
  /too long/,
);
add('broken percent-encoding', 'GET incidents/%E0%A4%A', plain, [400, 'bad-request'], /percent-encoding/);

group = 'the body';
add('is cut short', 'POST incidents', body('{"title": "x'), [400, 'malformed-json'], /not JSON/);
add('is empty', 'POST incidents', body(''), INVALID, /needs a body: a JSON object/);
add('is missing', 'POST incidents', plain, INVALID, /needs a body: a JSON object/);
add('is null', 'POST incidents', body('null'), INVALID, /object/, ['']);
add('is a list', 'POST incidents', body('[]'), INVALID, /object/, ['']);
add('is a word', 'POST incidents', body('"title"'), INVALID, /object/, ['']);
add(
  'is plain text',
  'POST documents',
  () => ({ body: 'At least nine', headers: { 'content-type': 'text/plain' } }),
  [415, 'unsupported-media-type'],
  /application\/json/,
);
add(
  'is a form',
  'POST incidents',
  () => ({ body: 'title=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  [415, 'unsupported-media-type'],
  /application\/json/,
);
add(
  'is a merge patch, which would leave of a field what it does not name',
  'PATCH incidents/{incident}/attacks/{attack}',
  () => ({
    body: { casualties: { killed: { best: 5 } } },
    headers: { 'content-type': 'application/merge-patch+json' },
  }),
  [415, 'unsupported-media-type'],
  /application\/json/,
);
add(
  'is packed',
  'POST incidents',
  () => ({
    body: gzipSync('{"title":"x"}'),
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  }),
  [415, 'unsupported-media-type'],
  /without Content-Encoding/,
  ['Content-Encoding'],
);
add(
  'is of JSON Lines that are packed',
  'POST incidents/{incident}/import',
  () => ({
    body: gzipSync('{}'),
    headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
  }),
  [415, 'unsupported-media-type'],
  /without Content-Encoding/,
  ['Content-Encoding'],
);
add(
  'names a position beyond all numbers',
  'POST undo',
  body('{"positions":[99999999999999999999],"reason":"x"}'),
  INVALID,
  /must be at most 9007199254740991/,
  ['/positions/0'],
);
add(
  'has a content type that is none',
  'POST incidents',
  () => ({ body: '{}', headers: { 'content-type': 'json' } }),
  [415, 'unsupported-media-type'],
  /application\/json/,
);
add(
  'is not UTF-8',
  'POST incidents',
  body(Buffer.from([0x7b, 0x22, 0x74, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d])),
  [400, 'malformed-json'],
  /UTF-8/,
);
add(
  'nests deeper than anything',
  'POST incidents',
  body('['.repeat(100_000)),
  [400, 'malformed-json'],
  /deeper than 32 levels/,
);
add(
  'is larger than any document',
  'POST documents',
  body(`{"title":"x","text":"${'x'.repeat(11_000_000)}"}`),
  [413, 'body-too-large'],
  /4 MiB/,
);
add(
  'has a field __proto__',
  'POST incidents',
  body('{"title":"x","__proto__":{"admin":true}}'),
  [400, 'malformed-json'],
  /__proto__/,
);
add(
  'has a field constructor',
  'POST incidents',
  body('{"title":"x","constructor":{"prototype":{}}}'),
  INVALID,
  /not a field/,
  ['/constructor'],
);
add(
  'has a field too many',
  'POST incidents',
  body({ title: 'x', titel: 'y', 'a/b~c': 1 }),
  INVALID,
  /not a field of this request.*spelling/,
  ['/titel', '/a~1b~0c'],
);
add(
  'has fields of the wrong type',
  'POST incidents/{incident}/claims',
  (w) => ({
    body: {
      anchor: { documentId: w.document, exact: 7 },
      asserters: 'the governor',
      tags: [1],
      figure: { counts: 'killed', min: '9' },
    },
  }),
  INVALID,
  /string/,
  ['/anchor/exact', '/asserters', '/tags/0', '/figure/min'],
);
add(
  'lacks what is needed',
  'POST documents',
  body({ publisher: 'x' }),
  INVALID,
  /is missing; send a string/,
  ['/title', '/text'],
);

group = 'text';
add('with a NUL', 'POST incidents', body({ title: 'a\u0000b' }), INVALID, /control character/, ['/title']);
add('of a document with a NUL', 'POST documents', body({ title: 'x', text: 'a\u0000b' }), INVALID, /NUL/, [
  '/text',
]);
add('with half a surrogate pair', 'POST incidents', body('{"title":"a\\ud800b"}'), INVALID, /surrogate/, [
  '/title',
]);
add(
  'of a document with half a surrogate pair',
  'POST documents',
  body('{"title":"x","text":"\\udfff"}'),
  INVALID,
  /surrogate/,
  ['/text'],
);
add('that is blank', 'POST incidents', body({ title: ' \t\n' }), INVALID, /blank/, ['/title']);
add('that is too long', 'POST incidents', body({ title: 'x'.repeat(1001) }), INVALID, /1000/, ['/title']);
add(
  'of a document that is too long',
  'POST documents',
  body({ title: 'x', text: 'é'.repeat(2_200_000) }),
  INVALID,
  /longer than 4194304 bytes.*split/,
  ['/text'],
);
add('of an empty document', 'POST documents', body({ title: 'x', text: '' }), INVALID, /text/, ['/text']);
add(
  'of an address that is no URL',
  'POST documents',
  body({ title: 'x', text: 'y', url: 'javascript:alert(1)' }),
  INVALID,
  /http or https URL/,
  ['/url'],
);
add(
  'of a language that is none',
  'POST documents',
  body({ title: 'x', text: 'y', language: 'Klingon!' }),
  INVALID,
  /BCP 47/,
  ['/language'],
);

group = 'a word that is not on the list';
add(
  'modality',
  'POST incidents/{incident}/claims',
  (w) => ({ body: { anchor: { documentId: w.document, exact: 'Tuesday' }, modality: 'maybe' } }),
  INVALID,
  /stated.*hedged.*denied.*question.*speculation/,
  ['/modality'],
);
add(
  'credibility',
  'POST incidents/{incident}/claims',
  (w) => ({ body: { anchor: { documentId: w.document, exact: 'Tuesday' }, credibility: 7 } }),
  INVALID,
  /1.*6/,
  ['/credibility'],
);
add(
  'specificity',
  'POST incidents/{incident}/warnings',
  body({ summary: 'x', specificity: { when: 'soon' } }),
  INVALID,
  /none.*vague.*stated/,
  ['/specificity/when'],
);
add(
  'a role',
  'POST members',
  body({ id: 'eve', name: 'Eve', role: 'god' }),
  INVALID,
  /reader.*annotator.*adjudicator/,
  ['/role'],
);
add(
  'a member id',
  'POST members',
  body({ id: 'Eve Adams', name: 'Eve', role: 'reader' }),
  INVALID,
  /not a member id/,
  ['/id'],
);
add('a workspace name', 'POST /v1/workspaces', body({ id: 'Desk Two' }), INVALID, /not a workspace name/, [
  '/id',
]);

group = 'a date';
add(
  'with a month too many',
  'POST incidents/{incident}/warnings',
  body({ summary: 'x', issuedAt: { edtf: '2019-13-05' } }),
  INVALID,
  /"3" at character 7 does not fit/,
  ['/issuedAt/edtf'],
);
add(
  'in words',
  'POST incidents/{incident}/attacks',
  body({ summary: 'x', occurredAt: { edtf: 'last Tuesday' } }),
  INVALID,
  /"l" at character 1 does not fit.*2019-12-27/,
  ['/occurredAt/edtf'],
);
add(
  'that ends too early',
  'POST incidents/{incident}/attacks',
  body({ summary: 'x', occurredAt: { edtf: '{2019-11,' } }),
  INVALID,
  /ends too early/,
  ['/occurredAt/edtf'],
);
add(
  'that is empty',
  'POST documents',
  body({ title: 'x', text: 'y', published: '' }),
  INVALID,
  /leave it out/,
  ['/published'],
);
add(
  'with nothing in it',
  'POST incidents/{incident}/attacks',
  body({ summary: 'x', occurredAt: {} }),
  INVALID,
  /give edtf, asPrinted or both/,
  ['/occurredAt'],
);
add(
  'the day that no month has',
  'POST documents',
  body({ title: 'x', text: 'y', published: '2023-02-30' }),
  INVALID,
  /not an EDTF date/,
  ['/published'],
);

group = 'a quote';
const anchored = (anchor: Record<string, unknown>) => (w: World) => ({
  body: { anchor: { documentId: w.document, ...anchor } },
});
add(
  'one off at its start',
  'POST incidents/{incident}/claims',
  anchored({ exact: 'nine people', start: 10, end: 21 }),
  [422, 'quote-mismatch'],
  /which is at 9 to 20.*code points/,
  ['/anchor/exact'],
);
add(
  'one off at its end',
  'POST incidents/{incident}/claims',
  anchored({ exact: 'nine people', start: 9, end: 21 }),
  [422, 'quote-mismatch'],
  /"nine people ".*not the quote/,
  ['/anchor/exact'],
  { count: 1 },
);
add(
  'counted in UTF-16 units behind an emoji',
  'POST incidents/{incident}/claims',
  anchored({
    exact: 'A second witness',
    start: TEXT.indexOf('A second'),
    end: TEXT.indexOf('A second') + 16,
  }),
  [422, 'quote-mismatch'],
  /not UTF-16 units/,
  ['/anchor/exact'],
);
add(
  'with straight quotation marks',
  'POST incidents/{incident}/claims',
  anchored({ exact: '"Nobody told us."' }),
  [422, 'quote-not-found'],
  /nearest text.*“Nobody told us.”.*curly quotes/,
  ['/anchor/exact'],
);
add(
  'with a plain space for a no-break one',
  'POST incidents/{incident}/claims',
  anchored({ exact: 'At 9 p.m. it was over' }),
  [422, 'quote-not-found'],
  /no-break spaces/,
  ['/anchor/exact'],
);
add(
  'with LF for CR LF',
  'POST incidents/{incident}/claims',
  anchored({ exact: 'and left.\nA second' }),
  [422, 'quote-not-found'],
  /line ends count/,
  ['/anchor/exact'],
);
add(
  'of something else',
  'POST incidents/{incident}/claims',
  anchored({ exact: 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich' }),
  [422, 'quote-not-found'],
  /Copy/,
  ['/anchor/exact'],
);
add(
  'that occurs twice',
  'POST incidents/{incident}/claims',
  anchored({ exact: '“Nobody told us.”' }),
  [422, 'quote-ambiguous'],
  /occurs 2 times.*start and end/,
  ['/anchor/exact'],
  { count: 2 },
);
add(
  'with a context that it has not',
  'POST incidents/{incident}/claims',
  anchored({ exact: 'nine people', prefix: 'At most ' }),
  [422, 'quote-mismatch'],
  /not with the given prefix/,
  ['/anchor/exact'],
);
add(
  'behind the end',
  'POST incidents/{incident}/claims',
  anchored({ start: 5000, end: 5001 }),
  [422, 'quote-mismatch'],
  /past the end.*code points/,
  ['/anchor/exact'],
);
add(
  'with a start and no end',
  'POST incidents/{incident}/claims',
  anchored({ exact: 'nine', start: 9 }),
  INVALID,
  /one of start and end/,
  ['/anchor'],
);
add(
  'that ends before it starts',
  'POST incidents/{incident}/claims',
  anchored({ start: 20, end: 9 }),
  INVALID,
  /start at or behind end/,
  ['/anchor'],
);
add(
  'that is not there at all',
  'POST incidents/{incident}/claims',
  anchored({}),
  INVALID,
  /needs the quote/,
  ['/anchor'],
);
add('that is empty', 'POST incidents/{incident}/claims', anchored({ exact: '' }), INVALID, /exact/, [
  '/anchor/exact',
]);
add(
  'with half an emoji',
  'POST incidents/{incident}/claims',
  anchored({ exact: 'waved \ud83d' }),
  INVALID,
  /surrogate/,
  ['/anchor/exact'],
);
add(
  'from a document that is not attached',
  'POST incidents/{incident}/claims',
  (w) => ({ body: { anchor: { documentId: w.unattached, exact: 'Nothing' } } }),
  [422, 'document-not-attached'],
  /Attach it first/,
  ['/anchor/documentId'],
);
add(
  'from a document that is not there',
  'POST incidents/{incident}/claims',
  body({ anchor: { documentId: NO_DOCUMENT, exact: 'Nothing' } }),
  [422, 'reference-unknown'],
  /Import it first/,
  ['/anchor/documentId'],
);

group = 'a number';
add(
  'least above most',
  'POST incidents/{incident}/claims',
  (w) => ({
    body: {
      anchor: { documentId: w.document, exact: 'Tuesday' },
      figure: { counts: 'killed', min: 9, max: 8 },
    },
  }),
  INVALID,
  /min above max/,
  ['/figure'],
);
add(
  'below nothing',
  'POST incidents/{incident}/claims',
  (w) => ({
    body: { anchor: { documentId: w.document, exact: 'Tuesday' }, figure: { counts: 'killed', min: -1 } },
  }),
  INVALID,
  /0/,
  ['/figure/min'],
);
add(
  'too large for JSON',
  'POST incidents/{incident}/attacks',
  body('{"summary":"x","casualties":{"killed":{"best":1e999}}}'),
  INVALID,
  /number/,
  ['/casualties/killed/best'],
);
add(
  'half a person',
  'POST incidents/{incident}/attacks',
  body({ summary: 'x', casualties: { killed: { best: 1.5 } } }),
  INVALID,
  /whole number/,
  ['/casualties/killed/best'],
);
add(
  'low above high',
  'POST incidents/{incident}/attacks',
  body({ summary: 'x', casualties: { wounded: { low: 9, high: 8 } } }),
  INVALID,
  /low at or below best/,
  ['/casualties/wounded'],
);
add(
  'beyond the pole',
  'POST incidents/{incident}/attacks',
  body({ summary: 'x', place: { latitude: 91, longitude: 0 } }),
  INVALID,
  /90/,
  ['/place/latitude'],
);
add(
  'half a place',
  'POST incidents/{incident}/attacks',
  body({ summary: 'x', place: { latitude: 9 } }),
  INVALID,
  /send both or neither/,
  ['/place'],
);

group = 'a reference';
add(
  'to nothing',
  'POST incidents/{incident}/warnings',
  (w) => ({ body: { summary: 'x', evidence: [w.claim, NOWHERE] } }),
  [422, 'reference-unknown'],
  /\/evidence\/1 refers to no annotation/,
  ['/evidence/1'],
);
add(
  'to the wrong kind of thing',
  'POST incidents/{incident}/warnings',
  (w) => ({ body: { summary: 'x', evidence: [w.warning] } }),
  [422, 'reference-of-wrong-kind'],
  /must refer to a claim; this is a warning/,
  ['/evidence/0'],
);
add(
  'into another incident',
  'POST incidents/{incident}/attacks',
  (w) => ({ body: { summary: 'x', evidence: [w.foreignClaim] } }),
  [422, 'reference-unknown'],
  /of this incident/,
  ['/evidence/0'],
);
add(
  'to a retracted claim',
  'POST incidents/{incident}/attacks',
  (w) => ({ body: { summary: 'x', casualties: { killed: { best: 9, evidence: [w.retracted] } } } }),
  [422, 'reference-retracted'],
  /was retracted/,
  ['/casualties/killed/evidence/0'],
);
add(
  'twice the same',
  'POST incidents/{incident}/attacks',
  (w) => ({ body: { summary: 'x', evidence: [w.claim, w.claim] } }),
  INVALID,
  /twice/,
  ['/evidence'],
);
add(
  'that is no id',
  'POST incidents/{incident}/attacks',
  body({ summary: 'x', evidence: ['the first'] }),
  INVALID,
  /not an id/,
  ['/evidence/0'],
);
add(
  'of a link to a claim',
  'POST incidents/{incident}/links',
  (w) => ({ body: { warningId: w.warning, attackId: w.claim } }),
  [422, 'reference-of-wrong-kind'],
  /must refer to an attack; this is a claim/,
  ['/attackId'],
);
add(
  'of a link to no warning',
  'POST incidents/{incident}/links',
  (w) => ({ body: { attackId: w.attack } }),
  INVALID,
  /needs a warningId/,
  ['/warningId'],
);
add(
  'of a link to a warning and an attack before it',
  'POST incidents/{incident}/links',
  (w) => ({ body: { warningId: w.warning, earlierAttackId: w.attack, attackId: w.attack } }),
  INVALID,
  /warningId/,
  ['/warningId', '/earlierAttackId'],
);
add(
  'of a dispute about nothing',
  'POST incidents/{incident}/disputes',
  body({ question: 'x', targets: [] }),
  INVALID,
  /name the annotation/,
  ['/targets'],
);
add(
  'of a comment on nothing',
  'POST incidents/{incident}/comments',
  body({ targetId: NOWHERE, body: 'x' }),
  [422, 'reference-unknown'],
  /neither to an annotation/,
  ['/targetId'],
);
add(
  'of a reply to a claim',
  'POST incidents/{incident}/comments',
  (w) => ({ body: { targetId: w.claim, body: 'x', replyTo: w.claim } }),
  [422, 'reference-unknown'],
  /no comment/,
  ['/replyTo'],
);
add(
  'of a reply on something else',
  'POST incidents/{incident}/comments',
  (w) => ({ body: { targetId: w.warning, body: 'x', replyTo: w.comment } }),
  [422, 'reference-of-wrong-kind'],
  /comment on something other/,
  ['/replyTo'],
);
add(
  'of an attachment to no document',
  'POST incidents/{incident}/documents',
  body({ documentId: NO_DOCUMENT }),
  [422, 'reference-unknown'],
  /Import it first/,
  ['/documentId'],
);

group = 'the life of things';
add(
  'no position has that index',
  'POST incidents/{incident}/disputes/{dispute}/resolution',
  body({ outcome: 'prevails', prevailing: 2, reason: 'x' }),
  [422, 'position-unknown'],
  /counts from 0, so it is at most 1/,
  ['/prevailing'],
);
add(
  'none is said to prevail',
  'POST incidents/{incident}/disputes/{dispute}/resolution',
  body({ outcome: 'prevails', reason: 'x' }),
  INVALID,
  /goes with the outcome prevails/,
  ['/prevailing'],
);
add(
  'one prevails where all are kept',
  'POST incidents/{incident}/disputes/{dispute}/resolution',
  body({ outcome: 'all-kept', prevailing: 0, reason: 'x' }),
  INVALID,
  /only with it/,
  ['/prevailing'],
);
add(
  'a settled dispute is settled otherwise',
  'POST incidents/{incident}/disputes/{settled}/resolution',
  body({ outcome: 'all-kept', reason: 'x' }),
  [409, 'dispute-not-open'],
  /Reopen it before you settle it again/,
);
add(
  'a settled dispute is withdrawn',
  'POST incidents/{incident}/disputes/{settled}/withdrawal',
  body({}),
  [409, 'dispute-not-open'],
  /Only an open dispute/,
);
add(
  'a settled dispute is revised',
  'PATCH incidents/{incident}/disputes/{settled}',
  body({ question: 'x' }),
  [409, 'dispute-not-open'],
  /Reopen it before you revise it/,
);
add(
  'an open dispute is reopened',
  'POST incidents/{incident}/disputes/{dispute}/reopening',
  body({}),
  [409, 'dispute-not-settled'],
  /Only a resolved or withdrawn/,
);
add(
  'a retracted claim is revised',
  'PATCH incidents/{incident}/claims/{retracted}',
  body({ statement: 'x' }),
  [409, 'annotation-retracted'],
  /Record a new one/,
);
add(
  'a retraction without a reason',
  'POST incidents/{incident}/claims/{claim}/retraction',
  body({}),
  INVALID,
  /is missing; send a string/,
  ['/reason'],
);
add(
  'a closed incident is annotated',
  'POST incidents/{closed}/attacks',
  body({ summary: 'x' }),
  [409, 'incident-closed'],
  /Reopen it/,
);
add(
  'a document with claims is detached',
  'POST incidents/{incident}/documents/{document}/detachment',
  body({ reason: 'x' }),
  [409, 'document-in-use'],
  /Retract it before/,
);
add(
  'a document that is not attached is detached',
  'POST incidents/{incident}/documents/{unattached}/detachment',
  body({ reason: 'x' }),
  [422, 'document-not-attached'],
  /not attached/,
);
add('a title is cleared', 'PATCH incidents/{incident}', body({ title: null }), INVALID, /title/, ['/title']);
add(
  'an anchor is cleared',
  'PATCH incidents/{incident}/claims/{claim}',
  body({ anchor: null }),
  INVALID,
  /anchor/,
  ['/anchor'],
);
add(
  'a link is moved to another attack',
  `PATCH incidents/{incident}/links/${NOWHERE}`,
  body({ attackId: NOWHERE }),
  INVALID,
  /not a field/,
  ['/attackId'],
);
add(
  'the last admin is removed',
  'POST members/admin/removal',
  body({}),
  [409, 'member-last-admin'],
  /make another member admin first/,
);
add(
  'the last admin becomes a reader',
  'PATCH members/admin',
  body({ role: 'reader' }),
  [409, 'member-last-admin'],
  /only admin/,
);
add(
  'a member exists',
  'POST members',
  body({ id: 'ann', name: 'Another', role: 'reader' }),
  [409, 'member-exists'],
  /revise it, or choose another id/,
);
add(
  'no such member',
  'POST members/nobody/tokens',
  body({}),
  [404, 'member-unknown'],
  /GET …\/members lists/,
);
add(
  'the tokens of no such member',
  'GET members/nobody/tokens',
  () => ({}),
  [404, 'member-unknown'],
  /GET …\/members lists/,
);
add(
  'a token that would have ended already',
  'POST members/ann/tokens',
  body({ expiresAt: '2020-01-01T00:00:00+01:00' }),
  [422, 'token-expired'],
  /later time/,
  ['/expiresAt'],
);
add('no such token', `POST tokens/${NOWHERE}/revocation`, body({}), [404, 'token-unknown'], /no such token/);
add(
  'a workspace exists',
  'POST /v1/workspaces',
  body({ id: 'elsewhere' }),
  [409, 'workspace-exists'],
  /choose another name/,
);

group = 'a condition';
add(
  'If-Match of an older revision',
  'PATCH incidents/{incident}/claims/{claim}',
  () => ({ body: { statement: 'x' }, headers: { 'if-match': '"7"' } }),
  [412, 'revision-mismatch'],
  /revision 1, and never had a revision 7/,
  undefined,
  { expected: 7, current: 1 },
);
add(
  'If-Match that is no entity tag',
  'PATCH incidents/{incident}/claims/{claim}',
  () => ({ body: { statement: 'x' }, headers: { 'if-match': '1' } }),
  [400, 'bad-precondition'],
  /If-Match: "3"/,
  ['If-Match'],
);
add(
  'If-Match that is weak',
  'PATCH incidents/{incident}/claims/{claim}',
  () => ({ body: { statement: 'x' }, headers: { 'if-match': 'W/"1"' } }),
  [400, 'bad-precondition'],
  /entity tag/,
  ['If-Match'],
);
for (const [kind, list] of Object.entries({ 'of tags': '"1", "2"', 'with any': '"1", *' })) {
  add(
    `If-Match that is a list ${kind}`,
    'PATCH incidents/{incident}/claims/{claim}',
    () => ({ body: { statement: 'x' }, headers: { 'if-match': list } }),
    [400, 'bad-precondition'],
    /one entity tag/,
    ['If-Match'],
  );
}
add(
  'If-Match on a document',
  'PATCH documents/{document}',
  () => ({ body: { title: 'x' }, headers: { 'if-match': '"9"' } }),
  [412, 'revision-mismatch'],
  /revision 1, and never had a revision 9/,
);
add(
  'an Idempotency-Key with a space',
  'POST incidents',
  () => ({ body: { title: 'x' }, headers: { 'idempotency-key': 'a b' } }),
  INVALID,
  /1 to 255 printable/,
  ['Idempotency-Key'],
);
add(
  'an Idempotency-Key without end',
  'POST incidents',
  () => ({ body: { title: 'x' }, headers: { 'idempotency-key': 'k'.repeat(256) } }),
  INVALID,
  /1 to 255 printable/,
  ['Idempotency-Key'],
);

group = 'a list';
add('of none at most', 'GET incidents?limit=0', plain, INVALID, /limit/, ['limit']);
add('of too many', 'GET documents?limit=501', plain, INVALID, /500/, ['limit']);
add('of so many', 'GET audit?limit=many', plain, INVALID, /whole number from 1 to 500, given once/, [
  'limit',
]);
add('with a limit given twice', 'GET audit?limit=1&limit=2', plain, INVALID, /limit/, ['limit']);
add(
  'with a parameter that it has not',
  'GET incidents?page=2',
  plain,
  INVALID,
  /not a parameter of this route/,
  ['page'],
);
add(
  'from a cursor that is none',
  'GET incidents?cursor=%F0%9F%98%80',
  plain,
  [400, 'bad-cursor'],
  /`next` of the page before/,
);
add(
  'from a cursor of something else',
  `GET documents?cursor=${Buffer.from('[1,2,3]').toString('base64url')}`,
  plain,
  [400, 'bad-cursor'],
  /unchanged/,
);
add('from a position below the first', 'GET events?after=-1', plain, INVALID, /whole number/, ['after']);
add('from a position beyond all numbers', 'GET events?after=9999999999999999', plain, INVALID, /after/, [
  'after',
]);
add('with a NUL in a filter', 'GET audit?type=%00', plain, INVALID, /type/, ['type']);
add('with a NUL in a tag', 'GET incidents/{incident}/claims?tag=%00', plain, INVALID, /tag/, ['tag']);
add('with a status that there is not', 'GET incidents?status=half-open', plain, INVALID, /open.*closed/, [
  'status',
]);
add('since a time that is none', 'GET audit?from=yesterday', plain, INVALID, /RFC 3339/, ['from']);
add(
  'as of a moment that is none',
  'GET incidents/{incident}?asOf=yesterday',
  plain,
  INVALID,
  /position of the ledger, such as 42, an RFC 3339 time, .* or a day/,
  ['asOf'],
);
add(
  'as of the thirtieth of February',
  'GET incidents/{incident}?asOf=2026-02-30T00:00:00Z',
  plain,
  INVALID,
  /RFC 3339/,
  ['asOf'],
);
add(
  'as of before it was opened',
  'GET incidents/{incident}?asOf=1',
  plain,
  [404, 'incident-unknown'],
  /at that moment/,
);
add(
  'for an open quotation mark',
  'GET search?q=said%20%22no',
  plain,
  INVALID,
  /at character 6 that is not closed/,
  ['q'],
);
add('for no word at all', 'GET search?q=%22%22', plain, INVALID, /no word to look for/, ['q']);
add('for any word that ends so', 'GET search?q=*ing', plain, INVALID, /as in warn\*/, ['q']);
add('for somebody without a name', 'GET search?person=%E2%80%94', plain, INVALID, /no word/, ['person']);
add(
  'of a search from a cursor of another list',
  `GET search?q=no&cursor=${Buffer.from('["2026-01-01T00:00:00.000Z","x"]').toString('base64url')}`,
  plain,
  [400, 'bad-cursor'],
  /unchanged/,
);

add(
  'a difference from nowhere',
  'GET incidents/{incident}/difference',
  plain,
  INVALID,
  /position of the ledger/,
  ['from'],
);
add(
  'a difference backwards',
  'GET incidents/{incident}/difference?from=12&to=3',
  plain,
  INVALID,
  /from the earlier moment to the later/,
  ['to'],
);
add(
  'a difference up to before it was opened',
  'GET incidents/{incident}/difference?from=0&to=1',
  plain,
  [404, 'incident-unknown'],
  /no such incident/i,
);
add(
  'blame of an annotation that is not there',
  'GET incidents/{incident}/annotations/{incident}/blame',
  plain,
  [404, 'annotation-unknown'],
  /no annotation with this id/,
);
add(
  'blame as of before it was recorded',
  'GET incidents/{incident}/annotations/{claim}/blame?asOf=2',
  plain,
  [404, 'annotation-unknown'],
  /at that moment/,
);

describe('bad input', () => {
  let world: World;
  let size: number;
  beforeAll(async () => {
    world = await makeWorld();
    size = await world.service.size();
  });
  afterAll(() => world.service.close());

  /** Nothing was stored, and the next request is answered. */
  const unharmed = async (): Promise<void> => {
    expect(await world.service.size()).toBe(size);
    expect((await world.service.admin.get('/health/ready')).body).toEqual({ status: 'ready' });
  };

  it('is tried in at least sixty ways, each once', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it.each(cases)('$name', async ({ method, sent, status, code, says, at, more }) => {
    const { path, body, headers, as = world.service.admin } = sent(world);
    const answer = await as.request<Problem>(method, path, body, headers);
    expect(answer.body).toMatchObject({ status, type: `urn:casebook:problem:${code}` });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.body.title).toMatch(/\w/);
    expect(answer.body.detail).toMatch(says);
    expect(answer.body.instance).toBe(
      new URL(path.startsWith('/') ? path : `/v1/workspaces/default/${path}`, world.service.url).href.slice(
        world.service.url.length,
      ),
    );
    const places = answer.body.errors?.map((each) => each.pointer ?? each.parameter ?? each.header);
    expect(places).toEqual(at);
    if (more !== undefined) expect(answer.body).toMatchObject(more);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="casebook"/);
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET/);
    await unharmed();
  });

  it('without any token: asked who it is', async () => {
    const answer = await fetch(`${world.service.url}/v1/workspaces/default/incidents`);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="casebook"']);
    expect(await answer.json()).toMatchObject({ type: 'urn:casebook:problem:unauthenticated', status: 401 });
  });

  it('a key that was used for another command is refused with both untouched', async () => {
    const { admin } = world.service;
    const headers = { 'idempotency-key': 'one-key' };
    const first = await admin.post('incidents', { title: 'Keyed' }, headers);
    size = await world.service.size();
    const other = await admin.post('incidents', { title: 'Otherwise' }, headers);
    expect([other.status, other.body.type]).toEqual([422, 'urn:casebook:problem:key-reused']);
    const somebodyElse = await world.annotator.post('incidents', { title: 'Keyed' }, headers);
    expect(somebodyElse.status).toBe(422);
    const again = await admin.post('incidents', { title: 'Keyed' }, headers);
    expect([again.status, again.body]).toEqual([201, first.body]);
    await unharmed();
  });

  it('what is so already changes nothing: a second retraction, a second attachment, an equal revision', async () => {
    const { admin } = world.service;
    const { incident, retracted, document, claim, settled } = world;
    const again = [
      await admin.post(`incidents/${incident}/claims/${retracted}/retraction`, { reason: 'Once more' }),
      await admin.post(`incidents/${incident}/documents`, { documentId: document }),
      await admin.patch(`incidents/${incident}/claims/${claim}`, {}),
      await admin.post(`incidents/${incident}/disputes/${settled}/resolution`, {
        outcome: 'prevails',
        prevailing: 0,
        reason: 'Two sources',
      }),
      await admin.post('documents', { title: 'Other details', text: TEXT }),
    ];
    expect(again.map(({ status, body }) => [status, body.id])).toEqual([
      [200, retracted],
      [200, document],
      [200, claim],
      [200, settled],
      [200, document],
    ]);
    expect(again[0]?.body.revision).toBe(2);
    await unharmed();
  });

  it('takes a time at either end of the calendar, and what an offset makes of it, wherever it takes a time', async () => {
    const { admin } = world.service;
    const incident = `incidents/${world.incident}`;
    const lists = [
      'incidents',
      'documents',
      'members',
      'settings',
      'tags',
      'disputes',
      'activity',
      'audit',
      'search',
    ];
    const asOf = [...lists, incident, `${incident}/history`, `${incident}/graph`].map(
      (path) => `${path}?asOf`,
    );
    const periods = ['audit', 'activity', 'search', 'difference', `${incident}/difference`].map(
      (path) => `${path}?from`,
    );
    const times = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00+05:00'];
    const late = ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59-23:00'];
    for (const time of [...times, ...late]) {
      for (const path of [...asOf, ...periods, 'audit?to', 'activity?to', 'search?to']) {
        const { status } = await admin.get(`${path}=${encodeURIComponent(time)}`);
        const absent = path.startsWith(incident) && path.endsWith('asOf') && times.includes(time);
        expect([path, time, status]).toEqual([path, time, absent ? 404 : 200]);
      }
    }
    for (const time of ['0000-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']) {
      for (const period of [{ from: time }, { to: time }]) {
        const undo = { member: 'ann', ...period, reason: 'None.', dryRun: true };
        expect((await admin.post('undo', undo)).status).toBe(200);
      }
    }
  });

  it('HEAD answers as GET does, without the body', async () => {
    const answer = await world.service.admin.request('HEAD', `incidents/${world.incident}`);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('etag')).toMatch(/^"\d+\.[\w-]{22}"$/);
    const missing = await world.service.admin.request('HEAD', `incidents/${NOWHERE}`);
    expect([missing.status, missing.text]).toEqual([404, '']);
  });

  const POST = 'POST /v1/workspaces/default/incidents HTTP/1.1\r\nHost: x\r\n';
  it.each([
    ['not HTTP at all', 'what is this\r\n\r\n', 400],
    ['a version that there is not', 'GET /health/live HTTP/9.9\r\nHost: x\r\n\r\n', 400],
    ['no Host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a method that there is not', 'BREW /health/live HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a header with a NUL', 'GET /health/live HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n', 400],
    ['headers without end', `GET /health/live HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address without end', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    [
      'a length that is no number',
      `${POST}Content-Type: application/json\r\nContent-Length: ten\r\n\r\n{}`,
      400,
    ],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['a length and chunks', `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    [
      'chunks that are none',
      `${POST}Authorization: Bearer x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
    ],
    [
      'an expectation that nobody has, which is ignored',
      `${POST}Content-Type: application/json\r\nContent-Length: 2\r\nExpect: the-worst\r\nConnection: close\r\n\r\n{}`,
      401,
    ],
  ])('on the wire: %s', async (_, bytes, status) => {
    const answer = await sendRaw(world.service.url, bytes);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = JSON.parse(answer.body) as Problem;
    expect(problem).toMatchObject({
      status,
      type: expect.stringMatching(/^urn:casebook:problem:/) as string,
    });
    expect(problem.detail).toMatch(/\w{3}/);
    await unharmed();
  });

  it('a client that goes away in the middle of its body: nothing is stored, and nobody waits for it', async () => {
    const { hostname, port } = new URL(world.service.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`${POST}Authorization: Bearer ${world.service.admin.token}\r\n`);
    socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"title":');
    await unharmed();
    socket.destroy();
    await unharmed();
  });

  it('every request at the same time: each is answered for itself', async () => {
    const answers = await Promise.all(
      cases
        .filter(({ name }) => !/larger than any|too long|nests/.test(name))
        .map(async ({ method, sent, status }) => {
          const { path, body, headers, as = world.service.admin } = sent(world);
          return [(await as.request(method, path, body, headers)).status, status];
        }),
    );
    expect(answers.filter(([got, wanted]) => got !== wanted)).toEqual([]);
    await unharmed();
  });
});
