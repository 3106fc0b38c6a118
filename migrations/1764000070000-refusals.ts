import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attempts that were refused: apart from the ledger, bounded, and taken away from in time. */
export class Refusals1764000070000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_refusals (
        id bigint GENERATED ALWAYS AS IDENTITY,
        minute timestamptz(0) NOT NULL,
        first_at timestamptz(3) NOT NULL,
        last_at timestamptz(3) NOT NULL,
        count integer NOT NULL CHECK (count > 0),
        workspace_id text COLLATE "C" NOT NULL,
        code text COLLATE "C" NOT NULL,
        method text COLLATE "C" NOT NULL,
        route text COLLATE "C" NOT NULL,
        address text COLLATE "C" NOT NULL,
        member_id text COLLATE "C" NOT NULL,
        CONSTRAINT access_refusals_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT access_refusals_counted UNIQUE (workspace_id, minute, code, method, route, address, member_id)
      );
      COMMENT ON TABLE access_refusals IS 'Requests that were refused for who sent them. No part of the ledger: nobody can make the ledger grow who may not write to it. A workspace keeps its latest rows.';
      COMMENT ON COLUMN access_refusals.workspace_id IS 'The workspace that the request was aimed at, or whose token it carried; the distribution column of every table.';
      COMMENT ON COLUMN access_refusals.id IS 'Rises from row to row: what pages and trimming go by.';
      COMMENT ON COLUMN access_refusals.minute IS 'The minute whose equal attempts the row counts.';
      COMMENT ON COLUMN access_refusals.first_at IS 'When the first of them was answered.';
      COMMENT ON COLUMN access_refusals.last_at IS 'When the last of them was answered.';
      COMMENT ON COLUMN access_refusals.count IS 'How many they were.';
      COMMENT ON COLUMN access_refusals.code IS 'The problem that they were answered with.';
      COMMENT ON COLUMN access_refusals.method IS 'The HTTP method.';
      COMMENT ON COLUMN access_refusals.route IS 'The route, without the ids that the address had.';
      COMMENT ON COLUMN access_refusals.address IS 'The IP address that they came from.';
      COMMENT ON COLUMN access_refusals.member_id IS 'The member of this workspace whose token it was; empty where there is none.';
      COMMENT ON INDEX access_refusals_pkey IS 'Pages through a workspace''s rows, the latest first.';
      COMMENT ON INDEX access_refusals_counted IS 'Finds the row that counts an attempt.';

      REVOKE ALL ON access_refusals FROM PUBLIC;
      GRANT SELECT, INSERT, UPDATE, DELETE ON access_refusals TO casebook_service;
      SELECT access.isolate('access_refusals');
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access_refusals');
  }
}
