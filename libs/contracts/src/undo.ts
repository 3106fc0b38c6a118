import { z } from 'zod';
import { anyInstant, entityId, knownMemberId, position, prose } from './primitives.js';
import { changeView } from './views.js';

/** Maximum number of events that one request undoes. */
export const UNDO_LIMIT = 10_000;

/** `POST …/undo`: undoes single events, or a member's changes in a period. */
export const undoRequest = z
  .strictObject({
    positions: z
      .array(position)
      .min(1)
      .max(UNDO_LIMIT)
      .optional()
      .meta({ description: 'the events, by their positions in the ledger' }),
    member: knownMemberId
      .optional()
      .meta({ description: 'the member whose changes are undone, in place of positions' }),
    correlationId: z
      .string()
      .regex(/^[\x21-\x7e]{1,128}$/, { error: 'is not the id of a request or an import' })
      .optional()
      .meta({
        description:
          'the changes of one request, in place of both: its X-Request-Id, or the id in the answer of an import',
      }),
    from: anyInstant.optional().meta({ description: 'recorded at or after this instant' }),
    to: anyInstant.optional().meta({ description: 'recorded at or before this instant' }),
    incidentId: entityId.optional().meta({ description: 'only those in this incident' }),
    reason: prose(),
    skipConflicts: z
      .boolean()
      .optional()
      .meta({ description: 'undo what can be undone; by default a conflict undoes nothing' }),
    dryRun: z
      .boolean()
      .optional()
      .meta({ description: 'answer with what would be recorded, without recording it' }),
  })
  .refine(
    ({ positions, member, correlationId }) =>
      [positions, member, correlationId].filter((each) => each !== undefined).length === 1,
    {
      error:
        'needs exactly one of positions, member and correlationId; from, to and incidentId can narrow the last two',
    },
  )
  .refine(
    ({ positions, from, to, incidentId }) =>
      positions === undefined || (from === undefined && to === undefined && incidentId === undefined),
    { error: 'has positions, which cannot be narrowed; use from, to and incidentId with member' },
  )
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) <= Date.parse(to), {
    path: ['to'],
    error: 'is before from, so the period is empty',
  })
  .meta({
    id: 'UndoRequest',
    example: {
      member: 'alice',
      from: '2026-01-31T09:00:00.000Z',
      reason: 'Read the wrong edition.',
      dryRun: true,
    },
  });
export type UndoRequest = z.infer<typeof undoRequest>;

/** Why an event is not undone. */
export const undoConflict = z
  .strictObject({
    position,
    code: z.string().meta({
      description:
        'event-unknown, not-undoable, changed-since, referred-to, or the problem that the compensating command would get',
    }),
    detail: z.string(),
    fields: z
      .array(z.strictObject({ field: z.string(), left: z.unknown(), now: z.unknown() }))
      .optional()
      .meta({ description: 'what has changed since: as the event left it, and now' }),
    referredToBy: z.array(entityId).optional().meta({ description: 'annotations that refer to it' }),
  })
  .meta({ id: 'UndoConflict' });
export type UndoConflict = z.infer<typeof undoConflict>;

/** The answer to an undo. The same whether or not it was recorded. */
export const undoAnswer = z
  .strictObject({
    dryRun: z.boolean(),
    undone: z.array(
      z.strictObject({
        undoes: position,
        change: changeView
          .extend({ position: position.optional() })
          .meta({ description: 'the event that undoes it; without a position in a dry run' }),
      }),
    ),
    already: z.array(position).meta({ description: 'events with nothing left to undo' }),
    conflicts: z.array(undoConflict),
  })
  .meta({ id: 'UndoAnswer' });
export type UndoAnswer = z.infer<typeof undoAnswer>;
