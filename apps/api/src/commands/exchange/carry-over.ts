import type { AnnotationView, CarryOver, CarryOverReport, CarriedClaim } from '@casebook/contracts';
import { reanchor } from '@casebook/incident';
import { TimeSlice } from '@casebook/ledger';
import { LibraryQueries } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import { readAs } from '../../access/visibility.js';
import { ProblemError } from '../../http/problem.js';
import { problemOf } from '../../http/problem.filter.js';
import type { WriteRequest } from '../../http/request-context.js';
import { plannedForIncident } from '../batch.js';
import type { IncidentWrite } from '../writes.js';
import { ExchangeImporter } from './exchange-import.js';
import type { Recorder } from './recording.js';

export interface CarryOverWork {
  readonly request: WriteRequest;
  readonly incidentId: string;
  /** The new edition. */
  readonly documentId: string;
  readonly body: CarryOver;
}

type Claim = Extract<AnnotationView, { kind: 'claim' }>;
type Outcome = Omit<CarriedClaim, 'id'>;

/** Claims under way at the same time: enough for the ledger to commit full batches. */
const WINDOW = 256;

/**
 * Moves the claims of an incident from one edition of a document to the edition that supersedes it, by their quotes.
 * Each move is an ordinary revision, and all share the request's correlation id, so one undo reverts them.
 */
@Injectable()
export class CarryingOver {
  constructor(
    @Inject(ExchangeImporter) private readonly importer: ExchangeImporter,
    @Inject(LibraryQueries) private readonly library: LibraryQueries,
  ) {}

  /** @throws ProblemError if nothing can be carried over at all */
  async run(work: CarryOverWork): Promise<CarryOverReport> {
    const { request, incidentId, documentId, body } = work;
    const { caller } = request;
    const { workspaceId } = caller;
    const source = await this.importer.sourceOf(request, incidentId);
    const { from, text } = await readAs(caller, () => this.editions(workspaceId, documentId));
    const dryRun = body.dryRun === true;
    const recorder = await this.importer.recorderFor(request, incidentId, dryRun);
    await (
      await recorder.record(writeOf(work, 'attach-document', { documentId }), new Map())
    ).done;
    const claims: CarriedClaim[] = [];
    const underWay: Promise<void>[] = [];
    const slice = new TimeSlice();
    const annotations = source.annotations()[Symbol.asyncIterator]();
    for (;;) {
      const next = await readAs(caller, () => annotations.next());
      if (next.done === true) break;
      const claim = next.value;
      if (!standsIn(claim, from)) continue;
      await slice.giveWay();
      underWay.push(
        this.carry(work, claim, text, recorder).then(
          (outcome) => void claims.push({ id: claim.id, ...outcome }),
        ),
      );
      if (underWay.length >= WINDOW) await Promise.all(underWay.splice(0));
    }
    await Promise.all(underWay);
    return {
      from,
      to: documentId,
      dryRun,
      correlationId: request.correlationId,
      ...(recorder.position > 0 && { position: recorder.position }),
      claims: claims.sort((a, b) => (a.id < b.id ? -1 : 1)),
    };
  }

  /** The previous edition, and the text of the new one. */
  private async editions(workspaceId: string, documentId: string): Promise<{ from: string; text: string }> {
    const edition = await this.library.document(workspaceId, documentId);
    const text = edition === null ? null : await this.library.text(workspaceId, documentId);
    if (edition === null || text === null) {
      throw new ProblemError(
        'document-unknown',
        'There is no such document in this workspace. Import the new edition first: POST …/documents.',
      );
    }
    if (edition.supersedes === undefined) {
      throw new ProblemError(
        'field-required',
        'The document does not say which edition it supersedes. Set it first: PATCH …/documents/{document} with supersedes.',
        { field: 'supersedes' },
      );
    }
    return { from: edition.supersedes, text };
  }

  private async carry(work: CarryOverWork, claim: Claim, text: string, recorder: Recorder): Promise<Outcome> {
    const { exact = '', prefix, suffix, start = 0 } = claim.anchor ?? {};
    // Without the position, which in another edition could pick a wrong place among several.
    const placed = reanchor(text, { exact, ...(prefix && { prefix }), ...(suffix && { suffix }) });
    if ('lost' in placed) return { outcome: placed.lost, why: placed.why };
    const { found, edits } = placed;
    try {
      const reason = work.body.reason ?? 'Carried over to the edition that supersedes its document.';
      const anchor = { documentId: work.documentId, ...found };
      const write = writeOf(work, 'revise-claim', { anchor, reason }, claim);
      await (
        await recorder.record(write, new Map([[work.documentId, text]]))
      ).done;
      return {
        outcome: edits === 0 ? 'carried' : 're-anchored',
        distance: { moved: Math.abs(found.start - start), edits },
      };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) throw error;
      return { outcome: 'refused', why: problem.detail };
    }
  }
}

const standsIn = (annotation: AnnotationView, documentId: string): annotation is Claim =>
  annotation.kind === 'claim' &&
  annotation.status === 'active' &&
  annotation.anchor?.documentId === documentId;

function writeOf(
  { request, incidentId }: CarryOverWork,
  command: 'attach-document' | 'revise-claim',
  body: Record<string, unknown>,
  claim?: Claim,
): IncidentWrite {
  const item = { command, incidentId, body, ...(claim && { id: claim.id, ifMatch: claim.revision }) };
  return plannedForIncident(item, { ...request, key: undefined });
}
