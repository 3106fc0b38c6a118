import { PassThrough, Readable } from 'node:stream';
import { entityId, RECORDING_COMMANDS, workspaceId } from '@casebook/contracts';
import { IncidentQueries } from '@casebook/views';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiBody, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { hearProblems } from '../access/refusals.js';
import { readAs } from '../access/visibility.js';
import { AnnotationImporter } from '../commands/annotation-import.js';
import { Param, Query } from '../http/checked-parameters.js';
import { ProblemError } from '../http/problem.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Serves } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

const importQuery = z.strictObject({ stop: z.literal('first').optional() });

@ApiTags('batches')
@Controller('v1/workspaces/:workspace/incidents/:incident/import')
export class ImportController {
  constructor(
    @Inject(AnnotationImporter) private readonly importer: AnnotationImporter,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
  ) {}

  @Post()
  @HttpCode(200)
  @Needs('annotate')
  @ApiConsumes('application/x-ndjson')
  @ApiBody({
    required: true,
    description: `JSON Lines, at most 1 MiB each: key (1 to 200 printable characters, without spaces), command (${Object.keys(RECORDING_COMMANDS).join(', ')}) and body (of the route of the same purpose)`,
    schema: { type: 'string' },
    examples: {
      attack: { value: '{"key":"row-17","command":"record-attack","body":{"summary":"Rockets"}}\n' },
    },
  })
  @ApiQuery({ name: 'stop', required: false, schema: { type: 'string', enum: ['first'] } })
  @Serves('application/x-ndjson', {
    summary: 'Import annotations, any number of them, as they are read',
    description:
      'Each line is recorded by itself, in order. The answer streams back JSON Lines: {type: refused, line, key, problem} for each line that is refused, {type: progress, lines, recorded, already, refused} every 1,000 lines, and {type: end, complete} with the same numbers. It stops early, complete: false, at the 1,000th line that is refused, and when nothing arrives for 30 s. A line that an earlier import recorded (same incident, same key) records nothing again, so an import that broke off is simply sent again. "$key" in a line refers to what the line with that key makes. stop=first: stop at the first line that is refused.',
    problems: ['incident-unknown', 'unsupported-media-type'],
    writes: true,
  })
  async import(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @Query({ schema: importQuery }) { stop }: z.infer<typeof importQuery>,
    @WriteRequestOf() request: WriteRequest,
    @Req() raw: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { body } = raw;
    if (!(body instanceof Readable)) {
      throw new ProblemError('unsupported-media-type', 'Send JSON Lines, as application/x-ndjson.');
    }
    if (!(await readAs(request.caller, () => this.incidents.has(workspace, incidentId))))
      throw unknownIncident();
    const report = new PassThrough();
    // Runs beside the answer, which it feeds; it reports its own failures in it.
    void this.importer.run({
      request,
      incidentId,
      stopFirst: stop === 'first',
      hear: hearProblems(raw),
      from: body,
      to: report,
    });
    await reply
      .headers({ 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' })
      .send(report);
  }
}
