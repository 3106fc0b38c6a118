import {
  carryOver,
  type CarryOver,
  carryOverReport,
  type CarryOverReport,
  documentId,
  entityId,
} from '@casebook/contracts';
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/access.guard.js';
import { CarryingOver } from '../commands/exchange/carry-over.js';
import { Body, Param } from '../http/checked-parameters.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Acts } from './documentation.js';

/** Claims follow their document into its next edition. */
@ApiTags('incidents')
@Controller('v1/workspaces/:workspace/incidents/:incident/documents/:document/carry-over')
export class CarryOverController {
  constructor(@Inject(CarryingOver) private readonly carrying: CarryingOver) {}

  @Post()
  @HttpCode(200)
  @Needs('annotate')
  @Acts(200, carryOverReport, {
    summary: 'Carry the claims of an incident over to a new edition of their document',
    description:
      'The document is the new edition; its supersedes names the one before. It is attached, and every active claim of the incident that stands in the edition before is revised to stand in the new one, by its quote and context: what becomes of each is told. Claims whose quote is not found stay where they are. POST …/undo with the correlationId takes all of it back. Doing it again moves only what is left.',
    problems: [
      'incident-unknown',
      'incident-closed',
      'document-unknown',
      'document-erased',
      'field-required',
    ],
  })
  carry(
    @Param('incident', { schema: entityId }) incidentId: string,
    @Param('document', { schema: documentId }) document: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: carryOver }) body: CarryOver,
  ): Promise<CarryOverReport> {
    return this.carrying.run({ request, incidentId, documentId: document, body });
  }
}
