import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A login that may not migrate sees whether there is anything to migrate. */
export class MigrationsTold1764000050100 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT ON casebook_migrations TO casebook_service, casebook_reader');
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT ON casebook_migrations FROM casebook_service, casebook_reader');
  }
}
