import { Readable } from 'node:stream';
import { documentId, entityId, incidentExportQuery, momentQuery, workspaceId } from '@casebook/contracts';
import {
  CASEBOOK_CONTEXT,
  documentAnnotations,
  extensionSchema,
  EXPORT_FORMAT_NAMES,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportFormatName,
  type ExportOptions,
  ExportRefused,
} from '@casebook/exchange';
import { sha256 } from '@casebook/ledger';
import { IncidentSources, type IncidentSource } from '@casebook/views';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Access, type Caller, CallerOf, Needs } from '../access/access.guard.js';
import { readAs } from '../access/visibility.js';
import { isKnown } from '../http/answers.js';
import { addressOf } from '../http/base-address.js';
import { Param, Query } from '../http/checked-parameters.js';
import { AnyMoment, dateAnswer } from '../http/moments.guard.js';
import { ProblemError } from '../http/problem.js';
import { PdfPrinter } from '../reports/pdf-printer.js';
import { ReportProofs } from '../reports/report-proofs.js';
import { Revalidates, Serves } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

const exportFormat = z.enum(EXPORT_FORMAT_NAMES, {
  error: `is not an export format: ${EXPORT_FORMAT_NAMES.join(', ')}`,
});

/** The media types of the formats, without parameters. */
const EXPORT_MEDIA_TYPES = [
  ...new Set(
    Object.values<ExportFormat>(EXPORT_FORMATS).map(({ mediaType }) => mediaType.split(';')[0] ?? mediaType),
  ),
];

/** Pieces of the answer between two checks that the caller may still read. */
const PIECES = 64;

interface Exported {
  readonly caller: Caller;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** An incident, or the annotations of a document, in the formats of other tools. */
@ApiTags('exchange')
@Controller('v1/workspaces/:workspace')
export class IncidentExportsController {
  constructor(
    @Inject(IncidentSources) private readonly sources: IncidentSources,
    @Inject(Access) private readonly access: Access,
    @Inject(ReportProofs) private readonly proofs: ReportProofs,
    @Inject(PdfPrinter) private readonly printer: PdfPrinter,
  ) {}

  @Get('incidents/:incident/export/:format')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Serves(EXPORT_MEDIA_TYPES, {
    summary: 'Export an incident in the format of another tool, now or as it was',
    description: `Streamed, with the media type of the format and a file name. The formats: ${EXPORT_FORMAT_NAMES.map((name) => `${name} (${EXPORT_FORMATS[name].description})`).join('; ')}. Ledger-Position gives the position it reflects; the ETag and If-None-Match avoid sending it again. docs/exchange.md says how to load it into each tool.`,
    problems: ['incident-unknown', 'too-costly', 'not-available'],
  })
  async incident(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @Param('format', { schema: exportFormat }) name: ExportFormatName,
    @Query({ schema: incidentExportQuery }) { asOf, kind: rows }: z.infer<typeof incidentExportQuery>,
    @CallerOf() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const position = positionOf(asOf, reply);
    const source = await this.sources.open(workspace, incidentId, position);
    if (source === null) throw unknownIncident();
    const format: ExportFormat = EXPORT_FORMATS[name];
    const base = addressOf(request);
    const checkpoint = format.isProved && (await this.proofs.checkpointAt(workspace, position));
    const proof = checkpoint && (() => this.proofs.proof(source, checkpoint));
    const print = name === 'report.pdf' ? await this.print() : undefined;
    await this.send({ caller, request, reply }, format, {
      version: [source.version, ...(checkpoint ? [String(position), checkpoint.note] : [])],
      file: `incident-${incidentId}-${source.header.position}`,
      pieces: () => format.write(source, { base, rows, proof, print }),
    });
  }

  /** The PDF printer; `undefined` if this service has none. */
  private async print(): Promise<ExportOptions['print']> {
    const executable = await this.printer.executable();
    return executable === undefined
      ? undefined
      : (page, modified) => this.printer.print(executable, page, modified);
  }

  @Get('documents/:document/export/web-annotation')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Serves('application/ld+json', {
    summary: 'Export the claims in a document as Web Annotations',
    description:
      'From every incident that you may see, as one AnnotationCollection in JSON-LD; retracted claims are marked.',
    problems: ['document-unknown'],
  })
  async document(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('document', { schema: documentId }) id: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
    @CallerOf() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const position = positionOf(asOf, reply);
    if (!(await this.sources.hasDocument(workspace, id, position))) {
      throw new ProblemError(
        'document-unknown',
        'There is no such document in this workspace. GET …/documents lists them.',
      );
    }
    const incidents = await this.sources.incidentsOf(workspace, id);
    const versions: string[] = [];
    for (const incident of incidents)
      versions.push((await this.sources.open(workspace, incident, position))?.version ?? '');
    const { sources } = this;
    const opened = async function* (): AsyncGenerator<IncidentSource> {
      for (const incident of incidents) {
        const source = await sources.open(workspace, incident, position);
        if (source !== null) yield source;
      }
    };
    const base = addressOf(request);
    await this.send({ caller, request, reply }, EXPORT_FORMATS['web-annotation'], {
      version: versions,
      file: `document-${id.slice(7, 19)}-${position}`,
      pieces: () => documentAnnotations(id, opened(), { base, workspaceId: workspace }),
    });
  }

  /** Sends the pieces as fast as they are read. They are read as the caller, who must keep permission to the end. */
  private async send(
    { caller, request, reply }: Exported,
    { mediaType, extension, policy }: Pick<ExportFormat, 'mediaType' | 'extension' | 'policy'>,
    {
      version,
      file,
      pieces,
    }: { version: readonly string[]; file: string; pieces(this: void): AsyncIterable<string | Uint8Array> },
  ): Promise<void> {
    dateAnswer(request, reply);
    const tag = `"${sha256(JSON.stringify([request.url, addressOf(request), ...version])).toString('base64url')}"`;
    void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
    if (isKnown(tag, request)) return reply.code(304).send();
    void reply.headers({
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${file}.${extension}"`,
      'x-content-type-options': 'nosniff',
      ...(policy !== undefined && { 'content-security-policy': policy }),
    });
    if (request.method === 'HEAD') return reply.send();
    const read = this.readBy(caller, pieces());
    // Make the first piece before answering, so that an error becomes a problem rather than a broken answer.
    const first = await read.next().catch((error: unknown) => {
      throw error instanceof ExportRefused ? new ProblemError(error.code, error.message) : error;
    });
    await reply.send(
      Readable.from(
        (async function* () {
          if (first.done === true) return;
          yield first.value;
          yield* read;
        })(),
        { objectMode: false },
      ),
    );
  }

  private async *readBy(
    caller: Caller,
    pieces: AsyncIterable<string | Uint8Array>,
  ): AsyncGenerator<string | Uint8Array, void, void> {
    const iterator = pieces[Symbol.asyncIterator]();
    for (let count = 1; ; count += 1) {
      const next = await readAs(caller, () => iterator.next());
      if (next.done === true) return;
      yield next.value;
      if (count % PIECES === 0 && !(await this.access.mayStill(caller)))
        throw new Error('the reader of an export lost permission to read it');
    }
  }
}

/** The position that the answer reflects: the requested one, or the one that the views have reached. */
function positionOf(asOf: z.infer<typeof momentQuery>['asOf'], reply: FastifyReply): number {
  // The guard has resolved a time to its position.
  if (asOf !== undefined && 'position' in asOf) return asOf.position;
  return Number(reply.getHeader('ledger-position'));
}

/** Definitions of Casebook's own terms, at the addresses used in exports. */
@ApiTags('exchange')
@Controller('ns')
export class ContextController {
  @Get('casebook-stix.schema.json')
  @Serves('application/schema+json', {
    summary: 'The JSON Schema of Casebook’s extension of STIX',
    description:
      'The extension-definition in every exported STIX bundle refers to it. The same for every caller.',
    open: true,
  })
  async stixSchema(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await reply
      .headers({
        'content-type': 'application/schema+json',
        'cache-control': 'public, max-age=86400',
        'access-control-allow-origin': '*',
      })
      .serializer((body: unknown) => JSON.stringify(body))
      .send(extensionSchema(addressOf(request)));
  }

  @Get('casebook.jsonld')
  @Serves('application/ld+json', {
    summary: 'The JSON-LD context of Casebook’s own terms',
    description:
      'Every exported Web Annotation refers to it, beside the W3C context. The same for every caller.',
    open: true,
  })
  async context(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .headers({
        'content-type': 'application/ld+json',
        'cache-control': 'public, max-age=86400',
        'access-control-allow-origin': '*',
      })
      .serializer((body: unknown) => JSON.stringify(body))
      .send(CASEBOOK_CONTEXT);
  }
}
