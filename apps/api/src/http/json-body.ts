import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';

/** How deeply a body may nest. No request schema needs more than 6; deeper JSON is an attack on whoever walks it. */
const MOST_DEPTH = 32;

/** A JSON body: 4 MiB of text, twice that when every other character is escaped, and its fields. */
export const BODY_LIMIT = 10 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies as RFC 8259 JSON. Bytes that are not UTF-8 are refused, not replaced: a text that came in differently than it
 * was sent would have another SHA-256.
 */
export function acceptJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    // Not application/merge-patch+json (RFC 7396): a change of ours gives dates, places, tolls and anchors whole, and what a merge patch left out of one would be lost.
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (request, body, done) => {
      try {
        refuseEncoded(request);
        done(null, parseJson(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/** JSON Lines are not read here: the one route that takes them reads them as they come, however many there are. */
export function acceptJsonLines(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/x-ndjson', (request, payload, done) => {
    try {
      refuseEncoded(request);
      if (!request.routeOptions.url?.endsWith('/import'))
        throw new ProblemError('unsupported-media-type', 'Send the body as application/json.');
      done(null, payload);
    } catch (error) {
      done(error as Error);
    }
  });
}

/** What is small when it arrives and large when it is read would go past every limit, so nothing is unpacked (RFC 9110 §15.5.16). */
function refuseEncoded({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return;
  throw new ProblemError(
    'unsupported-media-type',
    'Send the body as it is, without Content-Encoding.',
    { errors: [{ header: 'Content-Encoding', detail: 'must be identity, or left out' }] },
    { 'accept-encoding': 'identity' },
  );
}

/** @throws ProblemError malformed-json */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(body);
  } catch (cause) {
    throw new ProblemError(
      'malformed-json',
      'The body is not valid UTF-8; send JSON in UTF-8.',
      {},
      {},
      { cause },
    );
  }
  if (nestsTooDeep(text)) {
    throw new ProblemError(
      'malformed-json',
      `The body nests deeper than ${MOST_DEPTH} levels; no request needs that.`,
    );
  }
  try {
    // A key can be written with escapes. Asking about each costs as much as all of the rest, so it is done where there is a doubt.
    const isSuspect = text.includes('__proto__') || text.includes('\\u');
    return JSON.parse(text, isSuspect ? refusePrototype : undefined) as unknown;
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(
      'malformed-json',
      `The body is not JSON: ${(cause as Error).message}.`,
      {},
      {},
      { cause },
    );
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__')
    throw new ProblemError('malformed-json', 'The body has a field named __proto__; take it out.');
  return value;
}

/** What opens no more than so often at all, in strings or not, is not looked at letter by letter. */
const opensRarely = (text: string): boolean => countUpTo(text, '{') + countUpTo(text, '[') <= MOST_DEPTH;

function countUpTo(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0 && count <= MOST_DEPTH; at = text.indexOf(part, at + 1))
    count += 1;
  return count;
}

function nestsTooDeep(text: string): boolean {
  if (opensRarely(text)) return false;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === 0x5c) i += 1;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) {
      inString = true;
    } else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > MOST_DEPTH) return true;
    } else if (unit === 0x7d || unit === 0x5d) {
      depth -= 1;
    }
  }
  return false;
}
