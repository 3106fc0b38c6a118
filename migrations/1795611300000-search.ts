import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The view "search". Its words are found by one index, which row-level security would keep a reader from: `@@` might tell of a hidden
 * row before the policy is asked, so the planner does not look it up. A function with its owner's rights looks it up instead, holds the
 * reader to what the policies say, and gives positions alone; what stands there the reader reads through the policies.
 */
export class Search1795611300000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA search_v1;
      COMMENT ON SCHEMA search_v1 IS 'The view "search", version 1: everything that can be searched, as it was after each event about it.';

      CREATE TABLE search_v1.entries (
        position bigint NOT NULL,
        until bigint,
        passage integer NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        stream_id text COLLATE "C" NOT NULL,
        kind text COLLATE "C" NOT NULL,
        terms tsvector NOT NULL,
        body text NOT NULL,
        CONSTRAINT entries_pkey PRIMARY KEY (workspace_id, position, passage)
      ) WITH (fillfactor = 85);
      CREATE INDEX entries_by_terms ON search_v1.entries USING gin (terms) WITH (gin_pending_list_limit = 512);

      COMMENT ON TABLE search_v1.entries IS 'One row a document, incident or annotation after each event about it; of a long text one a passage. What was erased has none.';
      COMMENT ON COLUMN search_v1.entries.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN search_v1.entries.position IS 'Of the event that made it so.';
      COMMENT ON COLUMN search_v1.entries.until IS 'Of the next event about it: as of any position before, this is how it was. NULL: it still is.';
      COMMENT ON COLUMN search_v1.entries.passage IS '0, 1, … in the order of the text.';
      COMMENT ON COLUMN search_v1.entries.stream_id IS 'The stream of the incident or document: whoever may not see that may not find this.';
      COMMENT ON COLUMN search_v1.entries.kind IS 'document, incident, claim, warning, attack, link, dispute or comment.';
      COMMENT ON COLUMN search_v1.entries.terms IS 'The words of the passage with their positions, those of names and places once more as such, and the marks that it is filtered by, which begin with =: kind, status, members, incident, tags, and the stretches of the workspace''s ledger that it lies in.';
      COMMENT ON COLUMN search_v1.entries.body IS 'What an answer says of it, with the texts of the passage, in JSON.';
      COMMENT ON INDEX search_v1.entries_pkey IS 'Finds the row of an event.';
      COMMENT ON INDEX search_v1.entries_by_terms IS 'Finds rows by words and marks together. What is not merged into it yet is read by every search, so that is kept short.';

      GRANT USAGE ON SCHEMA search_v1 TO casebook_service, casebook_reader;
      GRANT SELECT, INSERT, UPDATE, DELETE ON search_v1.entries TO casebook_service;
      GRANT SELECT ON search_v1.entries TO casebook_reader;
      SELECT access.isolate('search_v1.entries', stream => 'stream_id');
    `);
    await runner.query(`
      CREATE FUNCTION search_v1.find(loose tsquery, strict tsquery, as_of bigint, above bigint, below bigint, wanted integer,
        OUT positions bigint[], OUT reached bigint)
      LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
        SET plan_cache_mode = force_generic_plan AS $$
      DECLARE
        asked CONSTANT text := coalesce(current_setting('casebook.workspace', true), '');
        hidden CONSTANT text[] := ARRAY(SELECT h.stream_id FROM access.hidden_streams h);
        budget integer := 10000;
        bits integer;
        low bigint;
        query tsquery;
        looked bigint[];
        matching bigint[];
      BEGIN
        positions := '{}';
        reached := CASE WHEN asked = '' THEN above ELSE least(below, as_of) END;
        WHILE reached > above AND cardinality(positions) < wanted AND budget > 0 LOOP
          -- The stretch of the ledger that is next: short ones first, down to where a longer one begins.
          CASE
            WHEN (reached + 1) % 16384 <> 0 THEN
              bits := 11;
              low := (reached >> 14) << 14;
            WHEN (reached + 1) % 131072 <> 0 THEN
              bits := 14;
              low := (reached >> 17) << 17;
            ELSE
              bits := 17;
              low := (reached >> 17) << 17;
          END CASE;
          query := (SELECT string_agg(quote_literal(format('=%s %s %s', bits, asked, n)), '|')
                    FROM generate_series(low >> bits, reached >> bits) n)::tsquery;
          IF loose IS NOT NULL THEN
            query := loose && query;
          END IF;
          -- Nothing but the terms is to be looked up, whatever the statistics say, so the position is an expression.
          looked := ARRAY(
            SELECT DISTINCT e.position FROM search_v1.entries e
            WHERE e.terms @@ query AND e.position + 0 <= reached AND e.position + 0 > above
              AND (e.until IS NULL OR e.until > as_of) AND e.stream_id NOT IN (SELECT unnest(hidden))
            ORDER BY e.position DESC LIMIT CASE WHEN strict IS NULL THEN wanted - cardinality(positions) ELSE budget END);
          IF strict IS NULL THEN
            matching := looked;
          ELSE
            matching := ARRAY(
              SELECT DISTINCT e.position FROM unnest(looked) AS l (position)
              JOIN search_v1.entries e ON e.workspace_id = asked AND e.position = l.position
              WHERE e.terms @@ strict
              ORDER BY e.position DESC LIMIT wanted - cardinality(positions));
          END IF;
          positions := positions || matching;
          reached := CASE
            WHEN cardinality(positions) >= wanted THEN positions[wanted] - 1
            WHEN strict IS NOT NULL AND cardinality(looked) >= budget THEN looked[budget] - 1
            ELSE low - 1
          END;
          IF strict IS NOT NULL THEN
            budget := budget - cardinality(looked);
          END IF;
        END LOOP;
      END
      $$;
      COMMENT ON FUNCTION search_v1.find IS 'The positions of the newest entries, newest first and at most \`wanted\`, that the query finds in the workspace and for the viewer that the connection names: those that held at as_of and are above \`above\` and at or below \`below\`. Everything above \`reached\` was looked at. loose: what the index can tell of the query; strict: the whole of it, NULL where that is the same. Of what loose finds it looks at 10,000 at most, so it may give less than there is; go on below \`reached\` then.';
      REVOKE ALL ON FUNCTION search_v1.find FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION search_v1.find TO casebook_reader;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP SCHEMA search_v1 CASCADE;
      DELETE FROM view_progress WHERE view = 'search';
    `);
  }
}
