import { type Anchor, chosenWords, type EventType, type PayloadOf, type Refusal } from '@casebook/contracts';
import {
  decideErasure,
  type ErasableEvent,
  type ErasuresState,
  isParted,
  type MembersState,
  restateMembers,
} from '@casebook/incident';
import {
  aheadOfErasure,
  type DecisionContext,
  type Erasure,
  type ErasureClient,
  type ErasurePlan,
  headOf,
} from '@casebook/ledger';
import { type Database, ViewErasure } from '@casebook/projections';
import type { Pool } from 'pg';
import { projections } from './projections.js';
import { erasuresFold, membersFold, newEvent, streams } from './streams.js';

/** What to erase: the events at these positions, or all about this subject. */
export interface ErasureRequest {
  readonly workspaceId: string;
  /** The erasure's id. */
  readonly id: string;
  readonly positions?: readonly number[];
  readonly subject?: string;
  /**
   * Also erase the events that hold a copy, found by their ids: claims that quote a document, decisions about
   * suggestions, undos.
   */
  readonly includeQuotes?: boolean;
  readonly reason: string;
  readonly legalBasis: string;
  /** The streams hidden from the caller; read again under the lock. Their events cannot be erased. */
  readonly hidden?: (this: void) => Promise<ReadonlySet<string>>;
}

export interface PlannedErasure extends Pick<Erasure<Refusal>, 'plan'> {
  /** Set if nothing was left to erase: the earlier erasure and its position. */
  earlier(this: void): { readonly id: string; readonly position: number } | undefined;
}

/**
 * Decides an erasure and removes it from the views: every view of this program projects the affected streams again
 * without the erased payloads.
 *
 * @param mayErase called at commit time; returns the refusal if the caller may not erase.
 * @param mostRemembered see ViewErasureOptions; for tests.
 */
export async function planErasure(
  pool: Pool,
  request: ErasureRequest,
  mayErase: (context: DecisionContext) => Refusal | null = () => null,
  mostRemembered?: number,
): Promise<PlannedErasure> {
  // No index covers subjects, and folding a large stream takes seconds, so as much as possible happens before
  // the locks.
  const { ahead, before } = await aheadOfErasure(pool, async (client) => {
    const rows = await ViewErasure.begin(client, request.workspaceId, {
      projections,
      appendsTo: [streams.members],
      mostRemembered,
    });
    const found = await concerned(client, request, NOTHING_FOUND);
    await rows.include(client, found.events);
    return { ahead: rows, before: found };
  });
  let earlier: { id: string; position: number } | undefined;
  const plan = async (client: ErasureClient): Promise<ErasurePlan<Refusal>> => {
    const { events, copies } = await concerned(client, request, before.found);
    const rows = await ahead.carryOn(client, events);
    return planned(request, events, copies, rows, mayErase, (state) => {
      earlier = state.erased.get(events[0]?.position ?? 0);
    });
  };
  return { plan, earlier: () => earlier };
}

interface Concerned {
  readonly found: ErasureScan;
  /** Events to erase. */
  readonly events: readonly ErasableEvent[];
  /** Events that hold a copy and stay. */
  readonly copies: readonly ErasableEvent[];
}

async function concerned(
  database: Database,
  request: ErasureRequest,
  before: ErasureScan,
): Promise<Concerned> {
  const { workspaceId } = request;
  const found = await look(database, request, before);
  const suggestions = await suggestionsAbout(database, workspaceId, [...found.events, ...found.quotes]);
  const repeated =
    request.positions === undefined ? [] : await repetitionsOf(database, workspaceId, found.events);
  const copies = without([...found.quotes, ...suggestions, ...repeated], found.events);
  const hidden = await (request.hidden?.() ?? NOTHING_HIDDEN);
  const isSeen = ({ streamId }: ErasableEvent): boolean => !hidden.has(streamId);
  const erased = request.includeQuotes ? [...found.events, ...copies] : found.events;
  const events = inOrder(erased.filter(isSeen));
  // Events hidden from the caller stay and are recorded as remaining copies.
  const others = [...copies, ...found.events.filter((event) => !isSeen(event))];
  return { found, events, copies: events.length === 0 ? [] : inOrder(without(others, events)) };
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

interface ErasureScan {
  /** The ledger has been scanned up to here. */
  readonly upTo: number;
  readonly events: readonly ErasableEvent[];
  /** Events of claims that quote a document in `events`. */
  readonly quotes: readonly ErasableEvent[];
}
const NOTHING_FOUND: ErasureScan = { upTo: 0, events: [], quotes: [] };

const ERASABLE = 'e.position, e.type, e.subject, e.stream_id';
/** Excludes erasures and events repeated by one: they contain nothing to erase. */
const OF_AN_ERASURE = `EXISTS (SELECT FROM events x WHERE x.workspace_id = e.workspace_id AND x.command_id = e.command_id AND x.type = 'PayloadErased')`;
const erasable = (rows: readonly ErasableRow[]): ErasableEvent[] =>
  rows.map(({ position, type, subject, stream_id: streamId }) => ({ position, type, subject, streamId }));
interface ErasableRow {
  readonly position: number;
  readonly type: string;
  readonly subject: string | null;
  readonly stream_id: string;
}

/** Without duplicates: an event may hold a copy for several reasons. */
const inOrder = (events: readonly ErasableEvent[]): ErasableEvent[] =>
  [...new Map(events.map((event) => [event.position, event])).values()].sort(
    (a, b) => a.position - b.position,
  );

const without = (events: readonly ErasableEvent[], others: readonly ErasableEvent[]): ErasableEvent[] => {
  const known = new Set(others.map(({ position }) => position));
  return events.filter(({ position }) => !known.has(position));
};

/** The event types whose payload has these fields; a new one does not compile until it is listed. */
type Holding<What> = { [T in EventType]: PayloadOf<T> extends What ? T : never }[EventType];
const each = <T extends EventType>(types: Record<T, true>): string[] => Object.keys(types);
/** Quote a document. */
const QUOTING = each<Holding<{ anchor: Anchor } | { changes: { anchor?: Anchor | null } }>>({
  ClaimTagged: true,
  ClaimRevised: true,
});
/** Events that repeat the content of annotations. */
const SUGGESTING = each<Holding<{ suggestion: object }>>({
  SuggestionAccepted: true,
  SuggestionDismissed: true,
});

/** Continues from where the last scan of the ledger ended. */
async function look(database: Database, request: ErasureRequest, before: ErasureScan): Promise<ErasureScan> {
  const { workspaceId, positions, subject } = request;
  const upTo = (await headOf(database, workspaceId))?.size ?? 0;
  const { rows } =
    positions === undefined
      ? await database.query<ErasableRow>(
          `SELECT ${ERASABLE} FROM events e
           WHERE e.workspace_id = $1 AND e.position > $2 AND e.position <= $3 AND e.subject = $4 AND NOT (${OF_AN_ERASURE})`,
          [workspaceId, before.upTo, upTo, subject],
        )
      : await database.query<ErasableRow>(
          `SELECT ${ERASABLE} FROM events e WHERE e.workspace_id = $1 AND e.position = ANY ($2::bigint[])`,
          [workspaceId, positions],
        );
  const events = positions === undefined ? [...before.events, ...erasable(rows)] : erasable(rows);
  const documents = events.filter(({ type }) => type === 'DocumentImported').map((event) => event.subject);
  const { originals, texts } = await sameDocuments(database, workspaceId, events);
  events.push(...originals);
  if (documents.length === 0) return { upTo, events, quotes: texts };
  const { rows: quoting } = await database.query<ErasableRow>(
    `SELECT ${ERASABLE} FROM events e
     WHERE e.workspace_id = $1 AND e.position > $2 AND e.position <= $3 AND e.type = ANY ($5) AND e.payload IS NOT NULL
       AND coalesce(e.payload::json #>> '{anchor,documentId}', e.payload::json #>> '{changes,anchor,documentId}') = ANY ($4)`,
    [workspaceId, before.upTo, upTo, documents, QUOTING],
  );
  return { upTo, events, quotes: [...before.quotes, ...erasable(quoting), ...texts] };
}

/**
 * If a text is erased, its original is erased with it, because it has the same content. If only an original is
 * erased, its text stays and counts as a copy.
 */
async function sameDocuments(
  database: Database,
  workspaceId: string,
  events: readonly ErasableEvent[],
): Promise<{ readonly originals: ErasableEvent[]; readonly texts: ErasableEvent[] }> {
  const subjectsOf = (type: EventType) =>
    new Set(events.filter((event) => event.type === type).map(({ streamId }) => streamId));
  const [imported, kept] = [subjectsOf('DocumentImported'), subjectsOf('OriginalKept')];
  if (imported.size === 0 && kept.size === 0) return { originals: [], texts: [] };
  const { rows } = await database.query<ErasableRow>(
    `SELECT ${ERASABLE} FROM events e
     WHERE e.workspace_id = $1 AND e.stream_id = ANY ($2) AND e.type IN ('DocumentImported', 'OriginalKept') AND e.payload IS NOT NULL`,
    [workspaceId, [...imported, ...kept]],
  );
  const others = without(erasable(rows), events);
  return {
    originals: others.filter(({ type, streamId }) => type === 'OriginalKept' && imported.has(streamId)),
    texts: others.filter(({ type, streamId }) => type === 'DocumentImported' && kept.has(streamId)),
  };
}

/** Decisions on suggestions repeat the content of their annotations, and so do the disputes they raised. */
async function suggestionsAbout(
  database: Database,
  workspaceId: string,
  events: readonly ErasableEvent[],
): Promise<ErasableEvent[]> {
  const incidents = events.filter(({ streamId }) => streamId.startsWith(streams.incident('')));
  if (incidents.length === 0) return [];
  const { rows } = await database.query<ErasableRow>(
    `WITH decisions AS (
       SELECT ${ERASABLE}, e.payload::jsonb ->> 'disputeId' AS dispute FROM events e
       WHERE e.workspace_id = $1 AND e.stream_id = ANY ($2) AND e.type = ANY ($4) AND e.payload IS NOT NULL
         AND EXISTS (SELECT FROM jsonb_array_elements_text(e.payload::jsonb #> '{suggestion,subjects}') s (id) WHERE s.id = ANY ($3)))
     SELECT position, type, subject, stream_id FROM decisions
     UNION
     SELECT ${ERASABLE} FROM events e JOIN decisions d ON d.stream_id = e.stream_id AND d.dispute = e.subject
     WHERE e.workspace_id = $1 AND e.type = 'DisputeRaised' AND e.payload IS NOT NULL`,
    [
      workspaceId,
      [...new Set(incidents.map(({ streamId }) => streamId))],
      [...new Set(incidents.map(({ subject }) => subject))],
      SUGGESTING,
    ],
  );
  return erasable(rows);
}

/** Events that repeat a value of one of these events in the same field of the same thing: an undo does, and so may a member. */
async function repetitionsOf(
  database: Database,
  workspaceId: string,
  events: readonly ErasableEvent[],
): Promise<ErasableEvent[]> {
  const { rows } = await database.query<ErasableRow & { payload: string }>(
    `SELECT ${ERASABLE}, e.payload FROM events e
     WHERE e.workspace_id = $1 AND e.stream_id = ANY ($2) AND e.subject = ANY ($3) AND e.payload IS NOT NULL AND NOT (${OF_AN_ERASURE})`,
    [
      workspaceId,
      [...new Set(events.map(({ streamId }) => streamId))],
      [...new Set(events.map(({ subject }) => subject))],
    ],
  );
  const chosen = new Set(events.map(({ position }) => position));
  const said = new Set<string>();
  const read = rows.map((row) => ({ row, sayings: sayingsOf(row) }));
  for (const { row, sayings } of read) {
    if (chosen.has(row.position)) for (const saying of sayings) said.add(saying);
  }
  return erasable(
    read
      .filter(({ row, sayings }) => !chosen.has(row.position) && sayings.some((saying) => said.has(saying)))
      .map(({ row }) => row),
  );
}

/**
 * What an event's author typed, by field and part, including the values it changed and the resolution it
 * restored.
 */
function sayingsOf({ subject, payload }: ErasableRow & { readonly payload: string }): string[] {
  const { changes, resolution, ...fields } = JSON.parse(payload) as Record<string, object | string | null>;
  const all = [fields, changes, resolution]
    .flatMap((each) => Object.entries((each ?? {}) as Record<string, unknown>))
    .flatMap(([field, value]): [string, unknown][] =>
      isParted(field, value)
        ? Object.entries(value).map(([part, of]) => [`${field}.${part}`, of])
        : [[field, value]],
    );
  return all
    .filter(
      ([, value]: [string, unknown]) =>
        (typeof value === 'string' || (typeof value === 'object' && value !== null)) &&
        value !== subject &&
        !(typeof value === 'string' && chosenWords().has(value)),
    )
    .map((saying) => JSON.stringify([subject, ...saying]));
}

function planned(
  { workspaceId, id, positions, subject, reason, legalBasis }: ErasureRequest,
  events: readonly ErasableEvent[],
  copies: readonly ErasableEvent[],
  rows: ViewErasure,
  mayErase: (context: DecisionContext) => Refusal | null,
  decidedOn: (state: ErasuresState) => void,
): ErasurePlan<Refusal> {
  const there = new Set(events.map(({ position }) => position));
  let fresh: readonly ErasableEvent[] = [];
  return {
    parts: [
      {
        streamId: streams.erasures,
        fold: erasuresFold,
        decide: (state: ErasuresState, context) => {
          const refusal = mayErase(context);
          if (refusal !== null) return { accepted: false, refusal };
          const decision = decideErasure(
            {
              type: 'ErasePayloads',
              id,
              events,
              missing: (positions ?? []).filter((position) => !there.has(position)),
              ...(subject !== undefined && { subject }),
              quotedAt: copies
                .map(({ position }) => position)
                .filter((position) => !state.erased.has(position)),
              reason,
              legalBasis,
            },
            state,
          );
          decidedOn(state);
          fresh = events.filter(({ position }) => !state.erased.has(position));
          return decision.accepted ? { accepted: true, events: decision.events.map(newEvent) } : decision;
        },
      },
      {
        streamId: streams.members,
        fold: membersFold,
        decide: (state: MembersState) => ({
          accepted: true,
          events: restateMembers(fresh, state).map(newEvent),
        }),
      },
    ],
    reads: [{ streamId: streams.members, fold: membersFold }],
    async forget(client) {
      await rows.apply(client);
      for (const forget of OTHER_COPIES) await client.query(forget, [workspaceId]);
    },
  };
}

/**
 * Other tables that may hold event content, besides the views' rows. A new table that is filled from events
 * without a projection needs a statement here ($1 is the workspace).
 */
const OTHER_COPIES: readonly string[] = [
  // The rows kept to undo a rebuild may contain it.
  'DELETE FROM view_kept_rows WHERE workspace_id = $1',
  // A running rebuild has already folded it; it stops when it continues, and is started again.
  `UPDATE view_rebuilds SET status = 'failed', error = 'Something was erased meanwhile; start it again.', changed_at = now()
   WHERE workspace_id = $1 AND status = 'building'`,
  // A database error about a row may quote the row.
  `UPDATE view_rebuilds SET error = 'What it said was forgotten with what was erased.' WHERE workspace_id = $1 AND status = 'failed'
     AND error <> 'Something was erased meanwhile; start it again.'`,
  `UPDATE view_progress SET error = 'What it said was forgotten with what was erased.' WHERE workspace_id = $1 AND error IS NOT NULL`,
];
