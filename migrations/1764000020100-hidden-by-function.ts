import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is hidden from a viewer, found by functions that keep their plans for as long as the connection lives. As plain views they were
 * planned anew with each table of each query, which cost a read of an incident more than the read itself.
 */
export class HiddenByFunction1764000020100 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION access.find_hidden_documents() RETURNS SETOF text
      LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        asked text := current_setting('casebook.workspace', true);
        cleared smallint := coalesce(nullif(current_setting('casebook.clearance', true), '')::smallint, 0);
      BEGIN
        -- Whoever may see red may see every marking.
        IF cleared < 4 THEN
          RETURN QUERY SELECT d.id FROM library_v1.documents d
            WHERE d.workspace_id = asked AND d.tlp > 0 AND d.tlp > cleared;
        END IF;
      END
      $$;

      CREATE FUNCTION access.find_hidden_incidents() RETURNS SETOF uuid
      LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        asked text := current_setting('casebook.workspace', true);
        viewer text := coalesce(current_setting('casebook.viewer', true), '');
        cleared smallint := coalesce(nullif(current_setting('casebook.clearance', true), '')::smallint, 0);
      BEGIN
        IF viewer <> '*' THEN
          RETURN QUERY SELECT i.id FROM incidents_v1.incidents i
            WHERE i.workspace_id = asked AND i.restricted_to IS NOT NULL AND NOT viewer = ANY (i.restricted_to);
        END IF;
        IF cleared < 4 THEN
          RETURN QUERY SELECT s.incident_id FROM library_v1.documents d
            JOIN incidents_v1.sources s ON s.workspace_id = d.workspace_id AND s.document_id = d.id
            WHERE d.workspace_id = asked AND d.tlp > 0 AND d.tlp > cleared;
        END IF;
      END
      $$;

      CREATE OR REPLACE VIEW access.hidden_documents (document_id) AS
        SELECT f.id COLLATE "C" FROM access.find_hidden_documents() AS f (id);
      CREATE OR REPLACE VIEW access.hidden_incidents (incident_id) AS
        SELECT f.id FROM access.find_hidden_incidents() AS f (id);

      COMMENT ON FUNCTION access.find_hidden_documents IS 'The documents that are marked above the viewer''s clearance. In PL/pgSQL because it keeps the plan of a query.';
      COMMENT ON FUNCTION access.find_hidden_incidents IS 'The incidents that are restricted to others than the viewer, and those that a hidden document is or was attached to. The viewer * oversees all. In PL/pgSQL because it keeps the plan of a query.';
      REVOKE ALL ON FUNCTION access.find_hidden_documents, access.find_hidden_incidents FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION access.find_hidden_documents, access.find_hidden_incidents TO casebook_service, casebook_reader;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW access.hidden_documents (document_id) AS
        SELECT d.id
        FROM library_v1.documents d
        WHERE d.workspace_id = current_setting('casebook.workspace', true)
          AND d.tlp > 0 AND d.tlp > coalesce(nullif(current_setting('casebook.clearance', true), '')::smallint, 0);
      CREATE OR REPLACE VIEW access.hidden_incidents (incident_id) AS
        SELECT i.id
        FROM incidents_v1.incidents i
        WHERE i.workspace_id = current_setting('casebook.workspace', true) AND i.restricted_to IS NOT NULL
          AND current_setting('casebook.viewer', true) IS DISTINCT FROM '*'
          AND NOT coalesce(current_setting('casebook.viewer', true), '') = ANY (i.restricted_to)
        UNION ALL
        SELECT s.incident_id
        FROM library_v1.documents d
        JOIN incidents_v1.sources s ON s.workspace_id = d.workspace_id AND s.document_id = d.id
        WHERE d.workspace_id = current_setting('casebook.workspace', true)
          AND d.tlp > 0 AND d.tlp > coalesce(nullif(current_setting('casebook.clearance', true), '')::smallint, 0);
      DROP FUNCTION access.find_hidden_documents, access.find_hidden_incidents;
    `);
  }
}
