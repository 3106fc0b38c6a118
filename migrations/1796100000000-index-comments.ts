import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Comments for the last indexes that had none: an index says in one sentence why it exists. */
export class IndexComments1796100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      COMMENT ON INDEX ledger_keys_pkey IS 'Finds the keys that a workspace has signed with.';
      COMMENT ON INDEX ledger_checkpoints_pkey IS 'Finds the latest checkpoint, and the one of a size.';
      COMMENT ON INDEX ledger_tiles_pkey IS 'Finds a tile by its level and index.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      COMMENT ON INDEX ledger_keys_pkey IS NULL;
      COMMENT ON INDEX ledger_checkpoints_pkey IS NULL;
      COMMENT ON INDEX ledger_tiles_pkey IS NULL;
    `);
  }
}
