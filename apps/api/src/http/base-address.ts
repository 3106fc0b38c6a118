import type { FastifyRequest } from 'fastify';
import { single } from './request-context.js';

/**
 * The address that the client reached the service by, without a slash at its end. A proxy that ends TLS says so in X-Forwarded-Proto.
 * A client that sends the header itself changes only the addresses in its own answer.
 */
export function addressOf(request: FastifyRequest): string {
  const forwarded = single(request.headers['x-forwarded-proto'])?.trim().toLowerCase();
  const protocol = forwarded === 'https' ? 'https' : request.protocol;
  return `${protocol}://${request.host}`;
}
