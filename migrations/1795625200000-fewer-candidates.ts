import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A search for a phrase looks at 2,000 candidates in one answer, where it was 10,000: of 100,000 annotations that all have its words but not
 * the phrase, that took the database 300 ms, and takes it 15 ms now. The function is the same but for that number.
 */
export class FewerCandidates1795625200000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(find(2000));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(find(10_000));
  }
}

const find = (budget: number): string => `
  CREATE OR REPLACE FUNCTION search_v1.find(loose tsquery, strict tsquery, as_of bigint, above bigint, below bigint, wanted integer,
    OUT positions bigint[], OUT reached bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
    SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    asked CONSTANT text := coalesce(current_setting('casebook.workspace', true), '');
    hidden CONSTANT text[] := ARRAY(SELECT h.stream_id FROM access.hidden_streams h);
    budget integer := ${budget};
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
  COMMENT ON FUNCTION search_v1.find IS 'The positions of the newest entries, newest first and at most \`wanted\`, that the query finds in the workspace and for the viewer that the connection names: those that held at as_of and are above \`above\` and at or below \`below\`. Everything above \`reached\` was looked at. loose: what the index can tell of the query; strict: the whole of it, NULL where that is the same. Of what loose finds it looks at ${budget} at most, so it may give less than there is; go on below \`reached\` then.';
`;
