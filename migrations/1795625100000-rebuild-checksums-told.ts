import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the checksums of a rebuild are: they were said to be one hash over all rows, which they no longer are. */
export class RebuildChecksumsTold1795625100000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      COMMENT ON COLUMN view_rebuilds.checksum_before IS 'Of the rows that were in use, at position: the sum, modulo 2^256, of the SHA-256 of each row''s line (docs/views.md, Proof), in lower-case hex.';
      COMMENT ON COLUMN view_rebuilds.checksum_after IS 'Of the rebuilt rows, at position, in the same way. Equal: the view was what the events say.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      COMMENT ON COLUMN view_rebuilds.checksum_before IS 'SHA-256 of the rows that were in use, at position.';
      COMMENT ON COLUMN view_rebuilds.checksum_after IS 'SHA-256 of the rebuilt rows, at position.';
    `);
  }
}
