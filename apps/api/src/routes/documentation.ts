import { pageOf, writeAnswer } from '@casebook/contracts';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { type ProblemCode, PROBLEMS } from '../http/problem.js';
import { TAKES_IF_MATCH } from '../http/request-context.js';

/** How routes describe themselves in /openapi.json. */

export const problems = (codes: readonly ProblemCode[]) => {
  const titles = new Map<number, string[]>();
  for (const code of codes) {
    const { status, title } = PROBLEMS[code];
    titles.set(status, [...(titles.get(status) ?? []), `${code}: ${title}`]);
  }
  return [...titles].map(([status, lines]) =>
    ApiResponse({
      status,
      description: lines.join('; '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );
};

/** What any request with a token may be told. */
const ALWAYS: readonly ProblemCode[] = [
  'invalid-request',
  'unauthenticated',
  'not-permitted',
  'wrong-workspace',
  'uri-too-long',
  'rate-limited',
  'internal-error',
  'unavailable',
];
const WRITES: readonly ProblemCode[] = [
  'malformed-json',
  'bad-precondition',
  'key-in-progress',
  'key-reused',
  'body-too-large',
  'unsupported-media-type',
];

/** Where an operation lists media types until its description is made. */
export const ALSO_TAKES = 'x-also-takes';

/** A route whose body may be a file of these media types, beside JSON. */
export const AlsoTakes = (mediaTypes: readonly string[]) => ApiExtension(ALSO_TAKES, [...mediaTypes]);

/** Every refusal of a command that a batch may hold. */
export const ANY_REFUSAL: readonly ProblemCode[] = [
  'incident-unknown',
  'incident-closed',
  'document-unknown',
  'document-not-attached',
  'document-erased',
  'document-in-use',
  'annotation-unknown',
  'annotation-retracted',
  'reference-unknown',
  'reference-of-wrong-kind',
  'reference-retracted',
  'quote-not-found',
  'quote-ambiguous',
  'quote-mismatch',
  'position-unknown',
  'dispute-not-open',
  'dispute-not-settled',
  'field-required',
  'revision-mismatch',
  'precondition-required',
];

interface Described {
  readonly summary: string;
  readonly description?: string;
  readonly problems?: readonly ProblemCode[];
  /** It records something, though it answers like a read. */
  readonly writes?: boolean;
  /** It is the same for everybody, and asks for no token. */
  readonly open?: boolean;
  /** It makes something, and answers 201. */
  readonly created?: boolean;
  /** It answers 204, without a body. */
  readonly empty?: boolean;
}

const LEDGER_POSITION = {
  'Ledger-Position': {
    description: 'every event up to this position of the ledger is in the answer; later ones may be',
    schema: { type: 'integer' as const, minimum: 0 },
  },
};

/** What every read takes and gives beside its own: docs/time.md. */
const positioned = () => [
  ApiHeader({
    name: 'Ledger-Position-At-Least',
    required: false,
    description:
      'a position that the answer must reflect, such as that of a write before; waits for it (5 s, or as long as Prefer: wait=… says, 30 at most), and is 503 if it is not reached',
    schema: { type: 'string', pattern: '^[0-9]{1,16}$' },
  }),
  ...problems(['position-not-reached', 'unavailable']),
];

/** A route that reads. */
export const Reads = (schema: z.ZodType, described: Described) =>
  applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary: described.summary, description: described.description ?? described.summary }),
    ApiResponse({
      status: 200,
      description: 'as asked',
      standardSchema: schema,
      headers: LEDGER_POSITION,
    }),
    ...problems([...ALWAYS, 'too-costly', ...(described.problems ?? [])]),
    ...positioned(),
  );

/** A route that reads something else than JSON. */
export const Serves = (mediaTypes: string | readonly string[], described: Described) =>
  applyDecorators(
    ...(described.open === true ? [] : [ApiBearerAuth()]),
    ApiOperation({ summary: described.summary, description: described.description ?? described.summary }),
    ApiResponse({
      status: described.created === true ? 201 : described.empty === true ? 204 : 200,
      description: 'as asked',
      headers: LEDGER_POSITION,
      ...(described.empty !== true && {
        content: Object.fromEntries(
          [mediaTypes].flat().map((mediaType) => [
            mediaType,
            {
              schema: /^text\/|link-format$/.test(mediaType)
                ? { type: 'string' as const }
                : { type: 'string' as const, format: 'binary' },
            },
          ]),
        ),
      }),
    }),
    ...problems([...ALWAYS, ...(described.problems ?? [])]),
    // What writes waits for no position before it answers, and what is the same for everybody has none.
    ...(described.writes === true || described.open === true ? problems(['unavailable']) : positioned()),
  );

/** A read whose answer has an ETag, and is not sent again to those who have it. */
export const Revalidates = () =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'the ETag of the answer that you have; 304 if it is still so',
      schema: { type: 'string' },
    }),
    ApiResponse({ status: 304, description: 'what you have is still so', headers: LEDGER_POSITION }),
  );

/** A route that lists in pages. */
export const Lists = (item: z.ZodType, id: string, described: Described) =>
  applyDecorators(
    Reads(pageOf(item, id), { ...described, problems: ['bad-cursor', ...(described.problems ?? [])] }),
  );

/** A route that writes: `created` for those that make something. */
export const Writes = (created: boolean, described: Described, schema: z.ZodType = writeAnswer) =>
  applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary: described.summary, description: described.description ?? described.summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'names the command: sent again, it is recorded once and gives the first answer, for ever',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    ...(created
      ? [
          ApiResponse({
            status: 201,
            description: 'recorded',
            standardSchema: schema,
            headers: LEDGER_POSITION,
          }),
        ]
      : []),
    ApiResponse({
      status: 200,
      headers: LEDGER_POSITION,
      description: created ? 'it was there already' : 'recorded, or unchanged where it was so already',
      standardSchema: schema,
    }),
    ...problems([...ALWAYS, ...WRITES, ...(described.problems ?? [])]),
  );

/** A route that does something about the service itself and records nothing in the ledger: done (200), made (201), or begun and going on (202). */
export const Acts = (status: 200 | 201 | 202, schema: z.ZodType, described: Described) =>
  applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary: described.summary, description: described.description ?? described.summary }),
    ApiResponse({
      status,
      description: { 200: 'done', 201: 'made', 202: 'begun' }[status],
      standardSchema: schema,
      headers: LEDGER_POSITION,
    }),
    ...problems([...ALWAYS, ...WRITES, ...(described.problems ?? [])]),
  );

/** A write that honours If-Match; any other refuses one, for a precondition that is not looked at would be no precondition. */
export const Conditional = () =>
  applyDecorators(
    SetMetadata(TAKES_IF_MATCH, true),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'the ETag of the revision that you have seen, such as "3"; 412 if it was changed since',
      schema: { type: 'string' },
    }),
    ...problems(['revision-mismatch', 'precondition-required']),
  );

/** A conditional write that can be merged with what others changed since. */
export const Mergeable = () =>
  applyDecorators(
    Conditional(),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description:
        'merge (RFC 7240): where others changed other fields since the revision in If-Match, both are kept; the answer says so in Preference-Applied and in merged',
      schema: { type: 'string' },
    }),
  );
