import { type BatchAnswer, type BatchCommand, type BatchRequest, type Json } from '@casebook/contracts';
import type { DocumentCommand, IncidentCommand } from '@casebook/incident';
import { keyInBatch, Ledger, newId, sha256, TimeSlice, uuidOf } from '@casebook/ledger';
import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type ProblemCode, ProblemError } from '../http/problem.js';
import { problemOf } from '../http/problem.filter.js';
import type { WriteRequest } from '../http/request-context.js';
import { planned, within, withIds } from './batch.js';
import { type Committed, Committing, keyFault, type Write } from './commit.js';
import { isCreation } from './command-table.js';
import { documentMeeting, documentWrite } from './document.handler.js';
import { IncidentHandler, incidentMeeting, incidentWrite } from './incident.handler.js';
import { type Meeting, Merging } from './merging.js';
import { DocumentWrite } from './writes.js';

/** Many commands in one request. */
export class BatchWrite extends Command<{ readonly answer: BatchAnswer; readonly replayed: boolean }> {
  constructor(
    readonly request: WriteRequest,
    readonly batch: BatchRequest,
    /** Receives the problem of each command that is refused on its own. */
    readonly hear: (code: ProblemCode) => void,
  ) {
    super();
  }
}

/** One command of an atomic batch, ready to be decided. */
interface Prepared {
  readonly item: BatchCommand;
  readonly meeting: Omit<Meeting, 'attempt'>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each stream has a state type of its own
  readonly write: Write<any>;
}

/** The longest key from which each command of a batch can derive its own. */
const MOST_KEY = 240;

@CommandHandler(BatchWrite)
export class BatchHandler implements ICommandHandler<BatchWrite> {
  constructor(
    @Inject(Committing) private readonly committing: Committing,
    @Inject(Merging) private readonly merging: Merging,
    @Inject(IncidentHandler) private readonly incidents: IncidentHandler,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  execute(write: BatchWrite): Promise<{ answer: BatchAnswer; replayed: boolean }> {
    refuseTwins(write.batch.commands);
    switch (write.batch.mode) {
      case 'atomic':
        return this.atomic(write);
      case 'each':
        return this.each(write);
    }
  }

  private async atomic({ request, batch }: BatchWrite) {
    const prepared = await this.prepare(request, batch);
    const outcome = await this.committing.commitTogether(
      request,
      batch as unknown as Json,
      prepared.map(({ write }) => write),
    );
    if (outcome.status === 'committed') {
      const each: Committed[] = [];
      for (const [index, committed] of (await outcome.each()).entries()) {
        const { item, meeting } = prepared[index] as Prepared;
        each.push(item.merge === true ? await this.merging.tellMerge(meeting, committed) : committed);
      }
      return {
        answer: { mode: batch.mode, results: each.map(resultOf(batch)) },
        replayed: outcome.replayed,
      };
    }
    const { index, refusal } = outcome;
    const { item, meeting } = prepared[index] as Prepared;
    const problem = ProblemError.ofRefusal(refusal);
    throw refused(
      refusal.code === 'revision-mismatch'
        ? await this.merging.conflictOf(meeting, problem, await this.merging.base(meeting))
        : problem,
      index,
      item,
      '/body',
    );
  }

  /** Reads every command before the first is decided, so that an unreadable one leaves nothing half done. */
  private async prepare(request: WriteRequest, batch: BatchRequest): Promise<Prepared[]> {
    const ids = new Map<string, string>();
    const texts = new Map<string, string>();
    const opened = new Set<string>();
    const prepared: Prepared[] = [];
    const slice = new TimeSlice();
    for (const [index, raw] of batch.commands.entries()) {
      await slice.giveWay();
      let root: '' | '/body' = '';
      try {
        const item = withIds(raw, (name) => ids.get(name));
        const plan = planned(item, request, null, newIdOf(request, index));
        if (raw.as !== undefined && plan.makes !== undefined) ids.set(raw.as, plan.makes);
        const { write } = plan;
        root = '/body';
        if (write instanceof DocumentWrite) {
          const meeting = documentMeeting(write);
          const base = item.merge === true ? await this.merging.base(meeting) : null;
          const command: DocumentCommand =
            base !== null && 'changes' in write.command ? { ...write.command, base } : write.command;
          if (command.type === 'ImportDocument') texts.set(command.documentId, command.document.text);
          prepared.push({ item, meeting, write: documentWrite(write, command) });
        } else {
          const { command: proved, fault } = await this.incidents.proved(
            request.caller,
            write.command,
            texts,
          );
          if (proved.type === 'OpenIncident') opened.add(write.incidentId);
          const meeting = incidentMeeting(write, proved);
          const base = item.merge === true ? await this.merging.base(meeting) : null;
          const command: IncidentCommand =
            base !== null && 'changes' in proved ? { ...proved, base } : proved;
          const isNew = opened.has(write.incidentId);
          prepared.push({ item, meeting, write: { ...incidentWrite(write, command, fault), isNew } });
        }
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        throw refused(error, index, raw, root);
      }
    }
    return prepared;
  }

  private async each({ request, batch, hear }: BatchWrite) {
    if ((request.key?.length ?? 0) > MOST_KEY) {
      throw ProblemError.invalid([
        {
          header: 'Idempotency-Key',
          detail: `is longer than the ${MOST_KEY} characters that mode each allows`,
        },
      ]);
    }
    const { caller, key } = request;
    if (key !== undefined && (await this.ledger.isRecorded(caller.workspaceId, key)))
      throw keyFault('key-reused');
    const ids = new Map<string, string>();
    const results: BatchAnswer['results'] = [];
    let replayed = request.key !== undefined;
    const slice = new TimeSlice();
    for (const [index, raw] of batch.commands.entries()) {
      await slice.giveWay();
      const own: WriteRequest = {
        ...request,
        key: request.key === undefined ? undefined : keyInBatch(request.key, index),
        route: `${request.route}#${index}`,
      };
      let root: '' | '/body' = '';
      try {
        const item = withIds(raw, (name) => ids.get(name));
        const { write } = planned(item, own, raw as unknown as Json, newId());
        root = '/body';
        const committed = await this.commands.execute(write);
        if (raw.as !== undefined) ids.set(raw.as, committed.answer.id);
        if (!committed.replayed) replayed = false;
        results.push(resultOf(batch)(committed, index));
      } catch (error) {
        replayed = false;
        const problem = within(problemOf(error), index, root);
        hear(problem.code);
        const address = request.route.split(' ')[1] ?? '';
        results.push({ index, status: problem.status, problem: problem.body(address) });
      }
    }
    return { answer: { mode: batch.mode, results }, replayed };
  }
}

/** Repeating a key creates the same ids, so that `$name` has the same meaning. */
function newIdOf({ caller, key, route }: WriteRequest, index: number): string {
  if (key === undefined) return newId();
  return uuidOf(sha256(JSON.stringify([caller.workspaceId, caller.memberId, route, key, index])));
}

const resultOf =
  ({ commands }: BatchRequest) =>
  ({ answer, events }: Committed, index: number): BatchAnswer['results'][number] => {
    const command = commands[index]?.command;
    const created = events.length > 0 && command !== undefined && isCreation(command);
    return { index, status: created ? 201 : 200, answer };
  };

/** Why nothing of the batch was recorded. */
function refused(
  problem: ProblemError,
  index: number,
  { command }: BatchCommand,
  root: '' | '/body',
): ProblemError {
  const told = within(problem, index, root);
  return new ProblemError(
    told.code,
    `Command ${index} (${command}): ${told.detail} Nothing of the batch was recorded.`,
    { ...told.extensions, index },
    {},
    { cause: problem },
  );
}

/** @throws ProblemError invalid-request if two commands have the same name */
function refuseTwins(commands: readonly BatchCommand[]): void {
  const seen = new Set<string>();
  for (const [index, { as }] of commands.entries()) {
    if (as === undefined) continue;
    if (seen.has(as)) {
      throw ProblemError.invalid([
        { pointer: `/commands/${index}/as`, detail: 'is the name of an earlier command; choose another' },
      ]);
    }
    seen.add(as);
  }
}
