import { z } from 'zod';

const value = z.unknown();

/** A field that two members changed to different values since one of them read it. */
export const mergeConflict = z
  .strictObject({
    field: z.string(),
    base: value.meta({ description: 'the value at the revision the client has seen; null: absent' }),
    theirs: value.meta({ description: 'as it is' }),
    yours: value.meta({ description: 'the client’s value; null: cleared' }),
  })
  .meta({
    id: 'MergeConflict',
    example: { field: 'modality', base: null, theirs: 'hedged', yours: 'denied' },
  });
export type MergeConflict = z.infer<typeof mergeConflict>;

/** What a write with `Prefer: merge` was merged with; in its answer if others had changed the annotation. */
export const merged = z
  .strictObject({
    base: z.number().int().min(1).meta({ description: 'the revision in If-Match' }),
    theirs: z
      .array(z.string())
      .meta({ description: 'fields that others have changed since; they keep their values' }),
    yours: z.array(z.string()).meta({ description: 'fields that this write changed' }),
    combined: z.array(z.string()).meta({
      description: 'sets (tags, evidence, targets) that combine the items of both sides',
    }),
  })
  .meta({ id: 'Merged', example: { base: 3, theirs: ['modality'], yours: ['statement'], combined: [] } });
export type Merged = z.infer<typeof merged>;
