import type { FastifyRequest } from 'fastify';
import { single } from './request-context.js';

/**
 * The address that the client used for the service, without a trailing slash. A proxy that terminates TLS sends X-Forwarded-Proto.
 * A client that sends the header itself changes only the addresses in its own answer.
 */
export function addressOf(request: FastifyRequest): string {
  const forwarded = single(request.headers['x-forwarded-proto'])?.trim().toLowerCase();
  const protocol = forwarded === 'https' ? 'https' : request.protocol;
  return `${protocol}://${request.host}`;
}
