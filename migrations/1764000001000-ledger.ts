import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The stored format of the ledger. Column order is for compact rows (fixed widths first), not for reading.
 *
 * There is no foreign key from events to their head: the only statement that inserts events takes the workspace from the
 * head row that it moves, and a check for each event would cost more than the insert.
 */
export class Ledger1764000001000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_heads (
        size bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
        epoch bigint NOT NULL DEFAULT 0,
        last_recorded_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        workspace_id text COLLATE "C" NOT NULL,
        frontier bytea NOT NULL DEFAULT '',
        CONSTRAINT ledger_heads_pkey PRIMARY KEY (workspace_id)
      ) WITH (fillfactor = 20);

      COMMENT ON TABLE ledger_heads IS 'One row a workspace, and the workspace exists by it. Whoever moves this row decides the order of the ledger. Its fill factor leaves room for the new row versions of many commits in one page (HOT updates).';
      COMMENT ON COLUMN ledger_heads.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN ledger_heads.size IS 'How many events the ledger has: positions 1 to size exist, without a gap.';
      COMMENT ON COLUMN ledger_heads.frontier IS 'RFC 6962 hashes of the perfect subtrees that make up the tree of this size, 32 bytes each, the largest first. The root follows from them alone, and the next leaves are added to them alone.';
      COMMENT ON COLUMN ledger_heads.last_recorded_at IS 'The last event''s recorded_at, below which the next may not go, whatever the clocks say; NULL while the ledger is empty.';
      COMMENT ON COLUMN ledger_heads.epoch IS 'Rises when something other than events changes that writers remember about the workspace (which inline views are attached); a writer that decided on an older epoch moves nothing.';
      COMMENT ON COLUMN ledger_heads.created_at IS 'When the workspace was opened.';
      COMMENT ON INDEX ledger_heads_pkey IS 'Finds the one row that a commit locks.';
    `);
    await runner.query(`
      CREATE TABLE events (
        position bigint NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        event_id uuid NOT NULL,
        stream_version integer NOT NULL,
        command_index integer NOT NULL,
        schema_version smallint NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        stream_id text COLLATE "C" NOT NULL,
        type text COLLATE "C" NOT NULL,
        actor_id text COLLATE "C" NOT NULL,
        subject text COLLATE "C",
        command_id text COLLATE "C" NOT NULL,
        correlation_id text COLLATE "C" NOT NULL,
        causation_id text COLLATE "C",
        command_digest bytea NOT NULL,
        payload_commitment bytea NOT NULL,
        leaf_hash bytea NOT NULL,
        payload_salt bytea,
        payload text,
        CONSTRAINT events_pkey PRIMARY KEY (workspace_id, position),
        CONSTRAINT events_stream_key UNIQUE (workspace_id, stream_id, stream_version),
        CONSTRAINT events_command_key UNIQUE (workspace_id, command_id, command_index),
        CONSTRAINT events_erased_whole CHECK ((payload IS NULL) = (payload_salt IS NULL))
      );

      COMMENT ON TABLE events IS 'The ledger: append-only, by grants and by trigger. The envelope of an event is the RFC 8785 JSON object of every column but payload, payload_salt and leaf_hash, with the names in camel case, NULL as null, binary as lower-case hex, and recorded_at in ISO 8601 UTC with milliseconds.';
      COMMENT ON COLUMN events.workspace_id IS 'The workspace whose ledger this event is in; the distribution column of every table.';
      COMMENT ON COLUMN events.position IS '1, 2, 3, … in the workspace, in commit order, without a gap; the leaf of the Merkle tree at index position - 1.';
      COMMENT ON COLUMN events.stream_id IS 'The stream (an incident, the document library, the member list) whose state this event changes.';
      COMMENT ON COLUMN events.stream_version IS '1, 2, 3, … in the stream, without a gap.';
      COMMENT ON COLUMN events.event_id IS 'A UUIDv7 that names the event outside of its ledger.';
      COMMENT ON COLUMN events.type IS 'What happened: subject and past participle; with schema_version it tells how payload is read.';
      COMMENT ON COLUMN events.schema_version IS 'The version of the payload''s shape when it was recorded; older ones are upcast on read, never rewritten.';
      COMMENT ON COLUMN events.subject IS 'The annotation, document or member that the event is about. Outside of the payload, so that an erased event can still be folded.';
      COMMENT ON COLUMN events.payload IS 'RFC 8785 JSON: what happened, in full. NULL once erased, which is the only change that an event ever suffers.';
      COMMENT ON COLUMN events.payload_salt IS '16 random bytes that keep payload_commitment and command_digest from being guessed; erased together with the payload.';
      COMMENT ON COLUMN events.payload_commitment IS 'SHA-256(payload_salt || payload): binds the payload into the leaf, and tells nothing once the salt is erased.';
      COMMENT ON COLUMN events.actor_id IS 'The member who gave the command.';
      COMMENT ON COLUMN events.recorded_at IS 'When the event was recorded, to the millisecond; never before that of the position below.';
      COMMENT ON COLUMN events.command_id IS 'The command that made the event: the client''s Idempotency-Key, else a UUIDv7.';
      COMMENT ON COLUMN events.command_index IS '0, 1, 2, … among the events of one command.';
      COMMENT ON COLUMN events.command_digest IS 'SHA-256(payload salts of the command''s events in order || canonical command): tells a repeated command from another with the same key; once one of the salts is erased it tells nothing.';
      COMMENT ON COLUMN events.correlation_id IS 'The request that the command came with; groups all that one request did.';
      COMMENT ON COLUMN events.causation_id IS 'The event or command that led to this command, where another than its actor did.';
      COMMENT ON COLUMN events.leaf_hash IS 'SHA-256(0x00 || envelope), RFC 6962 section 2.1.';
      COMMENT ON INDEX events_pkey IS 'Reads a ledger in order, and forbids two events at one position.';
      COMMENT ON INDEX events_stream_key IS 'Reads one stream in order, and forbids two events with one version.';
      COMMENT ON INDEX events_command_key IS 'Finds the events of a command by its key, for ever, and forbids that a command is recorded twice.';
      COMMENT ON CONSTRAINT events_erased_whole ON events IS 'A payload goes together with its salt, or the commitment could still be guessed.';
    `);
    await runner.query(`
      CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
      END
      $$;
      COMMENT ON FUNCTION ledger_refuse_change IS 'Refuses whatever statement its trigger fires on, for everyone, superusers included.';

      CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
      CREATE TRIGGER events_never_truncated BEFORE TRUNCATE ON events
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
      CREATE TRIGGER ledger_heads_kept BEFORE DELETE ON ledger_heads
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
      CREATE TRIGGER ledger_heads_never_truncated BEFORE TRUNCATE ON ledger_heads
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
      -- ALWAYS: also under session_replication_role = replica, which would otherwise be a quiet way around them.
      ALTER TABLE events ENABLE ALWAYS TRIGGER events_append_only;
      ALTER TABLE events ENABLE ALWAYS TRIGGER events_never_truncated;
      ALTER TABLE ledger_heads ENABLE ALWAYS TRIGGER ledger_heads_kept;
      ALTER TABLE ledger_heads ENABLE ALWAYS TRIGGER ledger_heads_never_truncated;
    `);
    await runner.query(`
      CREATE TABLE view_progress (
        position bigint NOT NULL,
        failed_position bigint,
        changed_at timestamptz(3) NOT NULL DEFAULT now(),
        version integer NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        view text COLLATE "C" NOT NULL,
        status text COLLATE "C" NOT NULL,
        error text,
        CONSTRAINT view_progress_pkey PRIMARY KEY (workspace_id, view, version)
      );

      COMMENT ON TABLE view_progress IS 'How far each version of each view has come in each workspace.';
      COMMENT ON COLUMN view_progress.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN view_progress.view IS 'The view''s name.';
      COMMENT ON COLUMN view_progress.version IS 'The version of the view''s tables and fold; two versions stand side by side during a rebuild.';
      COMMENT ON COLUMN view_progress.status IS 'attached: writers apply it in the commit, and it is always at the head. detached: a writer could not apply it; it stands at position until it is caught up and attached again. Other words belong to the runner of the following views.';
      COMMENT ON COLUMN view_progress.position IS 'The view reflects every event up to here; an attached one those up to the head.';
      COMMENT ON COLUMN view_progress.failed_position IS 'The first event of the batch that the view failed on; NULL where it did not fail.';
      COMMENT ON COLUMN view_progress.error IS 'What the failure said; NULL where there was none.';
      COMMENT ON COLUMN view_progress.changed_at IS 'When the row was last changed.';
      COMMENT ON INDEX view_progress_pkey IS 'Finds what writers and runners have to apply in a workspace.';
    `);
    await runner.query(`
      REVOKE ALL ON ledger_heads, events, view_progress FROM PUBLIC;
      GRANT SELECT, INSERT ON events TO casebook_service;
      GRANT SELECT, INSERT, UPDATE (size, epoch, last_recorded_at, frontier) ON ledger_heads TO casebook_service;
      GRANT SELECT, INSERT, UPDATE, DELETE ON view_progress TO casebook_service;
      GRANT SELECT ON ledger_heads, events, view_progress TO casebook_reader;
    `);
  }

  public down(): Promise<void> {
    return Promise.reject(
      new Error('The ledger is never taken down by a migration; drop the database instead.'),
    );
  }
}
