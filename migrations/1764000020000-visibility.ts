import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who sees what, as the database itself enforces it. A reader's connection says for which workspace and which viewer it asks (the
 * settings casebook.workspace, casebook.viewer and casebook.clearance), and row-level security shows it nothing else; one that says
 * nothing sees nothing. So a query that forgets its workspace, or that somebody may not see an incident, gives no row too many.
 *
 * The service's own role writes for every workspace at once and is let through: its policies are constants, which the planner drops.
 */
export class Visibility1764000020000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE incidents_v1.incidents ADD COLUMN restricted_to text[] COLLATE "C";
      COMMENT ON COLUMN incidents_v1.incidents.restricted_to IS 'The members who alone may see it, beside those who oversee all incidents; NULL: every member.';
      CREATE INDEX incidents_restricted ON incidents_v1.incidents (workspace_id, id) WHERE restricted_to IS NOT NULL;
      COMMENT ON INDEX incidents_v1.incidents_restricted IS 'Finds the few incidents that are not for everybody.';

      CREATE TABLE incidents_v1.sources (
        incident_id uuid NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        document_id text COLLATE "C" NOT NULL,
        CONSTRAINT sources_pkey PRIMARY KEY (workspace_id, document_id, incident_id)
      );
      COMMENT ON TABLE incidents_v1.sources IS 'One row a document that is or ever was attached to an incident: its history quotes it for ever, so the incident is as closed as the document.';
      COMMENT ON COLUMN incidents_v1.sources.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN incidents_v1.sources.incident_id IS 'The incident.';
      COMMENT ON COLUMN incidents_v1.sources.document_id IS 'The document.';
      COMMENT ON INDEX incidents_v1.sources_pkey IS 'Finds the incidents that a document is in.';
      INSERT INTO incidents_v1.sources (workspace_id, document_id, incident_id)
        SELECT DISTINCT workspace_id, subject, substr(stream_id, length('incident:') + 1)::uuid
        FROM events WHERE type = 'DocumentAttached';
      GRANT SELECT, INSERT, UPDATE, DELETE ON incidents_v1.sources TO casebook_service;
      GRANT SELECT ON incidents_v1.sources TO casebook_reader;

      ALTER TABLE library_v1.documents ADD COLUMN tlp smallint NOT NULL DEFAULT 0;
      COMMENT ON COLUMN library_v1.documents.tlp IS 'The marking, from 0 (clear, or not marked) to 4 (red): FIRST TLP 2.0 in order.';
      UPDATE library_v1.documents SET tlp = coalesce(array_position(
        ARRAY['clear', 'green', 'amber', 'amber+strict', 'red'], body::json ->> 'tlp') - 1, 0)
        WHERE body::json ->> 'tlp' IS NOT NULL;
      CREATE INDEX documents_marked ON library_v1.documents (workspace_id, tlp) WHERE tlp > 0;
      COMMENT ON INDEX library_v1.documents_marked IS 'Finds the documents above a member''s clearance.';

      ALTER TABLE members_v1.members ADD COLUMN clearance text COLLATE "C", ADD COLUMN identity text COLLATE "C";
      COMMENT ON COLUMN members_v1.members.clearance IS 'The highest marking that the member may see; NULL: red, which is all.';
      COMMENT ON COLUMN members_v1.members.identity IS 'The subject of the identity provider''s tokens that stand for the member; NULL: none does.';
      ALTER TABLE members_v1.tokens ADD COLUMN permissions text[] COLLATE "C";
      COMMENT ON COLUMN members_v1.tokens.permissions IS 'What the token is narrowed to; NULL: nothing.';
    `);
    await runner.query(`
      CREATE SCHEMA access;
      COMMENT ON SCHEMA access IS 'What the reader''s row-level security asks: what is hidden from the viewer that the connection names.';

      CREATE VIEW access.hidden_documents (document_id) AS
        SELECT d.id
        FROM library_v1.documents d
        WHERE d.workspace_id = current_setting('casebook.workspace', true)
          AND d.tlp > 0 AND d.tlp > coalesce(nullif(current_setting('casebook.clearance', true), '')::smallint, 0);
      COMMENT ON VIEW access.hidden_documents IS 'The documents that are marked above the viewer''s clearance.';

      CREATE VIEW access.hidden_incidents (incident_id) AS
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
      COMMENT ON VIEW access.hidden_incidents IS 'The incidents that are restricted to others than the viewer, and those that a hidden document is or was attached to. The viewer * oversees all.';

      CREATE VIEW access.hidden_streams (stream_id) AS
        SELECT ('incident:' || incident_id) COLLATE "C" FROM access.hidden_incidents
        UNION ALL
        SELECT ('document:' || document_id) COLLATE "C" FROM access.hidden_documents;
      COMMENT ON VIEW access.hidden_streams IS 'The same as the ledger names them.';

      GRANT USAGE ON SCHEMA access TO casebook_service, casebook_reader;
      GRANT SELECT ON ALL TABLES IN SCHEMA access TO casebook_service, casebook_reader;
    `);
    await runner.query(`
      CREATE FUNCTION access.isolate(target regclass, incident name DEFAULT NULL, document name DEFAULT NULL, stream name DEFAULT NULL)
      RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
        EXECUTE format('CREATE POLICY writes ON %s TO casebook_service USING (true) WITH CHECK (true)', target);
        EXECUTE format('CREATE POLICY reads ON %s FOR SELECT TO casebook_reader USING (workspace_id = current_setting(''casebook.workspace'', true)%s%s%s)', target,
          CASE WHEN incident IS NOT NULL THEN format(' AND %I NOT IN (SELECT h.incident_id FROM access.hidden_incidents h)', incident) END,
          CASE WHEN document IS NOT NULL THEN format(' AND %I NOT IN (SELECT h.document_id FROM access.hidden_documents h)', document) END,
          CASE WHEN stream IS NOT NULL THEN format(' AND %I NOT IN (SELECT h.stream_id FROM access.hidden_streams h)', stream) END);
      END
      $$;
      COMMENT ON FUNCTION access.isolate IS 'Puts a table with a workspace_id under row-level security: all of it for the service that writes, and for a reader what its workspace has and its viewer may see. The other arguments name the columns, if there are any, that say which incident, document or stream a row is about; a row where such a column is NULL is hidden from readers.';
      REVOKE ALL ON FUNCTION access.isolate FROM PUBLIC;

      SELECT access.isolate('ledger_heads'),
        access.isolate('events', stream => 'stream_id'),
        access.isolate('view_progress'),
        access.isolate('ledger_keys'),
        access.isolate('ledger_checkpoints'),
        access.isolate('ledger_tiles'),
        access.isolate('incidents_v1.incidents', incident => 'id'),
        access.isolate('incidents_v1.attachments', incident => 'incident_id'),
        access.isolate('incidents_v1.sources', incident => 'incident_id'),
        access.isolate('incidents_v1.annotations', incident => 'incident_id'),
        access.isolate('incidents_v1.tags', incident => 'incident_id'),
        access.isolate('library_v1.documents', document => 'id'),
        access.isolate('library_v1.texts', document => 'document_id'),
        access.isolate('members_v1.members'),
        access.isolate('members_v1.tokens');

      CREATE FUNCTION ledger_position_at(workspace text, moment timestamptz) RETURNS bigint
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        WITH RECURSIVE search (low, high) AS (
          SELECT 0::bigint, size FROM public.ledger_heads WHERE workspace_id = workspace
          UNION ALL
          SELECT CASE WHEN e.recorded_at <= moment THEN e.position ELSE s.low END,
                 CASE WHEN e.recorded_at <= moment THEN s.high ELSE e.position - 1 END
          FROM search s
          JOIN public.events e ON e.workspace_id = workspace AND e.position = (s.low + s.high + 1) / 2
          WHERE s.low < s.high)
        SELECT low FROM search WHERE low = high
      $$;
      COMMENT ON FUNCTION ledger_position_at IS 'The position of the last event recorded at or before this moment; 0 where there is none, NULL where there is no such workspace. Recorded times never run backwards in a workspace, so halving the ledger finds it without an index on times. Looks at events that the caller may not see, of which it tells nothing but how many there were.';
      REVOKE ALL ON FUNCTION ledger_position_at FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ledger_position_at TO casebook_service, casebook_reader;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      DECLARE
        isolated regclass;
      BEGIN
        FOR isolated IN SELECT DISTINCT polrelid::regclass FROM pg_policy WHERE polname IN ('reads', 'writes') LOOP
          EXECUTE format('DROP POLICY reads ON %s', isolated);
          EXECUTE format('DROP POLICY writes ON %s', isolated);
          EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', isolated);
        END LOOP;
      END
      $$;
      DROP FUNCTION ledger_position_at;
      DROP SCHEMA access CASCADE;
      DROP TABLE incidents_v1.sources;
      ALTER TABLE incidents_v1.incidents DROP COLUMN restricted_to;
      ALTER TABLE library_v1.documents DROP COLUMN tlp;
      ALTER TABLE members_v1.members DROP COLUMN clearance, DROP COLUMN identity;
      ALTER TABLE members_v1.tokens DROP COLUMN permissions;
    `);
  }
}
