import { pageOf, writeAnswer } from '@casebook/contracts';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { type ProblemCode, PROBLEMS } from '../http/problem.js';
import { TAKES_IF_MATCH } from '../http/request-context.js';

/** Decorators that describe routes in /openapi.json. */

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

/** Problems that any request with a token may get. */
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

/** The extension that holds an operation's other media types until its description is built. */
export const ALSO_TAKES = 'x-also-takes';

/** A route that accepts files of these media types as well as JSON. */
export const AlsoTakes = (mediaTypes: readonly string[]) => ApiExtension(ALSO_TAKES, [...mediaTypes]);

/** Every refusal that a command in a batch may get. */
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
  /** Records something, although it answers like a read. */
  readonly writes?: boolean;
  /** The same for everybody, without a token. */
  readonly open?: boolean;
  /** Creates something and answers 201. */
  readonly created?: boolean;
  /** Answers 204 without a body. */
  readonly empty?: boolean;
}

const LEDGER_POSITION = {
  'Ledger-Position': {
    description: 'the answer includes every event up to this position of the ledger, and possibly later ones',
    schema: { type: 'integer' as const, minimum: 0 },
  },
};

/** The headers and problems common to all reads: docs/time.md. */
const positioned = () => [
  ApiHeader({
    name: 'Ledger-Position-At-Least',
    required: false,
    description:
      'a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503',
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

/** A route that reads something other than JSON. */
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
    // Writes do not wait for a position, and open routes have none.
    ...(described.writes === true || described.open === true ? problems(['unavailable']) : positioned()),
  );

/** A read whose answer has an ETag, and is 304 for a client that already has it. */
export const Revalidates = () =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'the ETag of the answer that you have; 304 if it is still current',
      schema: { type: 'string' },
    }),
    ApiResponse({
      status: 304,
      description: 'the answer that you have is still current',
      headers: LEDGER_POSITION,
    }),
  );

/** A route that lists in pages. */
export const Lists = (item: z.ZodType, id: string, described: Described) =>
  applyDecorators(
    Reads(pageOf(item, id), { ...described, problems: ['bad-cursor', ...(described.problems ?? [])] }),
  );

/** A route that writes; `created` if it creates something. */
export const Writes = (created: boolean, described: Described, schema: z.ZodType = writeAnswer) =>
  applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary: described.summary, description: described.description ?? described.summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit',
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
      description: created ? 'it existed already' : 'recorded, or unchanged if nothing differed',
      standardSchema: schema,
    }),
    ...problems([...ALWAYS, ...WRITES, ...(described.problems ?? [])]),
  );

/** A route that acts on the service itself and records nothing in the ledger: done (200), created (201), or started (202). */
export const Acts = (status: 200 | 201 | 202, schema: z.ZodType, described: Described) =>
  applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary: described.summary, description: described.description ?? described.summary }),
    ApiResponse({
      status,
      description: { 200: 'done', 201: 'created', 202: 'started' }[status],
      standardSchema: schema,
      headers: LEDGER_POSITION,
    }),
    ...problems([...ALWAYS, ...WRITES, ...(described.problems ?? [])]),
  );

/** A write that honours If-Match. Any other write refuses the header rather than ignore it. */
export const Conditional = () =>
  applyDecorators(
    SetMetadata(TAKES_IF_MATCH, true),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'the ETag of the revision that you have seen, such as "3"; 412 if it has changed since',
      schema: { type: 'string' },
    }),
    ...problems(['revision-mismatch', 'precondition-required']),
  );

/** A conditional write that can be merged with later changes by others. */
export const Mergeable = () =>
  applyDecorators(
    Conditional(),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description:
        'merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged',
      schema: { type: 'string' },
    }),
  );
