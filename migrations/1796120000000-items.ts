import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Items, what other tools made and has no kind of its own here, are counted like every other kind. */
export class Items1796120000000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE incidents_v1.incidents ADD COLUMN items integer NOT NULL DEFAULT 0;
      COMMENT ON COLUMN incidents_v1.incidents.items IS 'How many items of other tools stand.';
      COMMENT ON COLUMN incidents_v1.annotations.kind IS 'claim, warning, attack, link, dispute, comment or item.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE incidents_v1.incidents DROP COLUMN items');
  }
}
