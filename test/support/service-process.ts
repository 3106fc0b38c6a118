import type { ChildProcess } from 'node:child_process';
import {
  endProgram,
  isCompiled,
  isRunning,
  nextMessage,
  startProgram,
  temporaryHome,
} from '@casebook/testing';

const PROGRAM = new URL('./service-process.fixture.mjs', import.meta.url);
const API = new URL(
  isCompiled ? '../../dist/casebook/api.js' : '../../apps/api/src/index.ts',
  import.meta.url,
);

/** The number that fills the signing key of every service of the tests. */
export const SEED = '7';

/** One service in a process of its own, for what ends badly or is measured by the process. */
export class ServiceProcess {
  private constructor(
    readonly program: ChildProcess,
    readonly url: string,
  ) {}

  /** `roles` as in CASEBOOK_ROLES. */
  static async start(databaseUrl: string, roles = 'serve,follow'): Promise<ServiceProcess> {
    const program = startProgram(PROGRAM, [databaseUrl, SEED, temporaryHome(), API.href, roles]);
    const { url } = await nextMessage<{ url: string }>(program);
    return new ServiceProcess(program, url);
  }

  get isAlive(): boolean {
    return isRunning(this.program);
  }

  /** Resident memory, in bytes. */
  async memory(): Promise<number> {
    const answer = nextMessage<{ rss: number }>(this.program);
    this.program.send('memory');
    return (await answer).rss;
  }

  /** Ends it and waits until it has ended. */
  async stop(): Promise<void> {
    await endProgram(this.program, 'SIGTERM');
  }

  /** Kills it where it stands, frozen or not, and waits until it is dead. */
  async kill(): Promise<void> {
    await endProgram(this.program, 'SIGKILL');
  }
}
