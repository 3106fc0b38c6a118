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

/** Carries claims over to the next edition of their document. */
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
      'The document is the new edition; its `supersedes` names the previous one. The new edition is attached, and every active claim of the incident in the previous edition is revised to refer to the new one, located by its quote and context. The answer gives the outcome for each claim. Claims whose quote is not found stay where they are. POST …/undo with the correlationId undoes all of it. Repeating it moves only the claims that remain.',
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
