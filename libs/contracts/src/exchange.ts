import { z } from 'zod';
import { annotationKind } from './kinds/index.js';
import { documentId, entityId, position } from './primitives.js';
import { problem } from './problems.js';
import { optionalReason } from './reasons.js';
import { momentQuery, whole } from './queries.js';
import { exportedRows, importedColumns } from './tables.js';

/* What leaves an incident in the formats of other tools, and what comes back. */

/** `GET …/incidents/{id}/export/{format}` */
export const incidentExportQuery = z.strictObject({
  asOf: momentQuery.shape.asOf,
  kind: exportedRows.optional().meta({ description: 'for csv: which table' }),
});

/** `GET …/incidents/{id}/web-annotations/`: the container, or a page of it (W3C Web Annotation Protocol). */
export const webAnnotationsQuery = z.strictObject({
  page: whole(0, 10_000_000).optional().meta({ description: 'which page, from 0; default: the container' }),
  iris: z
    .enum(['0', '1'])
    .optional()
    .meta({ description: '1: pages hold only the addresses of annotations' }),
});

/** The tools whose own JSON an import reads; the media type alone tells the others. */
export const importSource = z.enum(['hypothesis', 'recogito', 'misp']);
export type ImportSource = z.infer<typeof importSource>;

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `POST …/incidents/{id}/import` */
export const incidentImportQuery = z.strictObject({
  stop: z.literal('first').optional().meta({ description: 'stop at the first refused line or item' }),
  from: importSource.optional().meta({ description: 'which tool wrote the JSON' }),
  dryRun: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: answer with the outcome for each item, but record nothing' }),
  document: documentId
    .optional()
    .meta({ description: 'the document of items that do not name one, such as those of Recogito' }),
  kind: exportedRows.optional().meta({ description: 'for CSV: which table' }),
  columns: z
    .string()
    .max(8000)
    .transform((text, context) => {
      const parsed = importedColumns.safeParse(jsonIn(text));
      if (parsed.success) return parsed.data;
      context.addIssue(
        'must be a JSON object of column names, such as {"Quelle":"asserters","Aussage":"statement"}',
      );
      return z.NEVER;
    })
    .optional()
    .meta({
      description:
        'for CSV: the Casebook column for each column with a different name, as a JSON object; takes precedence over the settings of the workspace',
      example: '{"Aussage":"statement"}',
    }),
});
export type IncidentImportQuery = z.infer<typeof incidentImportQuery>;

/** What became of an item of an import. */
export const itemOutcome = z.enum([
  'recorded',
  'known',
  're-anchored',
  'orphaned',
  'ambiguous',
  'kept',
  'refused',
]);
export type ItemOutcome = z.infer<typeof itemOutcome>;

const distance = z
  .strictObject({
    moved: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'code points between the position given by the source and the actual position' }),
    edits: z.int().min(0).meta({ description: 'characters in which the quote differs from the text' }),
  })
  .meta({ description: 'how far a re-anchored quote is from the source’s version' });

const counts = Object.fromEntries(itemOutcome.options.map((each) => [each, z.int().min(0)])) as Record<
  ItemOutcome,
  z.ZodInt
>;

/** `POST …/incidents/{id}/documents/{documentId}/carry-over` */
export const carryOver = z
  .strictObject({
    reason: optionalReason.shape.reason,
    dryRun: z
      .boolean()
      .optional()
      .meta({ description: 'answer with the outcome for each claim, but record nothing' }),
  })
  .meta({ id: 'CarryOver', example: { reason: 'The paper corrected its report.', dryRun: true } });
export type CarryOver = z.infer<typeof carryOver>;

const carriedClaim = z.strictObject({
  id: entityId,
  outcome: z.enum(['carried', 're-anchored', 'orphaned', 'ambiguous', 'refused']).meta({
    description:
      'carried: its quote is in the new edition; re-anchored: the new edition has a slightly different text; orphaned: its quote is not there; ambiguous: the quote occurs several times in the same context; refused. Claims with the last three outcomes stay where they were',
  }),
  distance: distance.optional(),
  why: z.string().optional(),
});
export type CarriedClaim = z.infer<typeof carriedClaim>;

/** What became of each claim that stood in the edition before. */
export const carryOverReport = z
  .strictObject({
    from: documentId.meta({ description: 'the previous edition' }),
    to: documentId,
    dryRun: z.boolean(),
    correlationId: z.string().meta({ description: 'send it to POST …/undo to undo all of it' }),
    position: position.optional().meta({ description: 'of the last event recorded' }),
    claims: z.array(carriedClaim),
  })
  .meta({ id: 'CarryOverReport' });
export type CarryOverReport = z.infer<typeof carryOverReport>;

/** One line of the answer to an import of another tool's format. */
export const exchangeReport = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('item'),
      index: z.int().min(0).meta({ description: 'of the item in the input, from 0' }),
      line: z
        .int()
        .min(1)
        .optional()
        .meta({ description: 'for a table: the line where the row begins, from 1' }),
      source: z.string().optional().meta({ description: 'the item’s id in the source' }),
      outcome: itemOutcome.meta({
        description:
          'recorded; known: an earlier import recorded it; re-anchored: recorded at the current place of its quote; orphaned: its quote is not in the document, so it is kept as an item; ambiguous: its quote is in several places, so it is kept as an item; kept: Casebook has no kind for it, so it is kept as an item; refused',
      }),
      id: entityId.optional().meta({ description: 'of the annotation made from the item' }),
      kind: annotationKind.optional(),
      distance: distance.optional(),
      why: z.string().optional(),
      problem: problem.optional().meta({ description: 'for a refused item' }),
    }),
    z.strictObject({ type: z.literal('progress'), items: z.int().min(0), ...counts }),
    z.strictObject({
      type: z.literal('end'),
      complete: z
        .boolean()
        .meta({ description: 'false: the import stopped early; items before that stay recorded' }),
      dryRun: z.boolean(),
      import: z.string().meta({
        description: 'identifies the import: send it to POST …/undo as correlationId to undo all of it',
      }),
      position: position.optional().meta({ description: 'of the last event recorded' }),
      items: z.int().min(0),
      ...counts,
      problem: problem.optional().meta({ description: 'why it stopped early' }),
    }),
  ])
  .meta({ id: 'ExchangeReport' });
export type ExchangeReport = z.infer<typeof exchangeReport>;
