import { z } from 'zod';
import { restrictedMembers } from './members.js';
import { phrase, prose } from './primitives.js';
import { revisionOf } from './revision.js';

/** The fields of an incident. */
export const incidentFields = z.strictObject({ title: phrase(1000), summary: prose().optional() });
/** `POST /incidents` */
export const openIncident = incidentFields
  .extend({
    restrictedTo: restrictedMembers.optional().meta({
      description: 'restrict the incident to these members from the start; requires permission to adjudicate',
    }),
  })
  .meta({
    id: 'OpenIncident',
    example: { title: 'Rockets at Tarrick', summary: 'Who fired, and who was warned before.' },
  });
export type OpenIncident = z.infer<typeof openIncident>;

/** `PATCH /incidents/{id}` */
export const reviseIncident = revisionOf(incidentFields.shape, 'ReviseIncident', {
  title: 'Rockets at Tarrick, and what followed',
});
export type ReviseIncident = z.infer<typeof reviseIncident>;
