import { z } from 'zod';
import { RECORDING_COMMANDS, type RecordingCommand } from './batches.js';
import { problem } from './problems.js';

/** The longest line of an import, in bytes. */
export const IMPORT_LINE_BYTES = 1024 * 1024;

const key = z.string().regex(/^[\x21-\x7e]{1,200}$/, {
  error: 'is not a key: 1 to 200 printable ASCII characters without spaces',
});

/**
 * One line of `POST …/incidents/{id}/import`. `key` names the annotation within the incident's imports: repeating the line
 * records nothing, and other lines refer to the annotation as `"$key"`.
 */
export const importLine = z
  .strictObject({
    key,
    command: z.enum(Object.keys(RECORDING_COMMANDS) as [RecordingCommand, ...RecordingCommand[]]),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({
    id: 'ImportLine',
    example: { key: 'row-17', command: 'record-attack', body: { summary: 'Rockets' } },
  });
export type ImportLine = z.infer<typeof importLine>;

const tally = {
  lines: z.number().int().meta({ description: 'lines read, not counting blank ones' }),
  recorded: z.number().int(),
  already: z.number().int().meta({ description: 'lines already recorded by an earlier import' }),
  refused: z.number().int(),
};

/** One line of the answer to an import. */
export const importReport = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('refused'),
      line: z.number().int().min(1).meta({ description: 'from 1, blank lines counted' }),
      key: z.string().optional(),
      problem,
    }),
    z.strictObject({ type: z.literal('progress'), ...tally }),
    z.strictObject({
      type: z.literal('end'),
      complete: z
        .boolean()
        .meta({ description: 'false: the import stopped early; send the rest, or all of it, again' }),
      ...tally,
    }),
  ])
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof importReport>;
