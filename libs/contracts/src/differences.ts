import { z } from 'zod';
import { annotationKind } from './kinds/index.js';
import { documentId, entityId, instant, knownMemberId, position } from './primitives.js';
import { changeView } from './views.js';

/** Differences between two moments of an incident, and the event behind each field of an annotation. */

/** A moment as an answer names it. */
const momentView = z
  .strictObject({
    position: z.number().int().meta({ description: 'every event up to here is included; 0: none' }),
    at: instant
      .nullable()
      .meta({ description: 'when the last of these events visible to the caller was recorded' }),
  })
  .meta({ id: 'Moment' });

/** One event in between. Its `changes` are given net, with the thing that they change. */
const changeInBetween = changeView.omit({ changes: true, incidentId: true }).meta({ id: 'ChangeInBetween' });
export type ChangeInBetween = z.infer<typeof changeInBetween>;

const by = z
  .array(position)
  .meta({ description: 'the events in between that changed it, in order; changes lists each one' });

const fieldDifference = z
  .strictObject({
    field: z.string(),
    before: z.unknown().meta({ description: 'null if it had none' }),
    after: z.unknown().meta({ description: 'null if it has none' }),
    by,
  })
  .meta({ id: 'FieldDifference' });
export type FieldDifference = z.infer<typeof fieldDifference>;

const annotationDifference = z
  .strictObject({
    id: entityId,
    kind: annotationKind,
    change: z.enum(['added', 'changed', 'retracted', 'reinstated']).meta({
      description: 'added: recorded in between, even if retracted since; changed: possibly changed back',
    }),
    revision: z.strictObject({ before: z.number().int().nullable(), after: z.number().int() }),
    fields: z.array(fieldDifference).meta({ description: 'in the order of their names' }),
    by,
  })
  .meta({ id: 'AnnotationDifference' });
export type AnnotationDifference = z.infer<typeof annotationDifference>;

const attachmentDifference = z
  .strictObject({
    id: documentId,
    change: z.enum(['attached', 'detached', 'described']).meta({
      description:
        'described: attached at both moments, but shown differently by the incident, or attached again in between',
    }),
    fields: z.array(fieldDifference),
    by,
  })
  .meta({ id: 'AttachmentDifference' });
export type AttachmentDifference = z.infer<typeof attachmentDifference>;

/** `GET …/incidents/{id}/difference`: applied to the incident as of `from`, it yields the incident as of `to`. */
export const incidentDifference = z
  .strictObject({
    incidentId: entityId,
    from: momentView,
    to: momentView,
    opened: z.boolean().meta({ description: 'the incident was opened in between' }),
    fields: z
      .array(fieldDifference)
      .meta({ description: 'the incident’s own fields: title, summary, status, restriction' }),
    documents: z.array(attachmentDifference),
    annotations: z.array(annotationDifference).meta({ description: 'in the order of their first event' }),
    changes: z
      .array(changeInBetween)
      .meta({ description: 'who did what, when and why, in order, one sentence each' }),
  })
  .meta({ id: 'IncidentDifference' });
export type IncidentDifference = z.infer<typeof incidentDifference>;

/** The difference of a document, a member, a token or the workspace itself. */
const thingDifference = z
  .strictObject({
    id: z.string().meta({ description: 'the id of the document, member or token' }),
    kind: z.enum(['document', 'member', 'token', 'workspace']),
    change: z.enum(['added', 'changed']).meta({ description: 'added: absent before' }),
    fields: z.array(fieldDifference).meta({ description: 'in the order of their names' }),
    by,
  })
  .meta({ id: 'ThingDifference' });
export type ThingDifference = z.infer<typeof thingDifference>;

/** An enum of one value: Nest describes constants so. */
const what = <What extends string>(name: What) => z.enum([name]);
const told = {
  changes: incidentDifference.shape.changes,
};
const workspaceDifferenceItem = z
  .discriminatedUnion('what', [
    incidentDifference.omit({ from: true, to: true }).extend({ what: what('incident') }),
    z.strictObject({
      what: what('document'),
      documentId,
      things: z.array(thingDifference),
      ...told,
    }),
    z.strictObject({ what: what('members'), things: z.array(thingDifference), ...told }),
    z.strictObject({ what: what('erasures'), ...told }),
  ])
  .meta({ id: 'WorkspaceDifferenceItem' });
export type WorkspaceDifferenceItem = z.infer<typeof workspaceDifferenceItem>;

/** `GET …/difference`: all differences of a workspace between two moments, in pages. */
export const workspaceDifference = z
  .strictObject({
    from: momentView,
    to: momentView.meta({ description: 'the same on every page' }),
    items: z
      .array(workspaceDifferenceItem)
      .meta({ description: 'in the order of their first changes in between' }),
    next: z.string().nullable(),
  })
  .meta({ id: 'WorkspaceDifference' });
export type WorkspaceDifference = z.infer<typeof workspaceDifference>;

/** The event that set a value. */
const maker = changeView
  .omit({ changes: true, incidentId: true, annotationId: true })
  .extend({ eventId: z.uuid() })
  .meta({ id: 'Maker' });

/** `GET …/annotations/{id}/blame`. */
export const blameView = z
  .strictObject({
    id: entityId,
    kind: annotationKind,
    revision: z.number().int(),
    recordedBy: knownMemberId,
    position: position.meta({ description: 'of the latest event about it' }),
    fields: z
      .array(
        z.strictObject({
          field: z.string(),
          value: z.unknown().meta({ description: 'null if the field was cleared' }),
          madeBy: maker.meta({ description: 'the last event that changed the field' }),
        }),
      )
      .meta({ description: 'every field that it has or once had, by name' }),
    erased: z.array(position).meta({
      description: 'events about it whose content was erased by law and is left out',
    }),
  })
  .meta({ id: 'Blame' });
export type BlameView = z.infer<typeof blameView>;
