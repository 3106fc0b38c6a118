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
  kind: exportedRows.optional().meta({ description: 'of csv: which table' }),
});

/** `GET …/incidents/{id}/web-annotations/`: the container, or a page of it (W3C Web Annotation Protocol). */
export const webAnnotationsQuery = z.strictObject({
  page: whole(0, 10_000_000)
    .optional()
    .meta({ description: 'which page, from 0; the container unless given' }),
  iris: z
    .enum(['0', '1'])
    .optional()
    .meta({ description: '1: pages hold the addresses of annotations alone' }),
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
  stop: z.literal('first').optional().meta({ description: 'stop at the first line or item that is refused' }),
  from: importSource.optional().meta({ description: 'which tool wrote the JSON' }),
  dryRun: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: answer what would become of each item, and record nothing' }),
  document: documentId
    .optional()
    .meta({ description: 'the document of items that do not name one, as Recogito leaves it out' }),
  kind: exportedRows.optional().meta({ description: 'of CSV: which table' }),
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
        'of CSV: our column for each column of the table that is called otherwise, as a JSON object; it goes before what the settings of the workspace remember',
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
      .meta({ description: 'code points between where the source has the quote and where it stands' }),
    edits: z.int().min(0).meta({ description: 'characters in which the quote differs from the text' }),
  })
  .meta({ description: 'how far a re-anchored quote is from what the source says' });

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
      .meta({ description: 'tell what would become of each claim, and record nothing' }),
  })
  .meta({ id: 'CarryOver', example: { reason: 'The paper corrected its report.', dryRun: true } });
export type CarryOver = z.infer<typeof carryOver>;

const carriedClaim = z.strictObject({
  id: entityId,
  outcome: z.enum(['carried', 're-anchored', 'orphaned', 'ambiguous', 'refused']).meta({
    description:
      'carried: its quote stands in the new edition; re-anchored: a text stands there that differs a little; orphaned: its quote is not there; ambiguous: it is there several times in the same context; refused. The last three stay where they were',
  }),
  distance: distance.optional(),
  why: z.string().optional(),
});
export type CarriedClaim = z.infer<typeof carriedClaim>;

/** What became of each claim that stood in the edition before. */
export const carryOverReport = z
  .strictObject({
    from: documentId.meta({ description: 'the edition before' }),
    to: documentId,
    dryRun: z.boolean(),
    correlationId: z.string().meta({ description: 'POST …/undo takes it, and undoes all of it' }),
    position: position.optional().meta({ description: 'of the last event that was recorded' }),
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
      line: z.int().min(1).optional().meta({ description: 'of a table: where the row begins, from 1' }),
      source: z.string().optional().meta({ description: 'what the source calls the item' }),
      outcome: itemOutcome.meta({
        description:
          'recorded; known: an earlier import recorded it; re-anchored: recorded where its quote stands now; orphaned: its quote is not in the document, so it is kept as an item; ambiguous: its quote stands in several places, so it is kept as an item; kept: it has no kind of its own here, so it is kept as an item; refused',
      }),
      id: entityId.optional().meta({ description: 'of the annotation that the item became' }),
      kind: annotationKind.optional(),
      distance: distance.optional(),
      why: z.string().optional(),
      problem: problem.optional().meta({ description: 'of a refused item' }),
    }),
    z.strictObject({ type: z.literal('progress'), items: z.int().min(0), ...counts }),
    z.strictObject({
      type: z.literal('end'),
      complete: z
        .boolean()
        .meta({ description: 'false: it stopped early, and what came before stays recorded' }),
      dryRun: z.boolean(),
      import: z.string().meta({
        description: 'names the import: POST …/undo takes it as correlationId, and undoes all of it',
      }),
      position: position.optional().meta({ description: 'of the last event that it recorded' }),
      items: z.int().min(0),
      ...counts,
      problem: problem.optional().meta({ description: 'why it stopped early' }),
    }),
  ])
  .meta({ id: 'ExchangeReport' });
export type ExchangeReport = z.infer<typeof exchangeReport>;
