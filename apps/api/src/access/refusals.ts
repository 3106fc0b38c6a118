import { type RefusalView, workspaceId as workspaceName } from '@casebook/contracts';
import type { Page } from '@casebook/views';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type DataSource, QueryFailedError } from 'typeorm';
import type { ProblemCode } from '../http/problem.js';
import type { Caller } from './access.guard.js';

/** Problems that deny access. */
const REFUSALS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unauthenticated',
  'wrong-workspace',
  'not-permitted',
  'rate-limited',
]);
/** Most distinct refusals that wait for the database; further ones appear in the log alone. */
const WAITING = 1_000;
/** The number of latest rows kept per workspace. */
const KEPT = 10_000;
/** How many flushes pass between two trims. */
const TRIM_EVERY = 50;
const FLUSH_AFTER_MS = 200;

interface Attempt {
  readonly workspaceId: string;
  /** '' if the member is unknown. */
  readonly memberId: string;
  readonly code: ProblemCode;
  readonly method: string;
  readonly route: string;
  readonly address: string;
}
interface Counted extends Attempt {
  readonly minute: string;
  count: number;
  readonly firstAt: string;
  lastAt: string;
}

/** A request at the stage where it was refused. */
export type Refusable = FastifyRequest & {
  caller?: Caller;
  problemCode?: ProblemCode;
  /** Its token is invalid, although the answer is not a 401. */
  wrongToken?: boolean;
};

/**
 * Receives each problem in an answer with several outcomes, such as a batch or an import: a single denial
 * makes the request an attempt.
 */
export const hearProblems =
  (request: Refusable) =>
  (code: ProblemCode): void => {
    if (REFUSALS.has(code)) request.problemCode = code;
  };

/**
 * Refused attempts, for the admins and auditors of the workspace concerned. Kept apart from the ledger, which
 * holds what happened and must not grow through people who may not write to it. Equal attempts within a
 * minute are one row with a count; the rows of a workspace are bounded. Counts reach the database within a
 * second; a crash loses that much.
 */
export class Refusals implements OnApplicationShutdown {
  private readonly waiting = new Map<string, Counted>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private flushes = 0;

  private readonly logger = new Logger(Refusals.name);
  private recorded = 0;
  private lost = 0;

  constructor(private readonly dataSource: DataSource) {}

  /** The number of attempts written since the start, and of those that could not be. */
  get tally(): { readonly recorded: number; readonly lost: number } {
    return { recorded: this.recorded, lost: this.lost };
  }

  /** Counts a request that was answered with a denial; other problems are ignored. */
  observe(request: Refusable): void {
    const { problemCode: code, caller } = request;
    if (code === undefined || !REFUSALS.has(code)) return;
    const attempt = {
      code,
      method: request.method,
      route: request.routeOptions.url ?? '',
      address: request.ip,
    };
    request.log.warn({ ...attempt, member: caller?.memberId, tokenId: caller?.tokenId }, 'refused');
    const { workspace } = (request.params ?? {}) as { workspace?: unknown };
    const aimedAt = workspaceName.safeParse(workspace ?? caller?.workspaceId);
    // An impossible workspace name appears in the log alone.
    if (!aimedAt.success) return;
    const workspaceId = aimedAt.data;
    this.count({ ...attempt, workspaceId, memberId: caller?.memberId ?? '' });
  }

  private count(attempt: Attempt): void {
    const now = new Date().toISOString();
    const minute = `${now.slice(0, 16)}:00.000Z`;
    const { workspaceId, memberId, code, method, route, address } = attempt;
    const key = JSON.stringify([minute, workspaceId, memberId, code, method, route, address]);
    const counted = this.waiting.get(key);
    if (counted !== undefined) {
      counted.count += 1;
      counted.lastAt = now;
    } else if (this.waiting.size < WAITING) {
      this.waiting.set(key, { ...attempt, minute, count: 1, firstAt: now, lastAt: now });
    } else {
      this.lost += 1;
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, FLUSH_AFTER_MS).unref();
  }

  /**
   * Writes the counts. An outage loses them, which the log and the metrics record: no answer waits for this or
   * fails because of it.
   */
  flush(): Promise<void> {
    const rows = [...this.waiting.values()];
    this.waiting.clear();
    if (rows.length > 0) this.flushing = this.flushing.then(() => this.write(rows));
    return this.flushing;
  }

  /** Writes all rows at once, or one by one if the database rejects one of them. Never rejects. */
  private async write(rows: readonly Counted[]): Promise<void> {
    try {
      await this.insert(rows);
    } catch (error) {
      if (error instanceof QueryFailedError && rows.length > 1) {
        for (const row of rows) await this.write([row]);
      } else {
        const attempts = rows.reduce((sum, { count }) => sum + count, 0);
        this.lost += attempts;
        this.logger.error(
          `${attempts} refused attempts could not be written (${this.lost} since the start): ${String(error)}`,
        );
      }
    }
  }

  private async insert(rows: readonly Counted[]): Promise<void> {
    // Workspace names come from addresses and can be invented, so only existing workspaces get rows.
    const [written] = await this.dataSource.query<{ attempts: number }[]>(
      `WITH attempts AS MATERIALIZED (
         SELECT r.* FROM jsonb_to_recordset($1::jsonb) AS r (
           "workspaceId" text, minute timestamptz, code text, method text, route text, address text, "memberId" text,
           count integer, "firstAt" timestamptz, "lastAt" timestamptz)
         WHERE EXISTS (SELECT FROM ledger_heads h WHERE h.workspace_id = r."workspaceId")),
       written AS (
         INSERT INTO access_refusals AS known
           (workspace_id, minute, code, method, route, address, member_id, count, first_at, last_at)
         SELECT * FROM attempts
         ORDER BY "workspaceId", minute, code, method, route, address, "memberId"
         ON CONFLICT (workspace_id, minute, code, method, route, address, member_id) DO UPDATE
           SET count = known.count + excluded.count, last_at = greatest(known.last_at, excluded.last_at))
       SELECT coalesce(sum(count), 0)::integer AS attempts FROM attempts`,
      [JSON.stringify(rows)],
    );
    this.recorded += written?.attempts ?? 0;
    this.flushes += 1;
    if (this.flushes % TRIM_EVERY === 0) {
      for (const workspaceId of new Set(rows.map((row) => row.workspaceId))) await this.trim(workspaceId);
    }
  }

  /** Deletes all but the latest rows of a workspace. */
  async trim(workspaceId: string, kept = KEPT): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM access_refusals WHERE workspace_id = $1 AND id <= (
         SELECT id FROM access_refusals WHERE workspace_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1)`,
      [workspaceId, kept],
    );
  }

  /** Latest first. */
  async list(
    workspaceId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: number | undefined },
  ): Promise<Page<RefusalView>> {
    const rows: (RefusalView & { id: string })[] = await this.dataSource.query(
      `SELECT id, first_at AS "firstAt", last_at AS "lastAt", count, code, method, route, address, member_id AS member
       FROM access_refusals
       WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [workspaceId, cursor ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(({ id: _, firstAt, lastAt, member, ...row }) => ({
      ...row,
      firstAt: new Date(firstAt).toISOString(),
      lastAt: new Date(lastAt).toISOString(),
      ...(member !== '' && { member }),
    }));
    return { items, next: rows.length > limit ? String(rows[limit - 1]?.id) : null };
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush();
  }
}
