import {
  attachDocument,
  type AttachDocument,
  attachmentView,
  changeView,
  type ChangeView,
  detachDocument,
  type DetachDocument,
  documentId,
  entityId,
  historyQuery,
  incidentsQuery,
  incidentSummary,
  type IncidentSummary,
  incidentView,
  type IncidentView,
  momentQuery,
  openIncident,
  type OpenIncident,
  optionalReason,
  type OptionalReason,
  PAGE_SIZE,
  pageQuery,
  reviseIncident,
  type ReviseIncident,
  workspaceId,
} from '@casebook/contracts';
import { newId } from '@casebook/ledger';
import { HistoryQueries, IncidentQueries, type Page, PastLists } from '@casebook/views';
import { Controller, Get, Inject, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import {
  type IncidentCommandName,
  incidentWriteOf,
  isCreation,
  type Target,
} from '../commands/command-table.js';
import { Body, Param, Query } from '../http/checked-parameters.js';
import { Tagged, Written } from '../http/answers.js';
import { AnyMoment } from '../http/moments.guard.js';
import { ProblemError } from '../http/problem.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Conditional, Lists, Mergeable, Reads, Revalidates, Writes } from './documentation.js';

export const unknownIncident = () =>
  new ProblemError(
    'incident-unknown',
    'There is no such incident in this workspace. GET …/incidents lists them.',
  );

@ApiTags('incidents')
@Controller('v1/workspaces/:workspace/incidents')
export class IncidentsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(HistoryQueries) private readonly histories: HistoryQueries,
    @Inject(PastLists) private readonly past: PastLists,
  ) {}

  private async write(
    name: IncidentCommandName,
    request: WriteRequest,
    target: Partial<Target> & Pick<Target, 'incidentId'>,
    body: object,
  ): Promise<Written> {
    const write = incidentWriteOf(name, request, target, body);
    const { answer, events, replayed } = await this.commands.execute(write);
    return new Written(answer, {
      created: isCreation(name) && events.length > 0,
      replayed,
      ...(name === 'open-incident' && {
        location: `/v1/workspaces/${request.caller.workspaceId}/incidents/${answer.id}`,
      }),
    });
  }

  @Post()
  @Needs('annotate')
  @Writes(true, {
    summary: 'Open an incident',
    description:
      'With `restrictedTo` nobody but those members and those who oversee all incidents ever sees it; this takes permission to adjudicate, as a restriction does.',
    problems: ['member-unknown', 'restriction-without-you'],
  })
  open(
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: openIncident }) body: OpenIncident,
  ): Promise<Written> {
    return this.write('open-incident', request, { incidentId: newId() }, body);
  }

  @Get()
  @Needs('read')
  @AnyMoment()
  @Lists(incidentSummary, 'IncidentPage', {
    summary: 'List incidents, now or as they were',
    description:
      'In pages, with the number of active annotations of each kind. `q` finds words of the title in any order, folded as in search.',
  })
  list(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: incidentsQuery }) { limit = PAGE_SIZE, asOf, ...query }: z.infer<typeof incidentsQuery>,
  ): Promise<Page<IncidentSummary>> {
    return asOf === undefined
      ? this.incidents.incidents(workspace, { ...query, limit })
      : this.past.incidentList(workspace, { ...query, limit }, asOf);
  }

  @Get(':incident')
  @Needs('read')
  @AnyMoment({ timemap: true })
  @Revalidates()
  @Reads(incidentView, {
    summary: 'Read an incident with all its annotations, now or as it was',
    description:
      'The whole incident in one answer, including retracted annotations, which are marked. The ETag and If-None-Match avoid sending it again. Accept-Datetime gives the version of a moment (RFC 7089).',
    problems: ['incident-unknown'],
  })
  async one(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) id: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Tagged<IncidentView>> {
    const incident =
      asOf === undefined
        ? await this.incidents.incident(workspace, id)
        : await this.histories.asOf(workspace, id, asOf);
    if (incident === null) {
      throw asOf === undefined
        ? unknownIncident()
        : new ProblemError(
            'incident-unknown',
            'There was no such incident in this workspace at that moment. Its history says when it was opened.',
          );
    }
    return new Tagged(incident, incident.revision);
  }

  @Patch(':incident')
  @Needs('annotate')
  @Mergeable()
  @Writes(false, {
    summary: 'Revise the title or summary of an incident',
    description:
      'Fields left out keep their values; null clears the summary. The values before stay in the history.',
    problems: ['incident-unknown', 'incident-closed'],
  })
  revise(
    @Param('incident', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: reviseIncident }) body: ReviseIncident,
  ): Promise<Written> {
    return this.write('revise-incident', request, { incidentId: id }, body);
  }

  @Post(':incident/closure')
  @Needs('adjudicate')
  @Conditional()
  @Writes(false, {
    summary: 'Close an incident: it can be read but no longer annotated',
    description:
      'Annotations are refused with `incident-closed` until it is reopened. Closing it again changes nothing.',
    problems: ['incident-unknown'],
  })
  close(
    @Param('incident', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: optionalReason }) body: OptionalReason,
  ): Promise<Written> {
    return this.write('close-incident', request, { incidentId: id }, body);
  }

  @Post(':incident/reopening')
  @Needs('adjudicate')
  @Conditional()
  @Writes(false, {
    summary: 'Reopen a closed incident',
    description: 'It takes annotations again. Reopening an open incident changes nothing.',
    problems: ['incident-unknown'],
  })
  reopen(
    @Param('incident', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: optionalReason }) body: OptionalReason,
  ): Promise<Written> {
    return this.write('reopen-incident', request, { incidentId: id }, body);
  }

  @Post(':incident/documents')
  @Needs('annotate')
  @Writes(true, {
    summary: 'Attach a document to an incident',
    description:
      'Claims can quote only documents that are attached. One document may be attached to any number of incidents; attaching it again changes nothing.',
    problems: ['incident-unknown', 'incident-closed', 'reference-unknown', 'document-erased'],
  })
  attach(
    @Param('incident', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: attachDocument }) body: AttachDocument,
  ): Promise<Written> {
    return this.write('attach-document', request, { incidentId: id }, body);
  }

  @Get(':incident/documents')
  @Needs('read')
  @AnyMoment()
  @Lists(attachmentView, 'AttachmentPage', {
    summary: 'List the documents of an incident',
    description: 'In pages, in the order in which they were attached, with who attached each and when.',
    problems: ['incident-unknown'],
  })
  async documents(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) id: string,
    @Query({ schema: pageQuery }) { limit = PAGE_SIZE, asOf, ...query }: z.infer<typeof pageQuery>,
  ): Promise<Page<z.infer<typeof attachmentView>>> {
    const page =
      asOf === undefined
        ? await this.incidents.documents(workspace, id, { ...query, limit })
        : await this.past.attachments(workspace, id, { ...query, limit }, asOf);
    if (page === null) throw unknownIncident();
    return page;
  }

  @Post(':incident/documents/:document/detachment')
  @Needs('annotate')
  @Writes(false, {
    summary: 'Detach a document that has no claims',
    description:
      'Retract or move its claims first; until then the answer is `document-in-use`. The document itself stays in the library and can be attached again.',
    problems: ['incident-unknown', 'document-not-attached', 'document-in-use'],
  })
  detach(
    @Param('incident', { schema: entityId }) id: string,
    @Param('document', { schema: documentId }) document: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: detachDocument }) body: DetachDocument,
  ): Promise<Written> {
    return this.write('detach-document', request, { incidentId: id, documentId: document }, body);
  }

  @Get(':incident/history')
  @Needs('read')
  @AnyMoment()
  @Lists(changeView, 'ChangePage', {
    summary: 'Every change of an incident in order: who, when, what, before and after',
    description:
      'In pages, one item per event: each changed field before and after, the reason, and a sentence in plain English.',
    problems: ['incident-unknown'],
  })
  async history(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) id: string,
    @Query({ schema: historyQuery })
    { limit = PAGE_SIZE, after = 0, cursor = after, asOf, ...query }: z.infer<typeof historyQuery>,
  ): Promise<Page<ChangeView>> {
    const page = await this.histories.history(workspace, id, { ...query, after: cursor, limit }, asOf);
    if (page === null) throw unknownIncident();
    return page;
  }
}
