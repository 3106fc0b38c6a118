import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What witnesses say of checkpoints: it arrives after a checkpoint was signed, and a checkpoint is never changed. */
export class Cosignatures1796090000000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_cosignatures (
        size bigint NOT NULL,
        cosigned_at timestamptz(3) NOT NULL DEFAULT now(),
        attempt smallint NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        witness_key text COLLATE "C" NOT NULL,
        line text NOT NULL,
        CONSTRAINT ledger_cosignatures_pkey PRIMARY KEY (workspace_id, size, attempt, witness_key)
      );
      COMMENT ON TABLE ledger_cosignatures IS 'What witnesses signed of checkpoints, append-only: a checkpoint is given out with those that it has.';
      COMMENT ON COLUMN ledger_cosignatures.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN ledger_cosignatures.size IS 'Of the checkpoint.';
      COMMENT ON COLUMN ledger_cosignatures.attempt IS 'Of the checkpoint.';
      COMMENT ON COLUMN ledger_cosignatures.witness_key IS 'The verifier key of the witness, C2SP tlog-cosignature.';
      COMMENT ON COLUMN ledger_cosignatures.line IS 'The signature line as it stands in the note, with its line feed.';
      COMMENT ON COLUMN ledger_cosignatures.cosigned_at IS 'When it arrived here; the line has the witness''s own time.';
      COMMENT ON INDEX ledger_cosignatures_pkey IS 'Finds the cosignatures of a checkpoint.';

      CREATE TRIGGER ledger_cosignatures_append_only BEFORE UPDATE OR DELETE ON ledger_cosignatures
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
      CREATE TRIGGER ledger_cosignatures_never_truncated BEFORE TRUNCATE ON ledger_cosignatures
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
      ALTER TABLE ledger_cosignatures ENABLE ALWAYS TRIGGER ledger_cosignatures_append_only;
      ALTER TABLE ledger_cosignatures ENABLE ALWAYS TRIGGER ledger_cosignatures_never_truncated;

      REVOKE ALL ON ledger_cosignatures FROM PUBLIC;
      GRANT SELECT, INSERT ON ledger_cosignatures TO casebook_service;
      GRANT SELECT ON ledger_cosignatures TO casebook_reader;
      SELECT access.isolate('ledger_cosignatures');
    `);
  }

  public down(): Promise<void> {
    return Promise.reject(
      new Error('Cosignatures that were given out are never taken back; drop the database instead.'),
    );
  }
}
