import { Ledger } from '@casebook/ledger';
import { applyDecorators, Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type ProblemCode, ProblemError } from '../http/problem.js';
import { Readiness } from '../readiness.js';
import { ROLES, type Role } from '../roles.js';
import { problems } from './documentation.js';

/** Time limit for the database to answer. */
const PATIENCE_MS = 2_000;

/** The problems of a public route, which needs no token. */
const Answers = (...codes: ProblemCode[]) => applyDecorators(...problems(codes));

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {}

  @Get('live')
  @ApiOperation({
    summary: 'Is the process alive',
    description: 'Answers without asking the database. Restart the process if it does not answer.',
  })
  @ApiResponse({
    status: 200,
    description: 'it is',
    schema: { type: 'object', properties: { status: { type: 'string', const: 'live' } } } as object,
  })
  @Answers('bad-request', 'unavailable')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Can it serve requests',
    description:
      'Queries the database. Also 503 while commands cannot be recorded (a full disk, a lock that is never released), and as soon as the process is being stopped, although it still answers requests until it closes.',
  })
  @ApiResponse({
    status: 200,
    description: 'it can',
    schema: {
      type: 'object',
      properties: {
        status: { type: 'string', const: 'ready' },
        roles: {
          type: 'array',
          items: { type: 'string', enum: ROLES },
          description: 'what the process does (CASEBOOK_ROLES)',
        },
      },
    } as object,
  })
  @Answers('bad-request', 'unavailable')
  async ready(): Promise<{ status: 'ready'; roles: readonly Role[] }> {
    if (this.readiness.isStopping) {
      throw new ProblemError('unavailable', 'The process is being stopped.', {}, { 'retry-after': '1' });
    }
    const { trouble } = this.ledger;
    if (trouble !== null) {
      throw new ProblemError(
        'unavailable',
        `Commands cannot be recorded just now: ${trouble}.`,
        {},
        { 'retry-after': '1' },
      );
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the database did not answer in time')), PATIENCE_MS);
    });
    try {
      await Promise.race([this.dataSource.query('SELECT 1'), late]);
      return { status: 'ready', roles: this.readiness.roles };
    } catch (cause) {
      throw new ProblemError(
        'unavailable',
        'The database does not answer.',
        {},
        { 'retry-after': '1' },
        { cause },
      );
    } finally {
      clearTimeout(timer);
    }
  }
}
