import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The board of disputes reads those of all incidents: a few among very many annotations, so they have an index of their own. */
export class DisputeBoard1764000010000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX annotations_disputes ON incidents_v1.annotations (workspace_id, recorded_position)
        WHERE kind = 'dispute';
      COMMENT ON INDEX incidents_v1.annotations_disputes IS 'Pages the disputes of a workspace, the oldest first, whatever incident they are in.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX incidents_v1.annotations_disputes');
  }
}
