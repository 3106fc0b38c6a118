import { z } from 'zod';
import { prose } from './primitives.js';

/** `POST …/retraction`: nothing is removed; the annotation is marked as retracted, with the reason. */
export const retraction = z
  .strictObject({ reason: prose() })
  .meta({ id: 'Retraction', example: { reason: 'Misread the date.' } });
export type Retraction = z.infer<typeof retraction>;

/** `POST …/withdrawal` and `…/reopening`, and the closing of an incident. */
export const optionalReason = z
  .strictObject({ reason: prose().optional() })
  .meta({ id: 'OptionalReason', example: { reason: 'Agreed at the morning meeting.' } });
export type OptionalReason = z.infer<typeof optionalReason>;
