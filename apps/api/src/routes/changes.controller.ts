import {
  blameView,
  type BlameView,
  DIFFERENCE_PAGE_SIZE,
  differenceQuery,
  entityId,
  incidentDifference,
  type IncidentDifference,
  momentQuery,
  workspaceDifference,
  type WorkspaceDifference,
  workspaceDifferenceQuery,
  workspaceId,
} from '@casebook/contracts';
import { ChangeQueries, MomentsReversed, WorkspaceDifferences } from '@casebook/views';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { Param, Query } from '../http/checked-parameters.js';
import { AnyMoment } from '../http/moments.guard.js';
import { ProblemError } from '../http/problem.js';
import { Reads } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

/** The changes between two moments, and the event that set each field: docs/time.md. */
@ApiTags('incidents')
@Controller('v1/workspaces/:workspace/incidents/:incident')
export class ChangesController {
  constructor(@Inject(ChangeQueries) private readonly changes: ChangeQueries) {}

  @Get('difference')
  @Needs('read')
  @Reads(incidentDifference, {
    summary: 'What changed in an incident between two moments, field by field, and in sentences',
    description:
      'Net: a field that was changed and changed back does not differ. Each difference names the events that caused it; `changes` lists them in order, with who and why.',
    problems: ['incident-unknown'],
  })
  async difference(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: differenceQuery }) { from, to }: z.infer<typeof differenceQuery>,
  ): Promise<IncidentDifference> {
    const difference = await this.changes.difference(workspace, incident, { from, to }).catch(refuseReversed);
    if (difference === null) throw unknownIncident();
    return difference;
  }

  @Get('annotations/:annotation/blame')
  @Needs('read')
  @AnyMoment()
  @Reads(blameView, {
    summary: 'For each field of an annotation of any kind: the event, member, time and reason that set it',
    description:
      'Like `git blame`: for every value that holds now, or held at `asOf`, the event that set it.',
    problems: ['annotation-unknown'],
  })
  async blame(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Param('annotation', { schema: entityId }) id: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<BlameView> {
    const blame = await this.changes.blame(workspace, incident, id, asOf);
    if (blame === null) {
      throw new ProblemError(
        'annotation-unknown',
        `There is no annotation with this id in this incident${asOf === undefined ? '' : ' at that moment'}.`,
      );
    }
    return blame;
  }
}

/** The same for a whole workspace. */
@ApiTags('ledger')
@Controller('v1/workspaces/:workspace/difference')
export class WorkspaceDifferenceController {
  constructor(@Inject(WorkspaceDifferences) private readonly differences: WorkspaceDifferences) {}

  @Get()
  @Needs('read')
  @Reads(workspaceDifference, {
    summary: 'What changed in the workspace between two moments, item by item, and in sentences',
    description:
      'One item for each incident, each document and the member list, in the order of their first change in between; net, like the difference of an incident. All pages end at the same moment. A page may be short or empty while `next` is not null.',
    problems: ['bad-cursor'],
  })
  difference(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: workspaceDifferenceQuery })
    { limit = DIFFERENCE_PAGE_SIZE, ...query }: z.infer<typeof workspaceDifferenceQuery>,
  ): Promise<WorkspaceDifference> {
    return this.differences.difference(workspace, { ...query, limit }).catch(refuseReversed);
  }
}

function refuseReversed(error: unknown): never {
  if (!(error instanceof MomentsReversed)) throw error;
  throw ProblemError.invalid([
    {
      parameter: 'to',
      detail: 'is before `from`; a difference goes from the earlier moment to the later',
    },
  ]);
}
