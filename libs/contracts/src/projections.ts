import { z } from 'zod';
import { entityId, instant, position } from './primitives.js';

/** The state of the views for operators, and the proof of a view. */

const checksum = z
  .string()
  .meta({ description: 'SHA-256, lower-case hex, over the rows in the order of their keys (docs/views.md)' });

const rowSum = z.string().meta({
  description: 'the sum of the SHA-256 of each row, modulo 2^256, in lower-case hex (docs/views.md)',
});

export const rebuildView = z
  .strictObject({
    status: z
      .enum(['building', 'done', 'failed', 'undone'])
      .meta({ description: 'undone: done and then reverted' }),
    startedAt: instant,
    changedAt: instant,
    events: z.number().int().meta({ description: 'folded so far' }),
    total: z.number().int().meta({ description: 'the number at the start' }),
    position: position
      .nullable()
      .meta({ description: 'the position at which both sets of rows were compared' }),
    checksumBefore: rowSum.nullable(),
    checksumAfter: rowSum.nullable(),
    replaced: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'rows changed by taking over; 0: the view agreed with the events' }),
    error: z.string().nullable(),
  })
  .meta({ id: 'Rebuild' });
export type RebuildView = z.infer<typeof rebuildView>;

/** One version of one view in a workspace. */
export const projectionView = z
  .strictObject({
    view: z.string(),
    version: z.number().int(),
    mode: z.enum(['inline', 'following', 'unknown']).meta({
      description: 'inline: changed by the commit itself; unknown: not a view in this version of the program',
    }),
    status: z.enum(['attached', 'detached', 'following', 'failed']).meta({
      description: 'detached: inline, but behind until it is caught up; failed: waits before failedPosition',
    }),
    position: z.number().int().meta({ description: 'reflects every event up to here' }),
    lag: z.number().int().meta({
      description:
        'events behind the head; for tiles, behind the last full tile, because later events wait until their tile is full',
    }),
    changedAt: instant,
    error: z.string().nullable(),
    failedPosition: position.nullable(),
    failedType: z.string().nullable().meta({ description: 'the type of the event it failed on' }),
    attempts: z.number().int(),
    retryAt: instant.nullable(),
    rebuild: rebuildView.nullable().meta({ description: 'the latest' }),
  })
  .meta({ id: 'Projection' });
export type ProjectionView = z.infer<typeof projectionView>;

export const projectionsView = z
  .strictObject({
    size: z.number().int().meta({ description: 'of the ledger' }),
    items: z.array(projectionView),
  })
  .meta({ id: 'Projections' });
export type ProjectionsView = z.infer<typeof projectionsView>;

/** The answer to reverting a rebuild. */
export const undoneRebuild = z
  .strictObject({ view: z.string(), restored: z.number().int().meta({ description: 'rows put back' }) })
  .meta({ id: 'UndoneRebuild' });
export type UndoneRebuild = z.infer<typeof undoneRebuild>;

/** A digest of an incident's rows, bound to the ledger that they follow from. */
export const incidentProof = z
  .strictObject({
    incidentId: entityId,
    size: z.number().int().meta({ description: 'of the ledger' }),
    root: z.string().meta({ description: 'its RFC 6962 Merkle tree hash at that size, base64' }),
    views: z.array(
      z.strictObject({
        view: z.string(),
        version: z.number().int(),
        position: z.number().int().meta({ description: 'the rows reflect every event up to here' }),
        rows: z.number().int(),
        checksum,
      }),
    ),
  })
  .meta({ id: 'IncidentProof' });
export type IncidentProof = z.infer<typeof incidentProof>;

export const projectionParameter = z.string().max(100);
