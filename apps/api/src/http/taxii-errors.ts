import type { Problem } from '@casebook/contracts';
import { single } from './request-context.js';
import type { FastifyRequest } from 'fastify';

export const TAXII_MEDIA_TYPE = 'application/taxii+json;version=2.1';

export const isTaxii = ({ url }: FastifyRequest): boolean => /^\/taxii2(?:[/?]|$)/.test(url);

/** Whether the client accepts TAXII 2.1; without an Accept header it accepts anything (RFC 9110 §12.5.1). */
export const takesTaxii = (request: FastifyRequest): boolean => {
  const ranges = accepted(request);
  return (
    ranges.length === 0 ||
    ranges.some((range) => /^(?:\*\/\*|application\/\*)$/.test(range.type) || isOurs(range))
  );
};

/** Whether it requests TAXII explicitly. */
export const namesTaxii = (request: FastifyRequest): boolean => accepted(request).some(isOurs);

interface Range {
  readonly type: string;
  readonly version: string | undefined;
}

const isOurs = ({ type, version }: Range): boolean =>
  type === 'application/taxii+json' && (version === undefined || version === '2.1');

function accepted({ headers }: FastifyRequest): Range[] {
  return (single(headers.accept) ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => range.replace(/\s/g, '').split(';'))
    .filter(([type]) => type !== undefined && type !== '')
    .filter((parts) => !parts.some((part) => /^q=0(?:\.0*)?$/.test(part)))
    .map(([type = '', ...parameters]) => ({
      type,
      version: parameters.find((each) => each.startsWith('version='))?.slice('version='.length),
    }));
}

/** A problem that is also a TAXII error message (TAXII 2.1, 3.6.1). */
export const asTaxiiError = (problem: Problem): Problem & object => ({
  ...problem,
  description: problem.detail,
  error_code: problem.type,
  http_status: String(problem.status),
});
