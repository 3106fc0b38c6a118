import { PassThrough, Readable } from 'node:stream';
import {
  entityId,
  type IncidentImportQuery,
  incidentImportQuery,
  type RememberedColumns,
  RECORDING_COMMANDS,
  workspaceId,
} from '@casebook/contracts';
import {
  IMPORT_FORMATS,
  IMPORT_MEDIA_TYPES,
  type ImportFormat,
  type ImportFormatName,
  type ReadOptions,
} from '@casebook/exchange';
import { IncidentQueries, RevisionQueries } from '@casebook/views';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '../access/access.guard.js';
import { hearProblems } from '../access/refusals.js';
import { readAs } from '../access/visibility.js';
import { AnnotationImporter } from '../commands/annotation-import.js';
import { ExchangeImporter } from '../commands/exchange/exchange-import.js';
import { Param, Query } from '../http/checked-parameters.js';
import { ProblemError } from '../http/problem.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Serves } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

/** Formats sent as JSON and identified by `from`. */
const BY_TOOL = (Object.keys(IMPORT_FORMATS) as ImportFormatName[]).filter(
  (name) => !Object.values(IMPORT_MEDIA_TYPES).includes(name),
);
const FORMATS = Object.entries<ImportFormat>(IMPORT_FORMATS).map(
  ([name, { description }]) => `${name} (${description})`,
);

@ApiTags('batches')
@Controller('v1/workspaces/:workspace/incidents/:incident/import')
export class ImportController {
  constructor(
    @Inject(AnnotationImporter) private readonly importer: AnnotationImporter,
    @Inject(ExchangeImporter) private readonly exchange: ExchangeImporter,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(RevisionQueries) private readonly revisions: RevisionQueries,
  ) {}

  @Post()
  @HttpCode(200)
  @Needs('annotate')
  @ApiConsumes('application/x-ndjson', ...Object.keys(IMPORT_MEDIA_TYPES))
  @ApiBody({
    required: true,
    description: `The format given by the media type or, for application/json, by from. JSON Lines, at most 1 MiB each: key (1 to 200 printable characters, without spaces), command (${Object.keys(RECORDING_COMMANDS).join(', ')}) and body (of the route of the same purpose)`,
    schema: { type: 'string' },
    examples: {
      attack: { value: '{"key":"row-17","command":"record-attack","body":{"summary":"Rockets"}}\n' },
    },
  })
  @Serves('application/x-ndjson', {
    summary: 'Import any number of annotations as a stream',
    description: `With application/x-ndjson, each line is recorded on its own, in order. The answer streams back JSON Lines: {type: refused, line, key, problem} for each refused line, {type: progress, lines, recorded, already, refused} every 1,000 lines, and {type: end, complete} with the same numbers. It stops early, with complete: false, at the 1,000th refused line or when nothing arrives for 30 s. A line that an earlier import recorded (same incident, same key) is not recorded again, so an interrupted import can simply be sent again. "$key" in a line refers to what the line with that key creates. stop=first stops at the first refused line. Other tools: ${FORMATS.join('; ')}; as ${Object.keys(IMPORT_MEDIA_TYPES).join(', ')}, or as application/json with from=${BY_TOOL.join(' or ')}. The answer streams back {type: item, index, source, outcome, id, kind, distance, why} for each item and finally {type: end, import}: send that id to POST …/undo as correlationId to undo the whole import. An item that was imported before is known and records nothing. Authors from other tools are kept in origin.attributedTo. No address in the input is fetched. dryRun=true gives the same answer and records nothing. docs/exchange.md describes each tool.`,
    problems: ['incident-unknown', 'unsupported-media-type'],
    writes: true,
  })
  async import(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @Query({ schema: incidentImportQuery }) query: IncidentImportQuery,
    @WriteRequestOf() request: WriteRequest,
    @Req() raw: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { body } = raw;
    const format = formatOf(raw, query);
    if (!(body instanceof Readable) || format === undefined) {
      throw new ProblemError(
        'unsupported-media-type',
        `Send JSON Lines as application/x-ndjson, ${Object.keys(IMPORT_MEDIA_TYPES).join(', ')}, or application/json with from=${BY_TOOL.join(', from=')}.`,
      );
    }
    const stopFirst = query.stop === 'first';
    const hear = hearProblems(raw);
    if (format !== 'lines') {
      const { dryRun, document } = query;
      const table = await readAs(request.caller, () => this.tableOf(raw, workspace, query));
      const refusal = IMPORT_FORMATS[format].refusal?.(table);
      if (refusal !== undefined) throw ProblemError.invalid([refusal]);
      const work = { request, incidentId, format, stopFirst, hear, document, table, from: body };
      const run = await this.exchange.open({ ...work, dryRun: dryRun === 'true' });
      const told = new PassThrough();
      void run.run(told);
      await reply
        .headers({ 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' })
        .send(told);
      return;
    }
    if (!(await readAs(request.caller, () => this.incidents.has(workspace, incidentId))))
      throw unknownIncident();
    const report = new PassThrough();
    // Runs beside the answer that it writes, and reports its own failures there.
    void this.importer.run({
      request,
      incidentId,
      stopFirst,
      hear,
      from: body,
      to: report,
    });
    await reply
      .headers({ 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' })
      .send(report);
  }

  /** The options of a table: from the request, or else from the settings. */
  private async tableOf(
    { headers }: FastifyRequest,
    workspace: string,
    { kind, columns }: IncidentImportQuery,
  ): Promise<Omit<ReadOptions, 'parse'>> {
    const remembered = kind === undefined || kind === 'tolls' ? {} : await this.remembered(workspace, kind);
    return {
      rows: kind,
      columns: { ...remembered, ...columns },
      charset: charsetIn(headers['content-type']),
    };
  }

  private async remembered(
    workspace: string,
    kind: keyof RememberedColumns,
  ): Promise<Readonly<Record<string, string>>> {
    return (await this.revisions.settings(workspace)).importColumns?.[kind] ?? {};
  }
}

/** The charset in a Content-Type. */
const charsetIn = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1];

/** The format of the body: Casebook's own lines, or another tool's format; `undefined` if it cannot be imported. */
function formatOf(
  { headers }: FastifyRequest,
  { from }: IncidentImportQuery,
): ImportFormatName | 'lines' | undefined {
  const mediaType = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/x-ndjson') return 'lines';
  if (mediaType === 'application/json') return BY_TOOL.find((name) => name === from);
  return Object.hasOwn(IMPORT_MEDIA_TYPES, mediaType) ? IMPORT_MEDIA_TYPES[mediaType] : undefined;
}
