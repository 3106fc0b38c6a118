import { poolOf } from '@casebook/postgres';
import { type Projection, RebuildRefused, rebuildView, undoRebuild } from '@casebook/projections';
import { projections } from '@casebook/views';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProblemError } from '../http/problem.js';

/**
 * The rebuilds requested from this process. They continue after the answer; their progress is in the
 * database.
 */
@Injectable()
export class Rebuilds implements OnModuleDestroy {
  private readonly logger = new Logger(Rebuilds.name);
  private readonly running = new Set<Promise<unknown>>();
  private stopping = false;

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Resolves once the rebuild has started. */
  async start(workspaceId: string, name: string): Promise<void> {
    const projection = projectionNamed(name);
    await new Promise<void>((begun, refused) => {
      const rebuild = rebuildView(poolOf(this.dataSource), workspaceId, projection, {
        onStep: () => {
          begun();
          if (this.stopping) throw new RebuildRefused('The service is stopping.');
        },
      }).then(
        () => begun(),
        (error: unknown) => {
          refused(refusal(error));
          this.logger.error(`The rebuild of ${name} in ${workspaceId} failed: ${String(error)}`);
        },
      );
      this.running.add(rebuild);
      void rebuild.finally(() => this.running.delete(rebuild));
    });
  }

  async undo(workspaceId: string, name: string): Promise<number> {
    try {
      return await undoRebuild(poolOf(this.dataSource), workspaceId, projectionNamed(name));
    } catch (error) {
      throw refusal(error);
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }
}

function projectionNamed(name: string): Projection {
  const found = projections.filter(({ view }) => view.name === name);
  const latest = found.sort((a, b) => b.view.version - a.view.version)[0];
  if (latest !== undefined) return latest;
  const names = [...new Set(projections.map(({ view }) => view.name))].join(', ');
  throw new ProblemError('not-found', `There is no view ${name}; those that can be rebuilt are ${names}.`);
}

const refusal = (error: unknown): Error =>
  error instanceof RebuildRefused
    ? new ProblemError('rebuild-refused', error.message)
    : error instanceof Error
      ? error
      : new Error(String(error));
