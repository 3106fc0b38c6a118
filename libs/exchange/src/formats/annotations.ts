import type { AnnotationKind } from '@casebook/contracts';

/* Facts about annotations that all formats need. */

/** Fields that the view adds to the stored ones. */
export const HEADER: ReadonlySet<string> = new Set([
  'id',
  'kind',
  'revision',
  'status',
  'recordedBy',
  'recordedAt',
  'revisedBy',
  'revisedAt',
  'position',
  'origin',
]);

/** Referenced kinds come before the kinds that refer to them, where such an order exists. */
export const IN_ORDER: readonly AnnotationKind[] = [
  'claim',
  'item',
  'warning',
  'attack',
  'link',
  'dispute',
  'comment',
];
