import { TimeSlice } from '@casebook/ledger';
import {
  type ActivityKind,
  type ActivityView,
  type BoardEntryView,
  type CasualtiesView,
  type GraphView,
  type IncidentView,
  type Moment,
  type RecordedEvent,
  type ScorecardView,
  type SourcesView,
  type SuggestionsView,
  type TimelineView,
} from '@casebook/contracts';
import { type SuggestionDecision, withDecision } from '@casebook/incident';
import { Map as PersistentMap } from 'immutable';
import type { DataSource } from 'typeorm';
import { activityKey, activityOf, compareKeys, type CountedEvents } from './activity.js';
import { casualtyLedger } from './casualty-ledger.js';
import { boardEntry } from './dispute-board.js';
import { incidentGraph } from './incident-graph.js';
import { sourceCount } from './source-count.js';
import {
  type AnchoredClaim,
  type Claim,
  type Dispute,
  type DocumentKnowledge,
  isAnchored,
  stands,
} from './standing.js';
import { decidedSuggestions } from './suggestions.js';
import { timeline } from './timeline.js';
import { warningScorecard } from './warning-scorecard.js';
import type { HistoryQueries } from '../past/history-queries.js';
import type { IncidentQueries } from '../incidents/incident-queries.js';
import { LedgerReads } from '../ledger-reads.js';
import {
  BadCursor,
  decodeCursor,
  encodeCursor,
  type Page,
  pageOf,
  type PageRequest,
  shownOf,
} from '../paging.js';
import { streams } from '../streams.js';
import { inSlices, mapInSlices, type Steps } from '../time-slice.js';

export interface BoardFilter extends PageRequest {
  readonly state?: 'open' | 'resolved' | 'reopened' | 'withdrawn';
  readonly owner?: string;
  readonly incidentId?: string;
  /** The instant at which the ages of open disputes end. */
  readonly now: Date;
}

/** A past board: its ages end at the last event of the moment. */
export type PastBoardFilter = Omit<BoardFilter, 'now'>;

export interface ActivityFilter extends PageRequest {
  readonly member?: string;
  readonly incidentId?: string;
  readonly kind?: ActivityKind;
  /** Recorded at or after this instant (ISO 8601, UTC, milliseconds). */
  readonly from?: string;
  /** Recorded at or before this instant. */
  readonly to?: string;
}

/**
 * Analyses of incidents, now or as of any moment. Nothing is stored: each answer is a pure function
 * (`analysis/`) of the incident's view and of the details of its documents at that moment. `null` if the incident
 * does not, or did not, exist.
 */
export class AnalysisQueries {
  private readonly reads: LedgerReads;

  constructor(
    private readonly dataSource: DataSource,
    private readonly incidents: IncidentQueries,
    private readonly histories: HistoryQueries,
  ) {
    this.reads = new LedgerReads(dataSource);
  }

  sources(workspaceId: string, incidentId: string, moment?: Moment): Promise<SourcesView | null> {
    return this.analysed(workspaceId, incidentId, moment, sourceCount);
  }

  casualties(workspaceId: string, incidentId: string, moment?: Moment): Promise<CasualtiesView | null> {
    return this.analysed(workspaceId, incidentId, moment, casualtyLedger);
  }

  scorecard(workspaceId: string, incidentId: string, moment?: Moment): Promise<ScorecardView | null> {
    return this.analysed(workspaceId, incidentId, moment, warningScorecard);
  }

  async suggestions(
    workspaceId: string,
    incidentId: string,
    moment?: Moment,
  ): Promise<SuggestionsView | null> {
    const incident = await this.incident(workspaceId, incidentId, moment);
    if (incident === null) return null;
    return inSlices(decidedSuggestions(incident, await this.decisions(workspaceId, incident)));
  }

  async timeline(workspaceId: string, incidentId: string, moment?: Moment): Promise<TimelineView | null> {
    const incident = await this.incident(workspaceId, incidentId, moment);
    return incident && inSlices(timeline(incident));
  }

  async graph(workspaceId: string, incidentId: string, moment?: Moment): Promise<GraphView | null> {
    const incident = await this.incident(workspaceId, incidentId, moment);
    return incident && inSlices(incidentGraph(incident));
  }

  private incident(
    workspaceId: string,
    incidentId: string,
    moment: Moment | undefined,
  ): Promise<IncidentView | null> {
    return moment === undefined
      ? this.incidents.incident(workspaceId, incidentId)
      : this.histories.asOf(workspaceId, incidentId, moment);
  }

  private async analysed<T>(
    workspaceId: string,
    incidentId: string,
    moment: Moment | undefined,
    analysis: (incident: IncidentView, documents: DocumentKnowledge) => Steps<T>,
  ): Promise<T | null> {
    // Read the position first: the moment may be that of a later event.
    const position =
      moment === undefined ? Number.MAX_SAFE_INTEGER : await this.histories.positionOf(workspaceId, moment);
    const incident = await this.incident(workspaceId, incidentId, moment && { position });
    if (incident === null) return null;
    const documents = await this.histories.documentsAt(workspaceId, documentsIn(incident), position);
    return inSlices(analysis(incident, documents));
  }

  /**
   * The decisions about the incident's suggestions up to the position of its view, so that both show one
   * moment.
   */
  private async decisions(
    workspaceId: string,
    { id, position }: IncidentView,
  ): Promise<readonly SuggestionDecision[]> {
    const filter = { above: 0, upTo: position, streamIds: [streams.incident(id)] };
    const found = await Promise.all(
      (['SuggestionAccepted', 'SuggestionDismissed'] as const).map((type) =>
        this.reads.matching(workspaceId, { ...filter, type }, MOST_DECISIONS),
      ),
    );
    const decided = found
      .flat()
      .map(({ event }) => event as RecordedEvent<'SuggestionAccepted' | 'SuggestionDismissed'>)
      .sort((a, b) => a.position - b.position)
      .reduce(withDecision, PersistentMap<string, SuggestionDecision>());
    return [...decided.values()].sort((a, b) => a.position - b.position);
  }

  /** The unretracted disputes of all incidents, oldest first, with the support for each position. */
  async disputes(workspaceId: string, filter: BoardFilter): Promise<Page<BoardEntryView>> {
    const { state, owner, incidentId, cursor, limit, now } = filter;
    const after = boardCursor(cursor);
    const rows = await this.dataSource.query<DisputeRow[]>(
      `SELECT a.recorded_position, a.incident_id, i.title, a.body
       FROM incidents_v1.annotations a
       JOIN incidents_v1.incidents i ON i.workspace_id = a.workspace_id AND i.id = a.incident_id
       WHERE a.workspace_id = $1 AND a.kind = 'dispute' AND a.status NOT IN ('retracted', 'erased')
         AND a.recorded_position > $2 AND ($3::text IS NULL OR a.status = $3)
         AND ($4::text IS NULL OR a.body::jsonb ->> 'owner' = $4) AND ($5::uuid IS NULL OR a.incident_id = $5)
       ORDER BY a.recorded_position LIMIT $6`,
      [workspaceId, after, state ?? null, owner ?? null, incidentId ?? null, limit + 1],
    );
    const shown = await inSlices(disputesOnPage(rows, limit));
    const claims = await this.claims(workspaceId, shown.flatMap(evidenceOf));
    const documents = await this.histories.documentsAt(
      workspaceId,
      documentsOf(claims),
      Number.MAX_SAFE_INTEGER,
    );
    const last = rows[shown.length - 1];
    return {
      items: await mapInSlices([...shown.entries()], ([at, dispute]) => {
        const { incident_id: id, title } = rows[at]!;
        return boardEntry(
          dispute,
          { id, ...(title !== null && { title }) },
          claims,
          documents,
          now.getTime(),
        );
      }),
      next: rows.length > shown.length && last !== undefined ? encodeCursor([last.recorded_position]) : null,
    };
  }

  /**
   * The board at a past moment, in the same order. Unchanged entries come from the current view; the
   * disputes, claims and titles that have changed since are read as of the moment. A page may be short or empty
   * while `next` is not null.
   */
  async disputesAt(
    workspaceId: string,
    { state, owner, incidentId, cursor, limit }: PastBoardFilter,
    moment: Moment,
  ): Promise<Page<BoardEntryView>> {
    const { position, at } = await this.histories.momentOf(workspaceId, moment);
    const rows = await this.dataSource.query<(DisputeRow & { renamed: boolean })[]>(
      `SELECT a.recorded_position, a.incident_id, i.title, a.body, i.revised_at >= $6 AS renamed
       FROM incidents_v1.annotations a
       JOIN incidents_v1.incidents i ON i.workspace_id = a.workspace_id AND i.id = a.incident_id
       WHERE a.workspace_id = $1 AND a.kind = 'dispute' AND a.recorded_position > $2 AND a.recorded_position <= $3
         AND ($4::uuid IS NULL OR a.incident_id = $4)
       ORDER BY a.recorded_position LIMIT $5`,
      [workspaceId, boardCursor(cursor), position, incidentId ?? null, limit + 1, at],
    );
    const found: { dispute: Dispute; incident: { id: string; title?: string } }[] = [];
    const shown = await inSlices(disputesOnPage(rows, limit));
    for (const [index, now] of shown.entries()) {
      const { incident_id: id, title: titleNow, renamed } = rows[index]!;
      const dispute = await this.annotationAt(workspaceId, id, now, position);
      if (dispute === null || dispute.status === 'retracted' || dispute.status === 'erased') continue;
      if (state !== undefined && dispute.status !== state) continue;
      if (owner !== undefined && dispute.owner !== owner) continue;
      const title = renamed
        ? (await this.histories.asOf(workspaceId, id, { position }))?.title
        : (titleNow ?? undefined);
      found.push({ dispute, incident: { id, ...(title !== undefined && { title }) } });
    }
    const claims = await this.claims(
      workspaceId,
      found.flatMap(({ dispute }) => evidenceOf(dispute)),
      position,
    );
    const documents = await this.histories.documentsAt(workspaceId, documentsOf(claims), position);
    const last = rows[shown.length - 1];
    return {
      items: await mapInSlices(found, ({ dispute, incident }) =>
        boardEntry(dispute, incident, claims, documents, Date.parse(at ?? dispute.recordedAt)),
      ),
      next: rows.length > shown.length && last !== undefined ? encodeCursor([last.recorded_position]) : null,
    };
  }

  /** An annotation as of a position, given its current state; `null` if it was not recorded yet. */
  private async annotationAt<A extends Dispute | Claim>(
    workspaceId: string,
    incidentId: string,
    now: A,
    position: number,
  ): Promise<A | null> {
    if (now.position <= position) return now;
    const then = await this.histories.annotationAsOf(workspaceId, incidentId, now.kind, now.id, { position });
    return then as A | null;
  }

  /** The claims among these that are active, or were at a position. */
  private async claims(
    workspaceId: string,
    ids: readonly string[],
    position = Number.MAX_SAFE_INTEGER,
  ): Promise<ReadonlyMap<string, AnchoredClaim>> {
    const rows = await this.dataSource.query<{ incident_id: string; body: string }[]>(
      // Of a long claim, only the fields that support needs.
      `SELECT a.incident_id, CASE WHEN octet_length(a.body) < 4096 THEN a.body ELSE jsonb_build_object(
           'id', a.id, 'kind', a.kind, 'status', a.status, 'position', b.body -> 'position',
           'anchor', jsonb_build_object('documentId', b.body #> '{anchor,documentId}'), 'asserters', coalesce(b.body -> 'asserters', '[]'))::text END AS body
       FROM incidents_v1.annotations a
       LEFT JOIN LATERAL (SELECT a.body::jsonb AS body WHERE octet_length(a.body) >= 4096 AND a.document_id IS NOT NULL OFFSET 0) b ON true
       WHERE a.workspace_id = $1 AND a.id = ANY ($2) AND a.kind = 'claim'`,
      [workspaceId, [...new Set(ids)]],
    );
    const found = new Map<string, AnchoredClaim>();
    const slice = new TimeSlice();
    for (const { incident_id: incidentId, body } of rows) {
      if (slice.isOver) await slice.giveWay();
      const claim = await this.annotationAt(workspaceId, incidentId, JSON.parse(body) as Claim, position);
      if (claim !== null && stands(claim) && isAnchored(claim)) found.set(claim.id, claim);
    }
    return found;
  }

  /**
   * The number of changes by day, member, incident and kind, in this order. Only the days in the answer are read:
   * times never run backwards in a ledger, so a day is a range of positions. The number of
   * days per page is limited, so a page may be short while `next` is not null. With a moment, only changes recorded
   * up to then.
   */
  async activity(workspaceId: string, filter: ActivityFilter, moment?: Moment): Promise<Page<ActivityView>> {
    const { member, incidentId, kind, from, to, cursor, limit } = filter;
    const last = cursor === undefined ? null : cursorKey(cursor);
    const upTo = Math.min(
      await this.reads.positionOf(workspaceId, moment),
      await this.reads.positionOf(workspaceId, to === undefined ? undefined : { time: to }),
    );
    const before = (instant: string) =>
      this.reads.positionAt(workspaceId, new Date(Date.parse(instant) - 1).toISOString());
    let above = from === undefined ? 0 : await before(from);
    if (last !== null) above = Math.max(above, await before(`${last[0]}T00:00:00.000Z`));

    const streamId = incidentId === undefined ? undefined : streams.incident(incidentId);
    const found: ActivityView[] = [];
    for (let days = 0; found.length <= limit; days += 1) {
      const day = await this.nextDay(workspaceId, { above, upTo, actor: member, streamId });
      if (day === null) return pageOf(found, limit, (line) => line, activityKey);
      if (days === MOST_DAYS) return { items: found, next: encodeCursor([day, '', '', '']) };
      const dayEnd = await this.reads.positionAt(workspaceId, `${day}T23:59:59.999Z`);
      const counted = await this.countedEvents(workspaceId, {
        above,
        upTo: Math.min(dayEnd, upTo),
        actor: member,
        streamId,
      });
      found.push(
        ...activityOf(day, counted).filter(
          (line) =>
            (kind === undefined || line.kind === kind) &&
            (last === null || compareKeys(activityKey(line), last) > 0),
        ),
      );
      above = dayEnd;
    }
    return pageOf(found, limit, (line) => line, activityKey);
  }

  /** The day (UTC) of the first of these events; `null` if there is none. */
  private async nextDay(
    workspaceId: string,
    { above, upTo, actor, streamId }: Stretch,
  ): Promise<string | null> {
    const [first] = await this.reads.matching(
      workspaceId,
      {
        above,
        upTo,
        ...(actor !== undefined && { actor }),
        ...(streamId !== undefined && { streamIds: [streamId] }),
      },
      1,
    );
    return first === undefined ? null : first.event.at.slice(0, 10);
  }

  private countedEvents(
    workspaceId: string,
    { above, upTo, actor, streamId }: Stretch,
  ): Promise<CountedEvents[]> {
    return this.dataSource.query<CountedEvents[]>(
      `SELECT actor_id AS actor, type, count(*)::int AS changes,
         CASE WHEN starts_with(stream_id, 'incident:') THEN substr(stream_id, 10) END AS "incidentId"
       FROM events
       WHERE workspace_id = $1 AND position > $2 AND position <= $3
         AND ($4::text IS NULL OR actor_id = $4) AND ($5::text IS NULL OR stream_id = $5)
       GROUP BY actor_id, type, 4`,
      [workspaceId, above, upTo, actor ?? null, streamId ?? null],
    );
  }
}

/** Events after `above`, up to and including `upTo`. */
interface Stretch {
  readonly above: number;
  readonly upTo: number;
  readonly actor: string | undefined;
  readonly streamId: string | undefined;
}

/** Maximum days read for one answer. */
const MOST_DAYS = 400;
/** More than the number of suggestions of any incident. */
const MOST_DECISIONS = 1_000_000;

interface DisputeRow {
  readonly recorded_position: number;
  readonly incident_id: string;
  readonly title: string | null;
  readonly body: string;
}

/** Maximum claims named by the disputes of one page. */
const MOST_EVIDENCE = 5_000;

/** The disputes of the first rows: as many as fit on a page, with their evidence; at least one. */
function* disputesOnPage(rows: readonly DisputeRow[], limit: number): Steps<Dispute[]> {
  const shown: Dispute[] = [];
  let named = 0;
  for (const { body } of shownOf(rows, limit)) {
    const dispute = JSON.parse(body) as Dispute;
    named += evidenceOf(dispute).length;
    if (named > MOST_EVIDENCE && shown.length > 0) break;
    shown.push(dispute);
    yield 1;
  }
  return shown;
}

/** @throws BadCursor */
const boardCursor = (cursor: string | undefined): number =>
  cursor === undefined ? 0 : Number(decodeCursor(cursor, ['number'])[0]);

const evidenceOf = ({ positions = [] }: Dispute): string[] =>
  positions.flatMap(({ evidence = [] }) => evidence);

const documentsOf = (claims: ReadonlyMap<string, AnchoredClaim>): string[] => [
  ...new Set([...claims.values()].map(({ anchor }) => anchor.documentId)),
];

const documentsIn = ({ documents, claims }: IncidentView): string[] => [
  ...new Set([
    ...documents.map(({ id }) => id),
    ...claims.flatMap(({ anchor }) => (anchor === undefined ? [] : anchor.documentId)),
  ]),
];

/** @throws BadCursor */
function cursorKey(cursor: string): string[] {
  const key = decodeCursor(cursor, ['string', 'string', 'string', 'string']) as string[];
  if (Number.isNaN(Date.parse(`${key[0]}T00:00:00.000Z`))) throw new BadCursor();
  return key;
}
