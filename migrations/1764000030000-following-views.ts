import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What views need that follow the ledger: retries of one that failed, the view of every revision, and rebuilds with a way back.
 */
export class FollowingViews1764000030000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE view_progress ADD COLUMN attempts integer NOT NULL DEFAULT 0, ADD COLUMN retry_at timestamptz(3);
      COMMENT ON COLUMN view_progress.status IS 'attached: writers apply it in the commit, and it is always at the head. detached: it is to be attached, and a runner catches it up first. following: a runner keeps it up. failed: it follows, and cannot go on behind position.';
      COMMENT ON COLUMN view_progress.failed_position IS 'The event that the view failed on, or the first of the batch where a writer could not tell; NULL where it did not fail.';
      COMMENT ON COLUMN view_progress.attempts IS 'How often a runner has failed on failed_position.';
      COMMENT ON COLUMN view_progress.retry_at IS 'No runner takes it before; NULL: at once.';
      CREATE INDEX view_progress_followed ON view_progress (workspace_id) WHERE status <> 'attached';
      COMMENT ON INDEX view_progress_followed IS 'Finds what runners have to keep up.';
    `);
    await runner.query(`
      CREATE SCHEMA revisions_v1;
      COMMENT ON SCHEMA revisions_v1 IS 'The view "revisions", version 1: what every event changed and what its subject was afterwards. It answers what an incident was at any position, and who changed what.';

      CREATE TABLE revisions_v1.revisions (
        position bigint NOT NULL,
        recorded_position bigint NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        stream_id text COLLATE "C" NOT NULL,
        subject text COLLATE "C" NOT NULL,
        kind text COLLATE "C" NOT NULL,
        change text NOT NULL,
        body text,
        CONSTRAINT revisions_pkey PRIMARY KEY (workspace_id, position)
      );
      CREATE INDEX revisions_of_stream ON revisions_v1.revisions (workspace_id, stream_id, position);

      COMMENT ON TABLE revisions_v1.revisions IS 'One row an event; never changed, unless what it tells is erased.';
      COMMENT ON COLUMN revisions_v1.revisions.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN revisions_v1.revisions.position IS 'Of the event.';
      COMMENT ON COLUMN revisions_v1.revisions.stream_id IS 'The event''s stream.';
      COMMENT ON COLUMN revisions_v1.revisions.subject IS 'What the event is about.';
      COMMENT ON COLUMN revisions_v1.revisions.kind IS 'Of an incident''s stream: incident, attachment, the kind of the annotation, or other. Of the others: document, members.';
      COMMENT ON COLUMN revisions_v1.revisions.recorded_position IS 'Of the event that recorded the annotation: the order of annotations. Of anything else its own position.';
      COMMENT ON COLUMN revisions_v1.revisions.change IS 'What the event changed, with its sentence, in JSON as histories tell it.';
      COMMENT ON COLUMN revisions_v1.revisions.body IS 'Of an incident, an attachment, an annotation: the whole of it after the event, in JSON. NULL where it is gone, and for everything else.';
      COMMENT ON INDEX revisions_v1.revisions_pkey IS 'Reads the changes of a workspace in order.';
      COMMENT ON INDEX revisions_v1.revisions_of_stream IS 'Reads the changes of one stream in order, up to or from any position.';

      CREATE TABLE revisions_v1.superseded (
        position bigint NOT NULL,
        until bigint NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        stream_id text COLLATE "C" NOT NULL,
        CONSTRAINT superseded_pkey PRIMARY KEY (workspace_id, stream_id, position)
      );
      COMMENT ON TABLE revisions_v1.superseded IS 'One row a revision that a later one replaced. Apart from revisions, so that a revision is written once and never again.';
      COMMENT ON COLUMN revisions_v1.superseded.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN revisions_v1.superseded.stream_id IS 'The stream of both.';
      COMMENT ON COLUMN revisions_v1.superseded.position IS 'The revision that was replaced.';
      COMMENT ON COLUMN revisions_v1.superseded.until IS 'The revision that replaced it: as of any position before, the former held.';
      COMMENT ON INDEX revisions_v1.superseded_pkey IS 'Tells which revisions of a stream no longer held at a position.';

      GRANT USAGE ON SCHEMA revisions_v1 TO casebook_service, casebook_reader;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA revisions_v1 TO casebook_service;
      GRANT SELECT ON ALL TABLES IN SCHEMA revisions_v1 TO casebook_reader;
      SELECT access.isolate('revisions_v1.revisions', stream => 'stream_id'),
        access.isolate('revisions_v1.superseded', stream => 'stream_id');
    `);
    await runner.query(`
      CREATE TABLE view_rebuilds (
        started_at timestamptz(3) NOT NULL DEFAULT now(),
        changed_at timestamptz(3) NOT NULL DEFAULT now(),
        events bigint NOT NULL DEFAULT 0,
        total bigint NOT NULL,
        position bigint,
        replaced bigint,
        version integer NOT NULL,
        id uuid NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        view text COLLATE "C" NOT NULL,
        status text COLLATE "C" NOT NULL,
        checksum_before text COLLATE "C",
        checksum_after text COLLATE "C",
        error text,
        CONSTRAINT view_rebuilds_pkey PRIMARY KEY (workspace_id, view, version)
      );
      COMMENT ON TABLE view_rebuilds IS 'The latest rebuild of each version of each view in each workspace.';
      COMMENT ON COLUMN view_rebuilds.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN view_rebuilds.view IS 'The view''s name.';
      COMMENT ON COLUMN view_rebuilds.version IS 'The view''s version.';
      COMMENT ON COLUMN view_rebuilds.id IS 'This rebuild. Whoever finds another here than its own has been given up on, and stops.';
      COMMENT ON COLUMN view_rebuilds.status IS 'building, done, failed, or undone: done, and then taken back.';
      COMMENT ON COLUMN view_rebuilds.started_at IS 'When it began.';
      COMMENT ON COLUMN view_rebuilds.changed_at IS 'When it last came on. One that is building and does not come on has lost its process.';
      COMMENT ON COLUMN view_rebuilds.events IS 'How many events are folded.';
      COMMENT ON COLUMN view_rebuilds.total IS 'How many there were when it began.';
      COMMENT ON COLUMN view_rebuilds.position IS 'Where the two sets of rows were compared, both complete up to here.';
      COMMENT ON COLUMN view_rebuilds.checksum_before IS 'SHA-256 of the rows that were in use, at position.';
      COMMENT ON COLUMN view_rebuilds.checksum_after IS 'SHA-256 of the rebuilt rows, at position.';
      COMMENT ON COLUMN view_rebuilds.replaced IS 'How many rows the take-over changed; 0: the view was what the events say.';
      COMMENT ON COLUMN view_rebuilds.error IS 'Why it failed; NULL where it did not.';
      COMMENT ON INDEX view_rebuilds_pkey IS 'Finds the rebuild of a view, and lets there be one at a time.';

      CREATE TABLE view_kept_rows (
        version integer NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        view text COLLATE "C" NOT NULL,
        table_name text COLLATE "C" NOT NULL,
        before jsonb,
        after jsonb,
        CHECK (before IS NOT NULL OR after IS NOT NULL)
      );
      CREATE INDEX view_kept_rows_of_view ON view_kept_rows (workspace_id, view, version);
      COMMENT ON TABLE view_kept_rows IS 'The rows that the latest take-over of a rebuild changed, as they were: the way back.';
      COMMENT ON COLUMN view_kept_rows.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN view_kept_rows.view IS 'The view''s name.';
      COMMENT ON COLUMN view_kept_rows.version IS 'The view''s version.';
      COMMENT ON COLUMN view_kept_rows.table_name IS 'The table that the row is in, with its schema.';
      COMMENT ON COLUMN view_kept_rows.before IS 'The row that was in use; NULL: there was none.';
      COMMENT ON COLUMN view_kept_rows.after IS 'The row that the rebuild put in its place; NULL: none.';
      COMMENT ON INDEX view_kept_rows_of_view IS 'Finds the rows to put back.';

      GRANT SELECT, INSERT, UPDATE, DELETE ON view_rebuilds, view_kept_rows TO casebook_service;
      GRANT SELECT ON view_rebuilds TO casebook_reader;
      SELECT access.isolate('view_rebuilds'), access.isolate('view_kept_rows');
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE view_kept_rows, view_rebuilds;
      DROP SCHEMA revisions_v1 CASCADE;
      DELETE FROM view_progress WHERE view IN ('revisions', 'tiles');
      DROP INDEX view_progress_followed;
      ALTER TABLE view_progress DROP COLUMN attempts, DROP COLUMN retry_at;
    `);
  }
}
