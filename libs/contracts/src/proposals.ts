import { z } from 'zod';
import { RECORDING_COMMANDS, type RecordingCommand } from './batches.js';
import { EXAMPLE_ANNOTATION, EXAMPLE_DOCUMENT, EXAMPLE_QUOTE } from './examples.js';
import { annotationKind, type ItemFields } from './kinds/index.js';
import { entityId, phrase, position, prose } from './primitives.js';
import { problem } from './problems.js';

/*
 * A script or an assistant proposes an annotation, and a member accepts or declines it. A proposal is an item until then, so it is read,
 * searched, discussed, undone and exported like one, and counts in no analysis.
 */

/** The `type` of an item that is a proposal; its `format` is `casebook`. */
export const PROPOSAL = 'proposal';
export const isProposal = ({ format, type }: Pick<ItemFields, 'format' | 'type'>): boolean =>
  format === 'casebook' && type === PROPOSAL;

/** `POST …/incidents/{id}/proposals`, and the content of the item that it makes. */
export const proposal = z
  .strictObject({
    command: z
      .enum(Object.keys(RECORDING_COMMANDS) as [RecordingCommand, ...RecordingCommand[]])
      .meta({ description: 'the kind of annotation to record' }),
    body: z.record(z.string(), z.unknown()).meta({ description: 'the body of the corresponding route' }),
    by: phrase(200).optional().meta({ description: 'the person or program that proposes it' }),
    tool: phrase(200).optional().meta({ description: 'the program, with its version' }),
    confidence: z.number().min(0).max(1).optional().meta({ description: 'confidence, from 0 to 1' }),
    grounds: prose(2000).optional().meta({ description: 'why' }),
  })
  .meta({
    id: 'Proposal',
    example: {
      command: 'tag-claim',
      body: {
        anchor: { documentId: EXAMPLE_DOCUMENT, exact: EXAMPLE_QUOTE },
        statement: 'The Two Rivers Guard denies that it fired.',
      },
      by: 'Reading assistant',
      confidence: 0.8,
    },
  });
export type Proposal = z.infer<typeof proposal>;

/** Maximum number of decisions of one request. */
const MOST_DECISIONS = 500;

/** `POST …/incidents/{id}/proposals/decisions` */
export const decideProposals = z
  .strictObject({
    decisions: z
      .array(
        z.strictObject({
          proposal: entityId.meta({ description: 'the id of its item' }),
          outcome: z.enum(['accepted', 'declined']),
          changes: z
            .record(z.string(), z.unknown())
            .optional()
            .meta({ description: 'fields of the body to record differently; null leaves a field out' }),
        }),
      )
      .min(1)
      .max(MOST_DECISIONS),
    reason: prose().optional(),
  })
  .meta({
    id: 'DecideProposals',
    example: {
      decisions: [{ proposal: EXAMPLE_ANNOTATION, outcome: 'declined' }],
      reason: 'The article says so of another group.',
    },
  });
export type DecideProposals = z.infer<typeof decideProposals>;

/** What became of each proposal, in the order of the decisions. */
export const proposalsReport = z
  .strictObject({
    correlationId: z.string().meta({ description: 'send it to POST …/undo to undo all of it' }),
    position: position.optional().meta({ description: 'of the last event recorded' }),
    decisions: z.array(
      z.strictObject({
        proposal: entityId,
        outcome: z.enum(['accepted', 'declined', 'refused']),
        id: entityId.optional().meta({ description: 'of the recorded annotation' }),
        kind: annotationKind.optional(),
        problem: problem.optional().meta({ description: 'for a refused decision' }),
      }),
    ),
  })
  .meta({ id: 'ProposalsReport' });
export type ProposalsReport = z.infer<typeof proposalsReport>;
