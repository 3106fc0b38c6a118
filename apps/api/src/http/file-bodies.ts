import { documentDetails } from '@casebook/contracts';
import {
  DOCUMENT_MEDIA_TYPES,
  type DocumentMediaType,
  isDocumentMediaType,
  mediaTypeOfFile,
} from '@casebook/exchange';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseJson, refuseEncoded } from './json-body.js';
import { ProblemError } from './problem.js';
import { LARGEST_BODY } from './request-budgets.js';

/** Media types of documents other than JSON. */
export const FILE_MEDIA_TYPES: readonly string[] = [...DOCUMENT_MEDIA_TYPES, 'multipart/form-data'];

/** Maximum parts of a form. */
const MOST_PARTS = 50;
/** Maximum bytes of a form's fields, without its file. */
const MOST_FIELD_BYTES = 64 * 1024;

/** A document as a file, as the whole body or in a form. */
export class SentFile {
  constructor(
    readonly bytes: Buffer,
    readonly mediaType: DocumentMediaType,
    readonly charset: string | undefined,
    readonly fileName?: string,
    /** The form's fields, unparsed. */
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {}
}

/** Accepts files only on the route that imports documents. */
export function acceptFileBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    [...FILE_MEDIA_TYPES],
    { parseAs: 'buffer', bodyLimit: LARGEST_BODY },
    async (request: FastifyRequest, body: Buffer) => {
      refuseEncoded(request);
      if (!takesFiles(request))
        throw new ProblemError('unsupported-media-type', 'Send the body as application/json.');
      if (body.length === 0) throw unreadable('The body is empty; send the file in it.');
      const { mediaType, charset } = described(request.headers['content-type'] ?? '');
      return isDocumentMediaType(mediaType)
        ? new SentFile(body, mediaType, charset)
        : fileInForm(body, request.headers['content-type'] ?? '');
    },
  );
}

const takesFiles = ({ routeOptions: { method, url = '' } }: FastifyRequest): boolean =>
  method === 'POST' && /\/:workspace\/documents\/?$/.test(url);

const unreadable = (detail: string, cause?: unknown): ProblemError =>
  new ProblemError('document-unreadable', detail, {}, {}, { cause });

/** RFC 9110 section 8.3: the media type and its charset. */
function described(contentType: string): {
  readonly mediaType: string;
  readonly charset: string | undefined;
} {
  const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const charset = parameters.find((part) => /^charset=/i.test(part))?.slice('charset='.length);
  return { mediaType: mediaType.toLowerCase(), charset: charset?.replace(/^"(.*)"$/, '$1') };
}

/** The single file of a form (RFC 7578), and its fields; `details` may contain several of them as JSON. */
async function fileInForm(body: Buffer, contentType: string): Promise<SentFile> {
  refuseManyParts(body, contentType);
  const form = await parsedForm(body, contentType);
  const files: File[] = [];
  const fields: Record<string, unknown> = {};
  let length = 0;
  for (const [name, value] of form) {
    if (typeof value !== 'string' && name !== 'details') {
      files.push(value);
      continue;
    }
    const text = typeof value === 'string' ? value : await value.text();
    length += text.length;
    if (length > MOST_FIELD_BYTES)
      throw unreadable('The fields of the form are longer than 64 KiB in total.');
    if (name === 'details') Object.assign(fields, parseJson(Buffer.from(text)));
    else fields[name] = text;
  }
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw unreadable(
      `The form has ${files.length === 0 ? 'no file' : `${files.length} files`}. Send one file per request, with its details (${Object.keys(documentDetails.shape).join(', ')}) as fields.`,
    );
  }
  return sent(file, Buffer.from(await file.arrayBuffer()), fields);
}

/** The part's declared type counts; if that is unknown, the extension of its file name does. */
function sent(file: File, bytes: Buffer, fields: Readonly<Record<string, unknown>>): SentFile {
  const { mediaType, charset } = described(file.type);
  const known = isDocumentMediaType(mediaType) ? mediaType : mediaTypeOfFile(file.name);
  if (known === undefined) {
    throw new ProblemError(
      'unsupported-media-type',
      `The form’s file has no type that documents can be read from. Give its part one of these Content-Types: ${DOCUMENT_MEDIA_TYPES.join(', ')}.`,
    );
  }
  if (bytes.length === 0) throw unreadable('The file is empty.');
  return new SentFile(bytes, known, charset, file.name === '' ? undefined : file.name, fields);
}

/** Every part costs an object, however short it is. */
function refuseManyParts(body: Buffer, contentType: string): void {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`;
  let count = 0;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length))
    if ((count += 1) > MOST_PARTS + 1) throw unreadable(`The form has more than ${MOST_PARTS} parts.`);
}

async function parsedForm(body: Buffer, contentType: string): Promise<FormData> {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- not for endless bodies; this one is bounded in bytes and in parts
    return await new Response(body as never, { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    throw unreadable(
      'The body is not multipart/form-data (RFC 7578) with the boundary that its Content-Type names.',
      cause,
    );
  }
}
