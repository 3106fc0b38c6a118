import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is hidden stays right while a view is detached. The functions behind row-level security took restrictions, sources and markings
 * from the views' rows; a view that a writer could not apply stands still, and so did they. Where a view is not at the head they now
 * take what the ledger says behind it, and the view's rows for the rest.
 */
export class HiddenWhileDetached1795610600000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX events_of_visibility ON events (workspace_id, position)
        WHERE type IN ('IncidentRestricted', 'IncidentUnrestricted', 'DocumentAttached', 'DocumentImported', 'DocumentDescribed');
      COMMENT ON INDEX events_of_visibility IS 'Finds what was said behind a detached view of who may see what.';

      CREATE FUNCTION access.stands_at(asked text, of_view text, of_version integer) RETURNS bigint
      LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
        SELECT CASE WHEN p.status = 'attached' THEN NULL ELSE coalesce(p.position, 0) END
        FROM (SELECT) AS one LEFT JOIN public.view_progress p
          ON p.workspace_id = asked AND p.view = of_view AND p.version = of_version
      $$;
      COMMENT ON FUNCTION access.stands_at IS 'NULL where writers keep the view at the head; else the position up to which its rows say what the ledger says, 0 where it has none.';

      CREATE FUNCTION access.markings_beyond(asked text, behind bigint) RETURNS TABLE (document_id text, tlp integer)
      LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
        WITH spoken AS (
          SELECT e.stream_id, e.position, e.payload IS NULL AS erased,
            CASE e.type WHEN 'DocumentImported' THEN e.payload::json ->> 'tlp' ELSE e.payload::json #>> '{changes,tlp}' END AS marking
          FROM public.events e
          WHERE e.workspace_id = asked AND e.position > behind AND e.type IN ('DocumentImported', 'DocumentDescribed')
            AND (e.type = 'DocumentImported' OR e.payload IS NULL OR e.payload::jsonb -> 'changes' ? 'tlp')),
        latest AS (
          SELECT DISTINCT ON (s.stream_id) substr(s.stream_id, length('document:') + 1) COLLATE "C" AS id,
            -- Of a document whose import was erased nobody knows the marking, nor of one whose correction was, until it is said again.
            CASE
              WHEN s.erased OR EXISTS (SELECT FROM public.events i WHERE i.workspace_id = asked AND i.stream_id = s.stream_id
                AND i.stream_version = 1 AND i.payload IS NULL) THEN 4
              WHEN s.marking IS NULL THEN 0
              ELSE coalesce(array_position(ARRAY['clear', 'green', 'amber', 'amber+strict', 'red'], s.marking) - 1, 4)
            END AS tlp
          FROM spoken s
          ORDER BY s.stream_id, s.position DESC)
        SELECT l.id, l.tlp FROM latest l
        UNION ALL
        SELECT d.id, d.tlp FROM library_v1.documents d
        WHERE d.workspace_id = asked AND d.tlp > 0 AND NOT EXISTS (SELECT FROM latest l WHERE l.id = d.id)
      $$;
      COMMENT ON FUNCTION access.markings_beyond IS 'The markings of documents, 0 (clear) to 4 (red), as the ledger says behind the position that the library''s rows reflect. A document that is not marked may be left out.';

      CREATE FUNCTION access.restrictions_beyond(asked text, behind bigint) RETURNS TABLE (incident_id uuid, members text[])
      LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
        WITH latest AS (
          SELECT DISTINCT ON (e.stream_id) substr(e.stream_id, length('incident:') + 1)::uuid AS id, e.type, e.payload
          FROM public.events e
          WHERE e.workspace_id = asked AND e.position > behind AND e.type IN ('IncidentRestricted', 'IncidentUnrestricted')
          ORDER BY e.stream_id, e.position DESC)
        -- An erased restriction names nobody any more.
        SELECT l.id, ARRAY(SELECT json_array_elements_text(l.payload::json -> 'members')) FROM latest l WHERE l.type = 'IncidentRestricted'
        UNION ALL
        SELECT i.id, i.restricted_to FROM incidents_v1.incidents i
        WHERE i.workspace_id = asked AND i.restricted_to IS NOT NULL AND NOT EXISTS (SELECT FROM latest l WHERE l.id = i.id)
      $$;
      COMMENT ON FUNCTION access.restrictions_beyond IS 'The restricted incidents and for whom they are, as the ledger says behind the position that the incidents'' rows reflect.';

      CREATE FUNCTION access.sources_beyond(asked text, behind bigint) RETURNS TABLE (document_id text, incident_id uuid)
      LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
        SELECT s.document_id, s.incident_id FROM incidents_v1.sources s WHERE s.workspace_id = asked
        UNION
        SELECT e.subject, substr(e.stream_id, length('incident:') + 1)::uuid FROM public.events e
        WHERE e.workspace_id = asked AND e.position > behind AND e.type = 'DocumentAttached'
      $$;
      COMMENT ON FUNCTION access.sources_beyond IS 'The documents that are or ever were attached to each incident, as the ledger says behind the position that the incidents'' rows reflect.';

      CREATE OR REPLACE FUNCTION access.find_hidden_documents() RETURNS SETOF text
      LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        asked text := current_setting('casebook.workspace', true);
        cleared smallint := coalesce(nullif(current_setting('casebook.clearance', true), '')::smallint, 0);
        library_at bigint;
      BEGIN
        -- Whoever may see red may see every marking.
        IF cleared >= 4 THEN RETURN; END IF;
        library_at := access.stands_at(asked, 'library', 1);
        IF library_at IS NULL THEN
          RETURN QUERY SELECT d.id FROM library_v1.documents d
            WHERE d.workspace_id = asked AND d.tlp > 0 AND d.tlp > cleared;
        ELSE
          RETURN QUERY SELECT m.document_id FROM access.markings_beyond(asked, library_at) m WHERE m.tlp > cleared;
        END IF;
      END
      $$;

      CREATE OR REPLACE FUNCTION access.find_hidden_incidents() RETURNS SETOF uuid
      LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        asked text := current_setting('casebook.workspace', true);
        viewer text := coalesce(current_setting('casebook.viewer', true), '');
        cleared smallint := coalesce(nullif(current_setting('casebook.clearance', true), '')::smallint, 0);
        incidents_at bigint;
        library_at bigint;
      BEGIN
        IF viewer = '*' AND cleared >= 4 THEN RETURN; END IF;
        incidents_at := access.stands_at(asked, 'incidents', 1);
        IF viewer <> '*' AND incidents_at IS NULL THEN
          RETURN QUERY SELECT i.id FROM incidents_v1.incidents i
            WHERE i.workspace_id = asked AND i.restricted_to IS NOT NULL AND NOT viewer = ANY (i.restricted_to);
        ELSIF viewer <> '*' THEN
          RETURN QUERY SELECT r.incident_id FROM access.restrictions_beyond(asked, incidents_at) r
            WHERE NOT viewer = ANY (r.members);
        END IF;
        IF cleared >= 4 THEN RETURN; END IF;
        library_at := access.stands_at(asked, 'library', 1);
        IF incidents_at IS NULL AND library_at IS NULL THEN
          RETURN QUERY SELECT s.incident_id FROM library_v1.documents d
            JOIN incidents_v1.sources s ON s.workspace_id = d.workspace_id AND s.document_id = d.id
            WHERE d.workspace_id = asked AND d.tlp > 0 AND d.tlp > cleared;
        ELSE
          -- Behind the end of time nothing is said: a view at the head is taken as it is.
          RETURN QUERY SELECT s.incident_id
            FROM access.markings_beyond(asked, coalesce(library_at, 9223372036854775807)) m
            JOIN access.sources_beyond(asked, coalesce(incidents_at, 9223372036854775807)) s ON s.document_id = m.document_id
            WHERE m.tlp > cleared;
        END IF;
      END
      $$;

      REVOKE ALL ON FUNCTION access.stands_at, access.markings_beyond, access.restrictions_beyond, access.sources_beyond FROM PUBLIC;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION access.find_hidden_documents() RETURNS SETOF text
      LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        asked text := current_setting('casebook.workspace', true);
        cleared smallint := coalesce(nullif(current_setting('casebook.clearance', true), '')::smallint, 0);
      BEGIN
        IF cleared < 4 THEN
          RETURN QUERY SELECT d.id FROM library_v1.documents d
            WHERE d.workspace_id = asked AND d.tlp > 0 AND d.tlp > cleared;
        END IF;
      END
      $$;
      CREATE OR REPLACE FUNCTION access.find_hidden_incidents() RETURNS SETOF uuid
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
      DROP FUNCTION access.sources_beyond, access.restrictions_beyond, access.markings_beyond, access.stands_at;
      DROP INDEX events_of_visibility;
    `);
  }
}
