import type {
  BlameView,
  IncidentDifference,
  IncidentEventType,
  Moment,
  RecordedEvent,
} from '@casebook/contracts';
import { annotationIn, describeChange, evolve, initialIncident } from '@casebook/incident';
import type { DataSource } from 'typeorm';
import { blameOf } from './blame.js';
import { describedAnew, differenceOf } from './difference.js';
import type { HistoryQueries } from './history-queries.js';
import { LedgerReads } from '../ledger-reads.js';
import { annotationView } from '../rendering.js';
import type { Revised, RevisedAnnotation } from './revised.js';
import { StoredRevisions } from './stored-revisions.js';
import { streams } from '../streams.js';
import { describerOf } from './describers.js';
import { inSlices } from '../time-slice.js';

/** `from` is after `to`: the client's mistake. */
export class MomentsReversed extends Error {
  override readonly name = 'MomentsReversed';
}

/**
 * The changes between two moments, and the change that set each field. Both follow from the revisions, read
 * from their view up to its position, then folded from the events. `null` if the incident or annotation does
 * not exist at the (later) moment.
 */
export class ChangeQueries {
  private readonly reads: LedgerReads;
  private readonly revisions: StoredRevisions;

  constructor(
    private readonly dataSource: DataSource,
    private readonly histories: HistoryQueries,
  ) {
    this.reads = new LedgerReads(dataSource);
    this.revisions = new StoredRevisions(dataSource);
  }

  /** @throws MomentsReversed */
  async difference(
    workspaceId: string,
    incidentId: string,
    { from: earlier, to: later }: { readonly from: Moment; readonly to?: Moment | undefined },
  ): Promise<IncidentDifference | null> {
    const [from, to] = await Promise.all([
      this.histories.momentOf(workspaceId, earlier),
      this.histories.momentOf(workspaceId, later ?? { position: Number.MAX_SAFE_INTEGER }),
    ]);
    if (from.position > to.position) throw new MomentsReversed();
    const [before, after] = [
      await this.histories.asOf(workspaceId, incidentId, from),
      await this.histories.asOf(workspaceId, incidentId, to),
    ];
    if (after === null) return null;
    const between = await this.revised(workspaceId, incidentId, from.position, to.position);
    const described: Revised[] = [];
    for (const documentId of describedAnew(before, after)) {
      described.push(...(await this.described(workspaceId, documentId, from.position, to.position)));
    }
    return { incidentId, from, to, ...(await inSlices(differenceOf(before, after, between, described))) };
  }

  async blame(
    workspaceId: string,
    incidentId: string,
    annotationId: string,
    moment: Moment = { position: Number.MAX_SAFE_INTEGER },
  ): Promise<BlameView | null> {
    const { position: upTo } = await this.histories.momentOf(workspaceId, moment);
    const revisions = (await this.revised(workspaceId, incidentId, 0, upTo, annotationId)).filter(
      (each): each is RevisedAnnotation => each.annotation !== null,
    );
    if (revisions.length === 0) return null;
    const rows = await this.dataSource.query<{ position: number; event_id: string; erased: boolean }[]>(
      `SELECT position, event_id, payload IS NULL AS erased FROM events
       WHERE workspace_id = $1 AND position = ANY ($2::bigint[])`,
      [workspaceId, revisions.map(({ change }) => change.position)],
    );
    const events = new Map(rows.map((row) => [row.position, row]));
    return blameOf(
      revisions.flatMap((revision) => {
        const event = events.get(revision.change.position);
        return event === undefined ? [] : { ...revision, eventId: event.event_id, isErased: event.erased };
      }),
    );
  }

  /**
   * The events of an incident above `above`, up to and including `upTo`, in order; of one annotation if
   * given.
   */
  private async revised(
    workspaceId: string,
    incidentId: string,
    above: number,
    upTo: number,
    annotationId?: string,
  ): Promise<Revised[]> {
    const stored = await this.revisions.between(workspaceId, streams.incident(incidentId), {
      above,
      upTo,
      subject: annotationId,
    });
    if (stored !== undefined) return stored;
    const found: Revised[] = [];
    let state = initialIncident;
    for await (const read of this.reads.stream(workspaceId, streams.incident(incidentId), upTo)) {
      const event = read.event as RecordedEvent<IncidentEventType>;
      const { subject, position } = event;
      const wanted = position > above && (annotationId === undefined || subject === annotationId);
      const change = wanted ? describeChange(event, state) : null;
      state = evolve(state, event);
      const annotation = annotationIn(state, subject);
      if (change !== null)
        found.push({ subject, change, annotation: annotation ? annotationView(annotation) : null });
    }
    return found;
  }

  /** The events about a document. */
  private async described(
    workspaceId: string,
    documentId: string,
    above: number,
    upTo: number,
  ): Promise<Revised[]> {
    const describeEvent = describerOf(streams.document(documentId));
    const found: Revised[] = [];
    for await (const read of this.reads.stream(workspaceId, streams.document(documentId), upTo)) {
      const change = describeEvent(read, read.event.position > above);
      if (change !== null) found.push({ subject: documentId, change, annotation: null });
    }
    return found;
  }
}
