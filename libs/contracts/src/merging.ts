import { z } from 'zod';

const value = z.unknown();

/** A field that two people changed to different values since one of them read it. */
export const mergeConflict = z
  .strictObject({
    field: z.string(),
    base: value.meta({ description: 'as it was at the revision that the client has seen; null: not there' }),
    theirs: value.meta({ description: 'as it is' }),
    yours: value.meta({ description: 'as the client would have it; null: cleared' }),
  })
  .meta({
    id: 'MergeConflict',
    example: { field: 'modality', base: null, theirs: 'hedged', yours: 'denied' },
  });
export type MergeConflict = z.infer<typeof mergeConflict>;

/** In the answer to a write with `Prefer: merge` that met changes by others: what was merged. */
export const merged = z
  .strictObject({
    base: z.number().int().min(1).meta({ description: 'the revision in If-Match' }),
    theirs: z
      .array(z.string())
      .meta({ description: 'the fields that others changed since, which stay as they made them' }),
    yours: z.array(z.string()).meta({ description: 'the fields that this write changed' }),
    combined: z.array(z.string()).meta({
      description: 'the sets (tags, evidence, targets) in which both sides’ items were brought together',
    }),
  })
  .meta({ id: 'Merged', example: { base: 3, theirs: ['modality'], yours: ['statement'], combined: [] } });
export type Merged = z.infer<typeof merged>;
