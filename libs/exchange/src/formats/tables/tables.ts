import type { AnnotationKind, ExportedRows } from '@casebook/contracts';
import { ids, json, number, text } from './cells.js';
import type { Column } from './column.js';

/*
 * The columns of each table of annotations, as docs/exchange.md lists them. Exports write them and imports read them.
 */

const of = (name: string, at: string, codec = text): Column => ({ name, at, codec });
const refers = (name: string, at: string, refersTo: string, codec = text): Column => ({
  name,
  at,
  codec,
  refersTo,
});
const date = (name: string, at: string): Column[] => [
  of(name, `${at}/edtf`),
  of(`${name}_as_printed`, `${at}/asPrinted`),
];
const toll = (name: string): Column[] => [
  ...['best', 'low', 'high'].map((end) => of(`${name}_${end}`, `/casualties/${name}/${end}`, number)),
  refers(`${name}_evidence`, `/casualties/${name}/evidence/*`, 'claims'),
];
/** The readable details of a claim's document. */
const ofDocument = (name: string, detail: 'title' | 'publisher' | 'url'): Column => ({
  name,
  at: '',
  codec: text,
  derive: (view, { documents }) =>
    view.kind === 'claim' && view.anchor !== undefined
      ? documents.get(view.anchor.documentId)?.[detail]
      : undefined,
});
const evidence = refers('evidence', '/evidence/*', 'claims');

/** The target of a comment on the incident as a whole. */
export const THE_INCIDENT = 'incident';

/** The columns that identify a row. */
export const ID = of('id', '/id');

/** The status and origin of an annotation, which come last in every table. */
const STANDING: readonly Column[] = [
  of('status', '/status'),
  of('revision', '/revision', number),
  of('recorded_by', '/recordedBy'),
  of('recorded_at', '/recordedAt'),
  of('revised_by', '/revisedBy'),
  of('revised_at', '/revisedAt'),
  of('retracted_by', '/retraction/by'),
  of('retracted_at', '/retraction/at'),
  of('retraction_reason', '/retraction/reason'),
  of('origin_format', '/origin/format'),
  of('origin_id', '/origin/id'),
  of('origin_canonical', '/origin/canonical'),
  of('attributed_to', '/origin/attributedTo/name'),
  of('attributed_to_id', '/origin/attributedTo/id'),
  of('origin_created', '/origin/created'),
  of('origin_modified', '/origin/modified'),
  of('origin_rest', '/origin/rest', json),
];

/** The tables of annotations, one per kind. */
export const KIND_OF = {
  claims: 'claim',
  warnings: 'warning',
  attacks: 'attack',
  links: 'link',
  disputes: 'dispute',
  comments: 'comment',
  items: 'item',
} as const satisfies Partial<Record<ExportedRows, AnnotationKind>>;
export type AnnotationRows = keyof typeof KIND_OF;
export const ANNOTATION_ROWS = Object.keys(KIND_OF) as AnnotationRows[];
export const isAnnotationRows = (rows: ExportedRows): rows is AnnotationRows => Object.hasOwn(KIND_OF, rows);

const OWN: Readonly<Record<AnnotationRows, readonly Column[]>> = {
  claims: [
    of('statement', '/statement'),
    of('quote', '/anchor/exact'),
    of('quote_before', '/anchor/prefix'),
    of('quote_after', '/anchor/suffix'),
    of('document_id', '/anchor/documentId'),
    ofDocument('document_title', 'title'),
    ofDocument('document_publisher', 'publisher'),
    ofDocument('document_url', 'url'),
    of('start', '/anchor/start', number),
    of('end', '/anchor/end', number),
    of('asserters', '/asserters/*/name'),
    of('asserter_kinds', '/asserters/*/kind'),
    of('quotation', '/quotation'),
    of('modality', '/modality'),
    of('estimative', '/estimative'),
    of('credibility', '/credibility', number),
    of('tags', '/tags/*'),
    of('figure_counts', '/figure/counts'),
    of('figure_min', '/figure/min', number),
    of('figure_max', '/figure/max', number),
    of('figure_as_printed', '/figure/asPrinted'),
  ],
  warnings: [
    of('summary', '/summary'),
    of('issued_by', '/issuedBy'),
    of('issued_to', '/issuedTo/*'),
    ...date('issued_at', '/issuedAt'),
    of('channel', '/channel'),
    of('threat_actor', '/threatActor'),
    of('targets', '/targets/*'),
    of('method', '/method/*'),
    ...date('window', '/window'),
    ...['when', 'where', 'who', 'how'].map((part) => of(`specificity_${part}`, `/specificity/${part}`)),
    of('disclosed', '/disclosed'),
    evidence,
  ],
  attacks: [
    of('summary', '/summary'),
    ...date('occurred_at', '/occurredAt'),
    of('event_type', '/eventType'),
    of('place', '/place/name'),
    of('country', '/place/country'),
    of('latitude', '/place/latitude', number),
    of('longitude', '/place/longitude', number),
    of('geo_precision', '/place/geoPrecision'),
    of('actors', '/actors/*'),
    of('claimed_by', '/claimedBy'),
    of('weapons', '/weapons/*'),
    ...toll('killed'),
    ...toll('wounded'),
    evidence,
  ],
  links: [
    refers('warning_id', '/warningId', 'warnings'),
    refers('earlier_attack_id', '/earlierAttackId', 'attacks'),
    refers('attack_id', '/attackId', 'attacks'),
    of('relation', '/relation'),
    of('assessment', '/assessment'),
    of('confidence', '/confidence'),
    of('grounds', '/grounds'),
    evidence,
  ],
  disputes: [
    of('question', '/question'),
    refers('targets', '/targets/*', 'any'),
    of('positions', '/positions/*/statement'),
    of('position_holders', '/positions/*/heldBy'),
    refers('position_evidence', '/positions/*/evidence', 'claims', ids),
    of('grounds', '/grounds'),
    of('owner', '/owner'),
    of('state', '/state'),
    of('outcome', '/resolution/outcome'),
    of('prevailing', '/resolution/prevailing', number),
    of('resolution_reason', '/resolution/reason'),
    of('decided_by', '/resolution/decidedBy'),
    of('decided_at', '/resolution/decidedAt'),
  ],
  comments: [
    {
      ...refers('target_id', '/targetId', 'any'),
      derive: (view, { incidentId }) =>
        view.kind === 'comment' && view.targetId === incidentId
          ? THE_INCIDENT
          : (view as { targetId?: string }).targetId,
    },
    refers('reply_to', '/replyTo', 'comments'),
    of('body', '/body'),
  ],
  items: [
    of('format', '/format'),
    of('type', '/type'),
    of('title', '/title'),
    of('about', '/about/*'),
    of('content', '/content', json),
  ],
};

const columnsOf = (rows: AnnotationRows): readonly Column[] => [ID, ...OWN[rows], ...STANDING];
/** The columns of each table of annotations, in their order. */
export const COLUMNS = Object.fromEntries(ANNOTATION_ROWS.map((rows) => [rows, columnsOf(rows)])) as Record<
  AnnotationRows,
  readonly Column[]
>;
