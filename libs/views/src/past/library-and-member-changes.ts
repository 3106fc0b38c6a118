import type {
  ChangeView,
  DocumentEventType,
  ErasureEventType,
  EventFacts,
  MembersEventType,
  PayloadOf,
  RecordedEvent,
} from '@casebook/contracts';
import type { DocumentState, MembersState } from '@casebook/incident';

/*
 * Describes the change of an event about a document, the member list or an erasure, as data and as one plain
 * English sentence; `describeChange` of the incident library does the same for incidents.
 */

type FieldChange = ChangeView['changes'][number];

/** `textBytes`: the length of an imported text. The text itself is never part of a change: its digest is the document's id. */
export function describeDocumentChange(
  event: RecordedEvent<DocumentEventType>,
  before: DocumentState,
  textBytes: number | null,
): ChangeView {
  const known = before.status === 'unknown' ? undefined : before.details?.title;
  switch (event.type) {
    case 'DocumentImported': {
      const { data } = event;
      const from = data?.publisher === undefined ? '' : ` of ${data.publisher}`;
      return change(
        event,
        data === null ? 'imported a document' : `imported the document ${quoted(data.title)}${from}`,
        [
          // Stored order: events read without their text come in the database's order.
          ...Object.entries(data ?? {})
            .filter(([field]) => field !== 'text')
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([field, after]) => ({ field, before: null, after })),
          { field: 'text', before: null, after: { sha256: event.subject.slice(7), bytes: textBytes } },
        ],
      );
    }
    case 'OriginalKept': {
      const { part, parts, content: _, ...facts } = event.data ?? { part: 1, parts: 1 };
      const which = parts === 1 ? 'the original' : `part ${part} of ${parts} of the original`;
      return change(
        event,
        `kept ${which} of ${known === undefined ? 'a document' : `the document ${quoted(known)}`}`,
        part > 1 || event.data === null ? [] : [{ field: 'original', before: null, after: facts }],
      );
    }
    case 'DocumentDescribed': {
      const changes = event.data?.changes;
      const details = before.status === 'unknown' ? null : before.details;
      return change(
        event,
        `corrected what is known of ${known === undefined ? 'a document' : `the document ${quoted(known)}`}${fieldList(changes)}`,
        changedFields(details, changes),
        event.data?.reason,
      );
    }
  }
}

/**
 * States how many events were erased and why, never their content. A reader who may not see all of them gets only the
 * positions.
 */
export function describeErasure(event: RecordedEvent<ErasureEventType>): ChangeView {
  const {
    positions = [],
    subject,
    legalBasis,
    reason,
  }: Partial<PayloadOf<'PayloadErased'>> = event.data ?? {};
  const law = legalBasis === undefined ? '' : ` (${legalBasis})`;
  const what = positions.length === 1 ? 'one event' : `${positions.length} events`;
  const of = subject === undefined ? '' : ` about ${subject}`;
  return change(
    event,
    `erased by law${law} what ${what}${of} said`,
    event.data === null ? [] : [{ field: 'erased', before: null, after: positions }],
    reason,
  );
}

/** A token's digest is left out. */
export function describeMembersChange(
  event: RecordedEvent<MembersEventType>,
  before: MembersState,
): ChangeView {
  switch (event.type) {
    case 'WorkspaceOpened':
      return change(event, `opened the workspace ${event.subject}`, [
        ...(event.data?.title === undefined
          ? []
          : [{ field: 'title', before: null, after: event.data.title }]),
      ]);
    case 'WorkspaceRestored': {
      const { size, abandoned, reason } = event.data ?? {};
      const of = abandoned === undefined ? '' : ` of ${size} events, after ${abandoned.size} had been signed`;
      return change(
        event,
        `went on with a restored ledger${of}`,
        [{ field: 'size', before: abandoned?.size ?? null, after: size ?? null }],
        reason,
      );
    }
    case 'WorkspaceConfigured':
      return change(
        event,
        `set up the workspace${fieldList(event.data?.changes)}`,
        changedFields(before.settings, event.data?.changes),
        event.data?.reason,
      );
    case 'MemberAdded': {
      const was = before.members.get(event.subject);
      return change(
        event,
        event.data === null
          ? `added the member ${event.subject}`
          : `added ${event.data.name} (${event.subject}) as ${event.data.role}`,
        Object.entries(event.data ?? {}).map(([field, after]) => ({
          field,
          before: was?.[field as 'name'] ?? null,
          after,
        })),
      );
    }
    case 'MemberRevised':
      return change(
        event,
        `revised the member ${event.subject}${fieldList(event.data?.changes)}`,
        changedFields(before.members.get(event.subject), event.data?.changes),
        event.data?.reason,
      );
    case 'MemberRemoved':
      return change(
        event,
        `removed the member ${event.subject}`,
        [{ field: 'status', before: before.members.get(event.subject)?.status ?? null, after: 'removed' }],
        event.data?.reason,
      );
    case 'TokenIssued': {
      const { data } = event;
      const until = data?.expiresAt === undefined ? '' : `, good until ${data.expiresAt}`;
      return change(
        event,
        data === null
          ? 'issued a token'
          : `issued ${data.memberId} a token${data.label === undefined ? '' : ` ${quoted(data.label)}`}${until}`,
        Object.entries(data ?? {})
          .filter(([field]) => field !== 'digest')
          .map(([field, after]) => ({ field, before: null, after })),
      );
    }
    case 'TokenRevoked': {
      const token = before.tokens.get(event.subject);
      const which =
        token === undefined
          ? 'a token'
          : `a token of ${token.memberId}${token.label === undefined ? '' : `, ${quoted(token.label)}`}`;
      return change(
        event,
        `revoked ${which}`,
        [{ field: 'revokedAt', before: token?.revokedAt ?? null, after: event.at }],
        event.data?.reason,
      );
    }
  }
}

function change(
  event: EventFacts & { readonly type: string; readonly data: unknown },
  predicate: string,
  changes: FieldChange[],
  reason?: string,
): ChangeView {
  return {
    position: event.position,
    at: event.at,
    actor: event.actor,
    type: event.type,
    incidentId: null,
    annotationId: null,
    sentence: `${event.actor} ${predicate}${event.data === null ? ' (what it said was erased)' : ''}${reason === undefined ? '.' : `, because: ${/[.!?…]$/u.test(reason) ? reason : `${reason}.`}`}`,
    ...(reason !== undefined && { reason }),
    changes,
  };
}

function changedFields(before: object | null | undefined, changes: object | undefined): FieldChange[] {
  return Object.entries(changes ?? {}).map(([field, after]) => ({
    field,
    before: (before as Record<string, unknown> | null | undefined)?.[field] ?? null,
    after: after as unknown,
  }));
}

const fieldList = (changes: object | undefined): string =>
  changes === undefined ? '' : ` (${Object.keys(changes).join(', ')})`;

/** A title or label within a sentence: one line of at most 80 characters. */
function quoted(text: string): string {
  const characters = Array.from(text.replace(/\s+/gu, ' ').trim());
  return characters.length <= 80
    ? `“${characters.join('')}”`
    : `“${characters.slice(0, 79).join('').trimEnd()}…”`;
}
