import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The roles that a service drops to, made for the whole server: other databases on it may have them already, or be making them at
 * this moment. The migrating user owns every table and may become either role, so one URL serves both.
 */
export class Roles1764000000000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      DECLARE
        wanted text;
        tries integer := 0;
      BEGIN
        FOREACH wanted IN ARRAY ARRAY['casebook_service', 'casebook_reader'] LOOP
          LOOP
            BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
              END IF;
              IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
                EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
              END IF;
              EXIT;
            EXCEPTION
              -- The last is what PostgreSQL reports as "tuple concurrently updated".
              WHEN duplicate_object OR unique_violation OR internal_error THEN
                tries := tries + 1;
                IF tries > 50 THEN RAISE; END IF;
                PERFORM pg_sleep(0.05);
              WHEN insufficient_privilege THEN
                RAISE insufficient_privilege USING
                  MESSAGE = format('%s may not make the role %s or become it: %s', current_user, wanted, SQLERRM),
                  HINT = format('Let an administrator of the server run: CREATE ROLE %1$I NOLOGIN; GRANT %1$I TO %2$I;', wanted, current_user);
            END;
          END LOOP;
        END LOOP;
      END
      $$;

      -- Before version 15 everybody may create tables here; the roles get what the following migrations grant, and no more.
      REVOKE CREATE ON SCHEMA public FROM PUBLIC;
      GRANT USAGE ON SCHEMA public TO casebook_service, casebook_reader;
    `);
  }

  public down(): Promise<void> {
    return Promise.reject(
      new Error('Roles belong to the whole server: other databases on it may need them.'),
    );
  }
}
