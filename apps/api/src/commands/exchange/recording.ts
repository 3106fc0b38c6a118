import { decide, evolve, type IncidentState } from '@casebook/incident';
import { ProblemError } from '../../http/problem.js';
import type { Committing } from '../commit.js';
import { type IncidentHandler, incidentWrite } from '../incident.handler.js';
import type { IncidentWrite } from '../writes.js';

/** Records the commands of an import, or previews them. */
export interface Recorder {
  /**
   * Call it in the order of decision, each time after the previous call has resolved. The promise it resolves to
   * settles once the command is recorded; `true` if something was recorded.
   */
  record(
    write: IncidentWrite,
    texts: ReadonlyMap<string, string>,
  ): Promise<{ readonly done: Promise<boolean> }>;
  /** The position of the last event it recorded; 0 if there is none. */
  readonly position: number;
}

export class LedgerRecorder implements Recorder {
  position = 0;

  constructor(
    private readonly committing: Committing,
    private readonly incidents: IncidentHandler,
  ) {}

  async record(write: IncidentWrite, texts: ReadonlyMap<string, string>) {
    const { caller } = write.request;
    const { command, fault } = await this.incidents.proved(caller, write.command, texts);
    const hidden = await this.committing.hiddenStreams(caller);
    const done = this.committing.commit(incidentWrite(write, command, fault), hidden).then(({ events }) => {
      this.position = Math.max(this.position, events.at(-1)?.position ?? 0);
      return events.length > 0;
    });
    return { done };
  }
}

/** Decides on the current incident plus what the import would already have recorded; records nothing. */
export class DryRecorder implements Recorder {
  readonly position = 0;

  constructor(
    private readonly incidents: IncidentHandler,
    private state: IncidentState,
  ) {}

  async record(write: IncidentWrite, texts: ReadonlyMap<string, string>) {
    const { caller } = write.request;
    const { command, fault } = await this.incidents.proved(caller, write.command, texts);
    return { done: Promise.resolve().then(() => this.decided(command, fault, caller.memberId)) };
  }

  private decided(
    command: Parameters<typeof decide>[0],
    fault: Parameters<typeof ProblemError.ofRefusal>[0] | undefined,
    actor: string,
  ): boolean {
    if (fault !== undefined) throw ProblemError.ofRefusal(fault);
    const decision = decide(command, this.state);
    if (!decision.accepted) throw ProblemError.ofRefusal(decision.refusal);
    for (const event of decision.events) {
      const position = ('position' in this.state ? this.state.position : 0) + 1;
      const recorded = { ...event, position, version: position, actor, at: new Date().toISOString() };
      this.state = evolve(this.state, recorded);
    }
    return decision.events.length > 0;
  }
}
