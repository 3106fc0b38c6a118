import { sha256 } from '@casebook/ledger';
import type { FastifyRequest } from 'fastify';

/** Characters of the digest in the tag of a read: of its content, then of the check. */
const CONTENT = 16;
const CHECK = 6;

/** Never a revision, so a tag that maps to it matches nothing: 412 (RFC 9110 §13.1.1). */
const NO_REVISION = 0;

/**
 * The entity tag of a representation (RFC 9110 §8.8.3). It is made of the content, since content can change
 * without a revision: a document gets another title, or words are erased by law. If the thing has a revision,
 * the tag begins with it, and its last characters are a check, so that `If-Match` accepts only tags from reads of
 * this thing. `ofContent`: the SHA-256 of its JSON.
 */
export function entityTag(ofContent: Buffer, revision: number | undefined, request: FastifyRequest): string {
  const content = ofContent.toString('base64url');
  if (revision === undefined) return `"${content.slice(0, CONTENT + CHECK)}"`;
  const start = content.slice(0, CONTENT);
  return `"${revision}.${start}${checkOf(request, revision, start)}"`;
}

/**
 * The revision in an `If-Match` tag: `"3"`, from a write, or the tag of a read, of which only the revision counts.
 * `undefined`: this is not one strong entity tag of this service.
 */
export function revisionIn(tag: string, request: FastifyRequest): number | undefined {
  const [, text, content] = /^\s*"(\d{1,9})(?:\.([\w-]*))?"\s*$/.exec(tag) ?? [];
  if (text === undefined) return undefined;
  const revision = Number(text);
  if (content === undefined) return revision;
  const start = content.slice(0, CONTENT);
  return content.length === CONTENT + CHECK && content.endsWith(checkOf(request, revision, start))
    ? revision
    : NO_REVISION;
}

/** The check for a tag of the thing named by the path parameters, which are the same for reading and changing it. */
const checkOf = ({ params }: FastifyRequest, revision: number, content: string): string =>
  digest(JSON.stringify([params, revision, content])).slice(0, CHECK);

const digest = (text: string): string => sha256(text).toString('base64url');
