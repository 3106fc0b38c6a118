import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tooMuchIn } from './json-scan.js';
import { ProblemError } from './problem.js';
import { budgetOfRequest, LARGEST_BODY } from './request-budgets.js';

/**
 * Maximum nesting of a body. No request schema needs more than 6; deeper JSON is an attack on recursive code.
 */
const MOST_DEPTH = 32;

/** Maximum number of values in a body by default. */
const MOST_ELEMENTS = 10_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses bodies as RFC 8259 JSON. Bytes that are not UTF-8 are refused rather than replaced, since a replaced
 * text would have another SHA-256.
 */
export function acceptJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    // Not application/merge-patch+json (RFC 7396): a change replaces dates, places, tolls and anchors whole,
    // so the members that a merge patch leaves out would be lost.
    'application/json',
    { parseAs: 'buffer', bodyLimit: LARGEST_BODY },
    (request, body, done) => {
      try {
        refuseEncoded(request);
        // An import reads its items one by one, whatever they are.
        if (isImport(request)) done(null, Readable.from([body as Buffer], { objectMode: false }));
        else done(null, parseJson(body as Buffer, budgetOfRequest(request).elements));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

const isImport = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.url?.endsWith('/import') ?? false;

/** Leaves the formats of other tools unparsed: their routes read them as they arrive. */
export function acceptExchangeBodies(fastify: FastifyInstance): void {
  for (const mediaType of ['application/ld+json', 'application/stix+json', 'text/csv']) {
    fastify.addContentTypeParser(mediaType, (request, payload, done) => {
      try {
        refuseEncoded(request);
        const isAnnotation =
          mediaType === 'application/ld+json' &&
          /\/web-annotations(\/|$)/.test(request.routeOptions.url ?? '');
        if (!isImport(request) && !isAnnotation)
          throw new ProblemError('unsupported-media-type', 'Send the body as application/json.');
        done(null, payload);
      } catch (error) {
        done(error as Error);
      }
    });
  }
}

/** Leaves JSON Lines unparsed: the only route that accepts them reads them as they arrive. */
export function acceptJsonLines(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/x-ndjson', (request, payload, done) => {
    try {
      refuseEncoded(request);
      if (!isImport(request))
        throw new ProblemError('unsupported-media-type', 'Send the body as application/json.');
      done(null, payload);
    } catch (error) {
      done(error as Error);
    }
  });
}

/** A small compressed body could expand beyond every limit, so nothing is unpacked (RFC 9110 §15.5.16). */
export function refuseEncoded({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return;
  throw new ProblemError(
    'unsupported-media-type',
    'Send the body uncompressed, without Content-Encoding.',
    { errors: [{ header: 'Content-Encoding', detail: 'must be identity, or left out' }] },
    { 'accept-encoding': 'identity' },
  );
}

/**
 * @param elements the maximum number of JSON values
 * @throws ProblemError malformed-json, body-too-large
 */
export function parseJson(body: Buffer, elements = MOST_ELEMENTS): unknown {
  if (body.length === 0) return undefined;
  const text = decoded(body);
  const found = tooMuchIn(text, { depth: MOST_DEPTH, elements });
  if (typeof found === 'object' && found !== null) {
    throw malformed(
      `An object in the body names its field ${JSON.stringify(found.doubled.slice(0, 100))} twice; send each field once.`,
    );
  }
  switch (found) {
    case 'depth':
      throw malformed(`The body nests deeper than ${MOST_DEPTH} levels; no request needs that.`);
    case 'prototype':
      throw malformed('The body has a field named __proto__; remove it.');
    case 'elements':
      throw new ProblemError(
        'body-too-large',
        `The body has more than ${elements} JSON values (fields, elements of lists); send less at a time.`,
      );
    case null:
      break;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw malformed(`The body is not JSON: ${(cause as Error).message}.`, cause);
  }
}

function decoded(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw malformed('The body is not valid UTF-8; send JSON in UTF-8.', cause);
  }
}

const malformed = (detail: string, cause?: unknown): ProblemError =>
  new ProblemError('malformed-json', detail, {}, {}, { cause });
