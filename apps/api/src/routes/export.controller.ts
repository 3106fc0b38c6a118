import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { exportQuery, workspaceId } from '@casebook/contracts';
import { ArchiveOvertaken, archivePages, brokenOffLine } from '@casebook/exchange';
import { Checkpoints, Ledger, type SignedCheckpoint } from '@casebook/ledger';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Access, type Caller, CallerOf, Needs } from '../access/access.guard.js';
import { Param, Query } from '../http/checked-parameters.js';
import { ProblemError } from '../http/problem.js';
import { accepts } from '../http/request-context.js';
import { Serves } from './documentation.js';
import { signedCheckpoint } from './transparency.controller.js';

@ApiTags('transparency')
@Controller('v1/workspaces/:workspace/ledger/export')
export class ExportController {
  constructor(
    @Inject(Checkpoints) private readonly checkpoints: Checkpoints,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Access) private readonly access: Access,
  ) {}

  @Get()
  @Needs('oversee')
  @Serves('application/x-ndjson', {
    summary: 'The whole ledger as a file that proves itself',
    description:
      'Every event as a CloudEvent, one per line, followed by the signed checkpoint: the same bytes as npx casebook export writes, for npx casebook import-ledger and npx casebook verify --offline. It holds everything, including restricted incidents and every marking, so it takes permission to oversee and a clearance of red. Accept-Encoding: gzip compresses it. Content-Location is the address of the same export; append after= to continue behind the last event received.',
    problems: ['not-found', 'export-overtaken'],
  })
  async export(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: exportQuery }) { after = 0, to }: z.infer<typeof exportQuery>,
    @CallerOf() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (caller.clearance !== 'red') {
      throw new ProblemError(
        'not-permitted',
        'An export of the ledger holds documents of every marking, and you are not cleared for all of them.',
      );
    }
    const checkpoint =
      to === undefined
        ? await signedCheckpoint(this.checkpoints, workspace)
        : await this.checkpointAt(workspace, to);
    if (after > checkpoint.size) {
      throw new ProblemError('not-found', `This export ends with position ${checkpoint.size}.`);
    }
    const lines = this.lines(workspace, caller, checkpoint, after);
    // Read the first page before answering, so that an error becomes a problem rather than a broken answer.
    const first = await lines.next();
    const text = Readable.from(
      (async function* () {
        if (!first.done) yield first.value;
        yield* lines;
      })(),
      { objectMode: false },
    );
    const compressed = accepts(request.headers['accept-encoding'], 'gzip');
    void reply.headers({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-location': `/v1/workspaces/${workspace}/ledger/export?to=${checkpoint.size}`,
      'content-disposition': `attachment; filename="${workspace}-${checkpoint.size}.jsonl"`,
      'cache-control': 'no-store',
      vary: 'accept-encoding',
      ...(compressed && { 'content-encoding': 'gzip' }),
    });
    // A break on either side ends both; nobody is left to inform.
    await reply.send(compressed ? pipeline(text, createGzip(), () => undefined) : text);
  }

  /** Text page by page, as fast as it is read. Ends early if the caller loses permission. */
  private async *lines(
    workspace: string,
    caller: Caller,
    checkpoint: SignedCheckpoint,
    after: number,
  ): AsyncGenerator<string, void, void> {
    const verifierKeys = await this.checkpoints.verifierKeys(workspace);
    let begun = false;
    try {
      for await (const { lines } of archivePages(
        this.ledger,
        workspace,
        { ...checkpoint, verifierKeys },
        after,
      )) {
        if (begun && !(await this.access.mayStill(caller))) {
          yield `${brokenOffLine(workspace, new Date().toISOString(), 'its reader lost permission to read it')}\n`;
          return;
        }
        begun = true;
        yield lines.map((line) => `${line}\n`).join('');
      }
    } catch (error) {
      if (!(error instanceof ArchiveOvertaken)) throw error;
      if (!begun) {
        throw new ProblemError(
          'export-overtaken',
          `Something up to position ${checkpoint.size} was erased at position ${error.erasedAt}. Destroy your part of this export and export again, without after and to.`,
          { erasedAt: error.erasedAt },
        );
      }
      yield `${brokenOffLine(workspace, new Date().toISOString(), error.message)}\n`;
    }
  }

  private async checkpointAt(workspace: string, size: number): Promise<SignedCheckpoint> {
    const checkpoint = await this.checkpoints.at(workspace, size);
    if (checkpoint !== null) return checkpoint;
    const nearest = await this.checkpoints.nearest(workspace, size);
    throw new ProblemError(
      'not-found',
      `No checkpoint was signed when the ledger had ${size} events${nearest.length > 0 ? `; the nearest were at ${nearest.join(' and ')}` : ''}. Leave to out for the current ledger.`,
      { nearest },
    );
  }
}
