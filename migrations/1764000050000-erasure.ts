import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The one way in which an event ever changes: its payload and the payload's salt become NULL, because an event of the same workspace,
 * recorded in the same transaction, says so and why. A role that nobody logs in as may do it, through one function; the trigger holds
 * it, and everybody else, superusers included, to that.
 */
export class Erasure1764000050000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    // For the whole server, as in the first migration: other databases on it may have the role, or be making it at this moment.
    await runner.query(`
      DO $$
      DECLARE
        tries integer := 0;
      BEGIN
        LOOP
          BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'casebook_eraser') THEN
              CREATE ROLE casebook_eraser NOLOGIN;
            END IF;
            IF NOT pg_has_role(current_user, 'casebook_eraser', 'MEMBER') THEN
              EXECUTE 'GRANT casebook_eraser TO CURRENT_USER';
            END IF;
            EXIT;
          EXCEPTION
            WHEN duplicate_object OR unique_violation OR internal_error THEN
              tries := tries + 1;
              IF tries > 50 THEN RAISE; END IF;
              PERFORM pg_sleep(0.05);
            WHEN insufficient_privilege THEN
              RAISE insufficient_privilege USING
                MESSAGE = format('%s may not make the role casebook_eraser or become it: %s', current_user, SQLERRM),
                HINT = format('Let an administrator of the server run: CREATE ROLE casebook_eraser NOLOGIN; GRANT casebook_eraser TO %I;', current_user);
          END;
        END LOOP;
      END
      $$;

      GRANT USAGE ON SCHEMA public TO casebook_eraser;
      GRANT SELECT, UPDATE (payload, payload_salt) ON events TO casebook_eraser;
      GRANT SELECT ON ledger_heads TO casebook_eraser;
      CREATE POLICY erases ON events TO casebook_eraser USING (true) WITH CHECK (true);
      CREATE POLICY erases ON ledger_heads FOR SELECT TO casebook_eraser USING (true);
    `);
    await runner.query(`
      CREATE FUNCTION ledger_refuse_all_but_erasure() RETURNS trigger
      LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        erased public.events;
      BEGIN
        IF current_user = 'casebook_eraser' AND OLD.type <> 'PayloadErased' THEN
          erased := OLD;
          erased.payload := NULL;
          erased.payload_salt := NULL;
          IF NEW IS NOT DISTINCT FROM erased AND EXISTS (
            SELECT FROM public.events e
            WHERE e.workspace_id = OLD.workspace_id AND e.stream_id = 'erasures' AND e.type = 'PayloadErased'
              AND e.xmin = pg_current_xact_id()::xid
              AND (e.payload::jsonb -> 'positions') @> to_jsonb(OLD.position))
          THEN
            RETURN NEW;
          END IF;
        END IF;
        RAISE EXCEPTION 'events is append-only: UPDATE refused' USING ERRCODE = 'insufficient_privilege';
      END
      $$;
      COMMENT ON FUNCTION ledger_refuse_all_but_erasure IS 'Lets casebook_eraser set payload and payload_salt, and nothing else, to NULL, of events that a PayloadErased of the same workspace and transaction names. Refuses every other UPDATE for everyone, superusers included. An erasure itself is never erased.';

      DROP TRIGGER events_append_only ON events;
      CREATE TRIGGER events_append_only BEFORE DELETE ON events
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
      CREATE TRIGGER events_changed_by_erasure_alone BEFORE UPDATE ON events
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_all_but_erasure();
      ALTER TABLE events ENABLE ALWAYS TRIGGER events_append_only;
      ALTER TABLE events ENABLE ALWAYS TRIGGER events_changed_by_erasure_alone;
    `);
    await runner.query(`
      CREATE SCHEMA erasure AUTHORIZATION casebook_eraser;
      SET LOCAL ROLE casebook_eraser;
      CREATE FUNCTION erasure.erase(workspace text) RETURNS bigint
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        named bigint[];
        count bigint;
      BEGIN
        SELECT array_agg(DISTINCT n.position::bigint) INTO named
        FROM public.ledger_heads h
        JOIN public.events e ON e.workspace_id = h.workspace_id AND e.stream_id = 'erasures' AND e.type = 'PayloadErased'
          AND e.position <= h.size AND e.xmin = pg_current_xact_id()::xid
        CROSS JOIN jsonb_array_elements_text(e.payload::jsonb -> 'positions') AS n (position)
        WHERE h.workspace_id = workspace;
        IF named IS NULL THEN
          RAISE EXCEPTION 'this transaction has recorded no erasure in the workspace %', workspace
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        UPDATE public.events SET payload = NULL, payload_salt = NULL
        WHERE workspace_id = workspace AND position = ANY (named) AND payload IS NOT NULL;
        GET DIAGNOSTICS count = ROW_COUNT;
        RETURN count;
      END
      $$;
      COMMENT ON SCHEMA erasure IS 'The one door to the role casebook_eraser.';
      COMMENT ON FUNCTION erasure.erase IS 'Erases the payloads that the PayloadErased events name which this transaction recorded in the workspace; gives how many there were. Called once they are in the ledger, before COMMIT.';
      REVOKE ALL ON FUNCTION erasure.erase FROM PUBLIC;
      GRANT USAGE ON SCHEMA erasure TO casebook_service;
      GRANT EXECUTE ON FUNCTION erasure.erase TO casebook_service;
      RESET ROLE;
    `);
  }

  public down(): Promise<void> {
    return Promise.reject(
      new Error('What was erased by law stays erased, and the ledger says so; drop the database instead.'),
    );
  }
}
