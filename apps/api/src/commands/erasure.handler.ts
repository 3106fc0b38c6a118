import type { ErasePayloads, ErasureAnswer, PayloadOf } from '@casebook/contracts';
import { Ledger, newId, type StoredEvent } from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import { IncidentQueries, planErasure, UndoQueries } from '@casebook/views';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { readAs } from '../access/visibility.js';
import { ProblemError } from '../http/problem.js';
import type { WriteRequest } from '../http/request-context.js';
import { keyFault, permissionFault } from './commit.js';

export interface Erased {
  readonly answer: ErasureAnswer;
  /** Whether something was recorded now. */
  readonly created: boolean;
  readonly replayed: boolean;
}

/** One erasure by law. */
export class ErasureWrite extends Command<Erased> {
  constructor(
    readonly request: WriteRequest,
    readonly body: ErasePayloads,
  ) {
    super();
  }
}

@CommandHandler(ErasureWrite)
export class ErasureHandler implements ICommandHandler<ErasureWrite> {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(UndoQueries) private readonly undos: UndoQueries,
  ) {}

  async execute({ request, body }: ErasureWrite): Promise<Erased> {
    const { caller } = request;
    const { workspaceId } = caller;
    const { positions, subject, includeQuotes = false, reason, legalBasis } = body;
    // Restrictions hide nothing from an admin's full token, but markings may, and a narrowed token may hide
    // more.
    const hidden = () => readAs(caller, () => this.incidents.hiddenStreams());
    const { plan, earlier } = await planErasure(
      poolOf(this.dataSource),
      {
        workspaceId,
        id: newId(),
        ...(positions !== undefined && { positions }),
        ...(subject !== undefined && { subject }),
        includeQuotes,
        reason,
        legalBasis,
        hidden,
      },
      (context) => permissionFault(caller, 'administer', context),
    );
    const outcome = await this.ledger.erase({
      workspaceId,
      ...(request.key !== undefined && { commandId: request.key }),
      body: { route: request.route, body },
      actorId: caller.memberId,
      correlationId: request.correlationId,
      plan,
    });
    switch (outcome.status) {
      case 'committed': {
        const { replayed } = outcome;
        const answer = erasureAnswerOf(outcome.events);
        const seen = new Set(
          (await readAs(caller, () => this.undos.at(workspaceId, answer.quotedAt))).keys(),
        );
        return {
          answer: { ...answer, quotedAt: answer.quotedAt.filter((position) => seen.has(position)) },
          created: true,
          replayed,
        };
      }
      case 'unchanged': {
        const before = earlier();
        if (before === undefined) throw new Error('nothing to erase, and nothing erased before');
        return {
          answer: { ...before, revision: 1, positions: [], quotedAt: [] },
          created: false,
          replayed: false,
        };
      }
      case 'refused':
        throw ProblemError.ofRefusal(outcome.refusal);
      case 'key-reused':
      case 'in-progress':
      case 'no-such-workspace':
        throw keyFault(outcome.status);
    }
  }
}

/** The answer to an erasure, derived from its events alone. */
export function erasureAnswerOf(events: readonly StoredEvent[]): ErasureAnswer {
  const erasures = events.filter(({ type }) => type === 'PayloadErased');
  const said = erasures.map(({ payload }) => payload as unknown as PayloadOf<'PayloadErased'>);
  const last = erasures.at(-1);
  if (last === undefined) throw keyFault('key-reused');
  return {
    id: last.subject ?? '',
    revision: 1,
    position: last.position,
    positions: said.flatMap(({ positions }) => positions),
    quotedAt: said[0]?.quotedAt ?? [],
  };
}
