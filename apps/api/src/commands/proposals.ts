import {
  ANNOTATION_COMMANDS,
  type AnnotationKind,
  type AnnotationView,
  type BatchCommandName,
  type DecideProposals,
  isProposal,
  type JsonObject,
  PROPOSAL,
  proposal as proposalSchema,
  type Proposal,
  type ProposalsReport,
} from '@casebook/contracts';
import { newId, sha256, uuidOf } from '@casebook/ledger';
import { IncidentQueries } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { readAs, unknownIncident } from '../access/visibility.js';
import { ProblemError } from '../http/problem.js';
import { problemOf } from '../http/problem.filter.js';
import type { WriteRequest } from '../http/request-context.js';
import { plannedForIncident } from './batch.js';
import { Committing, type Committed } from './commit.js';
import { ExchangeImporter } from './exchange/exchange-import.js';
import { IncidentHandler, incidentWrite } from './incident.handler.js';
import type { IncidentWrite } from './writes.js';

type Decision = DecideProposals['decisions'][number];
type Report = ProposalsReport['decisions'][number];
type Item = Extract<AnnotationView, { kind: 'item' }>;

/** Maximum length of a proposal's title, in UTF-16 units. */
const TITLE = 300;

/** Proposals by scripts and assistants, and members' decisions on them. */
@Injectable()
export class Proposals {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Committing) private readonly committing: Committing,
    @Inject(IncidentHandler) private readonly incidents: IncidentHandler,
    @Inject(ExchangeImporter) private readonly importer: ExchangeImporter,
    @Inject(IncidentQueries) private readonly queries: IncidentQueries,
  ) {}

  /** Keeps a proposal. One that could not be recorded now is refused for the same reason. */
  async propose(request: WriteRequest, incidentId: string, proposal: Proposal): Promise<Committed> {
    const dry = await this.importer.recorderFor(request, incidentId, true);
    const wanted = writeOf(request, incidentId, proposal.command, newId(), proposal.body);
    await (
      await dry.record(wanted, new Map())
    ).done;
    const { kind } = ANNOTATION_COMMANDS.get(proposal.command)!;
    const { documentId } = (proposal.body['anchor'] ?? {}) as { documentId?: string };
    const body = {
      format: 'casebook',
      type: PROPOSAL,
      title: `Proposed ${kind}: ${lineOf(proposal.body)}`.slice(0, TITLE).toWellFormed(),
      ...(documentId !== undefined && { about: [documentId] }),
      content: proposal,
    };
    return this.commands.execute(writeOf(request, incidentId, 'keep-item', newId(), body, true));
  }

  /**
   * Decides on each separately, in order.
   * @throws ProblemError incident-unknown
   */
  async decide(
    request: WriteRequest,
    incidentId: string,
    { decisions, reason }: DecideProposals,
  ): Promise<ProposalsReport> {
    const { caller, correlationId } = request;
    const { workspaceId } = caller;
    const ids = decisions.map(({ proposal }) => proposal);
    const views = await readAs(caller, async () => {
      if (!(await this.queries.has(workspaceId, incidentId))) throw unknownIncident();
      return this.queries.annotationsById(workspaceId, incidentId, ids);
    });
    const byId = new Map(views.map((view) => [view.id, view]));
    const report: Report[] = [];
    let position = 0;
    for (const decision of decisions) {
      try {
        const item = proposedItem(byId.get(decision.proposal));
        const decided = await this.decideOne(request, incidentId, item, decision, reason);
        position = Math.max(position, decided.position);
        report.push({ proposal: item.id, outcome: decision.outcome, ...decided.recorded });
      } catch (error) {
        const problem = problemOf(error);
        if (problem.status >= 500) throw error;
        report.push({ proposal: decision.proposal, outcome: 'refused', problem: problem.body('') });
      }
    }
    return { correlationId, ...(position > 0 && { position }), decisions: report };
  }

  private async decideOne(
    request: WriteRequest,
    incidentId: string,
    item: Item,
    { outcome, changes = {} }: Decision,
    reason = outcome === 'accepted' ? 'Accepted.' : 'Declined.',
  ): Promise<{ readonly position: number; readonly recorded: { id?: string; kind?: AnnotationKind } }> {
    const closing = writeOf(request, incidentId, 'retract-item', item.id, { reason });
    if (outcome === 'declined') {
      const { answer } = await this.commands.execute(closing);
      return { position: answer.position, recorded: {} };
    }
    const { command, body, by, tool } = proposalSchema.parse(item.content);
    const { kind } = ANNOTATION_COMMANDS.get(command)!;
    // The same proposal always becomes the same annotation, however often it is accepted.
    const id = uuidOf(sha256(JSON.stringify(['proposal', request.caller.workspaceId, incidentId, item.id])));
    const name = by ?? tool;
    const origin = { format: 'casebook', id: item.id, ...(name !== undefined && { attributedTo: { name } }) };
    const whole = Object.fromEntries(
      Object.entries<unknown>({ origin, ...body, ...changes }).filter(([, value]) => value !== null),
    );
    const recording = writeOf(request, incidentId, command, id, whole);
    const { command: proved, fault } = await this.incidents.proved(request.caller, recording.command);
    const writes = [
      incidentWrite(recording, proved, fault),
      incidentWrite(closing, closing.command as never),
    ];
    const outcomeOfAll = await this.committing.commitTogether({ ...request, key: undefined }, null, writes);
    if (outcomeOfAll.status === 'refused') throw ProblemError.ofRefusal(outcomeOfAll.refusal);
    return { position: outcomeOfAll.events.at(-1)?.position ?? 0, recorded: { id, kind } };
  }
}

function proposedItem(view: AnnotationView | undefined): Item {
  if (
    view?.kind !== 'item' ||
    view.format === undefined ||
    !isProposal({ format: view.format, type: view.type })
  ) {
    throw new ProblemError(
      'annotation-unknown',
      'The incident has no such proposal. GET …/items lists its items; those of the type proposal are proposals.',
    );
  }
  if (view.status !== 'active')
    throw new ProblemError(
      'annotation-retracted',
      'The proposal has already been decided; its history says how.',
    );
  return view;
}

/** A proposal in one line: its first text. */
const lineOf = (body: Readonly<Record<string, unknown>>): string =>
  [
    body['statement'],
    body['summary'],
    body['question'],
    body['body'],
    body['title'],
    (body['anchor'] as { exact?: unknown } | undefined)?.exact,
  ]
    .filter((text) => typeof text === 'string' && text.trim() !== '')
    .map((text) => String(text).replace(/\p{Cc}+/gu, ' '))[0] ?? 'without a text';

/** `isKeyed`: this is the request's only write, so it uses the request's key. */
function writeOf(
  request: WriteRequest,
  incidentId: string,
  command: BatchCommandName,
  id: string,
  body: object,
  isKeyed = false,
): IncidentWrite {
  const item = { command, incidentId, id, body: body as Record<string, unknown> };
  const own = isKeyed ? request : { ...request, key: undefined };
  return plannedForIncident(item, own, { command, body } as unknown as JsonObject);
}
