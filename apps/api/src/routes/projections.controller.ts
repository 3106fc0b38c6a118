import {
  entityId,
  incidentProof,
  type IncidentProof,
  projectionParameter,
  projectionsView,
  type ProjectionsView,
  projectionView,
  type ProjectionView,
  undoneRebuild,
  type UndoneRebuild,
  workspaceId,
} from '@casebook/contracts';
import { ProjectionQueries } from '@casebook/projections';
import { IncidentProofs } from '@casebook/views';
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf, Needs } from '../access/access.guard.js';
import { readAs } from '../access/visibility.js';
import { Rebuilds } from '../commands/rebuilds.js';
import { Param } from '../http/checked-parameters.js';
import { ProblemError } from '../http/problem.js';
import { Acts, Reads } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

/** The state of the views and their rebuilds, for operators. The workspace is that of the token. */
@ApiTags('projections')
@Controller('v1/admin/projections')
export class ProjectionsController {
  constructor(
    @Inject(ProjectionQueries) private readonly queries: ProjectionQueries,
    @Inject(Rebuilds) private readonly rebuilds: Rebuilds,
  ) {}

  @Get()
  @Needs('administer')
  @Reads(projectionsView, {
    summary: 'The progress of each view, and its errors',
    description:
      'For the workspace of your token: the position and lag of every version of every view, the event and the error it failed on, if any, and its latest rebuild.',
  })
  list(@CallerOf() caller: Caller): Promise<ProjectionsView> {
    return this.standing(caller);
  }

  @Post(':view/rebuild')
  @HttpCode(202)
  @Needs('administer')
  @Acts(202, projectionView, {
    summary: 'Rebuild a view from the first event, beside the rows in use',
    description:
      'Reads and writes continue. Differences are corrected in one transaction; GET /v1/admin/projections shows the progress. POST …/undo undoes it.',
    problems: ['not-found', 'rebuild-refused'],
  })
  async rebuild(
    @CallerOf() caller: Caller,
    @Param('view', { schema: projectionParameter }) name: string,
  ): Promise<ProjectionView> {
    await this.rebuilds.start(caller.workspaceId, name);
    const { items } = await this.standing(caller);
    const found = items.filter(({ view }) => view === name).at(-1);
    if (found === undefined) throw new Error(`the view ${name} was rebuilt but does not exist`);
    return found;
  }

  @Post(':view/undo')
  @HttpCode(200)
  @Needs('administer')
  @Acts(200, undoneRebuild, {
    summary: 'Undo the latest rebuild of a view',
    description: 'Restores the rows that it replaced, except those changed by writes since.',
    problems: ['not-found', 'rebuild-refused'],
  })
  async undo(
    @CallerOf() { workspaceId: workspace }: Caller,
    @Param('view', { schema: projectionParameter }) name: string,
  ): Promise<UndoneRebuild> {
    return { view: name, restored: await this.rebuilds.undo(workspace, name) };
  }

  private async standing(caller: Caller): Promise<ProjectionsView> {
    const standing = await readAs(caller, () => this.queries.projections(caller.workspaceId));
    if (standing === null) throw new ProblemError('not-found', 'There is no such workspace.');
    return standing;
  }
}

@ApiTags('transparency')
@Controller('v1/workspaces/:workspace/incidents/:incident/proof')
export class IncidentProofController {
  constructor(@Inject(IncidentProofs) private readonly proofs: IncidentProofs) {}

  @Get()
  @Needs('read')
  @Reads(incidentProof, {
    summary: 'A checksum of the rows about an incident, bound to the root of the ledger',
    description:
      'Rebuilding from the ledger with this root gives rows with the same checksum at the same position; npx casebook verify checks this.',
    problems: ['incident-unknown'],
  })
  async proof(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) id: string,
  ): Promise<IncidentProof> {
    const proof = await this.proofs.incidentProof(workspace, id);
    if (proof === null) throw unknownIncident();
    return proof;
  }
}
