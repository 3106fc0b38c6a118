import {
  aKind,
  ANNOTATION_KINDS,
  ANNOTATION_VIEWS,
  type AnnotationKind,
  annotationsQuery,
  type AnnotationView,
  entityId,
  type JsonObject,
  KINDS,
  momentQuery,
  optionalReason,
  type OptionalReason,
  PAGE_SIZE,
  retraction,
  type Retraction,
  settleDispute,
  type SettleDispute,
  workspaceId,
} from '@casebook/contracts';
import { newId } from '@casebook/ledger';
import { HistoryQueries, IncidentQueries, type Page, PastLists } from '@casebook/views';
import { Controller, Get, Inject, Patch, Post, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { incidentWriteOf } from '../commands/command-table.js';
import { Body, Param, Query } from '../http/checked-parameters.js';
import { Tagged, Written } from '../http/answers.js';
import { AnyMoment } from '../http/moments.guard.js';
import { ProblemError } from '../http/problem.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Conditional, Lists, Mergeable, Reads, Revalidates, Writes } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

const REFERENCES = [
  'incident-unknown',
  'incident-closed',
  'reference-unknown',
  'reference-of-wrong-kind',
  'reference-retracted',
] as const;
const QUOTES = [
  'quote-not-found',
  'quote-ambiguous',
  'quote-mismatch',
  'document-not-attached',
  'document-erased',
] as const;

/** The routes of one kind of annotation: the same for each kind, with its own path, schemas and wording. */
function annotationsController(kind: AnnotationKind): Type {
  const { path, verb, commands } = KINDS[kind];
  // Each schema has its own TypeScript type; all of them parse JSON objects.
  const record = KINDS[kind].request as unknown as z.ZodType<JsonObject>;
  const revise = KINDS[kind].revise as unknown as z.ZodType<JsonObject>;
  const view = ANNOTATION_VIEWS[kind];
  const quotes = kind === 'claim' ? QUOTES : [];
  const proved =
    quotes.length > 0
      ? ' Its quote is checked against the document; a wrong quote is refused with the nearest passage.'
      : '';
  const titled = kind.charAt(0).toUpperCase() + kind.slice(1);

  @ApiTags(path)
  @Controller(`v1/workspaces/:workspace/incidents/:incident/${path}`)
  class AnnotationsController {
    constructor(
      @Inject(CommandBus) private readonly commands: CommandBus,
      @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
      @Inject(HistoryQueries) private readonly histories: HistoryQueries,
      @Inject(PastLists) private readonly past: PastLists,
    ) {}

    @Post()
    @Needs('annotate')
    @Writes(true, {
      summary: `${verb} ${aKind(kind)}`,
      description: `Everything it refers to must be in this incident and not retracted.${proved} The answer has its id, revision and position in the ledger.`,
      problems: [...REFERENCES, ...quotes],
    })
    async record(
      @Param('workspace', { schema: workspaceId }) workspace: string,
      @Param('incident', { schema: entityId }) incident: string,
      @WriteRequestOf() request: WriteRequest,
      @Body({ schema: record }) fields: JsonObject,
    ): Promise<Written> {
      const write = incidentWriteOf(commands.record, request, { incidentId: incident, id: newId() }, fields);
      const { answer, replayed } = await this.commands.execute(write);
      return new Written(answer, {
        created: true,
        replayed,
        location: `/v1/workspaces/${workspace}/incidents/${incident}/${path}/${answer.id}`,
      });
    }

    @Get()
    @Needs('read')
    @AnyMoment()
    @Lists(view, `${titled}Page`, {
      summary: `List the ${path} of an incident`,
      description:
        'In pages, including retracted ones, which are marked. `asOf` gives the list as it was at a position or a time.',
      problems: ['incident-unknown'],
    })
    async list(
      @Param('workspace', { schema: workspaceId }) workspace: string,
      @Param('incident', { schema: entityId }) incident: string,
      @Query({ schema: annotationsQuery })
      { limit = PAGE_SIZE, asOf, ...query }: z.infer<typeof annotationsQuery>,
    ): Promise<Page<AnnotationView>> {
      const page =
        asOf === undefined
          ? await this.incidents.annotations(workspace, incident, kind, { ...query, limit })
          : await this.past.annotations(workspace, incident, kind, { ...query, limit }, asOf);
      if (page === null) throw unknownIncident();
      return page;
    }

    @Get(':annotation')
    @Needs('read')
    @AnyMoment()
    @Revalidates()
    @Reads(view, {
      summary: `Read ${aKind(kind)}, now or as it was`,
      description:
        'The ETag is its revision: send it as If-Match with a change. A retracted annotation can still be read, with the reason for its retraction.',
      problems: ['annotation-unknown'],
    })
    async one(
      @Param('workspace', { schema: workspaceId }) workspace: string,
      @Param('incident', { schema: entityId }) incident: string,
      @Param('annotation', { schema: entityId }) id: string,
      @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
    ): Promise<Tagged<AnnotationView>> {
      const annotation =
        asOf === undefined
          ? await this.incidents.annotation(workspace, incident, kind, id)
          : await this.histories.annotationAsOf(workspace, incident, kind, id, asOf);
      if (annotation === null) {
        throw new ProblemError(
          'annotation-unknown',
          `There is no ${kind} with this id in this incident${asOf === undefined ? '' : ' at that moment'}.`,
        );
      }
      return new Tagged(annotation, annotation.revision);
    }

    @Patch(':annotation')
    @Needs('annotate')
    @Mergeable()
    @Writes(false, {
      summary: `Revise ${aKind(kind)}`,
      description: `Fields left out keep their values; null clears a field.${proved} With If-Match the change is refused (412) if somebody else has changed it since, and the refusal shows that change.`,
      problems: ['annotation-unknown', 'annotation-retracted', ...REFERENCES, ...quotes],
    })
    async revise(
      @Param('incident', { schema: entityId }) incident: string,
      @Param('annotation', { schema: entityId }) id: string,
      @WriteRequestOf() request: WriteRequest,
      @Body({ schema: revise }) body: JsonObject,
    ): Promise<Written> {
      const write = incidentWriteOf(commands.revise, request, { incidentId: incident, id }, body);
      const { answer, replayed } = await this.commands.execute(write);
      return new Written(answer, { replayed });
    }

    @Post(':annotation/retraction')
    @Needs('annotate')
    @Conditional()
    @Writes(false, {
      summary: `Retract ${aKind(kind)}: it stays readable, marked as retracted, with the reason`,
      description:
        'Nothing is deleted, so references to it still work. Retracting it again changes nothing, and an undo reinstates it.',
      problems: ['annotation-unknown', 'incident-unknown', 'incident-closed'],
    })
    async retract(
      @Param('incident', { schema: entityId }) incident: string,
      @Param('annotation', { schema: entityId }) id: string,
      @WriteRequestOf() request: WriteRequest,
      @Body({ schema: retraction }) body: Retraction,
    ): Promise<Written> {
      const write = incidentWriteOf(commands.retract, request, { incidentId: incident, id }, body);
      const { answer, replayed } = await this.commands.execute(write);
      return new Written(answer, { replayed });
    }
  }
  Object.defineProperty(AnnotationsController, 'name', { value: `${titled}sController` });
  return AnnotationsController;
}

export const annotationControllers: readonly Type[] = ANNOTATION_KINDS.map(annotationsController);

/** Routes only for disputes. */
@ApiTags('disputes')
@Controller('v1/workspaces/:workspace/incidents/:incident/disputes/:annotation')
export class DisputeController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  private async write(
    name: 'settle-dispute' | 'withdraw-dispute' | 'reopen-dispute',
    request: WriteRequest,
    target: { readonly incidentId: string; readonly id: string },
    body: JsonObject,
  ): Promise<Written> {
    const { answer, replayed } = await this.commands.execute(incidentWriteOf(name, request, target, body));
    return new Written(answer, { replayed });
  }

  @Post('resolution')
  @Needs('adjudicate')
  @Conditional()
  @Writes(false, {
    summary: 'Settle a dispute',
    description:
      '`prevails` gives the index of the winning position; the other outcomes have none. The reason is required, and the settlement can be reopened.',
    problems: [
      'annotation-unknown',
      'annotation-retracted',
      'incident-unknown',
      'incident-closed',
      'dispute-not-open',
      'position-unknown',
    ],
  })
  settle(
    @Param('incident', { schema: entityId }) incident: string,
    @Param('annotation', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: settleDispute }) body: SettleDispute,
  ): Promise<Written> {
    return this.write('settle-dispute', request, { incidentId: incident, id }, body);
  }

  @Post('withdrawal')
  @Needs('annotate')
  @Conditional()
  @Writes(false, {
    summary: 'Withdraw a dispute',
    description:
      'For a dispute that should not have been raised or that nobody is pursuing. It stays readable and can be reopened.',
    problems: [
      'annotation-unknown',
      'annotation-retracted',
      'incident-unknown',
      'incident-closed',
      'dispute-not-open',
    ],
  })
  withdraw(
    @Param('incident', { schema: entityId }) incident: string,
    @Param('annotation', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: optionalReason }) body: OptionalReason,
  ): Promise<Written> {
    return this.write('withdraw-dispute', request, { incidentId: incident, id }, body);
  }

  @Post('reopening')
  @Needs('annotate')
  @Conditional()
  @Writes(false, {
    summary: 'Reopen a settled or withdrawn dispute',
    description: 'The dispute is open again, and its earlier settlement stays in the history.',
    problems: [
      'annotation-unknown',
      'annotation-retracted',
      'incident-unknown',
      'incident-closed',
      'dispute-not-settled',
    ],
  })
  reopen(
    @Param('incident', { schema: entityId }) incident: string,
    @Param('annotation', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: optionalReason }) body: OptionalReason,
  ): Promise<Written> {
    return this.write('reopen-dispute', request, { incidentId: incident, id }, body);
  }
}
