import { ALL_WORK, type Role } from './roles.js';

/** Whether the process is ready for requests, in its own view. */
export class Readiness {
  private stopping = false;

  constructor(readonly roles: readonly Role[] = ALL_WORK) {}

  /** From now on the process is not ready, and every answer closes its connection; requests are still answered. */
  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }
}
