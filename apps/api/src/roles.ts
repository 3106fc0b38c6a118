import type { FastifyRequest } from 'fastify';
import { ProblemError } from './http/problem.js';

/**
 * What a process does. `serve`: it answers requests. `follow`: it keeps the views and the tree's tiles that
 * follow the ledger, sends webhooks, and asks witnesses. `read`: it answers reads from a standby, alone.
 */
export const ROLES = ['serve', 'follow', 'read'] as const;
export type Role = (typeof ROLES)[number];

/** Of a process that does everything. */
export const ALL_WORK: readonly Role[] = ['serve', 'follow'];

const ABOUT_THE_PROCESS = /^\/(?:health\/|metrics(?:\?|$))/;
const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Why a process with these roles leaves a request to others; `undefined`: it does not. */
export function leftToOthers(
  roles: readonly Role[],
  { method, url }: Pick<FastifyRequest, 'method' | 'url'>,
): ProblemError | undefined {
  if (roles.includes('serve') || ABOUT_THE_PROCESS.test(url)) return undefined;
  if (!roles.includes('read'))
    return elsewhere('This process follows the ledger and answers no requests (CASEBOOK_ROLES).');
  return READS.includes(method)
    ? undefined
    : elsewhere('This process answers reads from a standby and takes no changes (CASEBOOK_ROLES).');
}

const elsewhere = (detail: string): ProblemError =>
  new ProblemError('unavailable', `${detail} Send the request to another one.`, {}, { 'retry-after': '1' });
