import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What makes the ledger provable to others: the keys that sign it, the checkpoints that were signed, the Merkle tree in tiles. */
export class Transparency1764000003000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_keys (
        announced_at timestamptz(3) NOT NULL DEFAULT now(),
        workspace_id text COLLATE "C" NOT NULL,
        verifier_key text COLLATE "C" NOT NULL,
        CONSTRAINT ledger_keys_pkey PRIMARY KEY (workspace_id, verifier_key)
      );
      COMMENT ON TABLE ledger_keys IS 'The public keys that sign a workspace''s checkpoints, now or once. A process whose keys are none of these does not sign: two ledgers under one name would end every auditor''s trust.';
      COMMENT ON COLUMN ledger_keys.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN ledger_keys.verifier_key IS 'C2SP signed-note verifier key: name, key id and public key.';
      COMMENT ON COLUMN ledger_keys.announced_at IS 'When the first checkpoint was signed with it; the latest is the current key.';

      CREATE TABLE ledger_checkpoints (
        size bigint NOT NULL CHECK (size >= 0),
        signed_at timestamptz(3) NOT NULL DEFAULT now(),
        attempt smallint NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        root bytea NOT NULL CHECK (length(root) = 32),
        note text NOT NULL,
        CONSTRAINT ledger_checkpoints_pkey PRIMARY KEY (workspace_id, size, attempt)
      );
      COMMENT ON TABLE ledger_checkpoints IS 'Every checkpoint that was ever signed, append-only: what others may hold against this ledger.';
      COMMENT ON COLUMN ledger_checkpoints.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN ledger_checkpoints.size IS 'How many events the ledger had.';
      COMMENT ON COLUMN ledger_checkpoints.attempt IS '0; one more each time the same size was signed again because a key was added.';
      COMMENT ON COLUMN ledger_checkpoints.root IS 'RFC 6962 Merkle tree hash of the leaves at positions 1 to size.';
      COMMENT ON COLUMN ledger_checkpoints.note IS 'The signed note as it was given out, C2SP tlog-checkpoint.';
      COMMENT ON COLUMN ledger_checkpoints.signed_at IS 'When it was signed.';

      CREATE TABLE ledger_tiles (
        index bigint NOT NULL CHECK (index >= 0),
        level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
        workspace_id text COLLATE "C" NOT NULL,
        root bytea NOT NULL CHECK (length(root) = 32),
        hashes bytea NOT NULL CHECK (length(hashes) = 8192),
        CONSTRAINT ledger_tiles_pkey PRIMARY KEY (workspace_id, level, index)
      );
      ALTER TABLE ledger_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
      COMMENT ON TABLE ledger_tiles IS 'The full tiles of the Merkle tree, 256 hashes each, as C2SP tlog-tiles cuts it. All of it follows from events.leaf_hash; partial tiles are made when they are asked for.';
      COMMENT ON COLUMN ledger_tiles.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN ledger_tiles.level IS '0: the hashes are leaf hashes; above: roots of the full tiles of the level below.';
      COMMENT ON COLUMN ledger_tiles.index IS 'Which tile of the level, from 0: at level 0 it covers positions 256 * index + 1 to 256 * index + 256.';
      COMMENT ON COLUMN ledger_tiles.root IS 'The root of these hashes, a hash of the level above; kept apart so that a tile of the level above reads 32 bytes, not 8,192.';
      COMMENT ON COLUMN ledger_tiles.hashes IS '256 hashes of 32 bytes.';

      CREATE TRIGGER ledger_checkpoints_append_only BEFORE UPDATE OR DELETE ON ledger_checkpoints
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
      CREATE TRIGGER ledger_checkpoints_never_truncated BEFORE TRUNCATE ON ledger_checkpoints
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
      CREATE TRIGGER ledger_keys_append_only BEFORE UPDATE OR DELETE ON ledger_keys
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
      CREATE TRIGGER ledger_keys_never_truncated BEFORE TRUNCATE ON ledger_keys
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
      ALTER TABLE ledger_checkpoints ENABLE ALWAYS TRIGGER ledger_checkpoints_append_only;
      ALTER TABLE ledger_checkpoints ENABLE ALWAYS TRIGGER ledger_checkpoints_never_truncated;
      ALTER TABLE ledger_keys ENABLE ALWAYS TRIGGER ledger_keys_append_only;
      ALTER TABLE ledger_keys ENABLE ALWAYS TRIGGER ledger_keys_never_truncated;

      REVOKE ALL ON ledger_keys, ledger_checkpoints, ledger_tiles FROM PUBLIC;
      GRANT SELECT, INSERT ON ledger_keys, ledger_checkpoints, ledger_tiles TO casebook_service;
      GRANT SELECT ON ledger_keys, ledger_checkpoints, ledger_tiles TO casebook_reader;
    `);
  }

  public down(): Promise<void> {
    return Promise.reject(
      new Error('Checkpoints that were given out are never taken back; drop the database instead.'),
    );
  }
}
