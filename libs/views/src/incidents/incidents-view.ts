import { eventKindOf, type PathOf, PATHS } from '@casebook/contracts';
import { type Annotation, annotationIn } from '@casebook/incident';
import type { InlineView, Row, StreamChange, TableRows, TableShape } from '@casebook/ledger';
import { type CountedIncident, incidentFold, tagsInUse } from './incident-fold.js';
import { annotationView } from '../rendering.js';

const time = 'timestamp(3) with time zone';

const incidents = {
  name: 'incidents_v1.incidents',
  key: ['workspace_id', 'id'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'id', type: 'uuid' },
    { name: 'title', type: 'text' },
    { name: 'summary', type: 'text' },
    { name: 'status', type: 'text' },
    { name: 'revision', type: 'integer' },
    { name: 'recorded_by', type: 'text' },
    { name: 'recorded_at', type: time },
    { name: 'revised_by', type: 'text' },
    { name: 'revised_at', type: time },
    { name: 'position', type: 'bigint' },
    ...Object.values(PATHS).map((name) => ({ name, type: 'integer' as const })),
    { name: 'restricted_to', type: 'text[]' },
  ],
} as const satisfies TableShape;

const attachments = {
  name: 'incidents_v1.attachments',
  key: ['workspace_id', 'incident_id', 'document_id'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'incident_id', type: 'uuid' },
    { name: 'document_id', type: 'text' },
    { name: 'attached_by', type: 'text' },
    { name: 'attached_at', type: time },
  ],
} as const satisfies TableShape;

const sources = {
  name: 'incidents_v1.sources',
  key: ['workspace_id', 'document_id', 'incident_id'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'document_id', type: 'text' },
    { name: 'incident_id', type: 'uuid' },
  ],
} as const satisfies TableShape;

const annotations = {
  name: 'incidents_v1.annotations',
  key: ['workspace_id', 'id', 'incident_id'],
  streamColumn: 'incident_id',
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'incident_id', type: 'uuid' },
    { name: 'id', type: 'uuid' },
    { name: 'kind', type: 'text' },
    { name: 'status', type: 'text' },
    { name: 'recorded_by', type: 'text' },
    { name: 'recorded_position', type: 'bigint' },
    { name: 'modality', type: 'text' },
    { name: 'document_id', type: 'text' },
    { name: 'tags', type: 'text[]' },
    { name: 'targets', type: 'uuid[]' },
    { name: 'body', type: 'text' },
  ],
} as const satisfies TableShape;

const tags = {
  name: 'incidents_v1.tags',
  key: ['workspace_id', 'tag', 'incident_id'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'tag', type: 'text' },
    { name: 'incident_id', type: 'uuid' },
    { name: 'claims', type: 'integer' },
  ],
} as const satisfies TableShape;

/** Every incident in its current state. The cost of a batch depends on what it changes, not on the size of its incidents. */
export const incidentsView: InlineView = {
  name: 'incidents',
  version: 1,
  tables: [incidents, attachments, sources, annotations, tags],
  project(changes) {
    const rows = {
      incidents: [] as Row[],
      attachments: { upserts: [] as Row[], deletes: [] as Row[] },
      sources: [] as Row[],
      annotations: [] as Row[],
      tags: { upserts: [] as Row[], deletes: [] as Row[] },
    };
    for (const { workspaceId: workspace_id, fold, before: was, after: is, events } of changes) {
      if (fold !== incidentFold.name) continue;
      const before = was as CountedIncident;
      const after = is as CountedIncident;
      if (after.status === 'unopened') continue;
      const incident_id = after.id;
      rows.incidents.push(incidentRow(workspace_id, after));

      const changedTags = new Set<string>();
      for (const subject of subjectsOf(events)) {
        const annotation = after.annotations.get(subject);
        const former = annotationIn(before, subject);
        if (annotation === former) continue;
        if (annotation !== undefined)
          rows.annotations.push(annotationRow(workspace_id, incident_id, annotation));
        for (const tag of tagsInUse(former)) changedTags.add(tag);
        for (const tag of tagsInUse(annotation)) changedTags.add(tag);
      }
      for (const tag of changedTags) {
        const claims = after.tags.get(tag);
        if (claims === undefined) rows.tags.deletes.push({ workspace_id, incident_id, tag });
        else rows.tags.upserts.push({ workspace_id, incident_id, tag, claims });
      }

      for (const document_id of attachedOf(events)) {
        rows.sources.push({ workspace_id, incident_id, document_id });
        const attachment = after.documents.get(document_id);
        if (attachment === undefined)
          rows.attachments.deletes.push({ workspace_id, incident_id, document_id });
        else {
          const { attachedBy: attached_by, attachedAt: attached_at } = attachment;
          rows.attachments.upserts.push({ workspace_id, incident_id, document_id, attached_by, attached_at });
        }
      }
    }
    return [
      { table: incidents.name, upserts: rows.incidents },
      { table: attachments.name, ...rows.attachments },
      { table: sources.name, upserts: rows.sources },
      { table: annotations.name, upserts: rows.annotations },
      { table: tags.name, ...rows.tags },
    ] satisfies TableRows[];
  },
};

/** The distinct subjects of these events. */
function subjectsOf(events: StreamChange['events']): Iterable<string> {
  // Most batches have one event for an incident.
  return events.length === 1
    ? [events[0]!.subject ?? '']
    : new Set(events.map(({ subject }) => subject ?? ''));
}

/** The documents that these events attach or detach. */
function attachedOf(events: StreamChange['events']): Iterable<string> {
  const about = events.filter(({ type }) => eventKindOf(type) === 'attachment');
  return about.length === 0 ? NONE : subjectsOf(about);
}

const NONE: readonly string[] = [];

function incidentRow(workspace_id: string, incident: Exclude<CountedIncident, { status: 'unopened' }>): Row {
  const { id, details, status, revision, recordedBy, recordedAt, revisedBy, revisedAt, position, counts } =
    incident;
  return {
    workspace_id,
    id,
    title: details?.title,
    summary: details?.summary,
    status,
    revision,
    recorded_by: recordedBy,
    recorded_at: recordedAt,
    revised_by: revisedBy,
    revised_at: revisedAt,
    position,
    claims: counts.claim,
    warnings: counts.warning,
    attacks: counts.attack,
    links: counts.link,
    disputes: counts.dispute,
    comments: counts.comment,
    items: counts.item,
    restricted_to: incident.restrictedTo,
  } satisfies Row & Record<PathOf, number>;
}

/** One literal with all members written out: spreads made this the most expensive step of the view. */
function annotationRow(workspace_id: string, incident_id: string, annotation: Annotation): Row {
  const { id, kind, status, recordedBy, recordedPosition } = annotation;
  const { document_id, modality, tags, targets } = filterColumns(annotation);
  return {
    workspace_id,
    incident_id,
    id,
    kind,
    status,
    recorded_by: recordedBy,
    recorded_position: recordedPosition,
    modality,
    document_id,
    tags,
    targets,
    body: JSON.stringify(annotationView(annotation)),
  };
}

/** Filters that only some kinds have. */
export function filterColumns({ kind, fields }: Annotation): {
  readonly document_id?: string;
  readonly modality?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly targets?: readonly string[];
} {
  if (fields === null) return {};
  switch (kind) {
    case 'claim': {
      const { anchor, modality, tags } = fields as NonNullable<Annotation<'claim'>['fields']>;
      return { document_id: anchor.documentId, modality, tags };
    }
    case 'link': {
      const { warningId, earlierAttackId, attackId } = fields as NonNullable<Annotation<'link'>['fields']>;
      return { targets: given(warningId, earlierAttackId, attackId) };
    }
    case 'dispute':
      return { targets: (fields as NonNullable<Annotation<'dispute'>['fields']>).targets };
    case 'comment': {
      const { targetId, replyTo } = fields as NonNullable<Annotation<'comment'>['fields']>;
      return { targets: given(targetId, replyTo) };
    }
    case 'warning':
    case 'attack':
    case 'item':
      return {};
  }
}

const given = (...ids: (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);
