import type { AnnotationKind } from '@casebook/contracts';

/* What formats need to know of every annotation. */

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

/** What is referred to comes before what refers to it, as far as there is such an order. */
export const IN_ORDER: readonly AnnotationKind[] = [
  'claim',
  'item',
  'warning',
  'attack',
  'link',
  'dispute',
  'comment',
];
