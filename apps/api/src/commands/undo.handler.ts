import {
  type Refusal,
  type UndoAnswer,
  type UndoConflict,
  UNDO_LIMIT,
  type UndoRequest,
} from '@casebook/contracts';
import {
  type DocumentState,
  type IncidentState,
  isAdjudication,
  undo,
  undoDocument,
  type Undoer,
  unknownMember,
} from '@casebook/incident';
import {
  describeDocumentChange,
  documentFold,
  incidentFold,
  IncidentQueries,
  MemberQueries,
  membersFold,
  streams,
  type ToUndo,
  UndoQueries,
} from '@casebook/views';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../access/access.guard.js';
import { may } from '../access/permissions.js';
import { isCleared, mayEnter, readAs, unknownIncident } from '../access/visibility.js';
import { ProblemError } from '../http/problem.js';
import type { WriteRequest } from '../http/request-context.js';
import { Committing, type Decided, type Write } from './commit.js';

/** Undoes events of the workspace, or previews the result. */
export class UndoWrite extends Command<{ readonly answer: UndoAnswer; readonly replayed: boolean }> {
  constructor(
    readonly request: WriteRequest,
    readonly undo: UndoRequest,
  ) {
    super();
  }
}

type UndoResult = Omit<UndoAnswer, 'dryRun'>;

@CommandHandler(UndoWrite)
export class UndoHandler implements ICommandHandler<UndoWrite> {
  constructor(
    @Inject(Committing) private readonly committing: Committing,
    @Inject(UndoQueries) private readonly queries: UndoQueries,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(MemberQueries) private readonly members: MemberQueries,
  ) {}

  async execute({ request, undo: wanted }: UndoWrite) {
    const { caller } = request;
    if (!may(caller, 'read')) {
      // A preview would otherwise allow reading anything that was recorded.
      throw new ProblemError(
        'not-permitted',
        'Your token does not permit this: an undo shows what was recorded, so it takes permission to read as well.',
        { needed: 'read' },
      );
    }
    const { selected, conflicts } = await this.select(caller, wanted);
    const known = await this.read(caller, selected);
    const dryRun = wanted.dryRun === true;
    const skip = wanted.skipConflicts === true;
    const unknown = [...conflicts, ...known.conflicts];
    const preview = (
      streamsThen: readonly ToUndo[],
      undoer: Undoer,
      { isRecorded } = { isRecorded: false },
    ): UndoAnswer => joined({ dryRun, isRecorded }, unknown, streamsThen, undoer);

    if (dryRun || known.streams.length === 0 || (unknown.length > 0 && !skip)) {
      const needed = known.streams.some(takesAdjudication) ? 'adjudicate' : 'annotate';
      if (!may(caller, needed)) {
        throw new ProblemError('not-permitted', `Undoing this takes permission to ${needed}.`, { needed });
      }
      const now = preview(known.streams, {
        actor: caller.memberId,
        at: new Date().toISOString(),
        position:
          1 + Math.max(0, ...known.streams.map(({ state }) => ('position' in state ? state.position : 0))),
        reason: wanted.reason,
      });
      if (!dryRun && now.conflicts.length > 0 && !skip) throw refused(now);
      return { answer: now, replayed: false };
    }

    const result: UndoResult[] = [];
    const outcome = await this.committing.commitTogether(
      request,
      wanted,
      known.streams.map((stream, index) =>
        writeOf(request, stream, wanted.reason, (each) => {
          result[index] = each;
          return each.conflicts.length > 0 && !skip ? conflictRefusal(each.conflicts) : null;
        }),
      ),
    );
    if (outcome.status === 'refused') {
      if (outcome.refusal.code !== 'undo-conflict') throw ProblemError.ofRefusal(outcome.refusal);
      // Also report the conflicts in the other incidents.
      const again = await this.read(caller, selected);
      throw refused(
        preview(again.streams, {
          actor: caller.memberId,
          at: new Date().toISOString(),
          position: 1,
          reason: wanted.reason,
        }),
      );
    }
    if (outcome.replayed) {
      // Rebuild the key's first answer for the events selected then, on the state of that time.
      const [first] = outcome.events;
      if (first === undefined) throw new Error('a repetition without an event');
      const then = await this.read(caller, selected, first.position - 1);
      const undoer = {
        actor: first.actorId,
        at: first.recordedAt,
        position: first.position,
        reason: wanted.reason,
      };
      return { answer: preview(then.streams, undoer, { isRecorded: true }), replayed: true };
    }
    return {
      answer: {
        dryRun,
        undone: result.flatMap(({ undone }) => undone),
        already: result.flatMap(({ already }) => already),
        conflicts: [...unknown, ...result.flatMap(({ conflicts: each }) => each)],
      },
      replayed: false,
    };
  }

  /** The selected events visible to the caller, by stream. */
  private async select(
    caller: Caller,
    wanted: UndoRequest,
  ): Promise<{ selected: Map<string, Set<number>>; conflicts: UndoConflict[] }> {
    const { positions, member, correlationId, from, to, incidentId } = wanted;
    const { workspaceId } = caller;
    // An unknown member or thing must not look like a successful undo of nothing.
    if (
      member !== undefined &&
      (await readAs(caller, () => this.members.member(workspaceId, member))) === null
    ) {
      throw ProblemError.ofRefusal(unknownMember(member));
    }
    if (
      incidentId !== undefined &&
      !(await readAs(caller, () => this.incidents.has(workspaceId, incidentId)))
    ) {
      throw unknownIncident();
    }
    const found = await readAs(caller, () =>
      positions !== undefined
        ? this.queries.at(workspaceId, positions)
        : this.queries.of(
            workspaceId,
            {
              ...(member !== undefined && { member }),
              ...(correlationId !== undefined && { correlationId }),
              ...(from !== undefined && { from }),
              ...(to !== undefined && { to }),
              ...(incidentId !== undefined && { incidentId }),
            },
            UNDO_LIMIT + 1,
          ),
    );
    if (found.size > UNDO_LIMIT) {
      throw ProblemError.invalid([
        {
          pointer: '/to',
          detail: `selects more than ${UNDO_LIMIT} events; choose a shorter period`,
        },
      ]);
    }
    const selected = new Map<string, Set<number>>();
    for (const [position, streamId] of found) {
      const own = selected.get(streamId);
      if (own === undefined) selected.set(streamId, new Set([position]));
      else own.add(position);
    }
    const conflicts = [...new Set(positions ?? [])]
      .filter((position) => !found.has(position))
      .map((position) => ({
        position,
        code: 'event-unknown',
        detail: 'There is no such event in this workspace.',
      }));
    return { selected, conflicts };
  }

  private async read(
    caller: Caller,
    selected: ReadonlyMap<string, ReadonlySet<number>>,
    upTo?: number,
  ): Promise<{ streams: ToUndo[]; conflicts: UndoConflict[] }> {
    const found: ToUndo[] = [];
    const conflicts: UndoConflict[] = [];
    for (const [streamId, positions] of selected) {
      const stream = await readAs(caller, () =>
        this.queries.recordedChanges(caller.workspaceId, streamId, positions, upTo),
      );
      if (stream !== null) found.push(stream);
      else {
        for (const position of positions) {
          const detail = 'Members, tokens, settings and erasures are not undone here; an admin changes them.';
          conflicts.push({ position, code: 'not-undoable', detail });
        }
      }
    }
    return { streams: found, conflicts };
  }
}

/** The result of undoing one stream's events on a given state. */
function undone(stream: ToUndo, state: IncidentState | DocumentState, undoer: Undoer) {
  if (stream.kind === 'incident') {
    const { steps, already, conflicts } = undo(stream.recordedChanges, state as IncidentState, undoer);
    const result: UndoResult = {
      undone: steps.map(({ undoes, change }) => ({ undoes, change })),
      already: [...already],
      conflicts: [...conflicts],
    };
    return { events: steps.map(({ event }) => event), result };
  }
  const { steps, already, conflicts } = undoDocument(stream.recordedChanges, state as DocumentState, undoer);
  const result: UndoResult = {
    undone: steps.map(({ undoes, recorded, before }) => ({
      undoes,
      change: describeDocumentChange(recorded, before, null),
    })),
    already: [...already],
    conflicts: [...conflicts],
  };
  return { events: steps.map(({ event }) => event), result };
}

const withoutPosition = ({
  undoes,
  change: { position: _, ...change },
}: UndoResult['undone'][number]): UndoResult['undone'][number] => ({ undoes, change });

function joined(
  { dryRun, isRecorded }: { readonly dryRun: boolean; readonly isRecorded: boolean },
  unknown: readonly UndoConflict[],
  all: readonly ToUndo[],
  undoer: Undoer,
): UndoAnswer {
  const answer: UndoAnswer = { dryRun, undone: [], already: [], conflicts: [...unknown] };
  for (const stream of all) {
    const { result } = undone(stream, stream.state, {
      ...undoer,
      position: undoer.position + answer.undone.length,
    });
    // A preview records nothing, so its events have no position.
    answer.undone.push(...(isRecorded ? result.undone : result.undone.map(withoutPosition)));
    answer.already.push(...result.already);
    answer.conflicts.push(...result.conflicts);
  }
  return answer;
}

const takesAdjudication = (stream: ToUndo): boolean =>
  stream.kind === 'incident' && stream.recordedChanges.some(isAdjudication);

const isIncident = (state: IncidentState | DocumentState): state is IncidentState => 'annotations' in state;

/** How the stream decides the undo of its events. `hear` receives each decision and may refuse it. */
function writeOf(
  request: WriteRequest,
  stream: ToUndo,
  reason: string,
  hear: (result: UndoResult) => Refusal | null,
): Write<IncidentState | DocumentState> {
  return {
    request,
    permission: takesAdjudication(stream) ? 'adjudicate' : 'annotate',
    body: null,
    streamId: stream.streamId,
    fold: stream.kind === 'incident' ? incidentFold : documentFold,
    hides: (state, context) =>
      stream.kind === 'incident'
        ? !mayEnter(request.caller, state as IncidentState)
        : !isCleared(request.caller, context.read(streams.members, membersFold), state as DocumentState),
    decide: (state, { recordedAt: at, position }): Decided => {
      const { events, result } = undone(stream, state, {
        actor: request.caller.memberId,
        at,
        position,
        reason,
      });
      const refusal = hear(result);
      return refusal === null ? { accepted: true, events } : { accepted: false, refusal };
    },
    // An undo answers with what it did, not with a revision.
    answer: (state) => ({
      id: stream.streamId,
      revision: 1,
      position: isIncident(state) && state.status !== 'unopened' ? state.position : 1,
    }),
  };
}

const conflictRefusal = (conflicts: readonly UndoConflict[]): Refusal => ({
  code: 'undo-conflict',
  detail: `${conflicts.length === 1 ? 'One of the events' : `${conflicts.length} of the events`} cannot be undone; see conflicts. Nothing was undone. Send skipConflicts to undo the others.`,
  facts: { conflicts: conflicts.slice(0, LISTED) },
});

const LISTED = 1000;

const refused = ({ conflicts, undone: could, already }: UndoAnswer): ProblemError =>
  ProblemError.ofRefusal(conflictRefusal(conflicts), { undoable: could.length, already: already.length });
