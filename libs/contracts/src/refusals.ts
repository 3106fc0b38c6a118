import { z } from 'zod';
import { instant, knownMemberId } from './primitives.js';
import { whole } from './queries.js';

/** `GET …/refusals`: refused attempts; equal ones within a minute are counted together. */
export const refusalView = z
  .strictObject({
    firstAt: instant,
    lastAt: instant,
    count: z.int().min(1),
    code: z.string().meta({ description: 'its problem type, without the prefix' }),
    method: z.string(),
    route: z.string().meta({ description: 'the route, with the ids left out' }),
    address: z.string().meta({ description: 'the sender’s IP address' }),
    member: knownMemberId
      .optional()
      .meta({ description: 'the token’s member, if it is a token of this workspace' }),
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
  limit: whole(1, 500).optional().meta({ description: 'maximum number of items; default 100' }),
  cursor: whole(1, Number.MAX_SAFE_INTEGER).optional().meta({ description: '`next` of the previous page' }),
});
