import { ALL_WORK, type Role } from './roles.js';

/** Whether the process is to be sent requests, as far as the process itself decides it. */
export class Readiness {
  private stopping = false;

  constructor(readonly roles: readonly Role[] = ALL_WORK) {}

  /** From now on the process is not ready, and every answer ends its connection; requests are answered as before. */
  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }
}
