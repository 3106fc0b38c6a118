import type { Problem, Refusal, RefusalCode } from '@casebook/contracts';

/** The HTTP status and title of each refusal; the type makes the table complete. */
const REFUSALS: Record<RefusalCode, { status: number; title: string }> = {
  'incident-unknown': { status: 404, title: 'No such incident' },
  'incident-closed': { status: 409, title: 'The incident is closed' },
  'restriction-without-you': { status: 422, title: 'The restriction would exclude you' },
  'clearance-beyond-yours': { status: 403, title: 'The clearance is higher than your own' },
  'document-unknown': { status: 404, title: 'No such document' },
  'document-not-attached': { status: 422, title: 'The document is not attached to the incident' },
  'document-erased': { status: 409, title: 'The document was erased by law' },
  'document-in-use': { status: 409, title: 'The document has claims' },
  'annotation-unknown': { status: 404, title: 'No such annotation' },
  'annotation-retracted': { status: 409, title: 'The annotation is retracted or erased' },
  'reference-unknown': { status: 422, title: 'A reference has no target' },
  'reference-of-wrong-kind': { status: 422, title: 'A reference has the wrong kind of target' },
  'reference-retracted': { status: 422, title: 'A reference is to something retracted or erased' },
  'quote-not-found': { status: 422, title: 'The quote is not in the document' },
  'quote-ambiguous': { status: 422, title: 'The quote occurs more than once' },
  'quote-mismatch': { status: 422, title: 'Quote, position and context contradict each other' },
  'position-unknown': { status: 422, title: 'The dispute has no such position' },
  'dispute-not-open': { status: 409, title: 'The dispute is not open' },
  'dispute-not-settled': { status: 409, title: 'The dispute is not settled' },
  'suggestion-unknown': { status: 404, title: 'No such suggestion' },
  'field-required': { status: 422, title: 'A field is missing' },
  'revision-mismatch': { status: 412, title: 'It has changed since you read it' },
  'undo-conflict': { status: 409, title: 'Not everything can be undone' },
  'precondition-required': { status: 428, title: 'A revision is required' },
  'member-unknown': { status: 404, title: 'No such member' },
  'member-exists': { status: 409, title: 'The member exists already' },
  'member-last-admin': { status: 409, title: 'A workspace needs an admin' },
  'token-unknown': { status: 404, title: 'No such token' },
  'token-expired': { status: 422, title: 'The token would already be expired' },
  'event-unknown': { status: 404, title: 'No such event' },
  'event-not-erasable': { status: 409, title: 'The event cannot be erased' },
  'not-permitted': { status: 403, title: 'Your role does not permit this' },
};

/** The service's own problems, besides the domain's refusals. */
const SERVICE = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'malformed-csv': { status: 400, title: 'The body is not a table' },
  'bad-cursor': { status: 400, title: 'The cursor is not valid' },
  'bad-precondition': { status: 400, title: 'If-Match is not an entity tag' },
  unauthenticated: { status: 401, title: 'Authentication is required' },
  'wrong-workspace': { status: 403, title: 'The token is not for this workspace' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'not-acceptable': { status: 406, title: 'Not available in this form' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'annotation-exists': { status: 409, title: 'The annotation exists already' },
  'annotation-fixed': { status: 409, title: 'This cannot be changed' },
  gone: { status: 410, title: 'It was deleted' },
  'workspace-exists': { status: 409, title: 'The workspace exists already' },
  'export-overtaken': { status: 409, title: 'Something in the export has since been erased' },
  'rebuild-refused': { status: 409, title: 'The view cannot be rebuilt at the moment' },
  'key-in-progress': { status: 409, title: 'The same command is still running' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'document-unreadable': { status: 422, title: 'The file cannot be read as a document' },
  'unsupported-media-type': { status: 415, title: 'The body has an unsupported type' },
  'key-reused': { status: 422, title: 'The idempotency key belongs to another command' },
  'too-costly': { status: 422, title: 'The request takes too much work' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'The service failed' },
  'not-available': { status: 501, title: 'This service does not offer it' },
  'position-not-reached': { status: 503, title: 'The position has not been reached yet' },
  unavailable: { status: 503, title: 'The service is not available at the moment' },
} as const;
export type ProblemCode = RefusalCode | keyof typeof SERVICE;

export const PROBLEMS: Record<ProblemCode, { status: number; title: string }> = { ...REFUSALS, ...SERVICE };

export interface FieldError {
  readonly detail: string;
  /** RFC 6901, into the body. */
  readonly pointer?: string;
  /** A query or path parameter. */
  readonly parameter?: string;
  readonly header?: string;
}

/** Thrown anywhere in a request to end it with an RFC 9457 problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extensions: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.status = PROBLEMS[code].status;
  }

  static ofRefusal(refusal: Refusal, more: Readonly<Record<string, unknown>> = {}): ProblemError {
    const { pointer, ...facts } = refusal.facts ?? {};
    const errors = typeof pointer === 'string' ? { errors: [{ pointer, detail: refusal.detail }] } : {};
    return new ProblemError(refusal.code, refusal.detail, { ...facts, ...errors, ...more });
  }

  static invalid(errors: readonly FieldError[]): ProblemError {
    const first = errors[0];
    const place = first?.pointer ?? first?.parameter ?? first?.header;
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
    return new ProblemError(
      'invalid-request',
      `${place ? `${place}: ` : ''}${first?.detail ?? 'see errors'}${more}`,
      { errors },
    );
  }

  body(instance: string): Problem {
    const { status, title } = PROBLEMS[this.code];
    return {
      type: `urn:casebook:problem:${this.code}`,
      title,
      status,
      detail: this.detail,
      instance,
      ...this.extensions,
    };
  }
}
