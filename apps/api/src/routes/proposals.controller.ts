import {
  decideProposals,
  type DecideProposals,
  entityId,
  proposal,
  type Proposal,
  proposalsReport,
  type ProposalsReport,
  workspaceId,
} from '@casebook/contracts';
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/access.guard.js';
import { Proposals } from '../commands/proposals.js';
import { Written } from '../http/answers.js';
import { Body, Param } from '../http/checked-parameters.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Acts, ANY_REFUSAL, Writes } from './documentation.js';

/** Annotations that scripts and assistants propose. */
@ApiTags('proposals')
@Controller('v1/workspaces/:workspace/incidents/:incident/proposals')
export class ProposalsController {
  constructor(@Inject(Proposals) private readonly proposals: Proposals) {}

  @Post()
  @Needs('propose')
  @Writes(true, {
    summary: 'Propose an annotation',
    description:
      'It is kept as an item of the type proposal, with who proposes it and how sure, until a member accepts or declines it; it counts in no analysis. What could not be recorded now is refused as the recording would be: a quote has to be in its document. A token that is narrowed to read and propose can write nothing else.',
    problems: ANY_REFUSAL,
  })
  async propose(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: proposal }) body: Proposal,
  ): Promise<Written> {
    const { answer, replayed } = await this.proposals.propose(request, incidentId, body);
    return new Written(answer, {
      created: true,
      replayed,
      location: `/v1/workspaces/${workspace}/incidents/${incidentId}/items/${answer.id}`,
    });
  }

  @Post('decisions')
  @HttpCode(200)
  @Needs('annotate')
  @Acts(200, proposalsReport, {
    summary: 'Accept proposals, as they are or changed, or decline them',
    description:
      'An accepted proposal becomes the annotation that it proposes, recorded by you, with its origin naming who proposed it; the item is retracted in the same commit. A declined one is retracted. What becomes of each is told, and POST …/undo with the correlationId takes all of it back.',
    problems: ['incident-unknown'],
  })
  decide(
    @Param('incident', { schema: entityId }) incidentId: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: decideProposals }) body: DecideProposals,
  ): Promise<ProposalsReport> {
    return this.proposals.decide(request, incidentId, body);
  }
}
