import { z } from 'zod';
import { phrase, prose } from './primitives.js';
import { revisionOf } from './revision.js';

/** `POST /incidents` */
export const openIncident = z.strictObject({ title: phrase(1000), summary: prose().optional() }).meta({
  id: 'OpenIncident',
  example: { title: 'Rockets at K-1', summary: 'Who fired, and who was told before.' },
});
export type OpenIncident = z.infer<typeof openIncident>;

/** `PATCH /incidents/{id}` */
export const reviseIncident = revisionOf(openIncident.shape, 'ReviseIncident', {
  title: 'Rockets at K-1, and what followed',
});
export type ReviseIncident = z.infer<typeof reviseIncident>;
