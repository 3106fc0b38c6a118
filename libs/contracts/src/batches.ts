import { z } from 'zod';
import { openIncident, reviseIncident } from './incidents.js';
import { type AnnotationKind, ANNOTATION_KINDS, KINDS, settleDispute } from './kinds/index.js';
import { optionalReason, retraction } from './reasons.js';
import { attachDocument, detachDocument, importDocument, reviseDocument } from './documents.js';
import { problem } from './problems.js';
import { writeAnswer } from './views.js';

type CommandOf<Purpose extends 'record' | 'revise' | 'retract'> =
  (typeof KINDS)[AnnotationKind]['commands'][Purpose];
export type AnnotationCommandName = CommandOf<'record' | 'revise' | 'retract'>;
const commandsOfKinds = <Purpose extends 'record' | 'revise' | 'retract'>(
  purpose: Purpose,
  bodyOf: (kind: AnnotationKind) => z.ZodType,
) =>
  Object.fromEntries(ANNOTATION_KINDS.map((kind) => [KINDS[kind].commands[purpose], bodyOf(kind)])) as Record<
    CommandOf<Purpose>,
    z.ZodType
  >;

/** The commands that record an annotation, each with the body of the corresponding route. */
export const RECORDING_COMMANDS = commandsOfKinds('record', (kind) => KINDS[kind].request);
export type RecordingCommand = keyof typeof RECORDING_COMMANDS;

/** What a batch's command does to which kind of annotation. Leaves out the commands that are special to disputes, incidents and documents. */
export const ANNOTATION_COMMANDS: ReadonlyMap<
  string,
  { readonly kind: AnnotationKind; readonly purpose: 'record' | 'revise' | 'retract' }
> = new Map(
  ANNOTATION_KINDS.flatMap((kind) =>
    (['record', 'revise', 'retract'] as const).map((purpose) => [
      KINDS[kind].commands[purpose],
      { kind, purpose },
    ]),
  ),
);

/** JSON Pointers of the references in a command's body; `*` matches each item of a list. */
export function referenceFieldsOf(command: string): readonly string[] {
  const about = ANNOTATION_COMMANDS.get(command);
  if (about !== undefined) return KINDS[about.kind].references.map(({ at }) => at);
  return command === 'attach-document' ? ['/documentId'] : [];
}

/** Every command of a batch, with the body of the corresponding route. */
export const BATCH_COMMANDS = {
  'open-incident': openIncident,
  'revise-incident': reviseIncident,
  'close-incident': optionalReason,
  'reopen-incident': optionalReason,
  'attach-document': attachDocument,
  'detach-document': detachDocument,
  'import-document': importDocument,
  'revise-document': reviseDocument,
  ...RECORDING_COMMANDS,
  ...commandsOfKinds('revise', (kind) => KINDS[kind].revise),
  ...commandsOfKinds('retract', () => retraction),
  'settle-dispute': settleDispute,
  'withdraw-dispute': optionalReason,
  'reopen-dispute': optionalReason,
} as const;
export type BatchCommandName = keyof typeof BATCH_COMMANDS;

/** Maximum number of commands in a batch. */
export const BATCH_LIMIT = 1000;

const reference = z.string().max(80);
const name = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, { error: 'is not a name: 1 to 64 of A-Z, a-z, 0-9, _ . and -' });

export const batchCommand = z
  .strictObject({
    command: z.enum(Object.keys(BATCH_COMMANDS) as [BatchCommandName, ...BatchCommandName[]]),
    as: name.optional().meta({
      description: 'a name for what this command creates: later commands use "$name" in place of its id',
    }),
    incidentId: reference.optional().meta({ description: 'the incident, for commands within one' }),
    id: reference.optional().meta({ description: 'the annotation to revise, retract, settle, …' }),
    documentId: reference.optional().meta({ description: 'the document to detach or revise' }),
    ifMatch: z
      .union([z.number().int().min(1), z.enum(['*'])])
      .optional()
      .meta({ description: 'the revision that you have seen, like If-Match of the route' }),
    merge: z.boolean().optional().meta({ description: 'like Prefer: merge of the route' }),
    body: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'the body of the corresponding route' }),
  })
  .meta({ id: 'BatchCommand' });
export type BatchCommand = z.infer<typeof batchCommand>;

/** `POST …/batches` */
export const batchRequest = z
  .strictObject({
    mode: z.enum(['atomic', 'each']).meta({
      description:
        'atomic: all commands in one commit, or none. each: one by one in order; a refused command does not stop the others',
    }),
    commands: z.array(batchCommand).min(1).max(BATCH_LIMIT),
  })
  .meta({
    id: 'BatchRequest',
    example: {
      mode: 'atomic',
      commands: [
        { command: 'open-incident', as: 'incident', body: { title: 'Rockets at Tarrick' } },
        { command: 'record-attack', incidentId: '$incident', as: 'attack', body: { summary: 'Rockets' } },
        { command: 'make-comment', incidentId: '$incident', body: { targetId: '$attack', body: 'Which?' } },
      ],
    },
  });
export type BatchRequest = z.infer<typeof batchRequest>;

/** The answer to a batch: one result per command, in order. */
export const batchAnswer = z
  .strictObject({
    mode: z.enum(['atomic', 'each']),
    results: z.array(
      z.strictObject({
        index: z.number().int().min(0),
        status: z.number().int().meta({ description: 'the answer of the corresponding route' }),
        answer: writeAnswer.optional(),
        problem: problem.optional(),
      }),
    ),
  })
  .meta({ id: 'BatchAnswer' });
export type BatchAnswer = z.infer<typeof batchAnswer>;
