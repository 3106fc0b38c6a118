import { Ledger } from '@casebook/ledger';
import { ProgressWatch, type WorkspaceProgress } from '@casebook/projections';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  type OnModuleDestroy,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';
import { type Authenticated, isRead, preferred, single } from './request-context.js';

/**
 * Seconds that a read waits for the requested position: the default, and the most that a client may request.
 */
const PATIENCE = { usual: 5, most: 30 } as const;

const FROM_VIEWS = 'casebook:views';
/** Names the views that a route reads, if not the inline ones. */
export const FromViews = (...names: readonly string[]) => SetMetadata(FROM_VIEWS, names);

/**
 * Every answer to a caller states in `Ledger-Position` which position it reflects at least: it includes each
 * event up to it, and perhaps later ones. A read that requests a position (`Ledger-Position-At-Least`) waits
 * until its views have reached it, or gets 503. For writes, this covers answers without a position of their
 * own: refusals, previews, imports.
 */
@Injectable()
export class PositionsGuard implements CanActivate, OnModuleDestroy {
  /** A position that each workspace's ledger has reached, so that a write needs no query. */
  private readonly known = new Map<string, number>();
  readonly onModuleDestroy: () => void;

  constructor(
    private readonly reflector: Reflector,
    @Inject(ProgressWatch) private readonly progress: ProgressWatch,
    @Inject(Ledger) ledger: Ledger,
  ) {
    this.onModuleDestroy = ledger.onCommitted((workspaceId, events) =>
      this.learn(workspaceId, events.at(-1)?.position ?? 0),
    );
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Authenticated>();
    if (request.caller === undefined) return true;
    const { workspaceId } = request.caller;
    // Determined before the handler reads or decides, so that its result is not older.
    const position = isRead(request)
      ? await this.reached(
          request,
          workspaceId,
          this.reflector.get<readonly string[] | undefined>(FROM_VIEWS, context.getHandler()),
        )
      : (this.known.get(workspaceId) ?? (await this.progress.of(workspaceId))?.size ?? 0);
    this.learn(workspaceId, position);
    void http.getResponse<FastifyReply>().header('ledger-position', String(position));
    return true;
  }

  private learn(workspaceId: string, position: number): void {
    const known = this.known.get(workspaceId);
    if (known !== undefined && known >= position) return;
    if (known === undefined && this.known.size === MOST_KNOWN) this.known.clear();
    this.known.set(workspaceId, position);
  }

  /** @throws ProblemError position-not-reached, invalid-request */
  private async reached(
    request: FastifyRequest,
    workspaceId: string,
    views: readonly string[] | undefined,
  ): Promise<number> {
    const needed = neededPosition(request);
    const positionIn = (found: WorkspaceProgress | null) =>
      found === null ? 0 : this.progress.reflected(found, views);
    const now = positionIn(await this.progress.of(workspaceId));
    if (now >= needed) return now;
    const seconds = patience(request);
    const isThere = (found: WorkspaceProgress) => positionIn(found) >= needed;
    const position = positionIn(await this.progress.when(workspaceId, isThere, seconds * 1000));
    if (position >= needed) return position;
    throw new ProblemError(
      'position-not-reached',
      `This view is at position ${position}, not ${needed}, after a wait of ${seconds} s. Try again; if that does not help, check that the position is one of this workspace.`,
      { position, needed },
      { 'retry-after': '1', 'ledger-position': String(position) },
    );
  }
}

/** The number of workspaces whose positions are cached. */
const MOST_KNOWN = 10_000;

/** @throws ProblemError invalid-request */
function neededPosition({ headers }: FastifyRequest): number {
  const value = single(headers['ledger-position-at-least']);
  if (value === undefined) return 0;
  if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(Number(value))) {
    throw ProblemError.invalid([
      {
        header: 'Ledger-Position-At-Least',
        detail: 'must be a position of the ledger, as in the header Ledger-Position: 42 of an answer',
      },
    ]);
  }
  return Number(value);
}

/** `Prefer: wait=10` (RFC 7240 §4.3). A malformed preference is ignored, as the RFC says. */
function patience({ headers }: FastifyRequest): number {
  const value = preferred(single(headers['prefer']), 'wait');
  return value !== undefined && /^\d{1,6}$/.test(value)
    ? Math.min(Number(value), PATIENCE.most)
    : PATIENCE.usual;
}
