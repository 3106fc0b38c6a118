import { z } from 'zod';
import { instant, memberId } from './primitives.js';
import { whole } from './queries.js';

/** `GET …/refusals`: attempts that were refused, equal ones within a minute counted together. */
export const refusalView = z
  .strictObject({
    firstAt: instant,
    lastAt: instant,
    count: z.int().min(1),
    code: z.string().meta({ description: 'the problem that it was answered with, without its prefix' }),
    method: z.string(),
    route: z
      .string()
      .meta({ description: 'the route as the service names it, without the ids in the address' }),
    address: z.string().meta({ description: 'the IP address that it came from' }),
    member: memberId.optional().meta({ description: 'whose token it was, if it was one of this workspace' }),
  })
  .meta({
    id: 'Refusal',
    example: {
      firstAt: '2026-01-31T09:30:00.000Z',
      lastAt: '2026-01-31T09:30:12.000Z',
      count: 7,
      code: 'not-permitted',
      method: 'POST',
      route: '/v1/workspaces/:workspace/members',
      address: '192.0.2.7',
      member: 'alice',
    },
  });
export type RefusalView = z.infer<typeof refusalView>;

export const refusalsQuery = z.strictObject({
  limit: whole(1, 500).optional().meta({ description: 'at most so many items; 100 unless given' }),
  cursor: whole(1, Number.MAX_SAFE_INTEGER).optional().meta({ description: '`next` of the page before' }),
});
