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

/** Annotations proposed by scripts and assistants. */
@ApiTags('proposals')
@Controller('v1/workspaces/:workspace/incidents/:incident/proposals')
export class ProposalsController {
  constructor(@Inject(Proposals) private readonly proposals: Proposals) {}

  @Post()
  @Needs('propose')
  @Writes(true, {
    summary: 'Propose an annotation',
    description:
      'It is kept as an item of type proposal, with its author and confidence, until a member accepts or declines it; analyses ignore it. A proposal that could not be recorded now is refused for the same reason: a quote must be in its document. A token narrowed to read and propose can write nothing else.',
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
    summary: 'Accept proposals, unchanged or with changes, or decline them',
    description:
      'An accepted proposal becomes the proposed annotation, recorded by you, with the proposer in its origin; the item is retracted in the same commit. A declined one is retracted. The answer gives the outcome for each, and POST …/undo with the correlationId undoes all of it.',
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
