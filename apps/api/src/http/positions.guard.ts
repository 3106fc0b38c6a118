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

/** Seconds that a read waits for the position that was asked for, and the most that a client may have it wait. */
const PATIENCE = { usual: 5, most: 30 } as const;

const FROM_VIEWS = 'casebook:views';
/** Names the views that a route answers from, where they are others than the inline ones. */
export const FromViews = (...names: readonly string[]) => SetMetadata(FROM_VIEWS, names);

/**
 * Every answer to a caller says in `Ledger-Position` which position of the ledger it reflects at least: each event up to it is in the answer, and
 * later ones may be. A read that asks for a position (`Ledger-Position-At-Least`) waits until its views are there, or is answered with 503. What a
 * write says here holds for those that name no position of their own: refusals, previews, imports.
 */
@Injectable()
export class PositionsGuard implements CanActivate, OnModuleDestroy {
  /** By workspace, a position that its ledger has come to: so a write asks nothing for it. */
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
    // Before the handler reads or decides: so what it finds is no older.
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
      `What this answers from is at position ${position}, not ${needed}, after a wait of ${seconds} s. Ask again; if it stays so, look whether the position is one of this workspace.`,
      { position, needed },
      { 'retry-after': '1', 'ledger-position': String(position) },
    );
  }
}

/** Workspaces whose positions are kept in mind. */
const MOST_KNOWN = 10_000;

/** @throws ProblemError invalid-request */
function neededPosition({ headers }: FastifyRequest): number {
  const value = single(headers['ledger-position-at-least']);
  if (value === undefined) return 0;
  if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(Number(value))) {
    throw ProblemError.invalid([
      {
        header: 'Ledger-Position-At-Least',
        detail: 'must be a position of the ledger, such as an answer has in Ledger-Position: 42',
      },
    ]);
  }
  return Number(value);
}

/** `Prefer: wait=10` (RFC 7240 §4.3). A preference that cannot be understood is ignored, as the RFC has it. */
function patience({ headers }: FastifyRequest): number {
  const value = preferred(single(headers['prefer']), 'wait');
  return value !== undefined && /^\d{1,6}$/.test(value)
    ? Math.min(Number(value), PATIENCE.most)
    : PATIENCE.usual;
}
